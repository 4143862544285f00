"""Findings: what a submission says that was found, with its type, one for each assertion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from uprgraph.extraction.document import Paragraph
from uprgraph.extraction.phrasing import every, first
from uprgraph.extraction.sentences import Clause, clauses
from uprgraph.wording import CLOSING_MARKS, OPENING_MARKS

_CONTRARY = {"concern": "commendation", "commendation": "concern"}
_UNCERTAIN = 0.6
_LEAST_WORDS = 3
NOBODY_REPORTS = "findings/clause"
"""The rule of a clause that no verb of reporting introduces."""
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|does|did|may|can|could|will|would|should|must)\b")
_SENTENCE_ENDS = tuple(".?!)" + CLOSING_MARKS)
REFERENCE = "findings/reference"
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
_NEXT_OBJECT = re.compile(r",\s+(?:and\s+)?(?=(?:the|an?|its|their)\s)")


@dataclass(frozen=True, slots=True)
class Assertion:
    """An assertion: its offsets in the words of a paragraph, its finding type, the rule, and how sure that is."""

    start: int
    end: int
    type: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Framed:
    """A clause without what reports it: where its words begin, what the verb of reporting says, and the rule."""

    start: int
    end: int
    says: str
    rule: str
    reported: bool
    contrast: bool
    of_things: bool = False
    """Whether the verb of reporting is of things, not of what is said with "that"."""


def context(text: str) -> str | None:
    """Return the rule by which a sentence states nothing, or None."""
    found = first("context", text)
    return found[0].name if found else None


def is_reference(text: str) -> bool:
    """Tell whether a footnote only says where to read on: an address, or the title of a document without a verb."""
    without_address = _ADDRESS.sub("", text)
    return not _VERB.search(without_address) or first("context", text) is not None


def assertions(paragraph: Paragraph, start: int, end: int) -> list[Assertion]:
    """Return the assertions of the sentence between two offsets of a paragraph."""
    text = paragraph.words.text
    if not text[start:end].endswith(_SENTENCE_ENDS) and not _VERB.search(text, start, end):
        return []
    framed: list[_Framed] = []
    for clause in clauses(text, start, end):
        goes_on = framed and framed[-1].reported and not clause.contrast
        before = framed[-1] if goes_on and not _speaks(text[clause.start : clause.end]) else None
        framed.extend(_objects(text, _framed(text, clause, before)))
    judged = [_judged(text, each) for each in framed]
    return [each for each in _set_against(framed, judged) if _says_something(text, each)]


def _objects(text: str, clause: _Framed) -> Iterator[_Framed]:
    """Yield a clause that criticises several things one by one; any other as it is."""
    if clause.says != "concern" or not clause.of_things:
        yield clause
        return
    start = clause.start
    for joint in _NEXT_OBJECT.finditer(text, clause.start, clause.end):
        yield replace(clause, start=start, end=joint.start())
        start = joint.end()
    yield replace(clause, start=start)


def _says_something(text: str, assertion: Assertion) -> bool:
    """Tell whether an assertion has enough words to be one."""
    words = text[assertion.start : assertion.end]
    return len(words.split()) >= _LEAST_WORDS


def _speaks(clause: str) -> bool:
    return first("frames", _without_lead(clause)[1]) is not None


def _without_lead(clause: str) -> tuple[int, str]:
    """Return how many characters at the beginning only lead over, and the rest."""
    taken = 0
    while True:
        found = first("leads", clause[taken:])
        if not found:
            return taken, clause[taken:]
        taken += found[1].end()


def _framed(text: str, clause: Clause, before: _Framed | None) -> _Framed:
    """Take the words that report from a clause; what they say of it is that of the verb, or of the clause before."""
    taken, rest = _without_lead(text[clause.start : clause.end])
    start, says, rule, reported = clause.start + taken, "", NOBODY_REPORTS, before is not None
    if before:
        says, rule = before.says, before.rule
    of_things = False
    found = first("frames", rest)
    if found:
        phrase, match = found
        start += match.end("frame")
        says, rule, reported = phrase.means.removesuffix(" keep"), phrase.name, True
        of_things = not match["frame"].rstrip().endswith("that")
        again, _ = _without_lead(text[start : clause.end])
        start += again
    while start < clause.end and text[start] in OPENING_MARKS:
        start += 1
    behind = first("trailing", text[start : clause.end])
    end = start + behind[1].start() if behind else clause.end
    while end > start and text[end - 1] in CLOSING_MARKS + ",.;: ":
        end -= 1
    return _Framed(start, end, says, rule, reported, clause.contrast, of_things)


def _judged(text: str, clause: _Framed) -> tuple[str, float]:
    """Return the type that the words of a clause speak for, and how sure that is; "" for none."""
    if clause.says:
        return clause.says, 0.95
    sums = {"commendation": 0.0, "concern": 0.0}
    for phrase, _ in every("judging", text[clause.start : clause.end]):
        sums[phrase.means] += phrase.confidence
    best = max(sums, key=lambda each: sums[each])
    if sums[best] == min(sums.values()):
        return "", _UNCERTAIN
    return best, 0.85 if min(sums.values()) == 0 else 0.7


def _set_against(framed: list[_Framed], judged: list[tuple[str, float]]) -> Iterator[Assertion]:
    """Yield the assertions, in which a clause without words of judgement is the contrary of what it is set against."""
    for number, clause in enumerate(framed):
        kind, sure = judged[number] if judged[number][0] or not clause.contrast else _contrary(judged, number)
        yield Assertion(clause.start, clause.end, kind or "observation", clause.rule, sure)


def _contrary(judged: list[tuple[str, float]], number: int) -> tuple[str, float]:
    """Return the contrary of the type of the clause before, or of the one behind the first."""
    beside = number - 1 if number else 1
    other = judged[beside][0] if beside < len(judged) else ""
    return _CONTRARY.get(other, ""), _UNCERTAIN
