"""What is doubtful in a report: numbers, names and sessions that contradict each other or what is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from uprgraph.sources.problems import LONGEST_VALUE, is_misread, problem
from uprgraph.sources.records import Outcome, Problem
from uprgraph.sources.reports.brackets import state_called
from uprgraph.sources.reports.calendar import Calendar
from uprgraph.sources.reports.front import Front
from uprgraph.sources.reports.outline import Chapter, Item
from uprgraph.sources.reports.responses import Phrase, stated
from uprgraph.sources.reports.splitting import Part
from uprgraph.sources.states import StateNames

_ELSEWHERE = re.compile(
    r"recommendations? (?:noted|contained|as contained|made)?.{0,60}?\bparagraphs?\b", re.IGNORECASE
)


def of_front(path: Path, front: Front, state: str, names: StateNames, calendar: Calendar) -> Iterator[Problem]:
    """Yield what in the first pages is missing, or contradicts itself or the calendar."""
    if front.symbol is None:
        yield problem(path, None, "symbol", "", "the report has no document symbol on its first page", "value left out")
    if front.issued is None:
        yield problem(path, None, "issued", "", "the day of distribution cannot be read", "value left out")
    if front.state and front.title and (titled := state_called(front.title, names)) not in {None, state}:
        reason = f"the title names another State than the introduction: {titled}"
        yield problem(path, None, "State", front.title, reason, "kept")
    if front.start is None or front.end is None:
        yield problem(path, None, "session", "", "the days of the session cannot be read", "value left out")
    contradiction = _contradiction(front, state, calendar)
    if contradiction:
        yield problem(path, None, "session", str(front.session), contradiction, "kept")


def _contradiction(front: Front, state: str, calendar: Calendar) -> str | None:
    if front.session not in calendar.sessions:
        return "there is no such session"
    others = calendar.sessions_of(state)
    if others and front.session not in others:
        listed = ", ".join(str(number) for number in others)
        return f"the calendar has reviews of this State at sessions {listed}"
    start = calendar.starts.get(front.session)
    if start and front.start and front.start != start:
        return f"the session began on {start}, not on {front.start}"
    return None


def of_chapters(path: Path, chapters: Sequence[Chapter], phrases: Sequence[Phrase]) -> Iterator[Problem]:
    """Yield gaps and repetitions in the numbering, chapters whose response is not known, and rejections elsewhere."""
    for before, chapter in pairwise(chapters):
        if chapter.number != before.number + 1:
            reason = f"a gap in the numbering: {before.number + 1} was to follow"
            yield _at(path, chapter.heading, chapter.heading.label, reason, "kept")
    for chapter in chapters:
        words = chapter.heading.passage().text
        phrase = stated(words, phrases)
        if chapter.items and phrase is None:
            yield _at(path, chapter.heading, words, "no known phrase says what the response is", "value left out")
        if not chapter.items and phrase and phrase.response and _ELSEWHERE.search(words):
            reason = "a response to recommendations in other paragraphs, which are not numbered as such"
            yield _at(path, chapter.heading, words, reason, "row left out")
        if phrase is None or phrase.response is not None:
            yield from _numbering(path, chapter)


def _numbering(path: Path, chapter: Chapter) -> Iterator[Problem]:
    expected = 1
    for item in chapter.items:
        if item.label != f"{chapter.number}.{item.number}":
            yield _at(path, item, item.label, f"misnumbered: it stands below paragraph {chapter.number}", "kept")
        elif item.number > expected:
            missing = f"{chapter.number}.{expected}"
            upto = f" to {chapter.number}.{item.number - 1}" if item.number > expected + 1 else ""
            yield _at(path, item, item.label, f"a gap in the numbering: no paragraph {missing}{upto}", "kept")
        elif item.number < expected:
            yield _at(path, item, item.label, f"a repetition in the numbering: {expected} was to follow", "kept")
        expected = item.number + 1


def of_part(path: Path, place: tuple[int, str], part: Part, state: str) -> Iterator[Problem]:
    """Yield what is doubtful in a recommendation, which stands at a line and in a paragraph: its States, its words."""
    for name in part.unknown:
        yield _doubt(path, place, name, "no State is called so", "value left out")
    if state in part.states:
        yield _doubt(path, place, part.text, "the State under review recommends to itself", "kept")
    if not part.states and not part.unknown:
        yield _doubt(path, place, part.text[-LONGEST_VALUE:], "no recommending State can be read", "kept")
    if not part.text:
        yield _doubt(path, place, "", "no words before the recommending States", "kept")
    if part.continues:
        reason = "States stand in the middle of a sentence: read as two recommendations"
        yield _doubt(path, place, part.text, reason, "kept")
    if is_misread(part.text):
        reason = "looks as if it had been decoded in an encoding that is not its own"
        yield _doubt(path, place, part.text, reason, "kept")


def _at(path: Path, item: Item, value: str, reason: str, outcome: Outcome) -> Problem:
    return _doubt(path, (item.line, item.label), value, reason, outcome)


def _doubt(path: Path, place: tuple[int, str], value: str, reason: str, outcome: Outcome) -> Problem:
    line, paragraph = place
    return problem(path, line, "paragraph", value, reason, outcome, place=f"paragraph {paragraph}")
