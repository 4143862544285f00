"""What the page of any thing is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from uprgraph.catalog.description import called
from uprgraph.engines.terms import Term
from uprgraph.results.rows import Row
from uprgraph.server.jobs.things import Thing
from uprgraph.vocabulary import expand

_FIRST = ("type", "preferred label", "pref label", "label", "title", "definition", "text")
_MAX_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a thing, or of what refers to it: its name, its IRI, and its values with their details.

    `left` is how many more there are than are shown.
    """

    name: str
    iri: str
    values: tuple[tuple[Term | None, str], ...]
    left: int = 0


def of_thing(thing: Thing, *, everything: bool) -> dict[str, Any]:
    """Return the properties, the references and the quotes of a thing; all references only if wanted."""
    described = thing.description
    details: dict[str, list[str]] = {}
    for row in described.details:
        details.setdefault(str(row.item), []).append(str(row.detail))
    own = _grouped(described.statements.terms, details)
    order = {name: position for position, name in enumerate(_FIRST)}
    references = _grouped(described.references.terms, details)
    return {
        "properties": sorted(own, key=lambda each: (order.get(each.name, len(order)), each.name)),
        "references": references if everything else [_few(each) for each in references],
        "quotes": [list(rows) for _, rows in groupby(described.evidence, key=_place)],
        "reads": any(row.property == expand("upr:statedIn") for row in described.references),
    }


def _place(row: Row) -> tuple[object, object]:
    return row.start, row.quote


def _few(each: Property) -> Property:
    left = len(each.values) - _MAX_SHOWN
    return each if left <= 0 else Property(each.name, each.iri, each.values[:_MAX_SHOWN], left)


def natural(text: str) -> str:
    """Return what puts a text in the order people expect: recommendation/2 before recommendation/10."""
    return re.sub(r"(?<=/)[0-9]+$", lambda number: number[0].zfill(9), text)


def _grouped(rows: Sequence[Sequence[Term | None]], details: dict[str, list[str]]) -> list[Property]:
    """Return what rows of property, name, value and label say, one entry per property."""
    names: dict[str, str] = {}
    found: dict[str, dict[Term | None, str]] = {}
    for relation, name, value, _ in sorted(rows, key=lambda row: natural(str(row[2]))):
        iri = str(relation)
        names[iri] = called(relation, name)
        found.setdefault(iri, {})[value] = ", ".join(details.get(str(value), ()))
    return [Property(names[iri], iri, tuple(values.items())) for iri, values in found.items()]
