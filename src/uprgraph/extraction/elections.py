"""Elections that were observed: the missions to them, and where a submission tells what their reports say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from uprgraph.extraction.document import Document, Footnote, Kind, Words
from uprgraph.extraction.phrasing import Phrase, phrases
from uprgraph.extraction.places import Transition
from uprgraph.extraction.sentences import sentences
from uprgraph.extraction.statements import SUBMISSION, Basis, Mission, Submission
from uprgraph.extraction.urls import address
from uprgraph.extraction.votes import Named, Vote, missions_named, votes

_UNNAMED = "election-observation-mission"
"""The kind of mission that is assumed where a text says only that ODIHR observed an election."""
_GUESS = 0.5
_BEFORE_MARK = 80
"""Characters before the mark of a note that say what the note is of."""


@dataclass(slots=True)
class _Found:
    """A mission as far as it is known: `mission` is empty until the text names its kind."""

    vote: Vote
    mission: str
    rule: str
    section: str
    words: list[Words]
    url: str = ""
    has_report: bool = False
    footnote: str = ""


@dataclass(slots=True)
class _State:
    """What has been read: all missions, and of the section that is being read its elections and latest missions."""

    found: list[_Found] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    latest: list[_Found] = field(default_factory=list)
    transitions: list[Transition] = field(default_factory=list)
    place: str = SUBMISSION
    section: str = ""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence: the number of its paragraph, its offset there, its words, and the notes marked in it."""

    paragraph: int
    offset: int
    words: Words
    notes: tuple[tuple[Footnote, str], ...]
    """Each with the words before its mark."""


def missions(document: Document, submission: Submission) -> tuple[tuple[Mission, ...], tuple[Transition, ...]]:
    """Return the missions to elections, and where what is said is what their reports say.

    A summary of stakeholders' submissions (one with a symbol) has no such transitions.
    """
    state = _State()
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.kind is Kind.HEADING:
            state.section = paragraph.words.text
            state.votes, state.latest, state.place = votes(paragraph.words.text), [], SUBMISSION
            continue
        for sentence in _sentences(document, number):
            _read(state, sentence)
    found = tuple(_mission(each) for each in state.found)
    return found, () if submission.symbol else tuple(state.transitions)


def _sentences(document: Document, number: int) -> Iterator[_Sentence]:
    paragraph = document.paragraphs[number]
    text = paragraph.words.text
    bounds = list(sentences(text))
    for index, (start, end) in enumerate(bounds):
        upto = bounds[index + 1][0] if index + 1 < len(bounds) else len(text) + 1
        notes = tuple(
            (document.footnotes[mark.number], text[max(start, mark.offset - _BEFORE_MARK) : mark.offset])
            for mark in paragraph.marks
            if start <= mark.offset < upto and mark.number in document.footnotes
        )
        yield _Sentence(number, start, paragraph.words.cut(start, end), notes)


def _read(state: _State, sentence: _Sentence) -> None:
    text = sentence.words.text
    denied = _says("observing", "not", text)
    presented = None if denied else _says("observing", "presents", text)
    here = [] if denied else votes(text)
    named = [] if denied else missions_named(text)
    before = len(state.found)
    if here and (named or presented):
        state.votes = here
        state.latest = [_of_vote(state, vote, named, sentence, presented) for vote in here]
        for other in named:
            if not any(each.mission == other.mission for each in state.latest):
                state.latest.append(_record(state, _nearest(here, other), other.mission, sentence, presented))
    elif named and state.votes:
        latest = [each for other in named for each in _later(state, other, sentence, presented)]
        state.latest = latest or state.latest
    _report(state, sentence, new=len(state.found) > before or denied is not None)
    for note, marked in sentence.notes:
        _note(state, note, marked)


def _of_vote(
    state: _State, vote: Vote, named: Sequence[Named], sentence: _Sentence, presented: Phrase | None
) -> _Found:
    """Record the mission to an election: that which stands before it, else the first of the sentence."""
    before = [each for each in named if each.start < vote.start]
    one = before[-1] if before else next(iter(named), None)
    return _record(state, vote, one.mission if one else "", sentence, presented)


