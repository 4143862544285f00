"""All that the graph knows of one thing: what it says about it, what refers to it, and the words that this rests on."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from uprgraph.catalog.binding import bind
from uprgraph.catalog.catalogue import system
from uprgraph.engines.base import Engine
from uprgraph.engines.terms import Iri, Literal, Term
from uprgraph.results.graphs import GraphResult
from uprgraph.results.rows import Results
from uprgraph.results.tables import DEFAULT_WIDTH, records
from uprgraph.results.values import compact
from uprgraph.vocabulary import LABELS, Label, best_label

_FIRST = ("type", "preferred label", "label", "title", "definition", "text")
_MAX_SHOWN = 12
_FEW = 6
"""How many are shown where there are more than can be shown."""
_DETAILS = ("details-of-claims", "details-of-memberships", "details-of-thing")


@dataclass(frozen=True)
class Description:
    """What is known of `thing`.

    `statements` has the columns property, name, value, label; `references` property, name, subject, label; `details`
    item, rank, detail, on the things that both name; `evidence` statement, quote, document, title, section, footnote,
    start (characters from 0), source; `graph` all of it as RDF.
    """

    thing: Iri
    label: str
    statements: Results
    references: Results
    details: Results
    evidence: Results
    graph: GraphResult

    def __repr__(self) -> str:
        counts = f"{len(self.statements)} statements, {len(self.references)} references, {len(self.evidence)} quotes"
        return f"<{self.label}: {counts}>"

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.to_text())}</pre>"

    def to_text(self, width: int = DEFAULT_WIDTH, *, colour: bool = False, everything: bool = False) -> str:
        """Return it for reading: of more than 12 references of one kind the first 6, unless `everything` is wanted."""
        parts = [[("", self.label)], [("iri", self.thing.value), *self._fields()]]
        parts += [[("", "What refers to it")], list(self._referring(everything))] if self.references else []
        parts += [[("", "The words it rests on")], *self._quotes()] if self.evidence else []
        return records(parts, width, colour=colour)

    def to_json(self) -> str:
        """Return it as one JSON object with the members iri, label, statements, references, details and evidence."""
        members = {
            "iri": self.thing.value,
            "label": self.label,
            "statements": json.loads(self.statements.to_json()),
            "references": json.loads(self.references.to_json()),
            "details": json.loads(self.details.to_json()),
            "evidence": json.loads(self.evidence.to_json()),
        }
        return json.dumps(members, ensure_ascii=False, indent=2) + "\n"

    def _fields(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the value of each property, one property after the other."""
        found: dict[str, list[str]] = {}
        for relation, name, value, label in sorted(self.statements.terms, key=lambda row: _foreign(row[2]) is not None):
            language = _foreign(value)
            shown = self._listed(value, label)
            found.setdefault(called(relation, name), []).append(f"{shown} [{language}]" if language else shown)
        order = {name: position for position, name in enumerate(_FIRST)}
        for short in sorted(found, key=lambda each: (order.get(each, len(order)), each)):
            yield short, "\n".join(dict.fromkeys(found[short]))

    def _referring(self, everything: bool) -> Iterator[tuple[str, str]]:
        lines = [
            (called(relation, name), self._listed(subject, label))
            for relation, name, subject, label in sorted(self.references.terms, key=_by_number)
        ]
        for name, group in itertools.groupby(lines, key=lambda line: line[0]):
            shown = [text for _, text in group]
            if len(shown) > _MAX_SHOWN and not everything:
                rest = f"and {len(shown) - _FEW} more: uprgraph show {compact(self.thing)} --all"
                shown = [*shown[:_FEW], rest]
            yield name, "\n".join(shown)

    @cached_property
    def _details(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self.details:
            found.setdefault(str(row.item), []).append(str(row.detail))
        return found

    def _listed(self, item: Term | None, label: Term | None) -> str:
        """Return a value or a subject with what it is called and its details in brackets."""
        known = [str(label)] if label else []
        details = self._details.get(str(item)) if isinstance(item, Iri) else None
        known += [", ".join(details)] if details else []
        return f"{compact(item)} ({'; '.join(known)})" if known else compact(item)

    def _quotes(self) -> Iterator[list[tuple[str, str]]]:
        """Yield the fields of each quote; where it stands is named when it differs from the quote before."""
        document = None
        for _, rows in itertools.groupby(self.evidence, key=lambda row: (row.start, row.quote)):
            group = list(rows)
            first = group[0]
            statements = [str(each) for each in dict.fromkeys(row.statement for row in group)]
            place = [f"section {first.section}"] if first.section else []
            place += [f"footnote {first.footnote}"] if first.footnote is not None else []
            place += [f"from character {first.start}"] if first.start is not None else []
            source = [
                ("in", str(first.title or compact(Iri(str(first.document))))),
                ("source", str(first.source or "")),
            ]
            yield [
                ("quote", str(first.quote)),
                ("of", "\n".join(compact(Iri(each)) for each in statements if each != self.thing.value)),
                *(source if first.document != document else []),
                ("at", ", ".join(place)),
            ]
            document = first.document


def _foreign(value: Term | None) -> str | None:
    """Return the language of a text that is not in English."""
    language = getattr(value, "language", None)
    return None if language == "en" else language


def _by_number(row: Sequence[Term | None]) -> tuple[str, str]:
    """Return what puts references in order, and recommendation/2 before recommendation/10."""
    return str(row[0]), re.sub(r"(?<=/)[0-9]+$", lambda number: number[0].zfill(9), str(row[2]))


def called(relation: Term | None, name: Term | None) -> str:
    """Return what a property is called: its label, or the words that the end of its IRI is made of."""
    if name:
        return str(name)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", compact(relation).rpartition(":")[2]).lower()


def describe(engine: Engine, thing: Iri, default_graphs: Sequence[str] = ()) -> Description:
    """Return what an engine knows of a thing."""

    def ask(name: str) -> Results:
        return Results.of(engine.select(bind(system(name), {"thing": [thing]}), default_graphs))

    statements = ask("statements-of-thing")
    details = [ask(name) for name in _DETAILS]
    rows = sorted((row for each in details for row in each.terms), key=lambda row: tuple(map(str, row)))
    text = bind(system("description-of-thing"), {"thing": [thing]})
    return Description(
        thing=thing,
        label=_label(statements) or compact(thing),
        statements=statements,
        references=ask("statements-about-thing"),
        details=Results(details[0].columns, rows),
        evidence=ask("evidence-of-thing"),
        graph=GraphResult(engine.construct(text, default_graphs)),
    )


def _label(statements: Results) -> str | None:
    """Return the label or title among the statements about a thing."""
    return best_label(
        Label(value.value, value.language, LABELS.index(compact(relation)))
        for relation, _, value, _ in statements.terms
        if compact(relation) in LABELS and isinstance(value, Literal)
    )
