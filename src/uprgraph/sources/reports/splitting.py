"""Paragraphs of recommendations: which words are a recommendation, and which States make it.

"Do this (Spain) (Peru); do that (Bosnia and Herzegovina, Chile);" holds two recommendations, each by two States.
Brackets that name no State ("the Convention (CEDAW)") are part of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from uprgraph.sources.reports.brackets import Bracket, brackets
from uprgraph.sources.states import StateNames

_BETWEEN = re.compile(r"(?:\d{1,2}(?!\w))?\*{0,2}(?:\s*[;.,:]+(?:\d{1,2}(?!\w))?)*\s*")
"""Between the States of a recommendation and the next one: marks of a note, and punctuation."""
_JOINING = re.compile(r"[\s,;&]*(?:\band\b)?\s*")
_LONGEST_GOING_ON = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """One recommendation in a paragraph: its text, its States, and where text and States stand in the paragraph.

    `states` are IRIs; `unknown` are names in brackets with States, or where States stand, that name no State we know.
    `continues` says that the words of the part before belong to it too, as in "Do this (Spain) as soon as possible
    (Peru)".
    """

    text: str
    start: int
    end: int
    states: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    continues: bool = False


@dataclass(slots=True)
class _Group:
    """Brackets with States that follow each other, and so belong to one recommendation."""

    start: int
    end: int
    states: dict[str, None] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def add(self, bracket: Bracket) -> None:
        self.end = bracket.end
        self.states.update(dict.fromkeys(bracket.states))
        self.unknown.extend(bracket.unknown)


def split(paragraph: str, names: StateNames) -> list[Part]:
    """Return the recommendations in a paragraph whose white space is folded, without its number.

    Every word of the paragraph is in a part or in a bracket with States. Words after the last States are a part
    without States.
    """
    parts: list[Part] = []
    start = len(paragraph) - len(paragraph.lstrip(" ;.,:"))
    for group in _groups(paragraph, names):
        words = paragraph[start : group.start].strip()
        before = parts[-1] if parts else None
        continues = before is not None and _goes_on(before, paragraph, start)
        text = f"{before.text} {words}" if before and continues else words
        begin = before.start if before and continues else start
        parts.append(Part(text, begin, group.end, tuple(group.states), tuple(group.unknown), continues))
        start = _after(paragraph, group.end)
    rest = paragraph[start:].rstrip(" ;.,:*")
    if rest or not parts:
        parts.append(Part(rest, start, start + len(rest), ()))
    return parts


def _after(paragraph: str, end: int) -> int:
    """Return where the words go on after States that end there."""
    found = _BETWEEN.match(paragraph, end)
    return found.end() if found else end


def _goes_on(before: Part, paragraph: str, start: int) -> bool:
    """Say whether a sentence goes on after the States of the part before, without so much as a comma."""
    nothing_between = not paragraph[before.end : start].strip()
    return nothing_between and paragraph[start : start + 1].islower() and len(before.text) < _LONGEST_GOING_ON


def keys(labels: Sequence[str]) -> list[str]:
    """Return what each recommendation is known by, given the number of its paragraph: "9.1", but "9.1-2" if several."""
    total, given = Counter(labels), Counter[str]()
    found = []
    for label in labels:
        given[label] += 1
        found.append(label if total[label] == 1 else f"{label}-{given[label]}")
    return found


def _groups(paragraph: str, names: StateNames) -> Iterator[_Group]:
    group: _Group | None = None
    for bracket in brackets(paragraph, names):
        if group is not None and _JOINING.fullmatch(paragraph, group.end, bracket.start):
            group.add(bracket)
            continue
        if group is not None:
            yield group
        group = _Group(bracket.start, bracket.end)
        group.add(bracket)
    if group is not None:
        yield group
