"""Which words of a sentence state a figure: its clause, or its own words and those it shares with another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from uprgraph.extraction.phrasing import compiled, first, phrases

Run = tuple[int, int]
"""Words of a sentence, by the offsets at which they begin and end."""

_ADVERB = r"(?:only|just|some|about|nearly|almost|over|in|at least|more than)"
_JOINT = re.compile(
    rf"(?P<drop>,?\s+(?:and|or|as well as)\s+)(?:{_ADVERB}\s+){{0,3}}$"
    rf"|(?P<keep>,?\s+)(?:to|up from|down from|from|compared (?:with|to))\s+(?:{_ADVERB}\s+){{0,2}}$",
    re.IGNORECASE,
)
_FROM = re.compile(rf"\s+from(?:\s+{_ADVERB})?\s*$", re.IGNORECASE)
_VERB = compiled(
    r"\b(?:{{finite}}|rose|fell|grew|dropped|declined|increased|decreased|stood|comprise[sd]?|constituted?|made\s+up)\b"
)
_WITH = re.compile(r"With\s+")
_AROUND = " ,;:."


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a sentence a number of a figure stands."""

    start: int
    end: int


def bounds(text: str, closed: Sequence[Run]) -> list[Run]:
    """Return what stands between the clauses of a sentence, nothing of it within what is `closed`."""
    lead = first("leads", text)
    found = [(0, lead[1].end())] if lead else []
    return found + [
        match.span()
        for phrase in phrases("figure-bounds")
        for match in phrase.pattern.finditer(text)
        if not any(start < match.start() < end for start, end in closed)
    ]


def clause(text: str, spot: Spot, between: Sequence[Run]) -> Run:
    """Return the clause of a sentence in which a number stands; `between` is what stands between its clauses."""
    start = max((end for _, end in between if end <= spot.start), default=0)
    end = min((begin for begin, _ in between if begin >= spot.end), default=len(text))
    return _bare(text, start, end)


def with_comparison(text: str, spot: Spot, benchmarks: Sequence[Run]) -> list[Run] | None:
    """Return the words of a figure in an opening with "With", and those that compare it, where it stands in one.

    "With 27 per cent women in parliament, the State leads the region, almost reaching the average of 28 per cent".
    """
    opening = _WITH.match(text)
    comma = text.find(",", spot.end)
    if not opening or comma < 0 or "," in text[: spot.start]:
        return None
    found = [_bare(text, opening.end(), comma)]
    behind = [run for run in benchmarks if run[0] > comma]
    if behind:
        found.append(_bare(text, text.rfind(",", 0, behind[0][0]) + 1, behind[-1][1]))
    return found


def shared(text: str, around: Run, spots: Sequence[Spot]) -> list[list[Run]]:
    """Return, for each of the figures of one clause, its own words and those that it shares with the others.

    What stands before the first number is shared if it has a verb ("women rose from 7 per cent to 10 per cent"), and
    else what follows the verb behind the last one ("two of the fifteen ministers and one in ten mayors are women").
    """
    start, end = around
    if len(spots) == 1:
        return [[around]]
    cuts = [_cut(text, one.end, other.start) for one, other in pairwise(spots)]
    begins = [start, *(behind for _, behind in cuts)]
    ends = [*(before for before, _ in cuts), end]
    if _VERB.search(text, start, spots[0].start):
        head = text[start : spots[0].start]
        from_ = _FROM.search(head)
        before = _bare(text, start, start + (from_.start() if from_ else len(head)))
        return [[(start, ends[0])], *([before, run] for run in zip(begins[1:], ends[1:], strict=True))]
    verb = _VERB.search(text, spots[-1].end, end)
    tail = [(verb.start(), end)] if verb else []
    return [*([run, *tail] for run in zip(begins[:-1], ends[:-1], strict=True)), [(begins[-1], end)]]


def _cut(text: str, before: int, behind: int) -> Run:
    """Return where the words of one figure end and those of the next begin, between two numbers."""
    joint = _JOINT.search(text, before, behind)
    if not joint:
        comma = text.rfind(",", before, behind)
        return (comma, comma + 1) if comma >= 0 else (behind, behind)
    group = "drop" if joint["drop"] else "keep"
    return joint.start(), joint.end(group)


def _bare(text: str, start: int, end: int) -> Run:
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND:
        end -= 1
    return start, end
