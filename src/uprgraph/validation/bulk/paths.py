"""Property paths of SHACL as functions from a node to its values."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import TypeAlias

from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from uprgraph.errors import InvalidDataError
from uprgraph.validation.bulk.facts import Facts
from uprgraph.validation.bulk.terms import Key

Walk: TypeAlias = Callable[[Facts, Key], Set[Key]]
_REPEATED = {SH.zeroOrMorePath: (True, True), SH.oneOrMorePath: (False, True), SH.zeroOrOnePath: (True, False)}
"""Of each: whether the start itself is a value, and whether one goes on from what is reached."""


def compiled(graph: Graph, path: Node, inverse: set[str]) -> Walk:
    """Return the function for a path. The predicates that it follows backwards are added to `inverse`.

    Raises InvalidDataError for what is no path, and for the inverse of anything but one predicate.
    """
    if isinstance(path, URIRef):
        return _forwards(str(path))
    if (path, RDF.first, None) in graph:
        return _sequence([compiled(graph, each, inverse) for each in Collection(graph, path)])
    back = graph.value(path, SH.inversePath)
    if isinstance(back, URIRef):
        inverse.add(str(back))
        return _backwards(str(back))
    choices = graph.value(path, SH.alternativePath)
    if choices is not None:
        return _alternatives([compiled(graph, each, inverse) for each in Collection(graph, choices)])
    for kind, (start, on) in _REPEATED.items():
        inner = graph.value(path, kind)
        if inner is not None:
            return _repeated(compiled(graph, inner, inverse), start=start, on=on)
    raise InvalidDataError(f"a path of the shapes is none that the bulk validation supports: {path}")


def _forwards(predicate: str) -> Walk:
    return lambda facts, node: facts.values(node, predicate)


def _backwards(predicate: str) -> Walk:
    return lambda facts, node: facts.subjects(predicate, node)


def _sequence(steps: list[Walk]) -> Walk:
    def walk(facts: Facts, node: Key) -> Set[Key]:
        reached: Set[Key] = {node}
        for step in steps:
            reached = {value for each in reached for value in step(facts, each)}
        return reached

    return walk


def _alternatives(choices: list[Walk]) -> Walk:
    return lambda facts, node: {value for choice in choices for value in choice(facts, node)}


def _repeated(step: Walk, *, start: bool, on: bool) -> Walk:
    def walk(facts: Facts, node: Key) -> Set[Key]:
        reached = set(step(facts, node))
        waiting = list(reached) if on else []
        while waiting:
            new = step(facts, waiting.pop()) - reached
            reached |= new
            waiting.extend(new)
        return reached | {node} if start else reached

    return walk


def in_sparql(graph: Graph, path: Node) -> str:
    """Return a path as SPARQL writes it, with whole IRIs. Raises InvalidDataError for what is no path."""
    if isinstance(path, URIRef):
        return path.n3()
    if (path, RDF.first, None) in graph:
        return "/".join(in_sparql(graph, each) for each in Collection(graph, path))
    back = graph.value(path, SH.inversePath)
    if back is not None:
        return f"^{in_sparql(graph, back)}"
    choices = graph.value(path, SH.alternativePath)
    if choices is not None:
        return f"({'|'.join(in_sparql(graph, each) for each in Collection(graph, choices))})"
    raise InvalidDataError("a path of any length is not supported where SPARQL has $PATH")
