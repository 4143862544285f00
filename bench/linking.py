"""Matching on the real files: the reports with UPR Info, and UPR Info with a second export of it.

There is no second export to be had, so it is made of the first: every fifth text has slips, letters left out at random
with a fixed seed. Times are those of matching alone, in one process, without reading and writing. A pair is a
recommendation of each side within one review.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from uprgraph import resources
from uprgraph.importing.drafts import drafts
from uprgraph.linking.matching import Candidate, match
from uprgraph.sources import upr_info, wg_report
from uprgraph.sources.known import Known
from uprgraph.sources.records import Reading, Record
from uprgraph.sources.upr_info import text_key

Review = tuple[str, int | None]
Candidates = dict[Review, list[Candidate]]

TARGET_REPORTS = 5.0
TARGET_EXPORTS = 60.0
_SEED = 4
_EVERY = 5
_SLIPS = 3


def measure() -> int:
    """Print the times; return 1 if one misses its target, 2 if the files are not there."""
    data = resources.root().parent / "shared" / "data"
    if not data.is_dir():
        print(f"the reports and the export are not at {data}")
        return 2
    export = _candidates(upr_info.read(data / "upr-info" / "recommendations-s01-20.csv", Known.load()))
    reports = _candidates(_reports(data / "wg-reports"))
    within = {review: found for review, found in reports.items() if review in export}
    first = _timed("reports with UPR Info", export, within)
    second = _timed("UPR Info with a second export", export, _second(export))
    return int(first > TARGET_REPORTS or second > TARGET_EXPORTS)


def _reports(folder: Path) -> Reading:
    known = wg_report.Known.load()
    for path in sorted(folder.glob("*.txt")):
        yield from wg_report.read(path, known)


def _candidates(items: Reading) -> Candidates:
    records: dict[Review, list[Record]] = defaultdict(list)
    for each in items:
        if isinstance(each, Record):
            records[each.state, each.session].append(each)
    return {
        review: [
            Candidate(text_key(each.first.text), each.first.text, each.first.paragraph, frozenset(each.recommenders))
            for each in drafts(found)
        ]
        for review, found in records.items()
    }


def _second(export: Candidates) -> Candidates:
    """Return the export as another might give it: in another order, and with slips."""
    chance = random.Random(_SEED)  # noqa: S311 - no secret
    made = {}
    for review, found in export.items():
        changed = [_slipped(each, chance) if not number % _EVERY else each for number, each in enumerate(found)]
        made[review] = chance.sample(changed, len(changed))
    return made


def _slipped(candidate: Candidate, chance: random.Random) -> Candidate:
    letters = list(candidate.text or "")
    for _ in range(min(_SLIPS, len(letters) - 1)):
        del letters[chance.randrange(len(letters))]
    text = "".join(letters)
    return Candidate(text_key(text), text, candidate.paragraph, candidate.recommenders)


def _timed(name: str, known: Candidates, new: Candidates) -> float:
    methods: Counter[str] = Counter()
    start = time.perf_counter()
    for review, found in new.items():
        methods.update(each.method for each in match(known[review], found))
    seconds = time.perf_counter() - start
    pairs = sum(len(known[review]) * len(found) for review, found in new.items())
    print(f"{name:<32}{seconds:7.2f} s   {_total(new.values()):,} recommendations in {len(new)} reviews")
    print(f"{'':<32}{pairs / seconds:,.0f} pairs per second; {_shown(methods)}")
    return seconds


def _total(lists: Iterable[list[Candidate]]) -> int:
    return sum(map(len, lists))


def _shown(methods: Counter[str]) -> str:
    return ", ".join(f"{number:,} {method}" for method, number in sorted(methods.items()))


if __name__ == "__main__":
    sys.exit(measure())
