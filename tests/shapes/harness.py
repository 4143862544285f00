"""Read shapes and fixtures, and run one against the other.

A fixture lies at `tests/shapes/<file>/<shape>/`, where `<file>` is the name of a file in `shapes/` and `<shape>` the
last part of the IRI of a shape in it: `shape:State-iso3` for a property shape, `shape:State` for what a node shape says
itself. It is run against the node shape that the folder's shape belongs to, and against no other, so that it needs no
more background than that.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
from rdflib import FOAF, RDF, RDFS, SH, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath, eval_path
from rdflib.paths import Path as PropertyPath
from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[2]
SHAPES = ROOT / "shapes"
ONTOLOGY = ROOT / "ontology"
FIXTURES = Path(__file__).resolve().parent
SHAPE = Namespace("https://w3id.org/uprgraph/shape/")
#: Which constraint component the reason in a fixture's name stands for, and which parameter of a shape brings it in.
REASONS: dict[str, str] = tomllib.loads((FIXTURES / "reasons.toml").read_text())["reasons"]
PARAMETERS: dict[URIRef, URIRef] = {
    SH[parameter]: SH[component + "ConstraintComponent"]
    for parameter, component in tomllib.loads((FIXTURES / "reasons.toml").read_text())["parameters"].items()
}
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True)
class Result:
    """One `sh:ValidationResult`, as far as a fixture promises it."""

    focus: Node | None
    path: str | None
    shape: Node | None
    component: Node | None


@cache
def shape_files() -> dict[str, Graph]:
    """Return the triples of each file in shapes/, by its name without `.ttl`."""
    return {file.stem: Graph().parse(file, format="turtle") for file in sorted(SHAPES.glob("*.ttl"))}


@cache
def all_shapes() -> Graph:
    """Return all shapes, with the prefixes that their SPARQL constraints name."""
    union = Graph().parse(ONTOLOGY / "prefixes.ttl", format="turtle")
    for graph in shape_files().values():
        union += graph
    return union


@cache
def subclass_axioms() -> tuple[tuple[Node, Node, Node], ...]:
    """Return the subclass axioms of the ontology between named classes: all of it that shapes need."""
    files = [ONTOLOGY / "upr.ttl", *sorted((ONTOLOGY / "alignments").glob("*.ttl"))]
    axioms: list[tuple[Node, Node, Node]] = []
    for file in files:
        triples = Graph().parse(file, format="turtle").triples((None, RDFS.subClassOf, None))
        axioms.extend(triple for triple in triples if isinstance(triple[2], URIRef))
    return tuple(axioms)


def targeted(graph: Graph) -> list[URIRef]:
    """Return the node shapes of a graph that have a target, in order."""
    return sorted({s for p in TARGETS for s in graph.subjects(p) if isinstance(s, URIRef)})


@cache
def with_all_it_needs(shape: URIRef) -> Graph:
    """Return the part of the shapes graph that can be reached from a shape."""
    union, part, waiting, seen = all_shapes(), Graph(), [shape], set[Node]()
    while waiting:
        node = waiting.pop()
        seen.add(node)
        for triple in union.triples((node, None, None)):
            part.add(triple)
            if triple[2] not in seen and not isinstance(triple[2], Literal):
                waiting.append(triple[2])  # type: ignore[arg-type]
    return part


@cache
def owners() -> dict[URIRef, tuple[URIRef, tuple[URIRef, ...]]]:
    """Return for each shape that is applied by a target: its node shape, and the property shapes on the way to it.

    The way is empty for a node shape itself, ends with the property shape itself, and is longer where one is nested in
    another.
    """
    union = all_shapes()
    found: dict[URIRef, tuple[URIRef, tuple[URIRef, ...]]] = {}

    def walk(shape: URIRef, node: URIRef, way: tuple[URIRef, ...]) -> None:
        found[shape] = (node, way)
        for inner in union.objects(shape, SH.property):
            assert isinstance(inner, URIRef), f"a property shape of {shape} has no IRI"
            walk(inner, node, (*way, inner))

    for node in targeted(union):
        walk(node, node, ())
    return found


def components(shape: URIRef) -> set[URIRef]:
    """Return the constraint components that a shape itself declares (not those of its property shapes)."""
    return {PARAMETERS[p] for p in all_shapes().predicates(shape) if p in PARAMETERS}  # type: ignore[index]


def read_path(graph: Graph, node: Node) -> PropertyPath | URIRef:
    """Return the rdflib form of a SHACL property path."""
    if isinstance(node, URIRef):
        return node
    if (node, RDF.first, None) in graph:
        return SequencePath(*(read_path(graph, step) for step in Collection(graph, node)))
    for step in graph.objects(node, SH.inversePath):
        return InvPath(read_path(graph, step))
    for steps in graph.objects(node, SH.alternativePath):
        return AlternativePath(*(read_path(graph, step) for step in Collection(graph, steps)))
    for step in graph.objects(node, SH.oneOrMorePath):
        return MulPath(read_path(graph, step), "+")
    for step in graph.objects(node, SH.zeroOrMorePath):
        return MulPath(read_path(graph, step), "*")
    raise ValueError(f"not a property path: {node}")


def path_text(graph: Graph, node: Node | None) -> str | None:
    """Return a property path in a form that compares, or None for no path."""
    return None if node is None else read_path(graph, node).n3()


def reached(target: tuple[Node, Node], data: Graph) -> set[Node]:
    """Return the nodes of a graph, which has the subclass axioms, that one target (its predicate and value) selects."""
    kind, value = target
    if kind == SH.targetClass:
        subclasses = data.transitive_subjects(RDFS.subClassOf, value)
        return {node for subclass in subclasses for node in data.subjects(RDF.type, subclass)}
    if kind == SH.targetSubjectsOf:
        return set(data.subjects(value))
    if kind == SH.targetObjectsOf:
        return set(data.objects(None, value))
    return {value} if (value, None, None) in data or (None, None, value) in data else set()


def targets(shape: URIRef) -> list[tuple[Node, Node]]:
    """Return the targets of a node shape, each as its predicate and value."""
    return [(kind, value) for kind in TARGETS for value in all_shapes().objects(shape, kind)]


def focus_nodes(shape: URIRef, data: Graph) -> set[Node]:
    """Return the focus nodes of a targeted node shape in a graph that has the subclass axioms."""
    return {node for target in targets(shape) for node in reached(target, data)}


def values(shape: URIRef, focus: Node, data: Graph) -> set[Node]:
    """Return the value nodes of a property shape for a focus node."""
    path = read_path(all_shapes(), next(all_shapes().objects(shape, SH.path)))
    return {value for _, value in eval_path(data, (focus, path, None))}


@dataclass(frozen=True)
class Fixture:
    """One Turtle file that a shape accepts (`valid*.ttl`) or rejects for one reason (`invalid-<reason>*.ttl`)."""

    file: Path

    @property
    def label(self) -> str:
        """Return the path below tests/shapes, without `.ttl`."""
        return str(self.file.relative_to(FIXTURES).with_suffix(""))

    @property
    def shape(self) -> URIRef:
        """Return the IRI of the shape that the folder names."""
        return SHAPE[self.file.parent.name]

    @property
    def component(self) -> URIRef:
        """Return the constraint component that the reason in the name stands for."""
        reason = self.file.stem.removeprefix("invalid-")
        known = [name for name in REASONS if reason == name or reason.startswith(name + "-")]
        assert known, f"{self.label}: reasons.toml does not know what the reason {reason!r} stands for"
        return SH[REASONS[max(known, key=len)] + "ConstraintComponent"]

    @cache  # noqa: B019 (fixtures are few, and live as long as the run)
    def data(self) -> Graph:
        """Return the triples of the file with the subclass axioms of the ontology. Do not change it."""
        graph = Graph().parse(self.file, format="turtle")
        for axiom in subclass_axioms():
            graph.add(axiom)
        return graph

    def topic(self, data: Graph) -> Node:
        """Return the focus node that the fixture is about: the one it names as foaf:primaryTopic, or the only one."""
        node, way = owners()[self.shape]
        focus = focus_nodes(node, data)
        for outer in way[:-1]:
            focus = {value for each in focus for value in values(outer, each, data)}
        named = set(data.objects(None, FOAF.primaryTopic))
        topics = named & focus or focus
        assert len(topics) == 1, f"{self.label}: {len(topics)} focus nodes; name the one meant by foaf:primaryTopic"
        return topics.pop()

    def results(self, data: Graph) -> list[Result]:
        """Validate against the node shape of the folder and return the results."""
        return validate(data, with_all_it_needs(owners()[self.shape][0]))


def validate(data: Graph, shapes: Graph) -> list[Result]:
    """Return the results of a run of pySHACL (those of the report itself, without their details)."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    found = []
    for node in report.objects(None, SH.result):
        assert report.value(node, SH.resultMessage) is not None
        found.append(
            Result(
                focus=report.value(node, SH.focusNode),
                path=path_text(report, report.value(node, SH.resultPath)),
                shape=report.value(node, SH.sourceShape),
                component=report.value(node, SH.sourceConstraintComponent),
            )
        )
    return found


def fixtures(pattern: str) -> list[Fixture]:
    """Return the fixtures whose file name matches, in order."""
    files = sorted(FIXTURES.glob(f"*/*/{pattern}"))
    assert files, f"no fixture matches {pattern}"
    return [Fixture(file) for file in files]
