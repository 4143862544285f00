"""The release bundle: the whole graph in standard files, byte for byte the same whenever it is built from one state.

| file | what |
|---|---|
| `uprgraph.nq` | every statement with its graph, N-Quads, one line each, sorted |
| `uprgraph.trig` | the same for people to read |
| `void.ttl` | the catalogue with counts, files and vocabularies: DCAT and VoID |
| `queries.ttl` | the questions in the form of sib-swiss/sparql-examples |
| `SHA256SUMS` | the sums of the files above |

Blank nodes get the names of RDFC-1.0. No file holds a time.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import DCAT, DCTERMS, RDF, RDFS, SDO, SH, XSD, Graph, Literal, URIRef
from rdflib.namespace import VOID
from rdflib.term import Node

from uprgraph import __version__, files, resources, vocabulary
from uprgraph.catalog.catalogue import Catalogue, shipped
from uprgraph.catalog.question import Question
from uprgraph.engines import guard
from uprgraph.errors import ResourceError
from uprgraph.turtle import canonical, parse

_TYPE = ox.NamedNode(str(RDF.type))
_WHOLE = URIRef(resources.BASE + "catalog")
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_SERIALISATIONS = {
    "uprgraph.nq": ("application/n-quads", "http://www.w3.org/ns/formats/N-Quads"),
    "uprgraph.trig": ("application/trig", "http://www.w3.org/ns/formats/TriG"),
}
_FORMS = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
}


class BundleFile(NamedTuple):
    """A file of the bundle, its size in bytes and its SHA-256 in hexadecimal."""

    path: Path
    size: int
    sha256: str


def build(directory: Path, *, compress: bool = False) -> list[BundleFile]:
    """Write the bundle into `directory`, which is made if it is not there; return its files in order of name.

    With `compress` the two large files are written as `.gz`. Files of an earlier bundle there are replaced, others left
    alone. Raises ResourceError if the directory cannot be written, InvalidDataError if the data cannot be read.
    """
    quads = _quads()
    contents = {
        "queries.ttl": canonical(describe_questions(shipped())).encode(),
        "void.ttl": canonical(describe_graphs(quads, compress=compress)).encode(),
        "uprgraph.nq": _n_quads(quads),
        "uprgraph.trig": _trig(quads),
    }
    try:
        directory.mkdir(parents=True, exist_ok=True)
        written = []
        for name, content in contents.items():
            for old in (name, f"{name}.gz"):
                (directory / old).unlink(missing_ok=True)
            packed = compress and name.startswith("uprgraph.")
            path = directory / (f"{name}.gz" if packed else name)
            written.append(_write(path, gzip.compress(content, mtime=0) if packed else content))
        written.sort()
        sums = "".join(f"{file.sha256}  {file.path.name}\n" for file in written)
        return sorted([*written, _write(directory / "SHA256SUMS", sums.encode())])
    except OSError as error:
        raise ResourceError(f"{error.filename or directory} cannot be written: {error.strerror}") from error


def _write(path: Path, content: bytes) -> BundleFile:
    files.write(path, content)
    return BundleFile(path, len(content), hashlib.sha256(content).hexdigest())


def _quads() -> list[ox.Quad]:
    """Return every statement of the catalogue's files in its graph, sorted as N-Quads lines."""
    dataset = ox.Dataset()
    for graph, path in resources.graph_files():
        name = ox.NamedNode(graph)
        for quad in files.read_turtle(path):
            dataset.add(ox.Quad(quad.subject, quad.predicate, quad.object, name))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=str)


def _n_quads(quads: list[ox.Quad]) -> bytes:
    return b"".join(sorted(_serialised(quads, ox.RdfFormat.N_QUADS)))


def _trig(quads: list[ox.Quad]) -> bytes:
    by_graph = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))
    lines = _serialised(by_graph, ox.RdfFormat.TRIG)
    head = [line for line in lines if line.startswith(b"@prefix ")]
    return b"".join([*sorted(head), *lines[len(head) :]])  # pyoxigraph promises no order of the prefixes


def _serialised(quads: list[ox.Quad], form: ox.RdfFormat) -> list[bytes]:
    stream = io.BytesIO()
    ox.serialize(quads, stream, form, prefixes=vocabulary.prefixes())
    return stream.getvalue().splitlines(keepends=True)


