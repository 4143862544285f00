"""Running SHACL shapes over data with pySHACL, and turning its report into violations with a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox
import pyshacl
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from uprgraph import vocabulary
from uprgraph.engines import guard
from uprgraph.engines.terms import Iri
from uprgraph.errors import InvalidDataError
from uprgraph.results.values import compact
from uprgraph.validation.loading import DataFile
from uprgraph.validation.mending import advice
from uprgraph.validation.prepared import PreparedGraph
from uprgraph.validation.report import Severity, Violation, in_order

_SEVERITIES: dict[Node | None, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_QUERIES = (SH.select, SH.ask)
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_SHAPES = (SH.NodeShape, SH.PropertyShape)
_CLASSES = (RDFS.Class, OWL.Class)
_POSTFIX = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def graph_of(triples: Iterable[tuple[Node, Node, Node]]) -> PreparedGraph:
    """Return a graph of the triples, with no prefixes bound."""
    graph = PreparedGraph()
    for triple in triples:
        graph.add(triple)
    return graph


def run(data: Graph, shapes: Graph) -> Graph:
    """Validate `data`, which stays as it is, and return the SHACL report as a graph.

    Nothing is fetched and nothing inferred but membership through rdfs:subClassOf. Raises QueryError for a
    constraint whose SPARQL would call out, InvalidDataError for shapes that are no SHACL.
    """
    _check_queries(shapes)
    try:
        _, report, text = pyshacl.validate(
            data, shacl_graph=shapes, inplace=False, inference="none", advanced=False, do_owl_imports=False
        )
    except (pyshacl.errors.ShapeLoadError, pyshacl.errors.ConstraintLoadError) as error:
        raise InvalidDataError(f"the shapes cannot be read: {error}") from error
    if not isinstance(report, Graph):
        raise InvalidDataError(f"the shapes cannot be applied: {text}")
    return report


def _check_queries(shapes: Graph) -> None:
    """Raise QueryError or InvalidDataError for a SPARQL constraint that may not or cannot be run."""
    for predicate in _QUERIES:
        for constraint, query in shapes.subject_objects(predicate):
            text = str(query).replace("$PATH", "<urn:path>").replace("?PATH", "<urn:path>")
            guard.check(text, allow_dataset=False)
            prefixes = {
                str(shapes.value(declaration, SH.prefix)): str(shapes.value(declaration, SH.namespace))
                for ontology in shapes.objects(constraint, SH.prefixes)
                for declaration in shapes.objects(ontology, SH.declare)
            }
            try:
                ox.Store().query(text, prefixes=prefixes)
            except SyntaxError as error:
                raise InvalidDataError(f"the SPARQL of {display(constraint)} is wrong: {error.msg}") from error


def violations(report: Graph, data: Graph, shapes: Graph, files: Sequence[DataFile]) -> tuple[Violation, ...]:
    """Return the results of a SHACL report as violations, in the order of their places in `files`."""
    owners = {subject: file for file in reversed(files) for subject in file.subjects}
    found = []
    for result in report.objects(None, SH.result):  # those within sh:detail belong to their result
        focus = report.value(result, SH.focusNode)
        if focus is None:
            continue
        path_node = report.value(result, SH.resultPath)
        path = render_path(report, path_node) if path_node is not None else None
        value = report.value(result, SH.value)
        shape = report.value(result, SH.sourceShape)
        component = report.value(result, SH.sourceConstraintComponent)
        constraint = re.split(r"[#/]", str(component or ""))[-1].removesuffix("ConstraintComponent")
        file = owners.get(focus)
        found.append(
            Violation(
                focus=display(focus),
                focus_iri=str(focus),
                label=label(data, focus),
                path=path,
                value=display(value) if value is not None and value != focus else None,
                message=_text(report, result, SH.resultMessage) or "does not meet the shape",
                severity=_SEVERITIES.get(report.value(result, SH.resultSeverity), "violation"),
                shape=display(shape) if isinstance(shape, URIRef) else "a shape without a name",
                constraint=constraint,
                file=file.path if file else None,
                line=file.line(focus, path_node, value) if file else None,
                mend=(_text(shapes, shape, SH.description) if shape else None) or advice(constraint, path),
            )
        )
    return in_order(found)


def focus_nodes(shapes: Graph, data: Graph) -> dict[Node, set[Node]]:
    """Return, for each shape with a target, the nodes of `data` that its targets name."""
    found: dict[Node, set[Node]] = {}
    for target in _TARGETS:
        for shape, value in shapes.subject_objects(target):
            found.setdefault(shape, set()).update(_targeted(data, target, value))
    for shape in _implicit(shapes):
        found.setdefault(shape, set()).update(_targeted(data, SH.targetClass, shape))
    return found


def idle(shapes: Graph, focus: dict[Node, set[Node]]) -> Iterator[Node]:
    """Yield the shapes that no node is tested by, but for those that a skos:scopeNote says to wait for their data."""
    for shape, nodes in focus.items():
        if not nodes and (shape, SKOS.scopeNote, None) not in shapes:
            yield shape


def _targeted(data: Graph, target: Node, value: Node) -> Iterator[Node]:
    if target == SH.targetClass:
        for each in data.transitive_subjects(RDFS.subClassOf, value):
            yield from data.subjects(RDF.type, each)
    elif target == SH.targetSubjectsOf:
        yield from data.subjects(value, None)
    elif target == SH.targetObjectsOf:
        yield from data.objects(None, value)
    elif (value, None, None) in data:
        yield value


def _implicit(shapes: Graph) -> set[Node]:
    """Return the shapes that are classes too, and so have their members as targets."""
    classes = {each for kind in _CLASSES for each in shapes.subjects(RDF.type, kind)}
    return {each for each in classes for kind in _SHAPES if (each, RDF.type, kind) in shapes}


def narrowed(shapes: Graph, focus: dict[Node, set[Node]], wanted: frozenset[Node]) -> Graph:
    """Return the shapes with their targets cut down to the wanted nodes, so that only these are validated.

    Nodes that a shape targets by name stay: it looks from there, a code of ours, at whatever has that code.
    (pySHACL's own `focus_nodes` is not used: it also skips nodes reached through sh:node, sh:or and the like.)
    """
    implicit = _implicit(shapes)
    narrow = graph_of(
        triple
        for triple in shapes
        if triple[1] not in _TARGETS and not (triple[0] in implicit and triple[1] == RDF.type and triple[2] in _CLASSES)
    )
    for shape, nodes in focus.items():
        for node in nodes & (wanted | set(shapes.objects(shape, SH.targetNode))):
            narrow.add((shape, SH.targetNode, node))
    return narrow


def display(node: Node) -> str:
    """Return a node as people write it: an IRI with a prefix or relative to our base, a literal as Turtle has it."""
    if isinstance(node, URIRef):
        return compact(Iri(str(node)))
    if isinstance(node, Literal):
        written = str(node.n3())
        if node.datatype is not None:
            plain, _, _ = written.rpartition("^^")
            return f"{plain}^^{vocabulary.shorten(str(node.datatype))}"
        return written
    return f"_:{node}"


def label(data: Graph, node: Node) -> str | None:
    """Return the label of a node."""
    properties = [URIRef(vocabulary.expand(name)) for name in vocabulary.LABELS]
    return _text(data, node, *properties)


def _text(graph: Graph, node: Node | None, *properties: Node) -> str | None:
    return vocabulary.best_label(
        vocabulary.Label(str(value), value.language, place)
        for place, predicate in enumerate(properties)
        for value in graph.objects(node, predicate)
        if isinstance(value, Literal)
    )


def render_path(graph: Graph, path: Node) -> str:
    """Return a SHACL property path as SPARQL writes it: `^upr:statedIn/upr:position`."""
    if isinstance(path, URIRef):
        return display(path)
    if (path, RDF.first, None) in graph:
        return "/".join(render_path(graph, each) for each in Collection(graph, path))
    inverse = graph.value(path, SH.inversePath)
    if inverse is not None:
        return f"^{render_path(graph, inverse)}"
    options = graph.value(path, SH.alternativePath)
    if options is not None:
        return "(" + "|".join(render_path(graph, each) for each in Collection(graph, options)) + ")"
    for predicate, sign in _POSTFIX.items():
        inner = graph.value(path, predicate)
        if inner is not None:
            return f"({render_path(graph, inner)}){sign}"
    return "a path"
