"""Stated counts: how many recommendations a document is said to make, and how many of them are priorities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from uprgraph.extraction import gender
from uprgraph.extraction.bounded import bounded_sentences
from uprgraph.extraction.document import Document, Kind, Paragraph, Words
from uprgraph.extraction.figures.numbers import number, qualifier
from uprgraph.extraction.phrasing import Phrase, first, phrases
from uprgraph.extraction.places import Places
from uprgraph.extraction.statements import SUBMISSION, Audit, Basis, Count

_EXACTLY = "exactly"
_SURE = 0.95
_UNSURE = 0.5
_PARTS = ("counts/of-which-priority", "counts/some-of-them-priority")
"""The rules for what is stated as a part of another count."""
_PART_ENDS = re.compile(r"[,;:.]|\s+and\s")
_WHOLE_ENDS = re.compile(r"[;:]|,\s+(?:which|who|and|but|while|although|so)\b|\.$")
_OF_AUDITS = re.compile(r"\b(?:audit|party|individual)\s+reports?\b|\bthe\s+audits?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Stated:
    """A count in a text: the phrase that states it, the number, and the offsets of its match and of the number."""

    phrase: Phrase
    count: int
    start: int
    end: int
    number: tuple[int, int]

    @property
    def part(self) -> bool:
        return self.phrase.name in _PARTS


def counts(document: Document, place_of: Places) -> tuple[Count, ...]:
    """Return the stated counts of recommendations, those in footnotes too.

    Of the reports of an audit there is one count, which is that of each of its organisations.
    """
    made, _ = gender.audits(document)
    return tuple(
        count
        for index, paragraph in enumerate(document.paragraphs)
        if paragraph.kind is not Kind.HEADING
        for count in _in_paragraph(document, index, paragraph, place_of, made)
    )


def _in_paragraph(
    document: Document, index: int, paragraph: Paragraph, place_of: Places, made: Sequence[Audit]
) -> Iterator[Count]:
    audited = [audit for audit in made if audit.basis.section == paragraph.section]
    for start, words in bounded_sentences(paragraph.words):
        for count, at in _in_sentence(words, paragraph):
            yield _placed(count, words.text, place_of.at(index, start + at), audited)
    for mark in paragraph.marks:
        note = document.footnotes.get(mark.number)
        for _, words in bounded_sentences(note.words) if note else ():
            for count, _ in _in_sentence(words, paragraph, footnote=mark.number):
                yield _placed(count, words.text, place_of.at(index, max(0, mark.offset - 1)), audited)


def _placed(count: Count, text: str, place: str, audited: Sequence[Audit]) -> Count:
    """Return a count in its place: the audit's report where a sentence of the submission tells what is in that."""
    if place == SUBMISSION and audited and audited[-1].year and _OF_AUDITS.search(text):
        place = f"audit-report/{audited[-1].year}"
    return replace(count, place=place)


def _stated(text: str) -> list[_Stated]:
    found: list[_Stated] = []
    for phrase in phrases("counts"):
        for match in phrase.pattern.finditer(text):
            value = number(match["n"])
            taken = any(match.start("n") < each.number[1] and each.number[0] < match.end("n") for each in found)
            if value is not None and value == int(value) and not taken:
                found.append(_Stated(phrase, int(value), match.start(), match.end(), match.span("n")))
    return sorted(found, key=lambda each: each.start)


def _in_sentence(words: Words, paragraph: Paragraph, footnote: str = "") -> Iterator[tuple[Count, int]]:
    """Yield each count that a sentence states, as one of the submission, and the offset of its number."""
    stated = _stated(words.text)
    for each in stated:
        cut = _part(words, each) if each.part else _whole(words, each, stated)
        bound = qualifier(words.text, *each.number)
        basis = Basis(
            rule=each.phrase.name,
            words=(cut,),
            confidence=_UNSURE if bound.doubt else _SURE,
            doubt=bound.doubt,
            section=paragraph.section,
            footnote=footnote,
        )
        count = Count(
            place=SUBMISSION,
            count_of=each.phrase.means,
            count=each.count,
            qualifier=bound.code or _EXACTLY,
            text=cut.text,
            basis=basis,
            paragraph=paragraph.number,
        )
        yield count, each.number[0]


def _part(words: Words, each: _Stated) -> Words:
    """Return the words of a part, from those that say of what it is one up to the next comma."""
    end = _PART_ENDS.search(words.text, each.end)
    return words.cut(each.start, end.start() if end else len(words.text))


def _whole(words: Words, each: _Stated, stated: Sequence[_Stated]) -> Words:
    """Return the words of a count, from the beginning of its sentence up to its parts or to what follows from it."""
    text = words.text
    lead = first("leads", text)
    start = lead[1].end() if lead and lead[1].end() <= each.number[0] else 0
    ends = [other.start for other in stated if other.part and other.start >= each.number[1]]
    end = _WHOLE_ENDS.search(text, each.number[1])
    ends += [end.start()] if end else []
    stop = min(ends, default=len(text))
    return words.cut(start, start + len(text[start:stop].rstrip(" ,")))
