"""Write data/upr-info/KAZ.ttl, the facts of Kazakhstan's reviews, from an export of the UPR Info database.

Usage: scripts/make_upr_info.py FILE, the export as CSV in UTF-8 or as XLSX (CONTRIBUTING.md says where to get it)
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from itertools import chain
from pathlib import Path

from _main import run
from uprgraph import resources
from uprgraph.errors import ResourceError
from uprgraph.importing import facts
from uprgraph.sources import statements, upr_info
from uprgraph.sources.known import Known
from uprgraph.sources.records import Problem, Record
from uprgraph.vocabulary import expand


def main(file: str) -> str:
    """Write the file."""
    if not Path(file).is_file():
        raise ResourceError(f"{file} is not a file", 'CONTRIBUTING.md, "Published lists", says where to get the export')
    found = list(upr_info.read(Path(file), Known.load()))
    ours = [each for each in found if isinstance(each, Record) and each.state == expand("state:KAZ")]
    dataset = upr_info.describe({each.session for each in found if isinstance(each, Record) and each.session})
    named = (replace(each, dataset=dataset.key) for each in ours)
    shipped = chain(facts.description(dataset), facts.statements(named))
    statements.write(resources.data() / "upr-info" / "KAZ.ttl", shipped)
    problems = Counter(f"{each.reason} ({each.outcome})" for each in found if isinstance(each, Problem))
    told = "".join(f"\n{number} x {reason}" for reason, number in sorted(problems.items()))
    return f"wrote data/upr-info/KAZ.ttl from {len(ours)} rows{told}"


if __name__ == "__main__":
    run(main, __doc__ or "", sys.argv[1:])
