"""Constraints in SPARQL, asked of rdflib as pySHACL asks it, over the statements that the query can see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Any

from rdflib import Graph, URIRef
from rdflib.paths import NegatedPath, Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from uprgraph.engines import guard
from uprgraph.errors import InvalidDataError
from uprgraph.validation.bulk.facts import Facts
from uprgraph.validation.bulk.shapes import Result, Shape
from uprgraph.validation.bulk.terms import Key, key_of_node, node_of

_PATH = re.compile(r"(?<=[\s{}()])[$?]PATH\b")
_UNSUPPORTED = ("MINUS", "VALUES", "SERVICE")


class SeenTriples:
    """The triples with the predicates that the constraints in SPARQL name, for rdflib, made when they are needed."""

    def __init__(self) -> None:
        self.predicates: frozenset[str] | None = frozenset()
        self._graph: Graph | None = None
        self._chunk: Facts | None = None
        self._added: list[tuple[Any, Any, Any]] = []

    def notice(self, query: Query) -> None:
        """Let a query be asked: from now on its predicates are seen, or all if it has one that is a variable."""
        predicates = _predicates(query.algebra)
        known = self.predicates is not None and predicates is not None
        self.predicates = self.predicates | predicates if known else None  # type: ignore[operator]

    def graph(self, facts: Facts) -> Graph:
        """Return the graph of a chunk over its background. Call `forget` when done with the chunk."""
        if self._graph is None:
            self._graph = Graph(bind_namespaces="none")
            if facts.below:
                self._add(facts.below)
        if self._chunk is not facts:
            self.forget()
            self._chunk = facts
            self._added = self._add(facts)
        return self._graph

    def forget(self) -> None:
        """Take the triples of the chunk out again."""
        for triple in self._added if self._graph is not None else ():
            self._graph.remove(triple)  # type: ignore[union-attr]
        self._chunk, self._added = None, []

    def _add(self, facts: Facts) -> list[tuple[Any, Any, Any]]:
        graph = self._graph
        assert graph is not None  # noqa: S101 - only `graph` calls this
        triples = ((node_of(s), URIRef(p), node_of(o)) for s, p, o in facts.triples(self.predicates))
        new = [triple for triple in triples if triple not in graph]
        for triple in new:
            graph.add(triple)
        return new


def _predicates(part: object) -> frozenset[str] | None:
    """Return the predicates of all triple patterns in a part of a query, or None if one is a variable."""
    found: set[str] = set()
    for predicate in _patterns(part):
        names = _of_path(predicate)
        if names is None:
            return None
        found |= names
    return frozenset(found)


def _patterns(part: object) -> Iterator[object]:
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "triples":
                yield from (triple[1] for triple in inner)
            else:
                yield from _patterns(inner)
    elif isinstance(part, list | tuple | set):
        for inner in part:
            yield from _patterns(inner)


def _of_path(path: object) -> set[str] | None:
    if isinstance(path, URIRef):
        return {str(path)}
    if not isinstance(path, Path) or isinstance(path, NegatedPath) or getattr(path, "zero", False):
        return None
    parts = [getattr(path, "arg", None), getattr(path, "path", None), *(getattr(path, "args", None) or ())]
    names = [_of_path(part) for part in parts if part is not None]
    return None if None in names or not names else set().union(*names)  # type: ignore[arg-type]


class SparqlConstraint:
    """One sh:SPARQLConstraint of a shape. `path` is the path of a property shape as SPARQL writes it, in full."""

    def __init__(
        self,
        shape: Shape,
        select: str,
        path: str | None,
        prefixes: dict[str, str],
        *,
        name: str,
        message: str | None,
        seen: SeenTriples,
    ) -> None:
        """Raise InvalidDataError or QueryError for a query that cannot or may not be asked."""
        if path is None and _PATH.search(select):
            raise InvalidDataError(f"the SPARQL of {name} has $PATH, but its shape has no path")
        text = select if path is None else _PATH.sub(lambda _: path, select)
        guard.check(text, allow_dataset=False)
        if any(re.search(rf"\b{word}\b", text, re.IGNORECASE) for word in _UNSUPPORTED):
            raise InvalidDataError(f"the SPARQL of {name} has one of {', '.join(_UNSUPPORTED)}, which SHACL forbids")
        try:
            self._query = prepareQuery(text, initNs=prefixes)
        except Exception as error:  # pyparsing and rdflib raise many kinds, bare Exception among them
            raise InvalidDataError(f"the SPARQL of {name} is wrong: {error}") from error
        if {str(variable) for variable in self._query.algebra.get("PV") or ()} & {"failure", "path"}:
            raise InvalidDataError(
                f"the SPARQL of {name} selects ?failure or ?path, which the bulk validation does not"
            )
        seen.notice(self._query)
        self._shape, self._seen, self._message = shape, seen, message

    def __call__(self, facts: Facts, focus: Key, _values: Set[Key]) -> Iterator[Result]:
        """Yield a result for each distinct row."""
        graph = self._seen.graph(facts)
        rows: Any = graph.query(self._query, initBindings={"this": node_of(focus)})
        for row in dict.fromkeys(frozenset(row.asdict().items()) for row in rows):
            node, value = dict(row).get("this"), dict(row).get("value")
            if node is None and value is None:
                continue
            own = focus if self._shape.walk is None else None
            yield Result(
                self._shape,
                "SPARQL",
                focus if node is None else key_of_node(node),
                self._shape.path,
                own if value is None else key_of_node(value),
                self._message,
            )
