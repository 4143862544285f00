"""The pairs that were labelled by hand, what the matching makes of them, and how sure a share is."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from uprgraph.importing.drafts import Draft, drafts
from uprgraph.linking import texts
from uprgraph.linking.matching import Candidate, match
from uprgraph.sources import upr_info, wg_report
from uprgraph.sources.known import Known
from uprgraph.sources.records import Record
from uprgraph.sources.upr_info import text_key

LABELLED = Path(__file__).with_name("labelled.csv")
LINKED = {"same", "part"}
"""The labels of pairs that are to be matched."""

LABELS = {*LINKED, "not same", "unsure"}


@dataclass(frozen=True)
class Pair:
    """A labelled pair: a paragraph of a report, the hash of its letters, a row of the export, and the label."""

    report: str
    part: str
    words: str
    row: int
    label: str

    @property
    def tuning(self) -> bool:
        """Whether it is of the half that thresholds were set on, and not of that which is reported."""
        return int(sha256(f"{self.report} {self.part}".encode()).hexdigest(), 16) % 2 == 0


@dataclass(frozen=True)
class Verdict:
    """What became of a pair: in the whole review, and where the two are all that there is; None is no match."""

    pair: Pair
    stratum: str
    method: str | None
    alone: str | None


def labelled() -> list[Pair]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return [
            Pair(each["report"], each["part"], each["words"], int(each["row"]), each["label"])
            for each in csv.DictReader(file)
        ]


def hashed(text: str) -> str:
    return sha256(texts.read(text).letters.encode()).hexdigest()[:12]


def candidate(draft: Draft) -> Candidate:
    first = draft.first
    return Candidate(text_key(first.text), first.text, first.paragraph, frozenset(draft.recommenders))


@cache
def rows(data: Path) -> dict[tuple[str, int | None], list[Record]]:
    """Return the rows of UPR Info by State and session."""
    found = defaultdict(list)
    for each in upr_info.read(data / "upr-info" / "recommendations-s01-20.csv", Known.load()):
        if isinstance(each, Record):
            found[each.state, each.session].append(each)
    return dict(found)


@cache
def reports(data: Path) -> dict[str, list[Record]]:
    """Return the recommendations of the reports of sessions that the export covers, by the name of the file."""
    known = wg_report.Known.load()
    read = {
        path.stem: [each for each in wg_report.read(path, known) if isinstance(each, Record)]
        for path in sorted((data / "wg-reports").glob("*.txt"))
    }
    return {name: records for name, records in read.items() if (records[0].state, records[0].session) in rows(data)}


def verdicts(data: Path, pairs: Iterable[Pair]) -> list[Verdict]:
    """Return what the matching makes of pairs, but for those whose paragraph is not read as it was when labelled."""
    by_report = defaultdict(list)
    for pair in pairs:
        by_report[pair.report].append(pair)
    found = []
    for name, members in by_report.items():
        records = reports(data)[name]
        new = drafts(records)
        known = drafts(rows(data)[records[0].state, records[0].session])
        found += _of_report(known, new, members)
    return found


def _of_report(known: list[Draft], new: list[Draft], pairs: list[Pair]) -> list[Verdict]:
    matched = match(list(map(candidate, known)), list(map(candidate, new)))
    methods = {(known[each.known].part, new[each.new].part): each.method for each in matched}
    by_row = {record.row: draft for draft in known for record in draft.records}
    by_part = {(draft.part, hashed(draft.first.text)): draft for draft in new}
    twins = {hashed(draft.first.text) for draft in known}
    found = []
    for pair in pairs:
        paragraph, row = by_part.get((pair.part, pair.words)), by_row[pair.row]
        if paragraph is None:
            continue
        alone = match([candidate(row)], [candidate(paragraph)])
        stratum = "equal" if hashed(row.first.text) == pair.words else "neighbour" if pair.words in twins else "unequal"
        method = methods.get((row.part, paragraph.part))
        found.append(Verdict(pair, stratum, method, alone[0].method if alone else None))
    return found


def interval(hits: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, after Wilson."""
    z = 1.96
    share, spread = hits / of, z * math.sqrt(hits * (of - hits) / of**3 + z**2 / (4 * of**2))
    middle, scale = share + z**2 / (2 * of), 1 + z**2 / of
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
