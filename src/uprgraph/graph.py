"""A graph to ask: the shipped one, a store on disk, or a SPARQL endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING

from uprgraph.catalog import catalogue
from uprgraph.catalog.binding import bind
from uprgraph.catalog.question import Question
from uprgraph.catalog.resolve import ANY, Given, Resolver
from uprgraph.engines.base import Engine, Triples
from uprgraph.engines.terms import Iri, Term
from uprgraph.errors import UsageError
from uprgraph.results.graphs import GraphResult
from uprgraph.results.rows import Results

if TYPE_CHECKING:
    from uprgraph.catalog.description import Description
    from uprgraph.transport.credentials import Credentials

Argument = Given | None | Iterable[Given]
"""What a parameter may be given: one value, several, or None to leave it open."""


class Graph:
    """A graph, and the questions that can be asked of it.

    `default_graphs` are the IRIs of the graphs to ask; without them, a remote store is asked for those that its own
    catalogue lists, since the default graph of many stores is not the union of the others.

    `open_graph` chooses the engine. To ask the shipped graph through rdflib, which is slow, and independent of
    pyoxigraph: `Graph(RdflibEngine.shipped(), ())`, from `uprgraph.engines.rdflib_engine`.
    """

    def __init__(self, engine: Engine, default_graphs: Sequence[str] | None = None) -> None:
        self.engine = engine
        self._default_graphs = default_graphs

    @cached_property
    def default_graphs(self) -> tuple[str, ...]:
        """The IRIs of the graphs that questions are asked of; none means the union of all."""
        if self._default_graphs is not None:
            return tuple(self._default_graphs)
        rows = self.engine.select(catalogue.system("graphs").sparql).rows
        return tuple(graph.value for (graph,) in rows if isinstance(graph, Iri))

    @cached_property
    def resolver(self) -> Resolver:
        """What turns labels and codes into the IRIs of this graph; it remembers the names that it has read."""
        return Resolver(self.engine, self.default_graphs)

    def questions(self) -> list[Question]:
        """Return the questions that can be asked by name."""
        return catalogue.shipped().questions()

    def query(self, name: str, /, **arguments: Argument) -> Results:
        """Return the answer to the question called `name`.

        Arguments are labels, alternative labels, codes or IRIs, or several of them; an argument that is not given has
        the question's default, and None leaves an optional one open. Raises UnknownValueError for an unknown question
        or value, UsageError for a parameter that the question does not have.
        """
        question, terms = self.bound(name, arguments)
        return self.answer(question, terms)

    def bound(self, name: str, arguments: Mapping[str, Argument]) -> tuple[Question, dict[str, list[Term]]]:
        """Return a question and the terms that its parameters have with these arguments."""
        question = catalogue.shipped().question(name)
        given = {each: argument_values(each, value) for each, value in arguments.items()}
        return question, self.resolver.terms(question, given)

    def answer(self, question: Question, terms: Mapping[str, Sequence[Term]]) -> Results:
        """Return the answer to a question with its parameters bound."""
        text = bind(question, terms)
        return Results.of(self.engine.select(text, self.default_graphs), question.summary, text)

    def sparql(self, text: str) -> Results | GraphResult | bool:
        """Return the answer to any SPARQL query: rows for SELECT, a graph for CONSTRUCT and DESCRIBE, bool for ASK.

        There is no limit of time; `uprgraph sparql` on the command line has one. Raises QueryError.
        """
        answer = self.engine.query(text, self.default_graphs)
        if isinstance(answer, bool):
            return answer
        return GraphResult(answer.triples) if isinstance(answer, Triples) else Results.of(answer, sparql=text)

    def show(self, thing: str) -> Description:
        """Return all that is known of a thing, given by IRI, prefixed name, code, opinion number or label."""
        from uprgraph.catalog.description import describe

        return describe(self.engine, self.resolver.anything(thing), self.default_graphs)


def open_graph(
    target: str | Path | None = None,
    timeout: float | None = None,
    credentials: Credentials | None = None,
    notice: Callable[[str], None] | None = None,
) -> Graph:
    """Open a graph: the shipped one without a target, a store in a directory, or an endpoint's URL.

    `timeout`, in seconds, is how long an endpoint may take for one answer, tries included; `notice` is told in a line
    what it makes us do, such as to wait. Raises ResourceError if a directory holds no store, UsageError for an empty
    target, a URL that is not one of http or https, a timeout that is not above zero, and a timeout or credentials that
    are not for an endpoint.
    """
    if isinstance(target, str) and "://" in target:
        from uprgraph.engines.remote import DEFAULT_TIMEOUT, RemoteEngine

        return Graph(RemoteEngine(target, DEFAULT_TIMEOUT if timeout is None else timeout, credentials, notice=notice))
    for name, given in (("a timeout is", timeout), ("credentials are", credentials)):
        if given is not None:
            raise UsageError(
                f"{name} for endpoints, and the target is no URL", "leave it out, or give an endpoint's URL"
            )
    if target == "":
        raise UsageError(
            "the target is empty", "give a store's folder or an endpoint's URL, or nothing for the shipped graph"
        )
    from uprgraph.engines.embedded import EmbeddedEngine

    if target is None:
        return Graph(EmbeddedEngine.shipped(), ())
    return Graph(EmbeddedEngine.opened(Path(target)), ())


def argument_values(name: str, value: Argument) -> list[Given]:
    """Return the values of an argument as a list; None is the word that leaves a parameter open.

    Whole numbers and times of numpy and pandas count as numbers and days. Raises UsageError for other types, and for a
    list without values, since that may have been meant to ask for nothing or for everything.
    """
    if value is None:
        return [ANY]
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        return [_given(name, value)]
    values = [_given(name, each) for each in value]
    if not values:
        raise UsageError(f"{name}: no value is given", "give at least one, or None to leave it open")
    return values


def _given(name: str, value: object) -> Given:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str | date):
        return value
    if not isinstance(value, bool) and isinstance(value, Integral):
        return int(value)
    raise UsageError(f"{name}: {value!r} is neither text nor a whole number nor a day")
