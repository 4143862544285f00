"""The answer to CONSTRUCT and DESCRIBE: a graph."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from uprgraph.engines.terms import Iri, Literal, Triple
from uprgraph.errors import EndpointError
from uprgraph.results.rows import Results
from uprgraph.vocabulary import prefixes, shorten


class GraphResult:
    """A graph, without repeated triples, in the order of their N-Triples lines."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = sorted(set(triples), key=lambda triple: [term.n3() for term in triple])

    def __len__(self) -> int:
        return len(self.triples)

    def __repr__(self) -> str:
        return f"<{len(self)} {'triple' if len(self) == 1 else 'triples'}>"

    def rows(self) -> Results:
        """Return the triples as rows of subject, predicate and object."""
        return Results(["subject", "predicate", "object"], self.triples)

    def to_turtle(self) -> str:
        """Return the graph as Turtle with our prefixes. Raises EndpointError if a server sent what is not RDF."""
        import pyoxigraph

        from uprgraph.engines.convert import to_pyoxigraph

        quads = []
        for subject, predicate, thing in self.triples:
            try:
                parts = to_pyoxigraph(subject), to_pyoxigraph(predicate), to_pyoxigraph(thing)
            except ValueError as error:
                raise EndpointError(f"the graph holds a term that is not valid RDF: {error}") from error
            head, relation, tail = parts
            if isinstance(head, pyoxigraph.Literal) or not isinstance(relation, pyoxigraph.NamedNode):
                raise EndpointError("the graph holds a triple that is not valid RDF")
            quads.append(pyoxigraph.Triple(head, relation, tail))
        turtle = (
            pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.TURTLE, prefixes=self._prefixes()) or b""
        ).decode()
        lines = turtle.splitlines(keepends=True)
        declarations = sorted(
            itertools.takewhile(lambda line: line.startswith("@prefix"), lines)
        )  # it has them in no order
        return "".join(declarations + lines[len(declarations) :])

    def _prefixes(self) -> dict[str, str]:
        """Return the prefixes that the graph's IRIs need."""
        iris = {term.value for triple in self.triples for term in triple if isinstance(term, Iri)}
        iris |= {term.datatype for triple in self.triples for term in triple if isinstance(term, Literal)}
        used = {shorten(iri).partition(":")[0] for iri in iris}
        return {name: namespace for name, namespace in prefixes().items() if name in used}
