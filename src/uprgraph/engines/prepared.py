"""Answers that were made together with a store, to questions that read most of it: the store does not change after.

    answers/<hash of the query>.srj    the rows, as SPARQL 1.1 Query Results JSON
    answers/state                      of which state of the store they are

A query is one of them if its text is the same to the letter. A store that something else has written to since has none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph

_STATE = "state"


def prepare(store: pyoxigraph.Store, graph: Path, folder: Path, texts: Iterable[str]) -> None:
    """Keep the answers to some SELECT queries over the union of all graphs of a store, whose files are in `graph`."""
    folder.mkdir()
    for text in texts:
        answer = store.query(text, use_default_graph_as_union=True)
        assert isinstance(answer, pyoxigraph.QuerySolutions)  # noqa: S101 - questions are SELECT queries
        answer.serialize(str(folder / _name(text)), pyoxigraph.QueryResultsFormat.JSON)
    (folder / _STATE).write_text(_state(graph), encoding="utf-8")


class Prepared:
    """The answers that were prepared for a store."""

    def __init__(self, graph: Path, folder: Path) -> None:
        self._folder = folder
        try:
            self._are_valid = (folder / _STATE).read_text(encoding="utf-8") == _state(graph)
        except OSError:
            self._are_valid = False

    def answer(self, text: str) -> pyoxigraph.QuerySolutions | None:
        """Return the answer to a query, or None if none was prepared, or it cannot be read."""
        if not self._are_valid:
            return None
        try:
            content = (self._folder / _name(text)).read_bytes()
            answer = pyoxigraph.parse_query_results(content, pyoxigraph.QueryResultsFormat.JSON)
        except (OSError, ValueError, SyntaxError):
            return None
        return answer if isinstance(answer, pyoxigraph.QuerySolutions) else None


def _name(text: str) -> str:
    return f"{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.srj"


def _state(graph: Path) -> str:
    """Return a word that changes with the files of a store: whoever writes to it begins another list of them."""
    current = (graph / "CURRENT").read_text(encoding="ascii").strip()
    return f"{current} {(graph / current).stat().st_size}\n"
