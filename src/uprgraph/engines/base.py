"""What every engine can do, and the answers that it gives."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uprgraph.engines.terms import Term, Triple
from uprgraph.errors import QueryError

Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to SELECT: the variables, and one row per solution with a term or None per variable, in that order.

    The rows can be iterated once, and reading them may raise what `Engine.query` raises.
    """

    variables: tuple[str, ...]
    rows: Iterator[Row]


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT and DESCRIBE. The triples can be iterated once."""

    triples: Iterator[Triple]


Answer = Solutions | Triples | bool


class Engine(ABC):
    """A place that holds graphs and answers SPARQL 1.1 queries about them.

    The default graph of a query is the union of all graphs, or of `default_graphs`, given by their IRIs; where a query
    names its own dataset with FROM, that one.
    Every method raises QueryError for a query that is wrong or not allowed, and EndpointError or ResourceError for
    trouble in reaching the data.
    """

    @abstractmethod
    def query(self, text: str, default_graphs: Sequence[str] = ()) -> Answer:
        """Answer a query of any form: Solutions for SELECT, bool for ASK, Triples for CONSTRUCT and DESCRIBE."""

    def select(self, text: str, default_graphs: Sequence[str] = ()) -> Solutions:
        """Answer a SELECT query."""
        answer = self.query(text, default_graphs)
        if not isinstance(answer, Solutions):
            raise QueryError("this is not a SELECT query")
        return answer

    def ask(self, text: str, default_graphs: Sequence[str] = ()) -> bool:
        """Answer an ASK query."""
        answer = self.query(text, default_graphs)
        if not isinstance(answer, bool):
            raise QueryError("this is not an ASK query")
        return answer

    def construct(self, text: str, default_graphs: Sequence[str] = ()) -> Iterator[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query."""
        answer = self.query(text, default_graphs)
        if not isinstance(answer, Triples):
            raise QueryError("this is not a CONSTRUCT or DESCRIBE query")
        return answer.triples