def describe_graphs(quads: list[ox.Quad], *, compress: bool = False) -> Graph:
    """Return data/catalog.ttl with what DCAT and VoID say of each graph, and of all of them on the catalogue itself.

    Counted are triples, distinct subjects, distinct properties, and distinct classes that something is typed with; the
    links of a linkset by property, and the members of each class over all graphs. Each graph has its Turtle file as a
    distribution, the whole its serialisations in the bundle, named as `build` names them.
    """
    catalogue = resources.catalogue_file()
    description = parse(files.read_text(catalogue), catalogue)
    by_graph: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        by_graph[str(quad.graph_name).strip("<>")].append(quad)
    for name, members in by_graph.items():
        graph = URIRef(name)
        _count(description, graph, members)
        description.add((_WHOLE, VOID.subset, graph))
        if (graph, RDF.type, VOID.Linkset) in description:
            _partition(description, graph, members)
    for dataset, dump in list(description.subject_objects(VOID.dataDump)):
        file = _distribution(description, dataset, "turtle", "text/turtle")
        description.add((file, DCAT.downloadURL, dump))
    _describe_whole(description, quads, compress=compress)
    return description


def _describe_whole(description: Graph, quads: list[ox.Quad], *, compress: bool) -> None:
    _count(description, _WHOLE, quads)
    description.add((_WHOLE, URIRef(vocabulary.expand("dcat:version")), Literal(__version__)))
    for name, (media_type, feature) in _SERIALISATIONS.items():
        file = _distribution(description, _WHOLE, name.removeprefix("uprgraph."), media_type)
        description.add((file, DCTERMS.title, Literal(f"{name}.gz" if compress else name)))
        if compress:
            description.add((file, DCAT.compressFormat, URIRef(_MEDIA_TYPES + "application/gzip")))
        description.add((_WHOLE, VOID.feature, URIRef(feature)))
    members: dict[str, set[object]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            members[quad.object.value].add(quad.subject)
    for term in {*members, *(quad.predicate.value for quad in quads)}:
        if (name := vocabulary.shorten(term)) != term:
            description.add((_WHOLE, VOID.vocabulary, URIRef(vocabulary.prefixes()[name.partition(":")[0]])))
    for kind, things in members.items():
        part = _part(description, _WHOLE, VOID.classPartition, kind)
        description.add((part, VOID["class"], URIRef(kind)))
        description.add((part, VOID.entities, _number(len(things))))


def _partition(description: Graph, linkset: URIRef, quads: list[ox.Quad]) -> None:
    """Say how many links of a linkset there are by each property."""
    for predicate, times in Counter(quad.predicate.value for quad in quads).items():
        part = _part(description, linkset, VOID.propertyPartition, predicate)
        description.add((part, VOID.property, URIRef(predicate)))
        description.add((part, VOID.triples, _number(times)))


def _part(description: Graph, dataset: URIRef, relation: URIRef, term: str) -> URIRef:
    part = URIRef(vocabulary.part(dataset, term))
    description.add((dataset, relation, part))
    return part


def _distribution(description: Graph, dataset: Node, name: str, media_type: str) -> URIRef:
    file = URIRef(f"{dataset}#{name}")
    description.add((dataset, DCAT.distribution, file))
    description.add((file, RDF.type, DCAT.Distribution))
    description.add((file, DCAT.mediaType, URIRef(_MEDIA_TYPES + media_type)))
    return file


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def _count(description: Graph, dataset: URIRef, quads: list[ox.Quad]) -> None:
    counts = {
        VOID.triples: len({quad.triple for quad in quads}),
        VOID.distinctSubjects: len({quad.subject for quad in quads}),
        VOID.properties: len({quad.predicate for quad in quads}),
        VOID.classes: len({quad.object for quad in quads if quad.predicate == _TYPE}),
    }
    for predicate, number in counts.items():
        description.add((dataset, predicate, _number(number)))


def describe_questions(catalogue: Catalogue) -> Graph:
    """Return the questions as `sh:SPARQLExecutable`s, the form of sib-swiss/sparql-examples.

    Each has its summary as rdfs:label, its description as rdfs:comment, its tags as schema:keywords, and the SPARQL
    that runs as it stands, with the default values of its parameters. The prefixes that they share are declared beside
    them. What that form has and this graph has not is schema:target, the endpoint: it is for those who run one to add.
    """
    prefixes = resources.ontology() / "prefixes.ttl"
    graph = parse(files.read_text(prefixes), prefixes)
    for question in catalogue.questions():
        _describe(graph, question)
    return graph


def _describe(graph: Graph, question: Question) -> None:
    node = URIRef(f"{resources.BASE}query/{question.area}/{question.name}")
    kind, predicate = _FORMS[guard.check(question.sparql)]
    graph.add((node, RDF.type, SH.SPARQLExecutable))
    graph.add((node, RDF.type, kind))
    graph.add((node, RDFS.label, Literal(question.summary, lang="en")))
    graph.add((node, RDFS.comment, Literal(question.description, lang="en")))
    graph.add((node, SH.prefixes, URIRef(resources.BASE + "prefixes")))
    graph.add((node, predicate, Literal(question.sparql)))
    for tag in question.tags:
        graph.add((node, SDO.keywords, Literal(tag)))