def _nearest(here: Sequence[Vote], named: Named) -> Vote:
    return min(here, key=lambda vote: abs(vote.start - named.start))


def _later(state: _State, named: Named, sentence: _Sentence, presented: Phrase | None) -> Iterator[_Found]:
    """Yield the missions of a kind to the elections named before: those that are known, or new ones presented here."""
    for vote in state.votes:
        known = _known(state, vote, named.mission)
        if known or presented:
            yield _record(state, vote, named.mission, sentence, presented)


def _known(state: _State, vote: Vote, mission: str) -> _Found | None:
    same = [each for each in state.found if (each.vote.date, each.vote.kind) == (vote.date, vote.kind)]
    exact = [each for each in same if each.mission == mission or not mission]
    return next(iter([*exact, *(each for each in same if not each.mission)]), None)


def _record(state: _State, vote: Vote, mission: str, sentence: _Sentence, presented: Phrase | None) -> _Found:
    known = _known(state, vote, mission)
    if known:
        if not known.mission and mission:
            known.mission = mission
            known.words.append(sentence.words)
        return known
    rule = presented.name if presented else f"missions/{mission}"
    found = _Found(vote, mission, rule, state.section, [sentence.words])
    state.found.append(found)
    return found


def _report(state: _State, sentence: _Sentence, *, new: bool) -> None:
    """Note what a sentence says of a report, and where it begins or ceases to tell what is in it."""
    text = sentence.words.text
    none = _says("election-reports", "none", text)
    telling = None if none else _says("election-reports", "reports", text)
    telling = telling or (_says("election-reports", "adds", text) if new and not none else None)
    returns = _says("election-reports", "returns", text)
    if state.latest and not none and (telling or _says("election-reports", "report", text)):
        for each in state.latest:
            each.has_report = True
    if state.latest and telling:
        match = telling.pattern.search(text)
        at = match.start() if new and match else 0
        _move(state, sentence, at, f"election-report/{_spoken_of(state, text).vote.date}")
    elif new or returns:
        _move(state, sentence, 0, SUBMISSION)


def _spoken_of(state: _State, text: str) -> _Found:
    """Return the mission whose report a sentence tells of, where there are several: that of the kind that it names."""
    words = text.lower()
    kinds = [each for each in state.latest if each.vote.kind.removeprefix("early-") in words]
    return (kinds or state.latest)[-1]


def _move(state: _State, sentence: _Sentence, at: int, place: str) -> None:
    if place != state.place:
        state.transitions.append(Transition(sentence.paragraph, sentence.offset + at, place))
        state.place = place


def _note(state: _State, note: Footnote, marked: str) -> None:
    """Take from a footnote the report on an election, its address, and the kind of mission if it was not known."""
    text = note.words.text
    if not state.latest or "report" not in (text + marked).lower():
        return
    named = missions_named(text)
    kinds = [each.mission for each in named]
    dates = [(each.date, each.kind) for each in votes(text)]
    of_dates = [each for each in state.found if (each.vote.date, each.vote.kind) in dates] or state.latest
    found = [each for each in of_dates if not kinds or not each.mission or each.mission in kinds]
    url = address(text)
    for each in found[-1:] if not dates else found:
        each.mission = each.mission or next(iter(kinds), "")
        each.has_report = True
        if url and not each.url:
            each.url, each.footnote = url, note.number
        each.words.append(note.words)


def _says(kind: str, means: str, text: str) -> Phrase | None:
    return next((each for each in phrases(kind) if each.means == means and each.pattern.search(text)), None)


def _mission(found: _Found) -> Mission:
    basis = Basis(
        rule=found.rule, words=tuple(found.words), confidence=0.95, section=found.section, footnote=found.footnote
    )
    if not found.mission:
        doubt = "the text does not say of what kind the mission was"
        basis = replace(basis, confidence=_GUESS, doubt=doubt)
    return Mission(
        date=found.vote.date,
        kind=found.vote.kind,
        mission=found.mission or _UNNAMED,
        basis=basis,
        report_url=found.url,
        has_report=found.has_report,
    )
