"""The calendar of the Universal Periodic Review: cycles, sessions and reviews, as far as published lists tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from uprgraph.errors import UnknownValueError
from uprgraph.sources import tables
from uprgraph.sources.statements import ALT_LABEL, EDITORIAL_NOTE, LABEL, RDF_TYPE, node, term, text, typed
from uprgraph.sources.states import StateNames
from uprgraph.vocabulary import expand

_COLUMNS = ("session", "cycle", "start", "end", "state_as_named", "recs_in_upr_info_export", "source")
_TEENS = (11, 12, 13)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle of the review: its number, its name ("First"), and the numbers of its sessions."""

    number: int
    name: str
    sessions: range


def read_cycles(path: Path) -> list[Cycle]:
    """Return the cycles of the table cycles.csv. Raises InvalidDataError for what is no number."""
    return [
        Cycle(_number(row, "cycle"), row.required("name"), range(_number(row, "first"), _number(row, "last") + 1))
        for row in tables.read(path, ("cycle", "name", "first", "last", "note"))
    ]


def _number(row: tables.Row, column: str) -> int:
    if not row[column].isdecimal():
        raise row.error(column, f'is "{row[column]}", not a number')
    return int(row[column])


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 11th and so on."""
    ending = "th" if number % 100 in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def statements(calendar: Path, cycles: Sequence[Cycle], names: StateNames, labels: dict[str, str]) -> Iterator[Triple]:
    """Yield the statements of data/reference/sessions.ttl.

    `calendar` is upr_session_calendar_partial.csv, one row per State and session; `labels` gives the English label of
    a State by its IRI. All sessions of a cycle are there; dates and reviews only where the calendar gives them.
    Raises InvalidDataError for a State or session it does not know, or a session in the wrong cycle.
    """
    for cycle in cycles:
        yield from _numbered("Cycle", cycle.number, f"{cycle.name} cycle of the Universal Periodic Review")
        for number in cycle.sessions:
            label = f"{ordinal(number)} session of the Working Group on the Universal Periodic Review"
            yield from _numbered("Session", number, label)
            for short in (f"{ordinal(number)} session", f"session {number}"):
                yield Triple(term(f"session:{number}"), ALT_LABEL, text(short))
            yield Triple(term(f"session:{number}"), term("upr:inCycle"), term(f"cycle:{cycle.number}"))
    for row in tables.read(calendar, _COLUMNS):
        yield from _row(row, cycles, names, labels)


def _numbered(kind: str, number: int, label: str) -> Iterator[Triple]:
    subject = node(f"id/{kind.lower()}/{number}")
    yield Triple(subject, RDF_TYPE, term(f"upr:{kind}"))
    yield Triple(subject, term("upr:number"), typed(str(number), "xsd:integer"))
    yield Triple(subject, LABEL, text(label))


def review_of(state: str, session: int) -> NamedNode:
    """Return the node of the review of a State, given by its IRI, at a session, given by its number."""
    return term(f"review:{state.removeprefix(expand('state:'))}-{session}")


def _day(row: tables.Row, column: str) -> str:
    try:
        return date.fromisoformat(row[column]).isoformat()
    except ValueError as error:
        raise row.error(column, f'is "{row[column]}", which is no date', "write it like 2019-11-04") from error


def _row(row: tables.Row, cycles: Sequence[Cycle], names: StateNames, labels: dict[str, str]) -> Iterator[Triple]:
    number = int(row["session"]) if row["session"].isdecimal() else 0
    cycle = next((cycle for cycle in cycles if number in cycle.sessions), None)
    if cycle is None or row["cycle"] != str(cycle.number):
        raise row.error("session", f'is "{row["session"]}", which is no session of cycle {row["cycle"]}')
    try:
        state = names.find(row.required("state_as_named"))
    except UnknownValueError as error:
        raise row.error("state_as_named", f"cannot be read: {error.message}", error.hint) from error
    session = term(f"session:{number}")
    for column, name in (("start", "upr:startDate"), ("end", "upr:endDate")):
        if row[column]:
            yield Triple(session, term(name), typed(_day(row, column), "xsd:date"))
    source = row.required("source").removeprefix("terman/")
    yield Triple(session, EDITORIAL_NOTE, text(f"Source of the States under review: {source}."))
    review = review_of(state, number)
    yield Triple(review, RDF_TYPE, term("upr:Review"))
    yield Triple(review, term("upr:stateUnderReview"), NamedNode(state))
    yield Triple(review, term("upr:inSession"), session)
    yield Triple(review, LABEL, text(f"Review of {labels[state]}, {ordinal(number)} session"))
