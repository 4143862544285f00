"""Full-text search over recommendations, findings and opinions.

from uprgraph.search import open_search

search = open_search()                  # over the shipped graph; open_search("store/") for a store that imports made
for hit in search.find('"freedom of religion" NOT extremis*', state="KAZ"):
    print(hit.item, hit.snippet)
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from uprgraph import kept
from uprgraph.engines.base import Row
from uprgraph.engines.terms import XSD, Iri, Literal
from uprgraph.errors import ResourceError, UsageError
from uprgraph.graph import Argument, Graph, argument_values, open_graph
from uprgraph.results.marked import Marked
from uprgraph.results.rows import Results
from uprgraph.search.filters import filters
from uprgraph.search.index import Hit, Index
from uprgraph.search.reading import documents

COLUMNS = {
    "rank": "the place among the hits, the best first",
    "score": "how well it fits; scores of different searches cannot be compared",
    "kind": "what it is",
    "item": "the recommendation, finding or opinion",
    "state": "the State that it is addressed to or concerns",
    "session": "the number of the session, in reviews",
    "response": "the answer of the State under review",
    "snippet": "the part of its words where most of those looked for stand",
    "source": "the document or dataset that it stands in",
}
"""The columns of hits, and what they hold."""
TYPES = {"rank": "integer", "score": "number", "item": "iri", "session": "integer", "source": "iri"}
"""The types of those that do not hold text, as `Question.types` has them."""
DEFAULT_LIMIT = 20
_LARGEST_LIMIT = 1_000_000


class Hits(Results):
    """The best hits, as rows; `total` says how many there are."""

    def __init__(self, words: str, total: int, hits: Iterable[Hit]) -> None:
        super().__init__(list(COLUMNS), [_row(*each) for each in enumerate(hits, start=1)], f"Search: {words}")
        self.total = total


class Search:
    """A graph and its full-text index."""

    def __init__(self, graph: Graph, index: Index) -> None:
        self.graph = graph
        self._index = index

    def find(
        self,
        words: str,
        *,
        state: Argument = None,
        recommender: Argument = None,
        right: Argument = None,
        session: Argument = None,
        response: Argument = None,
        kind: Argument = None,
        limit: int = DEFAULT_LIMIT,
    ) -> Hits:
        """Return the best hits for words: `freedom of religion`, `"a phrase"`, `prefix*`, AND, OR, NOT and ( ).

        Filters are labels, codes or IRIs, or several, of which a hit has at least one: the State addressed or
        concerned; the State, treaty body or organisation that recommends; the right or anything narrower; the number
        of the session; the response; the kind (one of `document.KINDS`, or "recommendation" for four of these).
        Raises QueryError for words that cannot be read, UnknownValueError for a value that names nothing, UsageError
        for a limit below 1.
        """
        if not 1 <= limit <= _LARGEST_LIMIT:
            raise UsageError(f"the limit {limit} is not between 1 and {_LARGEST_LIMIT:,}")
        given: dict[str, Argument] = {"state": state, "recommender": recommender, "right": right}
        given |= {"session": session, "response": response, "kind": kind}
        values = {name: argument_values(name, each) for name, each in given.items() if each is not None}
        return Hits(words, *self._index.find(words, filters(self.graph, values), limit))


def open_search(directory: str | Path | None = None) -> Search:
    """Open a search over the shipped graph, which is indexed now, or over a store that imports have made.

    Raises ResourceError if the directory holds no store with an index.
    """
    if directory is None:
        graph = open_graph()
        return Search(graph, Index.in_memory(documents(graph.engine)))
    generation = kept.current(Path(directory))
    if generation is None:
        raise ResourceError(
            f"{directory} has no full-text index",
            f"stores made by imports have one: uprgraph import SOURCE FILE --store {directory}",
        )
    return Search(open_graph(generation.graph), Index.opened(generation.search))


def _row(rank: int, hit: Hit) -> Row:
    states = Iri(hit.states[0]) if len(hit.states) == 1 else Literal("; ".join(hit.states)) if hit.states else None
    return (
        Literal(str(rank), f"{XSD}integer"),
        Literal(str(Decimal(f"{hit.score:.3f}")), f"{XSD}decimal"),
        Literal(hit.kind),
        Iri(hit.item),
        states,
        None if hit.session is None else Literal(str(hit.session), f"{XSD}integer"),
        None if hit.response is None else Literal(hit.response),
        _snippet(hit),
        None if hit.source is None else Iri(hit.source),
    )


def _snippet(hit: Hit) -> Marked:
    """Return the snippet; that of a recommendation whose words are not known says that it gives what it is about."""
    before = "(words not recorded) on " if hit.wordless else ""
    marks = tuple((start + len(before), end + len(before)) for start, end in hit.marks)
    return Marked(before + hit.snippet, marks=marks)
