"""Full-text search for a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from uprgraph.errors import ResourceError
from uprgraph.search import Hits
from uprgraph.server.jobs import Dataset
from uprgraph.server.jobs.pages import labels


class NoSearchError(ResourceError):
    """What is served has no full-text index."""


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one page, and what the things in them are called."""

    hits: Hits
    labels: Mapping[str, str]


def find(dataset: Dataset, *, words: str, filters: Mapping[str, Sequence[str]], limit: int) -> Found:
    """Return the best hits for words, see `Search.find`. Raises NoSearchError where what is served has no index."""
    if dataset.search is None:
        raise NoSearchError(
            "there is no full-text search here: what is served has no index",
            "a store made by imports has one, and so has the shipped graph",
        )
    hits = dataset.search.find(words, limit=limit, **filters)
    return Found(hits, labels(dataset.graph, hits))
