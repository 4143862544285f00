"""Reading a shapes graph into shapes. What is not supported is an error here, and never left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from uprgraph.errors import InvalidDataError
from uprgraph.validation.bulk import paths, sets, values
from uprgraph.validation.bulk import shapes as logic
from uprgraph.validation.bulk.shapes import Shape
from uprgraph.validation.bulk.sparql import SeenTriples, SparqlConstraint
from uprgraph.validation.bulk.terms import key_of_node
from uprgraph.validation.report import Severity
from uprgraph.validation.shacl import display, render_path
from uprgraph.vocabulary import Label, best_label

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_SAID = (SH.name, SH.description, SH.message, SH.severity, SH.order, SH.group, SH.defaultValue, SH.path)
"""What a shape says of itself, beside its targets and constraints."""
_COMPANIONS: dict[Node, Node] = {
    SH.flags: SH.pattern,
    SH.ignoredProperties: SH.closed,
    SH.qualifiedMinCount: SH.qualifiedValueShape,
    SH.qualifiedMaxCount: SH.qualifiedValueShape,
}
"""Parameters that are read together with another."""
_ONCE = (SH.minCount, SH.maxCount, SH.datatype, SH.nodeKind, SH.minLength, SH.maxLength, SH.uniqueLang, SH.closed)
_OF_NOTHING = (SH.minCount, SH.hasValue, SH.equals)
"""Constraints that can be broken where there is no value, as sh:qualifiedValueShape can."""
_SEVERITIES: dict[Node, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


class Compiler:
    """Makes shapes of a shapes graph, each once. `inverse` are the predicates that their paths follow backwards."""

    def __init__(self, graph: Graph) -> None:
        """Raise InvalidDataError if the graph defines constraint components of its own."""
        own = next(graph.subjects(SH.parameter), None)
        if own is not None:
            raise _unsupported(own, "a constraint component of its own")
        self.graph = graph
        self.inverse: set[str] = set()
        self.seen = SeenTriples()
        self._made: dict[Node, Shape] = {}
        self._making: list[Node] = []

    def shape(self, node: Node) -> Shape:
        """Return the shape of a node. Raises InvalidDataError for what is not supported, or is no SHACL."""
        if node in self._made:
            return self._made[node]
        if node in self._making:
            raise _unsupported(node, "a way back to itself (recursion)")
        self._making.append(node)
        shape = Shape(display(node) if isinstance(node, URIRef) else "a shape without a name")
        self._describe(shape, node)
        for predicate in sorted(set(self.graph.predicates(node)), key=str):
            self._constrain(shape, node, predicate)
        self._making.pop()
        self._made[node] = shape
        return shape

    def _describe(self, shape: Shape, node: Node) -> None:
        path = self._one(node, SH.path)
        if path is not None:
            shape.path, shape.walk = render_path(self.graph, path), paths.compiled(self.graph, path, self.inverse)
        severity = self._one(node, SH.severity)
        shape.severity = _SEVERITIES.get(severity, "violation") if severity is not None else "violation"
        shape.message = _text(self.graph.objects(node, SH.message))
        shape.mend = _text(self.graph.objects(node, SH.description))

    def _constrain(self, shape: Shape, node: Node, predicate: Node) -> None:
        if predicate in _SAID or predicate in TARGETS or not str(predicate).startswith(str(SH)):
            return
        companion = _COMPANIONS.get(predicate)
        if companion is not None:
            if (node, companion, None) not in self.graph:
                raise InvalidDataError(f"{display(node)} has {display(predicate)} without {display(companion)}")
            return
        if predicate in _ONCE:
            self._one(node, predicate)
        for value in self.graph.objects(node, predicate):
            try:
                self._add(shape, node, predicate, value)
            except (ValueError, KeyError, re.error) as error:
                wrong = f"{display(predicate)} {display(value)} of {display(node)} is not right"
                raise InvalidDataError(f"{wrong}: {error}") from error

    def _add(self, shape: Shape, node: Node, predicate: Node, value: Node) -> None:
        if predicate == SH.property:
            shape.properties.append(self.shape(value))
        elif predicate == SH.sparql:
            shape.finders.append(self._sparql(shape, node, value))
        elif predicate == SH.closed:
            if _true(value):
                shape.finders.append(logic.closed(shape, self._allowed(node), lambda name: display(URIRef(name))))
        elif predicate == SH.qualifiedValueShape:
            shape.checks += (counts := list(self._qualified(node, value)))
            shape.checks_of_nothing += counts
        elif predicate in self._of_values:
            test = self._of_values[predicate](self, node, value)
            shape.checks.append((_component(predicate), sets.each(test)))
        elif predicate in self._of_sets:
            check = (_component(predicate), self._of_sets[predicate](self, value))
            shape.checks.append(check)
            if predicate in _OF_NOTHING:
                shape.checks_of_nothing.append(check)
        else:
            raise _unsupported(node, display(predicate))

    _of_values: dict[Node, Callable[[Compiler, Node, Node], values.Test]] = {  # noqa: RUF012 - never changed
        SH.datatype: lambda _self, _node, value: values.of_datatype(value),
        SH.nodeKind: lambda _self, _node, value: values.of_kind(value),
        SH.pattern: lambda self, node, value: values.matching(str(value), str(self._one(node, SH.flags) or "")),
        SH.minLength: lambda _self, _node, value: values.of_length(_count(value).__le__),
        SH.maxLength: lambda _self, _node, value: values.of_length(_count(value).__ge__),
        SH.languageIn: lambda self, _node, value: values.in_language(frozenset(self._languages(value))),
        SH["in"]: lambda self, _node, value: frozenset(map(key_of_node, self._list(value))).__contains__,
        **{
            kind: lambda _self, _node, value, kind=kind: values.compared(kind, _literal(value))  # type: ignore[misc]
            for kind in values.ORDER
        },
    }
    _of_sets: dict[Node, Callable[[Compiler, Node], sets.Check]] = {  # noqa: RUF012 - never changed
        SH.minCount: lambda _self, value: sets.at_least(_count(value)),
        SH.maxCount: lambda _self, value: sets.at_most(_count(value)),
        SH.hasValue: lambda _self, value: sets.having(key_of_node(value)),
        SH["class"]: lambda _self, value: sets.of_class(str(value)),
        SH.equals: lambda _self, value: sets.equal_to(str(value)),
        SH.disjoint: lambda _self, value: sets.disjoint_with(str(value)),
        SH.lessThan: lambda _self, value: sets.less_than(str(value), or_equal=False),
        SH.lessThanOrEquals: lambda _self, value: sets.less_than(str(value), or_equal=True),
        SH.uniqueLang: lambda _self, value: sets.one_per_language if _true(value) else sets.each(lambda _key: True),
        SH.node: lambda self, value: logic.conforming(self.shape(value)),
        SH["not"]: lambda self, value: logic.not_conforming(self.shape(value)),
        SH["and"]: lambda self, value: self._members(value, len(set(self._list(value))).__eq__),
        SH["or"]: lambda self, value: self._members(value, bool),
        SH.xone: lambda self, value: self._members(value, (1).__eq__),
    }

    def _members(self, head: Node, enough: Callable[[int], bool]) -> sets.Check:
        return logic.conforming_to([self.shape(each) for each in dict.fromkeys(self._list(head))], enough)

    def _qualified(self, node: Node, value: Node) -> Iterable[tuple[str, sets.Check]]:
        inner, least, most = (
            self.shape(value),
            self._one(node, SH.qualifiedMinCount),
            self._one(node, SH.qualifiedMaxCount),
        )
        if least is not None:
            yield "QualifiedMinCount", logic.qualified(inner, _count(least).__le__)
        if most is not None:
            yield "QualifiedMaxCount", logic.qualified(inner, _count(most).__ge__)

    def _allowed(self, node: Node) -> frozenset[str]:
        ignored = [each for head in self.graph.objects(node, SH.ignoredProperties) for each in self._list(head)]
        own = [self.graph.value(each, SH.path) for each in self.graph.objects(node, SH.property)]
        return frozenset(str(each) for each in [*ignored, *own] if isinstance(each, URIRef))

    def _sparql(self, shape: Shape, node: Node, constraint: Node) -> SparqlConstraint:
        select, path = self._one(constraint, SH.select), self._one(node, SH.path)
        if select is None or (constraint, SH.deactivated, None) in self.graph:
            raise _unsupported(constraint, "no sh:select, or sh:deactivated")
        messages = [*self.graph.objects(constraint, SH.message), *self.graph.objects(node, SH.message)]
        if any(re.search(r"\{[?$]", str(each)) for each in messages):
            raise _unsupported(constraint, "a variable in its message")
        prefixes = {
            str(self.graph.value(each, SH.prefix)): str(self.graph.value(each, SH.namespace))
            for ontology in self.graph.objects(constraint, SH.prefixes)
            for each in self.graph.objects(ontology, SH.declare)
        }
        return SparqlConstraint(
            shape,
            str(select),
            paths.in_sparql(self.graph, path) if path is not None else None,
            prefixes,
            name=display(constraint),
            message=_text(Literal(str(each)) for each in messages),  # pySHACL drops the languages here
            seen=self.seen,
        )

    def _languages(self, head: Node) -> Iterable[str]:
        return (str(each).lower() for each in self._list(head))

    def _list(self, head: Node) -> list[Node]:
        if head != RDF.nil and (head, RDF.first, None) not in self.graph:
            raise ValueError("it is no list")
        return list(Collection(self.graph, head))

    def _one(self, node: Node, predicate: Node) -> Node | None:
        found = list(self.graph.objects(node, predicate))
        if len(found) > 1:
            raise InvalidDataError(f"{display(node)} has {display(predicate)} more than once")
        return found[0] if found else None


def _component(predicate: Node) -> str:
    name = str(predicate).rpartition("#")[2]
    return name[0].upper() + name[1:]


def _count(value: Node) -> int:
    count = int(str(_literal(value)))
    if count < 0:
        raise ValueError("it is less than nothing")
    return count


def _literal(value: Node) -> Literal:
    if not isinstance(value, Literal):
        raise ValueError("it is no literal")  # noqa: TRY004 - of the data, not of Python
    return value


def _true(value: Node) -> bool:
    return _literal(value).value is True


def _text(messages: Iterable[Node]) -> str | None:
    return best_label(Label(str(each), each.language) for each in messages if isinstance(each, Literal))


def _unsupported(node: Node, what: str) -> InvalidDataError:
    return InvalidDataError(
        f"{display(node)} has {what}, which the bulk validation does not support",
        hint="say it with what it supports (docs/validation.md), or teach it in validation/bulk/compiling.py",
    )
