"""Thematic lists of recommendations ("matrices") of OHCHR: position, themes, goals and affected persons.

Source: the lists that OHCHR publishes after each review, as text or DOCX. A recommendation stands under each of its
themes, so a paragraph may come more than once; it is read once. Counting: a record is one recommendation, made by one
or more States.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path

from uprgraph import resources
from uprgraph.errors import InvalidDataError, UsageError
from uprgraph.sources import documents, goals, thematic_lists
from uprgraph.sources.known import Known, folded
from uprgraph.sources.problems import problem
from uprgraph.sources.records import Dataset, Outcome, Problem, Reading, Record
from uprgraph.sources.reports import checking
from uprgraph.sources.reports.splitting import keys, split
from uprgraph.sources.statements import values
from uprgraph.sources.thematic_lists import Entry, Value
from uprgraph.vocabulary import expand

SOURCE = "ohchr-matrix"
PUBLISHER = "organisation:OHCHR"
_GOAL = re.compile(r"(\d{1,2})(?:\s*[-\N{EN DASH}.:]\s*.*)?")
_SYMBOL = re.compile(r"A/HRC/\d{1,3}/\d{1,3}")


def review(known: Known, state: str | None, session: int | None) -> tuple[str, int]:
    """Return the State's IRI and the session of the review as users say them, since the lists do not.

    A State may be given by its name, its code (ISO 3166-1 alpha-3) or its IRI.

    Raises UsageError if one of them is not given or there is no such session, UnknownValueError if no State is called
    so.
    """
    if state is None or session is None:
        raise UsageError("a thematic list does not say which review it is of", "give --state and --session")
    if session not in known.cycles:
        raise UsageError(f"there is no session {session}", f"sessions are 1 to {max(known.cycles, default=0)}")
    codes = dict(values(resources.data() / "reference" / "states.ttl", "upr:iso3"))
    return codes.get(state.removeprefix(expand("state:")).upper()) or known.states.find(state), session


def describe(state: str, session: int) -> Dataset:
    """Return the description of the list of a review as a dataset; `state` is an IRI."""
    code = state.rsplit("/", 1)[1]
    return Dataset(
        key=f"{SOURCE}-{code}-{session}",
        title=f"Thematic list of recommendations of OHCHR: {code}, session {session}",
        publisher=expand(PUBLISHER),
        kind="matrix",
        review=(state, session),
    )


def read(path: Path, known: Known, *, state: str | None, session: int | None, encoding: str | None = None) -> Reading:
    """Yield the recommendations of a list, each paragraph once, and what in it cannot be read or is doubted.

    Raises what `review` and `documents.text` raise, and InvalidDataError if the file holds no such list.
    """
    reviewed, number = review(known, state, session)
    entries = list(thematic_lists.entries(documents.text(path, encoding)))
    if not any(entry.position or entry.source for entry in entries):
        hint = "give a thematic list of recommendations of OHCHR, with the position on each recommendation"
        raise InvalidDataError("no thematic list: there is no recommendation with a position in it", path, hint=hint)
    yield from _unread(path, entries)
    yield from _symbols(path, entries)
    for repeated in _merged(entries).values():
        yield from _contradictions(path, repeated)
        yield from _records(path, known, repeated, (reviewed, number))


def _merged(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.paragraph, []).append(entry)
    return found


def _records(path: Path, known: Known, entries: Sequence[Entry], reviewed: tuple[str, int]) -> Reading:
    first = entries[0]
    state, session = reviewed
    position = next((entry.position for entry in entries if entry.position), None)
    response = known.responses.get(SOURCE, {}).get(folded(position.text)) if position else None
    if position is None:
        yield _problem(path, first, "position", Value(first.line, ""), "no position is given")
    elif response is None:
        yield _problem(path, first, "position", position, "not a known position")
    themes = yield from _resolved(path, entries, "themes", known.themes)
    affected = yield from _resolved(path, entries, "affected", known.affected)
    goals = yield from _goals(path, entries)
    parts = split(first.text, known.states)
    for part, key in zip(parts, keys([first.paragraph] * len(parts)), strict=True):
        yield Record(
            dataset=describe(state, session).key,
            part=key,
            state=state,
            text=part.text,
            session=session,
            row=first.line,
            recommenders=part.states,
            response=response,
            source_response=position.text if position else None,
            paragraph=first.paragraph,
            themes=themes,
            goals=goals,
            affected=affected,
        )
        yield from checking.of_part(path, (first.line, first.paragraph), part, state)


def _resolved(
    path: Path, entries: Sequence[Entry], column: str, concepts: Mapping[str, str]
) -> Generator[Problem, None, tuple[str, ...]]:
    """Return the concepts of a list of labels in their order, once; yield what is the label of none."""
    found: dict[str, None] = {}
    told: set[str] = set()
    for entry in entries:
        for value in entry.values(column):
            concept = concepts.get(folded(value.text))
            if concept is not None:
                found[concept] = None
            elif folded(value.text) not in told:
                told.add(folded(value.text))
                yield _problem(path, entry, column, value, "no concept is called so")
    return tuple(found)


def _goals(path: Path, entries: Sequence[Entry]) -> Generator[Problem, None, tuple[str, ...]]:
    found: dict[str, None] = {}
    for entry in entries:
        for value in entry.values("goals"):
            number = _GOAL.fullmatch(value.text)
            goal = goals.iri(int(number[1])) if number else None
            if goal is not None:
                found[goal] = None
            else:
                yield _problem(path, entry, "goals", value, "not the number of a goal, 1 to 17")
    return tuple(found)


def _unread(path: Path, entries: Sequence[Entry]) -> Iterator[Problem]:
    for entry in entries:
        for value in entry.unread:
            yield _problem(path, entry, "", value, "neither theme, goal nor person")


def _symbols(path: Path, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield each place where the position is from a report on another review than the first one is."""
    first = None
    for entry in entries:
        named = _SYMBOL.search(entry.source.text) if entry.source else None
        if named is None or entry.source is None:
            continue
        first = first or named[0]
        if named[0] != first:
            reason = f"the positions above are from {first}, of another review"
            yield _problem(path, entry, "source of position", entry.source, reason, kept=True)


def _contradictions(path: Path, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield the places where a paragraph that comes again has another text or position than before."""
    first = entries[0]
    for entry in entries[1:]:
        if folded(entry.text) != folded(first.text):
            reason = f"another text than at line {first.line}, which is taken"
            yield _problem(path, entry, "text", Value(entry.line, entry.text), reason)
        if entry.position and first.position and folded(entry.position.text) != folded(first.position.text):
            reason = f"another position than at line {first.position.line}, which is taken"
            yield _problem(path, entry, "position", entry.position, reason)


def _problem(path: Path, entry: Entry, column: str, value: Value, reason: str, *, kept: bool = False) -> Problem:
    outcome: Outcome = "kept" if kept else "value left out"
    return problem(path, value.line, column, value.text, reason, outcome, place=f"paragraph {entry.paragraph}")
