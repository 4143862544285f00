"""Which nodes a shape is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from uprgraph.errors import InvalidDataError
from uprgraph.validation.bulk.compiling import TARGETS, Compiler
from uprgraph.validation.bulk.facts import RDF_TYPE, Facts
from uprgraph.validation.bulk.shapes import Shape
from uprgraph.validation.bulk.terms import Key, key_of_node
from uprgraph.validation.shacl import display

_KINDS = (SH.NodeShape, SH.PropertyShape)


class Targets:
    """The shapes of a shapes graph by what they are for, and which of them a chunk of facts needs."""

    def __init__(self, compiler: Compiler) -> None:
        """Compile every shape, with a target or not, so that none has a part that is not supported."""
        graph = compiler.graph
        self._of_class: dict[str, list[Shape]] = defaultdict(list)
        self._of_subjects: dict[str, list[Shape]] = defaultdict(list)
        self._of_objects: dict[str, list[Shape]] = defaultdict(list)
        self._of_node: dict[Key, list[Shape]] = defaultdict(list)
        tables: dict[Node, Mapping[str, list[Shape]] | Mapping[Key, list[Shape]]] = {
            SH.targetClass: self._of_class,
            SH.targetSubjectsOf: self._of_subjects,
            SH.targetObjectsOf: self._of_objects,
            SH.targetNode: self._of_node,
        }
        for node in _shapes(graph):
            shape = compiler.shape(node)
            for kind in TARGETS:
                for value in graph.objects(node, kind):
                    _refuse_silence(shape)
                    tables[kind][key_of_node(value)].append(shape)  # type: ignore[index]
        self._reaching = [
            (kind, name, shape)
            for kind, table in tables.items()
            for name, shapes in table.items()
            for shape in shapes
            if _reaches(shape)
        ]
        needed = {RDF_TYPE if kind == SH.targetClass else str(name) for kind, name, _ in self._reaching}
        self.inverse = frozenset(compiler.inverse | self._of_objects.keys() | needed)

    def near(self, facts: Facts) -> Iterator[tuple[Key, Iterable[Shape]]]:
        """Yield each own subject of the facts with the shapes that it is a target of."""
        known: dict[tuple[object, ...], list[Shape]] = {}
        for subject, properties in facts.own.items():
            types = properties.get(RDF_TYPE, ())
            alike = (frozenset(types), frozenset(properties))
            shapes = known.get(alike)
            if shapes is None:
                shapes = known[alike] = [
                    *(
                        each
                        for name, found in self._of_class.items()
                        if facts.is_instance(subject, name)
                        for each in found
                    ),
                    *(each for name in properties for each in self._of_subjects.get(name, ())),
                ]
            special = [
                *self._of_node.get(subject, ()),
                *(each for name, found in self._of_objects.items() if facts.subjects(name, subject) for each in found),
            ]
            yield subject, {id(each): each for each in [*shapes, *special]}.values()

    def far(self, facts: Facts) -> Iterator[tuple[Key, Shape]]:
        """Yield the targets beyond the own subjects from where a shape may reach an own subject.

        These are shapes with a property shape in a property shape: "what is measured in per cent" starts from the code.
        """
        found: dict[tuple[Key, int], Shape] = {}
        for kind, name, shape in self._reaching:
            found |= {(node, id(shape)): shape for node in _nodes(kind, name, facts) if node not in facts.own}
        yield from ((node, shape) for (node, _), shape in found.items())


def _nodes(kind: Node, name: Key, facts: Facts) -> Iterable[Key]:
    """Return the nodes that one target names."""
    if kind == SH.targetNode:
        return [name]
    if kind == SH.targetClass:
        return {node for each in facts.subclasses(str(name)) for node in facts.subjects(RDF_TYPE, each)}
    return {pair[kind == SH.targetObjectsOf] for pair in facts.pairs(str(name))}


def _shapes(graph: Graph) -> list[Node]:
    """Return what is a shape by its type or by having a target. Raises InvalidDataError for one that is a class too."""
    nodes = {node for kind in _KINDS for node in graph.subjects(RDF.type, kind)}
    nodes |= {node for kind in TARGETS for node in graph.subjects(kind)}
    for node in nodes:
        if (node, RDF.type, RDFS.Class) in graph or (node, RDF.type, OWL.Class) in graph:
            raise InvalidDataError(f"{display(node)} is a shape and a class: give the shape a name of its own")
    return sorted(nodes, key=lambda node: (not isinstance(node, URIRef), node))


def _refuse_silence(shape: Shape) -> None:
    """Raise InvalidDataError if a shape whose results are reported has no message for them."""
    if shape.message is None and (shape.checks or shape.finders):
        raise InvalidDataError(f"{shape.name} has constraints, but no sh:message")
    for inner in shape.properties:
        _refuse_silence(inner)


def _reaches(shape: Shape) -> bool:
    """Say whether a shape judges other nodes than its own targets."""
    return any(inner.properties if shape.walk is None else True for inner in shape.properties)
