"""Elections that were observed: the missions to them, and where a submission tells what their reports say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from uprgraph.extraction.bounded import bounded_sentences
from uprgraph.extraction.document import Document, Footnote, Kind, Words
from uprgraph.extraction.elections.records import Record, Records
from uprgraph.extraction.elections.votes import Vote, missions_named, votes
from uprgraph.extraction.phrasing import Phrase, phrases
from uprgraph.extraction.places import Transition
from uprgraph.extraction.statements import SUBMISSION, Basis, Mission, Submission

_UNNAMED = "election-observation-mission"
"""The kind of mission that is assumed where a text says only that ODIHR observed an election."""
_BEFORE = "needs-assessment-mission"
_SURE = 0.95
_GUESS = 0.5
_BEFORE_MARK = 80
"""Characters before the mark of a note that say what the note is of."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence: the number of its paragraph, its offset there, its words, and the notes marked in it."""

    paragraph: int
    offset: int
    words: Words
    notes: tuple[tuple[Footnote, str], ...]
    """Each with the words before its mark."""


@dataclass(slots=True)
class _Reading:
    records: Records = field(default_factory=Records)
    transitions: list[Transition] = field(default_factory=list)
    place: str = SUBMISSION


def missions(document: Document, submission: Submission) -> tuple[tuple[Mission, ...], tuple[Transition, ...]]:
    """Return the missions to elections, and where what is said is what their reports say.

    A summary of stakeholders' submissions (one with a symbol) has no such transitions.
    """
    reading = _Reading()
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.kind is Kind.HEADING:
            reading.records.begin_section(paragraph.words.text)
            reading.place = SUBMISSION
            continue
        for sentence in _sentences(document, number):
            _read(reading, sentence)
    found = tuple(_mission(each) for each in reading.records.found)
    return found, () if submission.symbol else tuple(reading.transitions)


def _sentences(document: Document, number: int) -> Iterator[_Sentence]:
    paragraph = document.paragraphs[number]
    text = paragraph.words.text
    found = list(bounded_sentences(paragraph.words))
    for index, (start, words) in enumerate(found):
        upto = found[index + 1][0] if index + 1 < len(found) else len(text) + 1
        notes = tuple(
            (document.footnotes[mark.number], text[max(start, mark.offset - _BEFORE_MARK) : mark.offset])
            for mark in paragraph.marks
            if start <= mark.offset < upto and mark.number in document.footnotes
        )
        yield _Sentence(number, start, words, notes)


def _read(reading: _Reading, sentence: _Sentence) -> None:
    """Take from a sentence what it says of missions and of their reports."""
    records, text = reading.records, sentence.words.text
    denied = _says("observing", "not", text)
    presented = None if denied else _says("observing", "presents", text)
    here = [] if denied else votes(text)
    named = [] if denied else missions_named(text)
    rule = presented.name if presented else ""
    known = len(records.found)
    if here and (named or presented):
        records.of_elections(here, named, sentence.words, rule)
    elif named and records.votes:
        records.of_elections_before(named, sentence.words, rule)
    elif here and (not records.votes or _says("observing", "held", text)):
        records.votes, records.latest = here, []
    if len(records.found) > known:
        _tell_at_once(reading, sentence, here)
    else:
        _tell(reading, sentence, returns=denied is not None)
    for note, marked in sentence.notes:
        records.of_note(note, marked)


def _tell_at_once(reading: _Reading, sentence: _Sentence, here: list[Vote]) -> None:
    """Take a sentence that presents a mission, and may go on to tell what its report says: "..., which found that"."""
    text = sentence.words.text
    telling = _telling(text) or _says("election-reports", "adds", text)
    match = telling.pattern.search(text) if telling and not _says("election-reports", "none", text) else None
    latest = _reporting(reading)
    if not match or not latest:
        _move(reading, sentence, 0, SUBMISSION)
        return
    presenting = match.start() or max(match.end(), *(vote.until for vote in here))
    for each in latest:
        each.has_report = True
        each.words = [sentence.words.cut(0, presenting) if one is sentence.words else one for one in each.words]
    if match.start():
        _move(reading, sentence, 0, SUBMISSION)
    _move(reading, sentence, match.start(), f"election-report/{latest[-1].vote.date}")


def _tell(reading: _Reading, sentence: _Sentence, *, returns: bool) -> None:
    """Take a sentence that presents no mission: it may tell what a report says, or speak for the submission."""
    text, latest = sentence.words.text, _reporting(reading)
    none = _says("election-reports", "none", text)
    telling = None if none else _telling(text)
    if latest and not none and (telling or _says("election-reports", "report", text)):
        for each in latest:
            each.has_report = True
    if latest and telling:
        _move(reading, sentence, 0, f"election-report/{_spoken_of(latest, text).vote.date}")
    elif returns or _says("election-reports", "returns", text):
        _move(reading, sentence, 0, SUBMISSION)


def _reporting(reading: _Reading) -> list[Record]:
    """Return the missions spoken of last whose reports are on the election, not on the need to observe it."""
    return [each for each in reading.records.latest if each.mission != _BEFORE]


def _telling(text: str) -> Phrase | None:
    return _says("election-reports", "reports", text)


def _spoken_of(latest: list[Record], text: str) -> Record:
    """Return the mission whose report a sentence tells of: that to the kind of election it names, else the last."""
    words = text.lower()
    kinds = [each for each in latest if each.vote.kind.removeprefix("early-") in words]
    return (kinds or latest)[-1]


def _move(reading: _Reading, sentence: _Sentence, at: int, place: str) -> None:
    if place != reading.place:
        reading.transitions.append(Transition(sentence.paragraph, sentence.offset + at, place))
        reading.place = place


def _says(kind: str, means: str, text: str) -> Phrase | None:
    return next((each for each in phrases(kind) if each.means == means and each.pattern.search(text)), None)


def _mission(record: Record) -> Mission:
    return Mission(
        date=record.vote.date,
        kind=record.vote.kind,
        mission=record.mission or _UNNAMED,
        basis=Basis(
            rule=record.rule,
            words=tuple(record.words),
            confidence=_SURE if record.mission else _GUESS,
            doubt="" if record.mission else "the text does not say of what kind the mission was",
            section=record.section,
            footnote=record.footnote,
        ),
        report_url=record.url,
        has_report=record.has_report,
    )
