"""Sentences and clauses: where one assertion ends and the next begins.

There is no grammar behind this, only the connectives and marks that phrases/clauses.toml lists, and what a clause looks
like: a few words, and then a verb that can be one's predicate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from uprgraph.extraction.phrasing import compiled, phrases
from uprgraph.wording import CLOSING_MARKS, OPENING_MARKS

_END = re.compile(rf"[.?!](?P<close>[{CLOSING_MARKS})\]]*)\s+(?=[{OPENING_MARKS}(\[]?(?:[^\W_a-z]))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[Nn]r|[Nn]o|[Nn]os|Art|Arts|para|paras|vol|cf|e\.g|i\.e|St|Mr|Mrs|Ms|Dr|Prof|Rev|Doc|ed|eds|pp?|Opinion-Nr)|\b[A-Z])\.$"
)
_COMMA = re.compile(rf"[{CLOSING_MARKS}]?,[{CLOSING_MARKS}]?\s+")
_CLAUSE_START = compiled("{{subject}}{{predicate}}")
_NEED = re.compile(r"\b(?:required|needed|necessary|called for)\b")
_LONGEST = 4_000
"""Characters of a sentence that are looked at; a longer one is one clause."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its offsets in the text, and whether it stands in contrast to the one before it (or after it)."""

    start: int
    end: int
    contrast: bool = False


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence of a text, its full stop included and white space around it not."""
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text[max(0, match.start() - 12) : match.start() + 1]):
            continue
        yield start, match.start() + 1 + len(match["close"])
        start = match.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def clauses(text: str, start: int, end: int) -> list[Clause]:
    """Return the clauses of the sentence between two offsets, in their order and without what joins them."""
    found = [Clause(start, end)]
    if end - start > _LONGEST:
        return found
    for phrase in phrases("clauses"):
        split: list[Clause] = []
        for clause in found:
            split.extend(_split(text, clause, phrase.pattern, phrase.means))
        found = split
    return [each for each in (_bare(text, clause) for clause in found) if each.end > each.start]


def _split(text: str, clause: Clause, pattern: re.Pattern[str], means: str) -> Iterator[Clause]:
    """Split a clause at each match of a connective that has a clause behind it.

    `means`: "contrast" sets the two against each other; "subject" asks for a clause with a subject of its own behind
    the connective; "opening" is a connective at the beginning, whose own clause ends where one with a subject begins.
    """
    start, contrast = clause.start, clause.contrast
    if means == "opening":
        match = pattern.match(text, clause.start, clause.end)
        cut = _second_clause(text, match.end(), clause.end) if match else None
        if match is None or cut is None:
            yield clause
            return
        yield Clause(match.end() if match["drop"] else match.start(), cut, contrast=True)
        yield Clause(cut, clause.end, contrast=True)
        return
    for match in pattern.finditer(text, clause.start + 1, clause.end):
        behind = text[match.end() : clause.end]
        if bracket_is_open(text, clause.start, match.start()):
            continue
        if "subject" in means:
            opening = _CLAUSE_START.match(behind)
            if not opening or _NEED.search(behind[:80]):
                continue
        yield Clause(start, match.start(), contrast)
        start, contrast = match.end(), contrast or "contrast" in means
    yield Clause(start, clause.end, contrast)


def _second_clause(text: str, start: int, end: int) -> int | None:
    """Return where, behind a comma, a clause with a subject of its own begins."""
    for comma in _COMMA.finditer(text[start:end]):
        if _CLAUSE_START.match(text, start + comma.end(), end):
            return start + comma.end()
    return None


def bracket_is_open(text: str, start: int, end: int) -> bool:
    """Tell whether a bracket is open at `end`."""
    part = text[start:end]
    return part.count("(") > part.count(")")


def _bare(text: str, clause: Clause) -> Clause:
    """Return a clause without white space, commas and full stops around it."""
    start, end = clause.start, clause.end
    while start < end and text[start] in " ,;":
        start += 1
    while end > start and text[end - 1] in " ,;.:":
        end -= 1
    return Clause(start, end, clause.contrast)
