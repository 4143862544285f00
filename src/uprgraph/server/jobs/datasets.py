"""What is served, described for machines: VoID and DCAT with counts, and the questions as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph

from uprgraph import __version__
from uprgraph.catalog import catalogue
from uprgraph.catalog.catalogue import system
from uprgraph.engines.convert import from_pyoxigraph
from uprgraph.engines.terms import RDF_LANG_STRING, XSD, Iri, Literal, Term, Triple
from uprgraph.graph import Graph
from uprgraph.resources import BASE
from uprgraph.results.rows import Results
from uprgraph.server.jobs import Dataset
from uprgraph.server.jobs.descriptions import written
from uprgraph.vocabulary import expand, part, prefixes, shorten

_WHOLE = Iri(f"{BASE}catalog")
_FORMATS = ("Turtle", "N-Triples", "JSON-LD")


def describe(dataset: Dataset, *, iri: str, site: str, form: str) -> bytes:
    """Return the catalogue of what is served, with counts and where it can be had, as a document called `iri`.

    `site` is the address of the site. Counted is what is served now: triples, subjects, properties and classes of the
    whole, of each graph and each linkset, and the members of each class and uses of each property.
    """
    graph = dataset.graph
    triples = [*graph.engine.construct(system("statements-of-catalogues").sparql)]
    triples += _document(Iri(iri))
    triples += _services(site)
    triples += _whole(graph)
    for row in _rows(graph, "counts-by-class"):
        triples += _partition(_WHOLE, "void:classPartition", "void:class", row)
    for row in _rows(graph, "counts-by-property"):
        triples += _partition(_WHOLE, "void:propertyPartition", "void:property", row)
    for row in _rows(graph, "counts-of-links", default=False):
        linkset = Iri(str(row.pop("linkset")))
        triples += _partition(linkset, "void:propertyPartition", "void:property", row)
    for row in _rows(graph, "counts-by-graph", default=False):
        triples += _of_graph(row, site)
    return written(triples, form)


def questions(dataset: Dataset, *, endpoint: str, form: str) -> bytes:  # noqa: ARG001 - they ask any dataset
    """Return the questions as `sh:SPARQLExecutable`s of an endpoint, the form of sib-swiss/sparql-examples."""
    from rdflib import RDF, SDO, SH, URIRef

    from uprgraph.bundle import describe_questions

    described = describe_questions(catalogue.shipped())
    for question in list(described.subjects(RDF.type, SH.SPARQLExecutable)):
        described.add((question, SDO.target, URIRef(endpoint)))
    lines = pyoxigraph.parse(described.serialize(format="nt"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    triples = [
        (from_pyoxigraph(each.subject), from_pyoxigraph(each.predicate), from_pyoxigraph(each.object)) for each in lines
    ]
    return written(triples, form)


def _rows(graph: Graph, name: str, *, default: bool = True) -> Iterator[dict[str, Term]]:
    """Yield the rows of one of the package's own queries; without `default` it names its graphs itself."""
    results = Results.of(graph.engine.select(system(name).sparql, graph.default_graphs if default else ()))
    for row in results.terms:
        yield {column: term for column, term in zip(results.columns, row, strict=True) if term is not None}


def _document(iri: Iri) -> Iterator[Triple]:
    yield from _statements(iri, {"rdf:type": _iri("void:DatasetDescription"), "foaf:primaryTopic": _WHOLE})


def _services(site: str) -> Iterator[Triple]:
    sparql, api = Iri(f"{site}/sparql"), Iri(f"{site}/api")
    yield from _statements(_WHOLE, {"void:sparqlEndpoint": sparql, "void:uriLookupEndpoint": Iri(f"{site}/data/")})
    described = {
        sparql: (Iri(f"{site}/sparql"), "SPARQL 1.1"),
        api: (Iri(f"{site}/openapi.json"), "Questions as calls"),
    }
    for service, (description, title) in described.items():
        yield from _statements(
            service,
            {
                "rdf:type": _iri("dcat:DataService"),
                "dcterms:title": Literal(title, RDF_LANG_STRING, "en"),
                "dcat:endpointURL": service,
                "dcat:endpointDescription": description,
                "dcat:servesDataset": _WHOLE,
            },
        )
        yield _WHOLE, _iri("dcat:service"), service


def _whole(graph: Graph) -> Iterator[Triple]:
    (counted,) = _rows(graph, "counts-of-all")
    classes = [str(row["class"]) for row in _rows(graph, "counts-by-class")]
    properties = [str(row["property"]) for row in _rows(graph, "counts-by-property")]
    version = Literal(__version__)
    yield from _statements(_WHOLE, {"owl:versionInfo": version, "dcat:version": version, **_counts(counted)})
    yield from _statements(_WHOLE, {"void:properties": _number(properties), "void:classes": _number(classes)})
    names = {shorten(term).partition(":")[0] for term in (*classes, *properties)} & prefixes().keys()
    yield from ((_WHOLE, _iri("void:vocabulary"), Iri(prefixes()[name])) for name in sorted(names))
    yield from ((_WHOLE, _iri("void:feature"), Iri(f"http://www.w3.org/ns/formats/{name}")) for name in _FORMATS)


def _partition(dataset: Iri, relation: str, of: str, row: Mapping[str, Term]) -> Iterator[Triple]:
    term = row[of.removeprefix("void:")]
    one = Iri(part(dataset.value, str(term)))
    yield dataset, _iri(relation), one
    yield from _statements(one, {of: term, **_counts(row)})


def _of_graph(row: Mapping[str, Term], site: str) -> Iterator[Triple]:
    """Return the counts of a named graph of ours, and where it can be had."""
    graph = row["graph"]
    if not isinstance(graph, Iri) or not graph.value.startswith(f"{BASE}graph/"):
        return
    file = Iri(f"{graph}#rdf")
    yield _WHOLE, _iri("void:subset"), graph
    yield from _statements(graph, {**_counts(row), "void:properties": row["properties"], "dcat:distribution": file})
    address = Iri(f"{site}/{graph.value.removeprefix(BASE)}")
    yield from _statements(file, {"rdf:type": _iri("dcat:Distribution"), "dcat:accessURL": address})


def _counts(row: Mapping[str, Term]) -> dict[str, Term]:
    names = {
        "triples": "void:triples",
        "subjects": "void:distinctSubjects",
        "objects": "void:distinctObjects",
        "entities": "void:entities",
    }
    return {relation: row[column] for column, relation in names.items() if column in row}


def _statements(subject: Term, values: Mapping[str, Term]) -> Iterator[Triple]:
    yield from ((subject, _iri(relation), value) for relation, value in values.items())


def _number(listed: list[str]) -> Literal:
    return Literal(str(len(listed)), f"{XSD}integer")


def _iri(name: str) -> Iri:
    return Iri(expand(name))
