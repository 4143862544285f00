"""Terms by their kind, and the entries of a codelist as a tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from uprgraph.engines.terms import Iri
from uprgraph.results.rows import Results, Row
from uprgraph.results.values import compact

_KINDS = {
    "owl:Class": "Classes",
    "owl:ObjectProperty": "Properties that relate things",
    "owl:DatatypeProperty": "Properties with values",
    "owl:AnnotationProperty": "Properties of terms",
}
"""The kinds of terms, in the order in which they are listed; others make a term no other kind."""


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the vocabulary."""

    iri: str
    name: str
    label: str
    definition: str
    examples: tuple[str, ...]
    questions: tuple[str, ...]
    parents: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The part of its IRI after the hash."""
        return self.iri.partition("#")[2]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a codelist, and those right below it."""

    iri: str
    label: str
    code: str
    definition: str
    narrower: tuple[Entry, ...]

    @property
    def anchor(self) -> str:
        """The end of its IRI."""
        return self.iri.rpartition("/")[2]


def terms(rows: Results) -> dict[str, list[Term]]:
    """Return the terms by their kind, each kind in the order of names. Source: terms-of-vocabulary.rq."""
    found: dict[str, list[Term]] = {heading: [] for heading in _KINDS.values()}
    for iri, group in groupby(rows, key=lambda row: str(row.term)):
        members = list(group)
        kind = next((name for row in members if (name := _KINDS.get(compact(Iri(str(row.kind)))))), None)
        if kind is not None:
            found[kind].append(_term(iri, members))
    return {kind: listed for kind, listed in found.items() if listed}


def _term(iri: str, rows: Sequence[Row]) -> Term:
    def all_of(column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(row[column]) for row in rows if row[column] is not None))

    (label, *_), (definition, *_) = all_of("label"), all_of("definition")
    name = compact(Iri(iri))
    return Term(iri, name, label, definition, all_of("example"), all_of("question"), all_of("parent"))


def concepts(rows: Results) -> tuple[Entry, ...]:
    """Return the entries as a tree, each below every wider entry, but never below itself.

    Source: entries-of-scheme.rq.
    """
    first: dict[str, Row] = {}
    below: dict[str | None, list[str]] = {}
    for row in rows:
        first.setdefault(str(row.entry), row)
        below.setdefault(None if row.broader is None else str(row.broader), []).append(str(row.entry))

    def branch(wider: str | None, above: frozenset[str]) -> tuple[Entry, ...]:
        found = dict.fromkeys(each for each in below.get(wider, ()) if each not in above)
        return tuple(_entry(first[iri], branch(iri, above | {iri})) for iri in found)

    return branch(None, frozenset())


def _entry(row: Row, narrower: tuple[Entry, ...]) -> Entry:
    return Entry(str(row.entry), str(row.label), str(row.code or ""), str(row.definition or ""), narrower)
