"""Write data/upr-info/KAZ.ttl, the facts of Kazakhstan's reviews, from an export of the UPR Info database.

Usage: scripts/make_upr_info.py FILE, the export as CSV in UTF-8 (CONTRIBUTING.md says where to get it)
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

from _main import run
from uprgraph import resources
from uprgraph.errors import ResourceError
from uprgraph.sources import statements, upr_info
from uprgraph.vocabulary import expand


def main(file: str) -> str:
    """Write the file."""
    if not Path(file).is_file():
        raise ResourceError(f"{file} is not a file", 'CONTRIBUTING.md, "Published lists", says where to get the export')
    rows = upr_info.read(Path(file), upr_info.Known.load())
    ours = [row for row in rows if row.state_under_review == expand("state:KAZ")]
    found = chain(upr_info.dataset(), upr_info.statements(ours))
    statements.write(resources.data() / "upr-info" / "KAZ.ttl", found)
    return f"wrote data/upr-info/KAZ.ttl from {len(ours)} rows"


if __name__ == "__main__":
    run(main, __doc__ or "", sys.argv[1:])
