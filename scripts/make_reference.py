"""Write the reference data from published lists: States, memberships, sessions, links to Wikidata and M49.

Usage: scripts/make_reference.py FOLDER, with states/ and sdg/ (CONTRIBUTING.md says where to get what is in them)
"""

from __future__ import annotations

import sys
from pathlib import Path

from _main import run
from uprgraph import resources
from uprgraph.errors import ResourceError
from uprgraph.sources import reference, statements

_LISTS = (
    "states/country-codes.csv",
    "states/osce_participating_states.csv",
    "states/upr_session_calendar_partial.csv",
    "sdg/sdg-codes.ttl",
)


def main(folder: str) -> str:
    """Write the files."""
    missing = [each for each in _LISTS if not (Path(folder) / each).is_file()]
    if missing:
        hint = 'CONTRIBUTING.md, "Published lists", says where to get it or how to write it'
        raise ResourceError(f"{folder} has no {' and no '.join(missing)}", hint)
    made = reference.files(Path(folder) / "states", Path(folder) / "sdg" / "sdg-codes.ttl")
    for path, found in made.items():
        statements.write(resources.root() / path, found)
    return f"wrote {', '.join(made)}"


if __name__ == "__main__":
    run(main, __doc__ or "", sys.argv[1:])
