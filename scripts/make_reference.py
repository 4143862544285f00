"""Write the reference data from published lists: States, memberships, sessions, links to Wikidata and M49.

Usage: make_reference.py [FOLDER], the folder with states/ and sdg/ (default: ../shared/data beside the project).
"""

from __future__ import annotations

import sys
from pathlib import Path

from uprgraph import resources
from uprgraph.errors import UprGraphError
from uprgraph.sources import reference, statements


def main(arguments: list[str]) -> int:
    """Write the files and return the exit code."""
    folder = Path(arguments[0]) if arguments else resources.root().parent / "shared" / "data"
    try:
        for path, found in reference.files(folder / "states", folder / "sdg" / "sdg-codes.ttl").items():
            statements.write(resources.root() / path, found)
            print(f"wrote {path}", file=sys.stderr)
    except UprGraphError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
