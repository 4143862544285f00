"""Decisions from a file: a table with a row for each, in the columns of the log of a review or some of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from uprgraph import files
from uprgraph.errors import InvalidDataError
from uprgraph.extraction.reviewing.folder import Review
from uprgraph.extraction.reviewing.items import TYPES, WITH_TOPICS, Item

DECISIONS = ("accept", "change", "drop", "skip")
_NEEDED = ("statement", "decision")
Resolve = Callable[[str, str], str]
"""Returns the notation of an entry of a codelist, given the codelist and what a person typed."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A row: what is decided about which statement; what is None is left as it is."""

    row: int
    statement: str
    decision: str
    rights: tuple[str, ...] | None = None
    principles: tuple[str, ...] | None = None
    type: str | None = None


def read(path: Path, review: Review, resolve: Resolve) -> list[tuple[Decision, Item]]:
    """Return the decisions in a CSV file with the items they are about, all of them good before any is carried out.

    Raises InvalidDataError, naming the row, for a statement that is no draft, a decision that there is not, or a value
    that names nothing.
    """
    known = {each.name: each for each in review.items()}
    found = []
    for row in _rows(path, resolve):
        decision = row
        item = known.get(decision.statement)
        if item is None:
            raise InvalidDataError(f"nothing that was drafted is called {decision.statement}", path, decision.row)
        if decision.decision == "drop" and item.is_document:
            raise InvalidDataError("the document itself cannot be dropped", path, decision.row)
        kind = decision.type
        if kind and item.kind in TYPES and decision.decision == "change":
            decision = replace(decision, type=resolve(TYPES[item.kind][1], kind))
        found.append((decision, item))
    return found


def carry_out(review: Review, decided: list[tuple[Decision, Item]]) -> int:
    """Carry out decisions in their order; return how many. What an earlier one removed is passed over."""
    number = 0
    for decision, item in decided:
        if decision.decision == "skip" or item.iri not in {each.iri for each in review.items()}:
            continue
        number += 1
        if decision.decision == "accept":
            review.accept(item)
        elif decision.decision == "drop":
            review.drop(item)
        else:
            _change(review, decision, item)
    return number


def _change(review: Review, decision: Decision, item: Item) -> None:
    for scheme, notations in (("right", decision.rights), ("principle", decision.principles)):
        before = {each.notation for each in item.topics if each.scheme == scheme}
        if notations is not None and item.kind in WITH_TOPICS and set(notations) != before:
            review.change_topics(item, scheme, notations)
    if decision.type and item.kind in TYPES and decision.type != item.type:
        review.change_type(item, decision.type)


def _rows(path: Path, resolve: Resolve) -> Iterator[Decision]:
    table = csv.DictReader(io.StringIO(files.read_text(path).removeprefix("\N{BYTE ORDER MARK}")))
    missing = [name for name in _NEEDED if name not in (table.fieldnames or [])]
    if missing:
        raise InvalidDataError(f"no column {missing[0]}", path, hint=f"needed are: {', '.join(_NEEDED)}")
    for row in table:
        line = table.line_num
        decision = (row["decision"] or "").strip()
        if decision not in DECISIONS:
            hint = "use one of " + ", ".join(DECISIONS)
            raise InvalidDataError(f'"{decision}" is no decision', path, line, hint=hint)
        statement = (row["statement"] or "").strip().removeprefix("https://w3id.org/uprgraph/").removeprefix("id/")
        kind = (row.get("type") or "").strip()
        yield Decision(
            line,
            statement,
            decision,
            _list(row, "rights", "right", resolve),
            _list(row, "principles", "principle", resolve),
            kind or None,
        )


def _list(row: dict[str, str], column: str, scheme: str, resolve: Resolve) -> tuple[str, ...] | None:
    """Return what a column lists, parted by semicolons; None if there is no such column."""
    if row.get(column) is None:
        return None
    return tuple(resolve(scheme, each.strip()) for each in row[column].split(";") if each.strip())
