"""What a submission claims of the concerns of opinions: that they remain, were met, or were met in part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from uprgraph.extraction.document import Document, Kind, Words
from uprgraph.extraction.figures.days import days
from uprgraph.extraction.opinions.opinions import place
from uprgraph.extraction.opinions.told import Stated
from uprgraph.extraction.phrasing import Phrase, first
from uprgraph.extraction.sentences import sentences
from uprgraph.extraction.statements import Basis, ConcernClaim, Opinion, Submission

_MOST = 3
"""Sentences on all opinions of a section that are kept."""
_ARTICLE = re.compile(r"\b(?:the|these|those|its|all|some\s+of|none\s+of|[\w/]+[\u2019']s)\s+(?:[\w-]+\s+){0,3}$", re.I)
_STOP = re.compile(r"[,;.](?=\s|$)")
_AS_OF = re.compile(r"\b(?:as\s+of|as\s+at|by|until)\s+$", re.I)


def concern_claims(
    document: Document, submission: Submission, opinions: Sequence[Opinion], stated: Sequence[Stated]
) -> tuple[ConcernClaim, ...]:
    """Return a claim for each sentence on an opinion that makes one, and of a sentence on all opinions of a section.

    Of one opinion a claim in its own sentences goes before that on all, which is then a further basis of it.
    """
    found: dict[str, list[ConcernClaim]] = {place(opinion): [] for opinion in opinions}
    for sentence in stated:
        found[place(sentence.opinion)] += _of_one(submission, sentence)
    for claim in _of_all(document, submission, opinions):
        own = found[claim.opinion]
        if any(each.as_of == claim.as_of for each in own):
            found[claim.opinion] = [_with(each, claim) if each.as_of == claim.as_of else each for each in own]
        else:
            own.append(claim)
    return tuple(claim for claims in found.values() for claim in claims)


def _with(own: ConcernClaim, general: ConcernClaim) -> ConcernClaim:
    return replace(own, basis=replace(own.basis, words=(*own.basis.words, *general.basis.words)))


def _of_one(submission: Submission, sentence: Stated) -> Iterator[ConcernClaim]:
    match = first("concern-status", sentence.text)
    if match is None:
        return
    phrase, claim = match
    article = _ARTICLE.search(sentence.text, 0, claim.start())
    behind = _STOP.search(sentence.text, claim.end())
    start = sentence.start + (article.start() if article else claim.start())
    words = sentence.words.cut(start, sentence.start + (behind.start() if behind else len(sentence.text)))
    yield _claim(submission, sentence.opinion, _basis(phrase, words, sentence.section, sentence.footnote), phrase.means)


def _of_all(document: Document, submission: Submission, opinions: Sequence[Opinion]) -> Iterator[ConcernClaim]:
    """Yield a claim for each opinion that follows, in the same section, a sentence on opinions in general."""
    titles = {opinion.basis.words[0].places[0]: opinion for opinion in opinions if not opinion.basis.footnote}
    stated: list[tuple[Phrase, Words]] = []
    for paragraph in document.paragraphs:
        if paragraph.kind is Kind.HEADING:
            stated = []
        for opinion in (titles[at] for at in paragraph.words.places if at in titles):
            for phrase, words in stated:
                yield _claim(submission, opinion, _basis(phrase, words, paragraph.section), phrase.means)
        if not any(at in titles for at in paragraph.words.places):
            stated = [*stated, *_general(paragraph.words)][-_MOST:]


def _general(words: Words) -> Iterator[tuple[Phrase, Words]]:
    for start, end in sentences(words.text):
        sentence = words.text[start:end]
        match = first("concern-status", sentence)
        if match and first("opinion-words", sentence):
            yield match[0], words.cut(start, start + len(sentence.rstrip(" :.")))


def _basis(phrase: Phrase, words: Words, section: str, footnote: str = "") -> Basis:
    return Basis(phrase.name, (words,), phrase.confidence, section=section, footnote=footnote)


def _claim(submission: Submission, opinion: Opinion, basis: Basis, status: str) -> ConcernClaim:
    text = basis.words[0].text
    as_of = [day.first for day in days(text) if _AS_OF.search(text[: day.start])]
    return ConcernClaim(place(opinion), status, next(iter(as_of), submission.year), text, basis)
