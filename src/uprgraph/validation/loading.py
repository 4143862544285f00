"""Reading RDF files from this machine, and nothing else: no URL is fetched, no context or import followed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from uprgraph import files, turtle_tokens
from uprgraph.errors import InvalidDataError
from uprgraph.validation.locate import Locator
from uprgraph.validation.report import Place

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
}
"""The endings of the files that are read. JSON-LD and RDF/XML are not: contexts and entities reach out or blow up."""

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read, in bytes."""

Triple = tuple[Node, Node, Node]


@dataclass(frozen=True)
class DataFile:
    """One file, or one graph of a store: its path or IRI, its text, empty for a graph, and its triples."""

    path: Place
    text: str
    triples: list[Triple]
    blank_prefix: str
    subjects: frozenset[Node] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "subjects", frozenset(subject for subject, _, _ in self.triples))

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self.text)

    def line(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> int | None:
        """Return the line, counted from 1, of the value, else of the predicate, else of the subject."""
        return self._locator.line(self._written(subject), predicate, self._written(value) if value else None)

    def _written(self, node: Node) -> Node:
        return BNode(node.removeprefix(self.blank_prefix)) if isinstance(node, BNode) else node


def read(path: Path, number: int = 0) -> DataFile:
    """Read one file. `number` keeps its blank nodes apart from those of other files.

    Raises InvalidDataError with file, line and column for text that is not what the ending says, and for a file over
    MAX_BYTES or nested too deep.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise InvalidDataError(
            f"{size:,} bytes; at most {MAX_BYTES:,} are read", path, hint="split the file, and validate its parts"
        )
    text = files.read_text(path)
    turtle_tokens.check_depth(text, path)
    blank_prefix = f"f{number}b"
    form = FORMATS[path.suffix]
    with files.reading(path, str(form.name)):
        triples = [_triple(quad, blank_prefix) for quad in ox.parse(text, format=form)]
    return DataFile(path, text, triples, blank_prefix)


def of_graph(iri: str, triples: Iterable[ox.Triple], number: int) -> DataFile:
    """Return a graph of a store as if it were a file; `number` keeps its blank nodes apart from those of others."""
    blank_prefix = f"g{number}b"
    return DataFile(iri, "", [_triple(each, blank_prefix) for each in triples], blank_prefix)


def _triple(quad: ox.Quad | ox.Triple, blank_prefix: str) -> Triple:
    return (_node(quad.subject, blank_prefix), URIRef(quad.predicate.value), _node(quad.object, blank_prefix))


def _node(term: object, blank_prefix: str) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(blank_prefix + term.value)
    if not isinstance(term, ox.Literal):
        raise InvalidDataError("quoted triples (RDF 1.2) are not supported")
    if term.language:
        return Literal(term.value, lang=term.language)
    if term.datatype == _STRING:
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
