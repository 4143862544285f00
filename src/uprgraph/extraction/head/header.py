"""The header of a submission: the State under review, the session of its review, and the year of that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from uprgraph.errors import InvalidDataError
from uprgraph.extraction.document import Document, Words
from uprgraph.extraction.figures.days import days
from uprgraph.extraction.head import state_names
from uprgraph.extraction.head.membership import membership
from uprgraph.extraction.phrasing import every
from uprgraph.extraction.statements import Basis, Submission
from uprgraph.sources.reports.front import ORDINALS

_FRONT = 2_500
"""Characters in which the header is looked for."""
_LINE = 320
"""Characters; a longer paragraph is no line of a header."""
_BEHIND = 100
"""Characters behind the session in which the date of the review stands."""
_SESSIONS = range(1, 100)
_SYMBOL = re.compile(r"A/HRC/WG\.6/(?P<session>\d{1,2})/(?P<state>[A-Z]{3})/\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Told:
    """What the header tells: the State or the session, where the words of that stand, and the rule."""

    value: str
    start: int
    end: int
    rule: str


def submission(document: Document, *, state: str | None = None, session: int | None = None) -> Submission:
    """Return what a document says of itself; `state` (a code or name) and `session` go before what it says.

    Raises InvalidDataError if State or session are neither given nor found, or found to be two; UnknownValueError if
    no State is called `state`.
    """
    front = _front(document)
    symbol = _SYMBOL.search(front.text)
    states, sessions = list(_states(front)), list(_sessions(front))
    code = state_names.code(state) if state else _one(states, "State under review", "state").value
    number = session or int(_one(sessions, "session", "session").value)
    told = [*_first(states, code), *_first(sessions, str(number))]
    year = next((_year(front, each) for each in _first(sessions, str(number))), "")
    return Submission(
        state=code,
        session=number,
        basis=Basis(told[0].rule if told else "header/given", tuple(_words(front, each) for each in told)),
        year=year,
        membership=membership(document, code),
        symbol=symbol[0] if symbol else "",
    )


def _front(document: Document) -> Words:
    """Return the lines before the text begins, as words with a new line between each two."""
    text, places = "", []
    for paragraph in document.paragraphs:
        if len(text) > _FRONT:
            break
        if not paragraph.words.text or len(paragraph.words.text) > _LINE:
            continue
        text += paragraph.words.text + "\n"
        places += [*paragraph.words.places, paragraph.words.places[-1]]
    return Words(text, tuple(places))


def _states(front: Words) -> Iterator[_Told]:
    for match in _SYMBOL.finditer(front.text):
        if state_names.is_code(match["state"]):
            yield _Told(match["state"], match.start(), match.end(), "header-state/symbol")
    for phrase, match in every("header-state", front.text):
        found = state_names.leading(front.text[match.end() :].partition("\n")[0])
        if found:
            yield _Told(found.code, match.start(), match.end() + len(found.name), phrase.name)


def _sessions(front: Words) -> Iterator[_Told]:
    for match in _SYMBOL.finditer(front.text):
        yield _Told(str(int(match["session"])), match.start(), match.end(), "header-session/symbol")
    for phrase, match in every("header-session", front.text):
        parts = match.groupdict()
        words = re.sub(r"\s", "", parts.get("words") or "").lower()
        number = int(parts["number"]) if parts.get("number") else ORDINALS.get(words, 0)
        if number in _SESSIONS:
            yield _Told(str(number), match.start(), match.end(), phrase.name)


def _one(told: list[_Told], what: str, argument: str) -> _Told:
    values = list(dict.fromkeys(each.value for each in told))
    if not values:
        raise InvalidDataError(f"the document names no {what} in its header", hint=f"say which it is with {argument}")
    if len(values) > 1:
        problem = f"the header names more than one {what}: {', '.join(values)}"
        raise InvalidDataError(problem, hint=f"say which of them it is with {argument}")
    return told[0]


def _first(told: list[_Told], value: str) -> Iterator[_Told]:
    """Yield the first that tells the value in words, else by the symbol; nothing if none does."""
    found = sorted((each for each in told if each.value == value), key=lambda each: each.rule.endswith("/symbol"))
    yield from found[:1]


def _year(front: Words, told: _Told) -> str:
    behind = front.text[told.end : told.end + _BEHIND]
    return next((day.first[: len("2019")] for day in days(behind)), "")


def _words(front: Words, told: _Told) -> Words:
    """Return the words that tell something: for the session its whole line."""
    if not told.rule.startswith("header-session"):
        return front.cut(told.start, told.end)
    start = front.text.rfind("\n", 0, told.start) + 1
    end = front.text.find("\n", told.end)
    return front.cut(start, end if end >= 0 else len(front.text))
