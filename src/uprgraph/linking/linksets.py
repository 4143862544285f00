"""Sets of links between datasets: which there are in a graph, their links, and their description in VoID."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from uprgraph.catalog import catalogue
from uprgraph.catalog.binding import bind
from uprgraph.engines.base import Engine, Row
from uprgraph.engines.terms import XSD, Iri, Literal, Term, Triple
from uprgraph.errors import UnknownValueError, UsageError
from uprgraph.resources import BASE
from uprgraph.results.rows import Results
from uprgraph.vocabulary import expand, shorten
from uprgraph.wording import nearest

_DECLARED = "declared"
_COLUMNS = ("name", "subjects", "objects", "predicate", "links", "minScore", "maxScore")


@dataclass(frozen=True, slots=True)
class Part:
    """The links of a set by one predicate: how many, and the least and highest score where links have scores."""

    predicate: Term
    links: Term
    least: Term | None
    most: Term | None


@dataclass(frozen=True, slots=True)
class Linkset:
    """A set of links from one dataset to another; `kind` says which query has its links: link-<kind>.rq."""

    name: str
    kind: str
    iri: Iri
    subjects: Iri
    objects: Iri
    parts: tuple[Part, ...]

    @property
    def has_scores(self) -> bool:
        """Whether its links were found by likeness, and each says how alike the two are."""
        return any(part.least is not None for part in self.parts)


def linksets(engine: Engine) -> list[Linkset]:
    """Return the sets of links of a graph in the order of their names."""
    rows = engine.select(catalogue.system("link-sets").sparql).rows
    groups = groupby(rows, key=lambda row: row[:4])
    return sorted((_linkset(ends, list(group)) for ends, group in groups), key=lambda each: each.name)


def _linkset(ends: Row, rows: Sequence[Row]) -> Linkset:
    kind, declared, subjects, objects = ends
    if not isinstance(subjects, Iri) or not isinstance(objects, Iri):
        raise UnknownValueError(f"a set of links is between {subjects} and {objects}, which are not both IRIs")
    parts = tuple(_part(row) for row in rows)
    if isinstance(declared, Iri):
        return Linkset(_last(declared), str(kind), declared, subjects, objects, parts)
    name = f"{_last(subjects)}-to-{_last(objects)}"
    return Linkset(name, str(kind), Iri(f"{BASE}id/linkset/{name}"), subjects, objects, parts)


def _part(row: Row) -> Part:
    *_, predicate, links, least, most = row
    if predicate is None or links is None:
        raise UnknownValueError("a set of links is without a predicate or a number of links")
    return Part(predicate, links, least, most)


def _last(iri: Iri) -> str:
    return iri.value.rstrip("/").rpartition("/")[2]


def called(name: str, known: Iterable[Linkset]) -> Linkset:
    """Return the set of links called `name`. Raises UnknownValueError with the nearest names if there is none."""
    by_name = {each.name: each for each in known}
    if name not in by_name:
        close = nearest(name, by_name, 3)
        raise UnknownValueError(f'there is no linkset "{name}"', close, None if close else "uprgraph link lists them")
    return by_name[name]


def table(known: Iterable[Linkset]) -> Results:
    """Return sets of links as rows, one for each predicate of each."""
    rows: list[Row] = [
        (Literal(each.name), each.subjects, each.objects, part.predicate, part.links, part.least, part.most)
        for each in known
        for part in each.parts
    ]
    return Results(_COLUMNS, rows, "Sets of links")


def links(engine: Engine, linkset: Linkset, least: Decimal | None = None) -> Results:
    """Return the links of a set as rows of subject, predicate and object, matches with their score and method.

    `least` is the least score. Raises UsageError if it is given for links without scores.
    """
    question = catalogue.system(f"link-{linkset.kind}")
    ends: dict[str, Sequence[Term]] = {"linkset": [linkset.iri]}
    if linkset.kind != _DECLARED:
        ends = {"subjects": [linkset.subjects], "objects": [linkset.objects]}
    found = Results.of(engine.select(bind(question, ends)), question.summary)
    if least is None:
        return found
    if not linkset.has_scores:
        raise UsageError(f"the links of {linkset.name} have no scores", "leave out --min-score")
    return Results(found.columns, [row for row in found.terms if _score(row) >= least], found.title)


def _score(row: Row) -> Decimal:
    """Return the score of a match, which is the fourth column."""
    return Decimal(str(row[3]))


def triples(found: Results) -> list[Triple]:
    """Return links as triples."""
    return [(row[0], row[1], row[2]) for row in found.terms if row[0] and row[1] and row[2]]


def description(linkset: Linkset, counts: Counter[Term] | None = None) -> Iterator[Triple]:
    """Yield the description of a set of links in VoID. `counts` has the links by predicate, if not all are meant."""
    if counts is None:
        counts = Counter({part.predicate: int(str(part.links)) for part in linkset.parts})
    yield linkset.iri, _iri("rdf:type"), _iri("void:Linkset")
    yield linkset.iri, _iri("void:subjectsTarget"), linkset.subjects
    yield linkset.iri, _iri("void:objectsTarget"), linkset.objects
    yield linkset.iri, _iri("void:triples"), _number(counts.total())
    for predicate, number in counts.items():
        part = Iri(f"{linkset.iri.value}#{shorten(str(predicate)).replace(':', '-')}")
        yield linkset.iri, _iri("void:linkPredicate"), predicate
        yield linkset.iri, _iri("void:propertyPartition"), part
        yield part, _iri("void:property"), predicate
        yield part, _iri("void:triples"), _number(number)


def _iri(name: str) -> Iri:
    return Iri(expand(name))


def _number(value: int) -> Literal:
    return Literal(str(value), f"{XSD}integer")
