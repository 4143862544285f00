"""From a document to a draft: what each part recognises, in one order, and what nobody understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from uprgraph.extraction import adoption, counts, elections, figures, findings, gender, header, recommendations
from uprgraph.extraction import opinions as opinion_rules
from uprgraph.extraction import summary as summary_rules
from uprgraph.extraction.document import Document, Kind, Paragraph, Words
from uprgraph.extraction.places import Places
from uprgraph.extraction.sentences import sentences
from uprgraph.extraction.statements import (
    Basis,
    Count,
    Draft,
    Figure,
    Finding,
    Opinion,
    Recommendation,
    Submission,
)
from uprgraph.extraction.topics import topics

_MOSTLY = 0.6
"""What share of the words of a clause another rule has taken, so that it makes no finding of its own."""
PRIORITY = "priority-recommendations"


def recognise(document: Document, state: str | None = None, session: int | None = None) -> Draft:
    """Return what is recognised in a document. `state` and `session` stand for what its head does not say.

    Raises InvalidDataError where State or session are neither said nor given.
    """
    submission = header.submission(document, state=state, session=session)
    draft = _of_summary(document, submission) if submission.symbol else _of_submission(document, submission)
    return replace(draft, not_understood=tuple(_not_understood(document, draft)))


def _of_summary(document: Document, submission: Submission) -> Draft:
    found, recommended = summary_rules.statements(document, submission)
    return Draft(submission=submission, findings=found, recommendations=recommended)


def _of_submission(document: Document, submission: Submission) -> Draft:
    found, in_opinions = opinion_rules.opinions(document, submission)
    missions, in_reports = elections.missions(document, submission)
    places = Places(document, [*in_opinions, *in_reports])
    adoptions, claims = adoption.claims(document, submission, found, places)
    stated = counts.counts(document, places)
    audits, plans = gender.audits(document)
    draft = Draft(
        submission=submission,
        opinions=found,
        adoptions=adoptions,
        concern_claims=claims,
        counts=stated,
        figures=figures.figures(document),
        missions=missions,
        audits=audits,
        plans=plans,
    )
    reading = _Reading(document, places, _Taken(draft), {opinion.number: opinion for opinion in found})
    reading.read()
    return replace(
        draft,
        findings=tuple(reading.findings),
        recommendations=tuple(reading.recommendations),
        counts=tuple(_with_listed(each, reading.recommendations) for each in stated),
        context=tuple(reading.context),
    )


def _with_listed(count: Count, recommended: Iterable[Recommendation]) -> Count:
    """Return a count of priority recommendations with how many of them the document goes on to list."""
    if count.count_of != PRIORITY:
        return count
    listed = sum(each.priority and each.place == count.place for each in recommended)
    return replace(count, listed=listed) if listed else count


class _Taken:
    """The characters of the source that rules have taken, so that they make no finding."""

    def __init__(self, draft: Draft) -> None:
        self._whole = set(_characters(_bases_that_take(draft)))
        self._figures = draft.figures

    def mostly(self, words: Words) -> bool:
        """Tell whether most of the words are taken."""
        return _share(words, self._whole) >= _MOSTLY

    def figure_in(self, words: Words) -> Figure | None:
        """Return a figure that most of the words state."""
        for figure in self._figures:
            if _share(words, set(figure.basis.words[0].places)) >= _MOSTLY:
                return figure
        return None


def _bases_that_take(draft: Draft) -> Iterator[Words]:
    for opinion in draft.opinions:
        yield from opinion.basis.words
    members = [draft.submission.membership.basis] if draft.submission.membership else []
    parts = (draft.adoptions, draft.concern_claims, draft.counts, draft.missions, draft.audits, draft.plans)
    for basis in [draft.submission.basis, *members, *(each.basis for part in parts for each in part)]:
        yield basis.words[0]


def _characters(words: Iterable[Words]) -> Iterator[int]:
    for each in words:
        yield from each.places


def _share(words: Words, taken: set[int]) -> float:
    """Return the share of the characters of words, white space left out, that are among those taken."""
    places = [place for place, character in zip(words.places, words.text, strict=True) if not character.isspace()]
    return sum(place in taken for place in places) / len(places) if places else 1.0


@dataclass
class _Reading:
    """One pass over the paragraphs, in which findings and recommendations are gathered."""

    document: Document
    places: Places
    taken: _Taken
    opinions: dict[str, Opinion]
    findings: list[Finding] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    context: list[Basis] = field(default_factory=list)
    _lead: tuple[recommendations.Lead, Words, str] | None = None
    _positions: Counter[str] = field(default_factory=Counter)

    def read(self) -> None:
        """Read all paragraphs."""
        for number, paragraph in enumerate(self.document.paragraphs):
            if paragraph.kind is Kind.ITEM and self._lead:
                self._read_item(paragraph)
                continue
            if paragraph.kind is Kind.HEADING:
                self._lead = None
                continue
            for start, end in sentences(paragraph.words.text):
                self._read_sentence(number, paragraph, start, end)

    def _read_item(self, paragraph: Paragraph) -> None:
        assert self._lead is not None  # noqa: S101 - for the type checker: the caller has looked
        lead, words, place = self._lead
        items = recommendations.item_of_list(paragraph.words.text)
        self._recommend(paragraph, items, words, place, priority=lead.priority)

    def _read_sentence(self, number: int, paragraph: Paragraph, start: int, end: int) -> None:
        text, words, place = paragraph.words.text, paragraph.words.cut(start, end), self.places.at(number, start)
        lead = recommendations.leads_to_list(text, start, end)
        if lead:
            self._lead = (lead, words, place)
            return
        self._lead = None
        if self.taken.mostly(words):
            return
        rule = findings.context(text[start:end])
        if rule:
            self.context.append(Basis(rule, (words,), section=paragraph.section))
            return
        items = recommendations.in_sentence(text, start, end)
        if items:
            opening = paragraph.words.cut(start, items[0].start)
            self._recommend(paragraph, items, opening, place, priority=recommendations.is_priority(opening.text))
            end = _before_recommending(text, start, items[0].lead)
        self._assert(paragraph, start, end, place)

    def _recommend(
        self, paragraph: Paragraph, items: Sequence[recommendations.Item], lead: Words, place: str, *, priority: bool
    ) -> None:
        last = None
        for item in items:
            self._positions[place] += 1
            position = self._positions[place]
            words = paragraph.words.cut(item.start, item.end)
            rights, principles = topics(words.text, self._title(place))
            fallback = item.fallback and last is not None
            self.recommendations.append(
                Recommendation(
                    place=place,
                    position=position,
                    text=words.text,
                    basis=Basis(item.rule, (words, lead), item.confidence, section=paragraph.section),
                    priority=priority,
                    fallback_for=last if fallback else None,
                    rights=rights,
                    principles=principles,
                )
            )
            last = last if fallback else position

    def _assert(self, paragraph: Paragraph, start: int, end: int, place: str) -> None:
        reached = start
        for each in findings.assertions(paragraph, start, end):
            words = paragraph.words.cut(each.start, each.end)
            if self.taken.mostly(words) or (self.taken.figure_in(words) and each.rule == "findings/clause"):
                continue
            rights, principles = topics(words.text, self._title(place))
            self.findings.append(
                Finding(
                    place=place,
                    type=each.type,
                    text=words.text,
                    basis=Basis(
                        each.rule, (paragraph.words.cut(reached, each.end),), each.confidence, section=paragraph.section
                    ),
                    rights=rights,
                    principles=principles,
                )
            )
            reached = each.end

    def _title(self, place: str) -> str:
        return self.opinions[place].title if place in self.opinions else ""


def _before_recommending(text: str, start: int, end: int) -> int:
    """Return where the words end that say something else before a sentence goes on to recommend; `start` for none."""
    before = text[start:end].rstrip()
    joint = before.endswith((" and", ";", ", but"))
    return start + len(before.removesuffix(" and").removesuffix(", but")) if joint else start


def bases(draft: Draft) -> Iterator[Basis]:
    """Yield the bases of all that a draft has, its context among them."""
    yield draft.submission.basis
    if draft.submission.membership:
        yield draft.submission.membership.basis
    parts = (
        *(draft.opinions, draft.adoptions, draft.concern_claims, draft.findings, draft.recommendations, draft.counts),
        *(draft.figures, draft.missions, draft.audits, draft.plans),
    )
    yield from (each.basis for part in parts for each in part)
    yield from draft.context


def _not_understood(document: Document, draft: Draft) -> Iterator[Words]:
    """Yield the runs of words on which nothing rests, but for what only joins others."""
    known = {place for basis in bases(draft) for place in _characters(basis.words)}
    for start, end in ((span.start, span.end) for span, _ in document.structure):
        known.update(range(start, end))
    parts = [paragraph.words for paragraph in document.paragraphs if paragraph.kind is not Kind.HEADING]
    parts += [note.words for note in document.footnotes.values()]
    for words in parts:
        yield from _runs_outside(words, known)


def _runs_outside(words: Words, known: set[int]) -> Iterator[Words]:
    start = None
    for offset, place in enumerate((*words.places, None)):
        outside = place is not None and place not in known
        if outside and start is None:
            start = offset
        elif not outside and start is not None:
            run = words.cut(start, offset)
            if any(character.isalnum() for character in run.text):
                yield run
            start = None
