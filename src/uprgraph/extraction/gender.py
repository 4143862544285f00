"""Gender audits and action plans of organisations, such as parties and parliaments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from uprgraph.extraction.bounded import bounded_sentences
from uprgraph.extraction.document import Document, Kind, Words
from uprgraph.extraction.figures.days import days, periods
from uprgraph.extraction.names import names
from uprgraph.extraction.phrasing import phrases
from uprgraph.extraction.statements import Audit, Basis, Plan

_LIST = re.compile(r"\(([^()]{3,300})\)")
_REQUEST = re.compile(
    r"\b(?:request|invitation|initiative)\b[^,;.(]{0,40}?\b(?:of|from|by)\b([^,;.]{2,200})", re.IGNORECASE
)
_OBJECT_ENDS = re.compile(r"[,;]|\s(?:was|were|has|have|in\s+\d{4}|and\s+(?:identified|found|revealed))\b|\.(?:\s|$)")
_REST = re.compile(r",\s+(?:which\b|thereby\b|(?!including\b|following\b)[a-z]+ing\b)")
_PLANS = re.compile(r"\baction\s+plans?\b", re.IGNORECASE)
_SAID_WHEN = re.compile(r"\b(?:in|on|since)\s+(?:early\s+|late\s+|mid-?\s*)?$", re.IGNORECASE)
_UNNAMED = 0.5


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: Words
    section: str
    paragraph: int

    @property
    def text(self) -> str:
        return self.words.text


def audits(document: Document) -> tuple[tuple[Audit, ...], tuple[Plan, ...]]:
    """Return the gender audits of organisations, and the action plans of organisations on gender."""
    made: list[Audit] = []
    plans: list[Plan] = []
    of_gender = -1
    for sentence in _sentences(document):
        in_section = [audit for audit in made if audit.basis.section == sentence.section]
        made.extend(_audits(sentence))
        if in_section and _says("confidential", sentence.text):
            made = [_confidential(each, sentence.words) if each in in_section else each for each in made]
        if re.search(r"\bgender\b", sentence.text, re.IGNORECASE):
            of_gender = sentence.paragraph
        if of_gender == sentence.paragraph and _PLANS.search(sentence.text):
            plans.extend(_plans(sentence, [audit.organisation for audit in in_section]))
    return tuple(made), tuple(plans)


def _sentences(document: Document) -> Iterator[_Sentence]:
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.kind is not Kind.HEADING:
            for _, words in bounded_sentences(paragraph.words):
                yield _Sentence(words, paragraph.section, number)


def _says(means: str, text: str) -> tuple[str, re.Match[str]] | None:
    """Return the first rule of a meaning that matches, and the match."""
    for phrase in phrases("gender"):
        match = phrase.pattern.search(text) if phrase.means == means else None
        if match:
            return phrase.name, match
    return None


def _audits(sentence: _Sentence) -> Iterator[Audit]:
    said = _says("audit", sentence.text)
    underwent = None if said else _says("underwent", sentence.text)
    found = said or underwent
    if not found:
        return
    rule, match = found
    audited = _until_it_ends(sentence.text[match.end() :]) if said else sentence.text[: match.start()]
    organisations = _organisations(sentence.text, audited)
    rest = _REST.search(sentence.text, match.end())
    basis = Basis(
        rule, (sentence.words.cut(0, rest.start()) if rest else sentence.words,), 0.95, section=sentence.section
    )
    year = next((day.first[:4] for day in days(sentence.text)), "")
    confidential = _says("confidential", sentence.text) is not None
    for organisation in organisations:
        yield Audit(organisation, year, basis, confidential)
    if not organisations and audited.strip():
        doubt = "the text does not name the organisation that was audited"
        yield Audit(audited.strip(), year, replace(basis, confidence=_UNNAMED, doubt=doubt), confidential)


def _until_it_ends(text: str) -> str:
    end = _OBJECT_ENDS.search(text)
    return text[: end.start()] if end else text


def _organisations(text: str, audited: str) -> list[str]:
    """Return who was audited: who is named as that, or in a list in brackets, or else who asked for it."""
    if not _says("same", audited) and names(audited):
        return names(audited)
    listed = [name for match in _LIST.finditer(text) for name in names(match[1])]
    if listed:
        return listed
    asked = _REQUEST.search(text)
    return names(asked[1]) if asked else []


def _confidential(audit: Audit, words: Words) -> Audit:
    basis = replace(audit.basis, words=(*audit.basis.words, words))
    return replace(audit, confidential=True, basis=basis)


def _plans(sentence: _Sentence, audited: list[str]) -> Iterator[Plan]:
    text = sentence.text
    said = _says("plan", text)
    if not said or _says("no-plan", text):
        return
    period = next(periods(text), None)
    inside = range(period.start, period.end) if period else range(0)
    when = [day for day in days(text) if day.start not in inside and _SAID_WHEN.search(text[: day.start])]
    basis = Basis(said[0], (sentence.words,), 0.9, section=sentence.section)
    organisations = names(_PLANS.sub("", text)) or (audited if _says("same", text) else [])
    for organisation in organisations:
        yield Plan(
            organisation=organisation,
            basis=basis,
            created=when[0].first if when else "",
            start=period.first if period else "",
            end=period.last if period else "",
        )
