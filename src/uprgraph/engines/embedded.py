"""The default engine: pyoxigraph inside this process, in memory for the shipped graph, on disk for imports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyoxigraph

from uprgraph import files, kept, resources, vocabulary
from uprgraph.engines import guard
from uprgraph.engines.base import Answer, Engine, Row, Solutions, Triples
from uprgraph.engines.convert import from_pyoxigraph
from uprgraph.engines.terms import Triple
from uprgraph.errors import QueryError, ResourceError

if TYPE_CHECKING:
    from uprgraph.engines.prepared import Prepared

_FORMATS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


class EmbeddedEngine(Engine):
    """Answers from a pyoxigraph store.

    A triple that stands in two graphs counts twice in pyoxigraph's union of graphs; the shipped graphs share none.
    """

    def __init__(self, store: pyoxigraph.Store, prepared: Prepared | None = None) -> None:
        self._store = store
        self._prepared = prepared

    @classmethod
    def shipped(cls) -> EmbeddedEngine:
        """Return an engine over the graphs that come with the package, as data/catalog.ttl lists them."""
        return cls.of_files(resources.graph_files())

    @classmethod
    def of_files(cls, graph_files: Iterable[resources.GraphFile]) -> EmbeddedEngine:
        """Return an engine over Turtle files in their named graphs. Raises InvalidDataError for what is not Turtle."""
        store = pyoxigraph.Store()
        for graph, path in graph_files:
            with files.reading(path):
                # Not bulk_load, which is slower for files as small as the shipped ones.
                store.load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE, to_graph=pyoxigraph.NamedNode(graph))
        return cls(store)

    @classmethod
    def opened(cls, directory: Path) -> EmbeddedEngine:
        """Return an engine over a store on disk, made by imports or by Oxigraph, which is only read.

        Raises ResourceError if there is none.
        """
        from uprgraph.engines.prepared import Prepared

        folder = kept.graph_folder(directory)
        try:
            store = pyoxigraph.Store.read_only(str(folder))
            return cls(store, Prepared(folder, kept.answers_folder(folder)))
        except OSError as error:
            raise ResourceError(f"the store {directory} cannot be opened: {error}") from error

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs."""
        return [graph.value for graph in self._store.named_graphs() if isinstance(graph, pyoxigraph.NamedNode)]

    def query(self, text: str, default_graphs: Sequence[str] = ()) -> Answer:
        """Answer a query, see `Engine.query`. SERVICE, updates and very deep or long queries are refused."""
        if self._prepared is not None and not default_graphs and (known := self._prepared.answer(text)) is not None:
            return _solutions(known)
        answer = self.evaluate(text, () if guard.names_dataset(text) else default_graphs)
        if isinstance(answer, pyoxigraph.QueryBoolean):
            return bool(answer)
        if isinstance(answer, pyoxigraph.QueryTriples):
            return Triples(_triples(answer))
        return _solutions(answer)

    def evaluate(
        self,
        text: str,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] | None = None,
        base: str | None = None,
    ) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        """Answer a query as pyoxigraph does, which writes large answers fast; refuses what `query` does.

        `named_graphs` are those that GRAPH finds: all, or those that the query names, without. If they are given, even
        as none, and no default graphs are, the default graph is empty. Relative IRIs of the query are those of `base`.
        """
        guard.check(text)
        given = bool(default_graphs) or named_graphs is not None
        union = self._is_all(default_graphs) or not (given or guard.names_dataset(text))
        explicit = given and not union
        try:
            return self._store.query(
                text,
                base_iri=base,
                use_default_graph_as_union=union,
                default_graph=[pyoxigraph.NamedNode(graph) for graph in default_graphs] if explicit else None,
                named_graphs=None if named_graphs is None else [pyoxigraph.NamedNode(graph) for graph in named_graphs],
            )
        except SyntaxError as error:
            from uprgraph.engines.explain import syntax_error

            guard.check_brackets(text)
            raise syntax_error(text, error.msg) from error
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from error

    def _is_all(self, graphs: Sequence[str]) -> bool:
        """Say whether some graphs are all there are: pyoxigraph reads their union tens of times as fast as a list."""
        if not graphs or not set(self.graphs()).issubset(graphs):
            return False
        return next(self._store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()), None) is None

    def dump(self, graph: str, form: str, output: IO[bytes]) -> None:
        """Write a named graph in a form of RDF, "ttl", "nt" or "jsonld", in no fixed order: quick for large ones."""
        self._store.dump(
            output, format=_FORMATS[form], from_graph=pyoxigraph.NamedNode(graph), prefixes=vocabulary.prefixes()
        )


def _solutions(answer: pyoxigraph.QuerySolutions) -> Solutions:
    return Solutions(tuple(variable.value for variable in answer.variables), _rows(answer))


def _rows(solutions: pyoxigraph.QuerySolutions) -> Iterator[Row]:
    try:
        for solution in solutions:
            yield tuple(None if term is None else from_pyoxigraph(term) for term in solution)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:  # the first of a file that is damaged
        raise QueryError(f"the query cannot be answered: {error}") from error


def _triples(triples: pyoxigraph.QueryTriples) -> Iterator[Triple]:
    try:
        for triple in triples:
            yield from_pyoxigraph(triple.subject), from_pyoxigraph(triple.predicate), from_pyoxigraph(triple.object)
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error
