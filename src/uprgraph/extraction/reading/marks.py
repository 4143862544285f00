"""Marks of footnotes, which plain text has glued to words: "20152", "documents.1", "2022 3"."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from uprgraph.extraction.reading.lines import Line

_RUN = re.compile(r"[0-9]+|[⁰¹²³⁴-⁹]+")
_FOLLOWS = re.compile(r"\Z|\s|[.,;:!?)\]\u201d\"\u2019'\u2013\u2014](?!\d)|[-/]\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_CLOSING = frozenset(".,;:!?)]\u201d\"\u2019'\u00bb\u2026%")
_SPACED = re.compile(r"\s+(?:[A-Z(\u201c\"]|\Z)|[.,;]|\Z")
_ABBREVIATION = re.compile(r"(?:\b(?:No|Nr|Art|art|p|pp|para|paras|Vol|vol|ch|WG|Rev|Add|Corr))[.:]?\Z")
_RAISED, SURE, _LIKELY, _POSSIBLE, _UNLIKELY = 10.0, 4.0, 3.0, 1.5, 1.0
_ELSEWHERE = 2.5
"""Taken from the weight of a mark that stands on another page than its footnote."""
_YEAR_DIGITS, _MOST_DIGITS = 4, 3
_REACH = 12
"""Characters before a number that tell what it is."""
_BEYOND = 10
"""Numbers beyond the last footnote that are still looked for, where a document gives only some of its notes."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may be a mark: where it stands in the source, how likely it is one, and on which page."""

    start: int
    end: int
    number: int
    weight: float
    page: int


def find(lines: Sequence[Line], notes: Mapping[int, int | None], partial: bool = False) -> list[Candidate]:
    """Return the marks in lines, in their order.

    `notes` are the numbers of footnotes with the page that each begins on, None where notes stand at the end. With
    `partial` the document gives only some of its notes, and marks of the others are found too where they are plain.
    """
    if not notes:
        return []
    last = max(notes)
    by_number: dict[int, list[Candidate]] = {}
    for line in lines:
        for each in candidates(line):
            weighted = _weighted(each, notes, last, partial)
            if weighted is not None:
                by_number.setdefault(each.number, []).append(weighted)
    return [each for each in _best_chain(by_number) if each.number in notes or partial]


def _weighted(each: Candidate, notes: Mapping[int, int | None], last: int, partial: bool) -> Candidate | None:
    weight = each.weight
    if each.number not in notes:
        if not partial or weight < SURE or each.number > last + _BEYOND:
            return None
        weight = _UNLIKELY
    elif (page := notes[each.number]) is not None and page != each.page:
        weight -= _ELSEWHERE
    return Candidate(each.start, each.end, each.number, weight, each.page) if weight > 0 else None


def candidates(line: Line) -> Iterator[Candidate]:
    """Yield the numbers of a line that may be marks."""
    text = line.text
    for start, end in line.raised:
        if number := value(text[start - line.start : end - line.start]):
            yield Candidate(start, end, number, _RAISED, line.page)
    raised = {end - line.start for _, end in line.raised}
    for match in _RUN.finditer(text):
        start, end = match.span()
        if end in raised or not _FOLLOWS.match(text, end):
            continue
        if _YEAR.match(text, start, start + _YEAR_DIGITS) and end - start > _YEAR_DIGITS:
            start, weight = start + _YEAR_DIGITS, SURE
        else:
            weight = _weight(text, start, end) if start else 0.0
        number = value(text[start:end])
        if weight and number:
            yield Candidate(line.start + start, line.start + end, number, weight, line.page)


def value(digits: str) -> int:
    """Return the number that digits are, superscript ones too; 0 if they are none, or none of a footnote."""
    plain = unicodedata.normalize("NFKC", digits)
    return int(plain) if plain.isdecimal() and len(plain) <= _MOST_DIGITS and plain[0] != "0" else 0


def _weight(text: str, start: int, end: int) -> float:
    """Return how likely a run of digits is a mark by what stands around it: 0 if it is none."""
    before = text[start - 1]
    if before.islower() or not text[start].isascii():
        return SURE
    if before.isalpha():
        return _UNLIKELY
    if before in _CLOSING:
        return _after_punctuation(text[max(0, start - _REACH) : start])
    if before.isspace() and _SPACED.match(text, end):
        return _POSSIBLE if _YEAR.match(text[max(0, start - _REACH) : start].rstrip()[-_YEAR_DIGITS:]) else _UNLIKELY
    return 0.0


def _after_punctuation(before: str) -> float:
    if _ABBREVIATION.search(before[-8:]):
        return 0.0
    if before[-2:-1].isdigit() and before[-1] in ".,:":
        return _LIKELY if _YEAR.match(before[-5:-1]) and not before[-6:-5].isdigit() else 0.0
    return SURE


def _best_chain(by_number: Mapping[int, Sequence[Candidate]]) -> list[Candidate]:
    """Return the candidates with the greatest weight in all whose numbers and places both increase."""
    places: list[int] = []  # the ends of chains, of which a later one is kept only if it is heavier
    chains: list[tuple[float, Candidate, int]] = []
    best: list[int] = []
    for number in sorted(by_number):
        found: list[tuple[float, Candidate, int]] = []
        for each in by_number[number]:
            at = bisect_left(places, each.start)
            previous = best[at - 1] if at else -1
            found.append((each.weight + (chains[previous][0] if at else 0.0), each, previous))
        for chain in found:
            chains.append(chain)
            _keep(places, best, chains, len(chains) - 1)
    steps: list[Candidate] = []
    index = best[-1] if best else -1
    while index >= 0:
        _, each, index = chains[index]
        steps.append(each)
    return steps[::-1]


def _keep(places: list[int], best: list[int], chains: Sequence[tuple[float, Candidate, int]], new: int) -> None:
    """Keep a chain if no chain that ends before it is as heavy, and drop those after it that are not heavier."""
    weight, each, _ = chains[new]
    at = bisect_left(places, each.start)
    if at and chains[best[at - 1]][0] >= weight:
        return
    after = at
    while after < len(places) and chains[best[after]][0] <= weight:
        after += 1
    places[at:after] = [each.start]
    best[at:after] = [new]
