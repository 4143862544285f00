"""Making RDF statements from rows, Turtle files from statements, and reading values back from such files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from uprgraph import files, turtle
from uprgraph.resources import BASE
from uprgraph.vocabulary import expand

RDF_TYPE = NamedNode(expand("rdf:type"))
LABEL = NamedNode(expand("rdfs:label"))
ALT_LABEL = NamedNode(expand("skos:altLabel"))
EDITORIAL_NOTE = NamedNode(expand("skos:editorialNote"))
SOURCE = NamedNode(expand("dcterms:source"))


def term(name: str) -> NamedNode:
    """Return the node of a prefixed name, such as `upr:State` or `state:KAZ`."""
    return NamedNode(expand(name))


def node(path: str) -> NamedNode:
    """Return the node of one of our IRIs by what follows the base, such as `id/review/KAZ-20`."""
    return NamedNode(BASE + path)


def typed(value: str, datatype: str) -> Literal:
    """Return a literal with a datatype given as a prefixed name: `typed("1992", "xsd:gYear")`."""
    return Literal(value, datatype=NamedNode(expand(datatype)))


def text(value: str, language: str = "en") -> Literal:
    """Return a literal with a language."""
    return Literal(value, language=language)


def to_turtle(statements: Iterable[Triple]) -> str:
    """Return the statements as Turtle in canonical form; a statement given twice is written once."""
    from rdflib import Graph

    return turtle.canonical(Graph().parse(data=serialize(statements, format=RdfFormat.N_TRIPLES), format="nt"))


def write(path: Path, statements: Iterable[Triple]) -> None:
    """Write the statements to a Turtle file in canonical form, in place of what the file held."""
    files.write(path, to_turtle(statements))


def values(path: Path, *predicates: str) -> Iterator[tuple[str, str]]:
    """Yield each literal that one of the predicates (prefixed names) has in a Turtle file, and its subject's IRI."""
    wanted = {expand(predicate) for predicate in predicates}
    for subject, predicate, value, _ in files.read_turtle(path):
        if predicate.value in wanted and isinstance(subject, NamedNode) and isinstance(value, Literal):
            yield value.value, subject.value
