"""Reports of the Working Group on the Universal Periodic Review: who recommended what, in which paragraph.

Source: documents of the United Nations ("A/HRC/28/10") as text, DOCX or PDF. Counting: a record is one recommendation,
made by one or more States; a paragraph may hold several.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from uprgraph.errors import InvalidDataError
from uprgraph.sources import documents
from uprgraph.sources.problems import problem
from uprgraph.sources.records import Dataset, Quote, Reading, Record
from uprgraph.sources.reports import checking, front, outline, responses
from uprgraph.sources.reports.brackets import state_called
from uprgraph.sources.reports.calendar import Calendar
from uprgraph.sources.reports.layout import Passage, lines
from uprgraph.sources.reports.outline import Chapter, Item
from uprgraph.sources.reports.responses import Phrase
from uprgraph.sources.reports.splitting import Part, keys, split
from uprgraph.sources.states import StateNames
from uprgraph.vocabulary import expand
from uprgraph.wording import fold_space

PUBLISHER = "organisation:HRC"
_NOT_A_REPORT = "give a report of the Working Group on the Universal Periodic Review, in English"


@dataclass(frozen=True, slots=True)
class Known:
    """What the values of a report may be: names of States, phrases of responses, and what reviews there were."""

    states: StateNames
    phrases: tuple[Phrase, ...]
    calendar: Calendar

    @classmethod
    def load(cls) -> Known:
        """Return the States and the calendar of data/reference/ and the phrases of its tables."""
        return cls(StateNames.load(), responses.load(), Calendar.load())


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its file, its text, and what it says of itself; `state` is an IRI."""

    path: Path
    text: str
    front: front.Front
    state: str
    session: int

    @property
    def key(self) -> str:
        """The key of the report among datasets and documents: its symbol or, without one, its review."""
        symbol = self.front.symbol
        return symbol.replace("/", "-") if symbol else f"wg-report-{self.state.rsplit('/', 1)[1]}-{self.session}"


@dataclass(frozen=True, slots=True)
class _Place:
    """A recommendation where it stands: what its chapter states, its paragraph with its text, and its part of that."""

    phrase: Phrase | None
    item: Item
    passage: Passage
    part: Part


def load(path: Path, known: Known, encoding: str | None = None) -> Report:
    """Return the report in a file.

    Raises ResourceError if the file cannot be read, InvalidDataError if it is no report: if it does not say which
    State was reviewed at which session.
    """
    text = documents.text(path, encoding)
    found = front.read(text)
    state = next(
        (state for name in (found.state, found.title) if name and (state := state_called(name, known.states))), None
    )
    if state is None:
        named = found.state or found.title
        reason = f'"{named}" is not the name of a State' if named else "it does not say which State was reviewed"
        raise InvalidDataError(f"no report of a review: {reason}", path, hint=_NOT_A_REPORT)
    if found.session is None:
        raise InvalidDataError("no report of a review: it does not say at which session", path, hint=_NOT_A_REPORT)
    return Report(path, text, found, state, found.session)


def describe(report: Report) -> Dataset:
    """Return the description of the report as a dataset."""
    found = report.front
    days = f"Session of the Working Group from {found.start} to {found.end}." if found.start and found.end else None
    title = f"Report of the Working Group on the Universal Periodic Review: {found.state or found.title}"
    return Dataset(
        key=report.key,
        title=title,
        publisher=expand(PUBLISHER),
        kind="report",
        symbol=found.symbol,
        issued=found.issued,
        review=(report.state, report.session),
        note=days,
    )


def read(path: Path, known: Known, encoding: str | None = None) -> Reading:
    """Yield the recommendations of a report, in its order, and what in it cannot be read or is doubted.

    Raises what `load` raises, and InvalidDataError if the report has no section of conclusions.
    """
    return records(load(path, known, encoding), known)


def records(report: Report, known: Known) -> Reading:
    """Yield the recommendations of a report that is loaded, and its problems."""
    yield from checking.of_front(report.path, report.front, report.state, known.states, known.calendar)
    section = outline.conclusions(list(lines(report.text)))
    if section is None:
        raise InvalidDataError('no section "Conclusions and/or recommendations"', report.path, hint=_NOT_A_REPORT)
    chapters = outline.chapters(section, known.phrases)
    yield from checking.of_chapters(report.path, chapters, known.phrases)
    places = [place for chapter in chapters for place in _places(chapter, known)]
    if not places:
        reason = "no recommendation is numbered in the conclusions"
        yield problem(report.path, None, "paragraph", "", reason, "row left out")
    for place, key in zip(places, keys([place.item.label for place in places]), strict=True):
        yield _record(report, place, key)
        yield from checking.of_part(report.path, (place.item.line, place.item.label), place.part, report.state)


def _places(chapter: Chapter, known: Known) -> Iterator[_Place]:
    phrase = responses.stated(chapter.heading.passage().text, known.phrases)
    if phrase is not None and phrase.response is None:
        return
    for item in chapter.items:
        passage = item.passage()
        for part in split(passage.text, known.states):
            yield _Place(phrase, item, passage, part)


def _record(report: Report, place: _Place, key: str) -> Record:
    phrase, item, part = place.phrase, place.item, place.part
    return Record(
        dataset=report.key,
        part=key,
        state=report.state,
        text=part.text,
        session=report.session,
        row=item.line,
        recommenders=part.states,
        response=phrase.response if phrase else None,
        source_response=phrase.words if phrase else None,
        paragraph=item.label,
        quote=_quote(report, place) if part.end > part.start else None,
    )


def _quote(report: Report, place: _Place) -> Quote:
    start, end = place.passage.span(place.part.start, place.part.end)
    return Quote(fold_space(report.text[start:end]), start, end, f"paragraph {place.item.label}")
