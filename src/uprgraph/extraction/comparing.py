"""Two dossiers compared as statements: what one has and the other has not, and what they say differently.

Statements of one group (findings and recommendations each, opinions, claims ...) are matched by the words they rest on
and by what they say, never by their numbers, so that a statement more in the middle changes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz
from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from uprgraph import files
from uprgraph.engines.terms import Literal, Term
from uprgraph.errors import ResourceError
from uprgraph.evidence import Span, spans
from uprgraph.extraction.drafting.description import COUNTED
from uprgraph.extraction.drafting.triples import term
from uprgraph.extraction.drafting.writing import TURTLE
from uprgraph.extraction.reviewing.items import TYPES
from uprgraph.resources import BASE
from uprgraph.results.rows import Results
from uprgraph.turtle import parse

COLUMNS = ("change", "kind", "statement", "text", "detail")
_LIKE = 60.0
"""Of 100: how like the texts of two statements are that are one."""
_SHARED = 0.5
"""What share of the shorter evidence two statements have in common whose texts may differ more."""
_SOMEWHAT_LIKE = 40.0
_SETS = {"rights": "upr:concernsRight", "principles": "upr:concernsPrinciple"}
_VALUES = {
    "value": "upr:value",
    "count": "upr:count",
    "qualifier": "upr:countQualifier",
    "lists all": "upr:listsAll",
    "priority": "upr:isPriority",
    "stated in": "upr:statedIn",
    "reported as": "upr:reportedAs",
    "as of": "upr:asOf",
    "issued": "dcterms:issued",
    "address": "upr:sourceUrl",
    "date": "upr:date",
    "indicator": "upr:indicator",
    "start": "upr:startDate",
    "end": "upr:endDate",
}


@dataclass(frozen=True, slots=True)
class _Statement:
    iri: URIRef
    kind: str
    text: str
    places: tuple[Span, ...]
    graph: Graph

    @property
    def name(self) -> str:
        return str(self.iri).removeprefix(f"{BASE}id/")

    def values(self, name: str) -> set[str]:
        return {_short(value) for value in self.graph.objects(self.iri, term(name))}


def read(path: Path) -> Graph:
    """Return the graph of a dossier: a folder with a dossier.ttl, or a Turtle file. Raises ResourceError for others."""
    file = path / TURTLE if path.is_dir() else path
    if not file.is_file():
        raise ResourceError(f"{path} holds no dossier", f"give a folder with a {TURTLE}, or a Turtle file")
    return parse(files.read_text(file), file)


def compare(before: Graph, after: Graph) -> Results:
    """Return a row for each statement that was added, removed or changed, in the order of kinds and of the source."""
    rows: list[tuple[Term | None, ...]] = []
    for kind in COUNTED:
        old, new = _statements(before, kind), _statements(after, kind)
        pairs = _pairs(old, new)
        rows += [_row("removed", each) for each in old if each not in pairs]
        matched = set(map(id, pairs.values()))
        rows += [_row("added", each) for each in new if id(each) not in matched]
        for one, other in pairs.items():
            detail = "; ".join(_changes(one, other))
            if detail:
                rows.append(_row("changed", other, detail))
    return Results(COLUMNS, rows, "What differs")


def _statements(graph: Graph, kind: str) -> list[_Statement]:
    places = spans(graph)
    found = []
    for iri in graph.subjects(RDF.type, term(f"upr:{kind}")):
        if isinstance(iri, URIRef):
            evidence = [str(each) for each in graph.objects(iri, term("upr:evidence"))]
            text = graph.value(iri, term("upr:text")) or graph.value(iri, term("rdfs:label")) or ""
            stands = sorted((places[each] for each in evidence if each in places), key=lambda span: span.start)
            found.append(_Statement(iri, kind, str(text), tuple(stands), graph))
    return sorted(found, key=lambda each: ([span.start for span in each.places], each.name))


def _pairs(old: list[_Statement], new: list[_Statement]) -> dict[_Statement, _Statement]:
    """Return which statement of the new ones each of the old ones is, the likest first."""
    scored = [
        (likeness, -one, -other)
        for one, statement in enumerate(old)
        for other, candidate in enumerate(new)
        if (likeness := _likeness(statement, candidate)) is not None
    ]
    found: dict[int, int] = {}
    for _, one, other in sorted(scored, reverse=True):
        if -one not in found and -other not in found.values():
            found[-one] = -other
    return {old[one]: new[other] for one, other in sorted(found.items())}


def _likeness(one: _Statement, other: _Statement) -> float | None:
    """Return how like two statements are, None if they cannot be one."""
    words = fuzz.ratio(one.text, other.text)
    shared = _shared(one.places, other.places)
    same = one.iri == other.iri
    if words >= _LIKE or (shared >= _SHARED and words >= _SOMEWHAT_LIKE) or (same and not one.values("upr:text")):
        return words + 100 * shared + 50 * same
    return None


def _shared(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    shorter = min(sum(span.end - span.start for span in each) for each in (one, other))
    return common / shorter if shorter else 0.0


def _changes(one: _Statement, other: _Statement) -> Iterator[str]:
    if one.text != other.text:
        yield f'text "{one.text}" -> "{other.text}"'
    if one.kind in TYPES:
        yield from _changed("type", one, other, TYPES[one.kind][0])
    for label, name in _SETS.items():
        before, after = one.values(name), other.values(name)
        signs = [f"+{each}" for each in sorted(after - before)] + [f"-{each}" for each in sorted(before - after)]
        if signs:
            yield f"{label} {' '.join(signs)}"
    for label, name in _VALUES.items():
        yield from _changed(label, one, other, name)


def _changed(label: str, one: _Statement, other: _Statement, name: str) -> Iterator[str]:
    before, after = one.values(name), other.values(name)
    if before != after:
        yield f"{label} {', '.join(sorted(before)) or 'none'} -> {', '.join(sorted(after)) or 'none'}"


def _short(value: Node) -> str:
    text = str(value)
    return text.rpartition("/")[2] if text.startswith(f"{BASE}code/") else text.removeprefix(f"{BASE}id/")


def _row(change: str, statement: _Statement, detail: str = "") -> tuple[Term | None, ...]:
    cells = (change, statement.kind, statement.name, statement.text)
    return (*map(Literal, cells), Literal(detail) if detail else None)
