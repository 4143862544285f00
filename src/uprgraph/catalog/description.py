"""All that the graph knows of one thing: what it says about it, what refers to it, and the words that this rests on."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uprgraph.catalog.binding import bind
from uprgraph.catalog.catalogue import system
from uprgraph.engines.base import Engine
from uprgraph.engines.terms import Iri
from uprgraph.results.graphs import GraphResult
from uprgraph.results.rows import Results
from uprgraph.results.tables import DEFAULT_WIDTH, records
from uprgraph.results.values import compact

_FIRST = ("type", "preferred label", "label", "title", "definition", "text")
_MAX_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of `thing`.

    `statements` has the columns property, name, value, label; `references` property, name, subject, label; `evidence`
    statement, quote, document, title, section, footnote, start (characters from 0), source; `graph` all of it as RDF.
    """

    thing: Iri
    label: str
    statements: Results
    references: Results
    evidence: Results
    graph: GraphResult

    def to_text(self, width: int = DEFAULT_WIDTH, *, colour: bool = False) -> str:
        """Return it for reading. Of each kind of reference only the first 12 are shown; JSON and Turtle have all."""
        parts = [[("", self.label)], [("iri", self.thing.value), *self._fields()]]
        parts += [[("", "What refers to it")], list(self._referring())] if self.references else []
        parts += [[("", "The words it rests on")], *self._quotes()] if self.evidence else []
        return records(parts, width, colour=colour)

    def to_json(self) -> str:
        """Return it as one JSON object with the members iri, label, statements, references and evidence."""
        members = {
            "iri": self.thing.value,
            "label": self.label,
            "statements": json.loads(self.statements.to_json()),
            "references": json.loads(self.references.to_json()),
            "evidence": json.loads(self.evidence.to_json()),
        }
        return json.dumps(members, ensure_ascii=False, indent=2) + "\n"

    def _fields(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the value of each property, one property after the other."""
        found: dict[str, list[str]] = {}
        for (relation, name, value, label), row in zip(self.statements.terms, self.statements, strict=True):
            language = getattr(value, "language", None)
            shown = f"{compact(value)} ({row.label})" if label else compact(value)
            short = str(name) if name else compact(relation).partition(":")[2]
            found.setdefault(short, []).append(f"{shown} [{language}]" if language not in (None, "en") else shown)
        order = {name: position for position, name in enumerate(_FIRST)}
        for short in sorted(found, key=lambda each: (order.get(each, len(order)), each)):
            yield short, "\n".join(dict.fromkeys(found[short]))

    def _referring(self) -> Iterator[tuple[str, str]]:
        lines = [
            (str(name) if name else compact(relation), f"{compact(subject)} ({label})" if label else compact(subject))
            for relation, name, subject, label in self.references.terms
        ]
        for name, group in itertools.groupby(lines, key=lambda line: line[0]):
            shown = [text for _, text in group]
            more = [f"and {len(shown) - _MAX_SHOWN} more"] if len(shown) > _MAX_SHOWN else []
            yield name, "\n".join(shown[:_MAX_SHOWN] + more)

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


def describe(engine: Engine, thing: Iri, default_graphs: Sequence[str] = ()) -> Description:
    """Return what an engine knows of a thing."""

    def ask(name: str) -> Results:
        return Results.of(engine.select(bind(system(name), {"thing": [thing]}), default_graphs))

    statements = ask("statements-of-thing")
    text = bind(system("description-of-thing"), {"thing": [thing]})
    return Description(
        thing=thing,
        label=_label(statements) or compact(thing),
        statements=statements,
        references=ask("statements-about-thing"),
        evidence=ask("evidence-of-thing"),
        graph=GraphResult(engine.construct(text, default_graphs)),
    )


def _label(statements: Results) -> str | None:
    """Return the English label or title among the statements about a thing."""
    for wanted in ("skos:prefLabel", "rdfs:label", "dcterms:title"):
        for relation, _, value, _ in statements.terms:
            if compact(relation) == wanted and getattr(value, "language", None) == "en":
                return str(value)
    return None
