"""Things, named graphs and codelists as RDF documents."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, cast

from uprgraph.catalog.binding import bind
from uprgraph.catalog.catalogue import system
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.guard import MAX_IRI_LENGTH
from uprgraph.engines.terms import Iri, Triple
from uprgraph.errors import UnknownValueError
from uprgraph.graph import Graph
from uprgraph.resources import BASE
from uprgraph.results.graphs import GraphResult
from uprgraph.results.linked import json_ld, n_triples
from uprgraph.server.jobs import Dataset
from uprgraph.server.jobs.graphs import graphs_of
from uprgraph.vocabulary import expand

_LARGE = 50_000
"""Statements of a graph that takes too long to be put in order."""
_LEVEL = 3
"""How well such a graph is packed; better takes several times as long."""
_LICENCE = Iri("https://creativecommons.org/licenses/by/4.0/")


def is_known(dataset: Dataset, *, iri: str) -> bool:
    """Say whether the graph says anything about an IRI, which may be no IRI at all."""
    if len(iri) > MAX_IRI_LENGTH:
        return False
    try:
        text = bind(system("is-known"), {"thing": [Iri(iri)]})
    except UnknownValueError:
        return False
    return dataset.graph.engine.ask(text, dataset.graph.default_graphs)


def describe(dataset: Dataset, *, iri: str, document: str, form: str) -> bytes:
    """Return what is known of a thing as a document: its statements, what refers to it, their labels and the quotes.

    The document, an IRI, says what it is about, its licence, and the graphs that it is taken from. Raises
    UnknownValueError if nothing is known.
    """
    if not is_known(dataset, iri=iri):
        raise UnknownValueError(f"nothing is known of {iri}")
    thing = Iri(iri)
    triples = [*_construct(dataset.graph, "description-of-thing", "thing", thing)]
    triples += _construct(dataset.graph, "labels-around-thing", "thing", thing)
    triples += _about(Iri(document), thing, _graphs(dataset.graph, thing))
    return written(triples, form)


@dataclass(frozen=True, slots=True)
class Packed:
    """A document packed with gzip, of so many bytes when it is unpacked."""

    content: bytes
    size: int


def graph(dataset: Dataset, *, iri: str, form: str) -> bytes | Packed:
    """Return all statements of a named graph, those of a large one packed and in no fixed order.

    Raises UnknownValueError if the dataset has no such graph.
    """
    if iri not in graphs_of(dataset):
        raise UnknownValueError(f"there is no graph {iri}")
    engine, named = dataset.graph.engine, {"graph": [Iri(iri)]}
    if isinstance(engine, EmbeddedEngine):
        size = sum(int(str(count)) for _, count in engine.select(bind(system("doctor-sizes"), named)).rows)
        if size > _LARGE:
            return _packed(engine, iri, form)
    return written(engine.construct(bind(system("statements-of-graph"), named)), form)


def _packed(engine: EmbeddedEngine, iri: str, form: str) -> Packed:
    with BytesIO() as content:
        with gzip.GzipFile(fileobj=content, mode="wb", compresslevel=_LEVEL, mtime=0) as file:
            engine.dump(iri, form, cast("IO[bytes]", file))
            size = file.tell()
        return Packed(content.getvalue(), size)


def vocabulary(dataset: Dataset, *, iri: str, form: str) -> bytes | Packed:
    """Return the vocabulary called `iri`: the statements of its graph. Raises UnknownValueError if there is none."""
    return graph(dataset, iri=f"{BASE}graph/{iri.removeprefix(BASE)}", form=form)


def scheme(dataset: Dataset, *, iri: str, form: str) -> bytes:
    """Return all that is said about a codelist and its entries. Raises UnknownValueError if there is none."""
    known = is_known(dataset, iri=iri)
    found = list(_construct(dataset.graph, "statements-of-scheme", "scheme", Iri(iri))) if known else []
    if not found:
        raise UnknownValueError(f"there is no codelist {iri}")
    return written(found, form)


def written(triples: Iterable[Triple], form: str) -> bytes:
    """Return a graph as "ttl", "jsonld" or "nt", without repeated triples and in order."""
    result = GraphResult(triples)
    if form == "ttl":
        return result.to_turtle().encode("utf-8", "replace")
    text = json_ld(result.triples) if form == "jsonld" else n_triples(result.triples)
    return text.encode("utf-8", "replace")


def _construct(asked: Graph, name: str, parameter: str, thing: Iri) -> Iterator[Triple]:
    return asked.engine.construct(bind(system(name), {parameter: [thing]}), asked.default_graphs)


def _graphs(asked: Graph, thing: Iri) -> list[Iri]:
    """Return the named graphs that say something about a thing; those of ours, where an endpoint has others too."""
    rows = asked.engine.select(bind(system("graphs-of-thing"), {"thing": [thing]})).rows
    return [term for (term,) in rows if isinstance(term, Iri) and term.value.startswith(f"{BASE}graph/")]


def _about(document: Iri, thing: Iri, graphs: Iterable[Iri]) -> Iterator[Triple]:
    statements = {
        "rdf:type": [Iri(expand("foaf:Document"))],
        "foaf:primaryTopic": [thing],
        "dcterms:license": [_LICENCE],
        "dcterms:isPartOf": [Iri(f"{BASE}catalog")],
        "prov:wasDerivedFrom": list(graphs),
    }
    for relation, values in statements.items():
        yield from ((document, Iri(expand(relation)), value) for value in values)
