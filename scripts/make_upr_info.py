"""Write data/upr-info/KAZ.ttl, the facts of Kazakhstan's reviews, from an export of the UPR Info database.

Usage: make_upr_info.py FILE, the export as CSV in UTF-8.
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

from uprgraph import resources
from uprgraph.errors import UprGraphError
from uprgraph.sources import statements, upr_info
from uprgraph.vocabulary import expand


def main(arguments: list[str]) -> int:
    """Write the file and return the exit code."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        rows = upr_info.read(Path(arguments[0]), upr_info.Known.load())
        ours = [row for row in rows if row.state_under_review == expand("state:KAZ")]
        found = chain(upr_info.dataset(), upr_info.statements(ours))
        statements.write(resources.data() / "upr-info" / "KAZ.ttl", found)
    except UprGraphError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"wrote data/upr-info/KAZ.ttl from {len(ours)} rows", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
