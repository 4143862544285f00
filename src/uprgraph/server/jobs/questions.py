"""Canned questions: their answers in any format, and what their parameters may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from uprgraph.catalog import catalogue
from uprgraph.catalog.names import key, labels
from uprgraph.catalog.parameters import Parameter
from uprgraph.results.formats import render
from uprgraph.server.jobs import Dataset
from uprgraph.server.jobs.searching import find

FEW = 40
"""Entries of a codelist that are few enough to be listed wherever it is asked for."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of an answer in a format: how many they are, and how many the answer has."""

    body: bytes
    rows: int
    total: int


def ask(
    dataset: Dataset, *, name: str, given: Mapping[str, Sequence[str]], form: str, limit: int, offset: int = 0
) -> Page:
    """Return up to `limit` rows of the answer to a question, from the row `offset` on, as one of results.formats.

    Raises what `Graph.query` and `render` raise.
    """
    question, terms = dataset.graph.bound(name, given)
    answer = dataset.graph.answer(question, terms)
    rows = answer[offset : offset + limit]
    return Page(render(rows, form), len(rows), len(answer))


def search(dataset: Dataset, *, words: str, filters: Mapping[str, Sequence[str]], limit: int, offset: int = 0) -> Page:
    """Return up to `limit` hits for words as JSON, from the hit `offset` on. Raises what `searching.find` raises."""
    hits = find(dataset, words=words, filters=filters, limit=offset + limit).hits
    rows = hits[offset:]
    return Page(render(rows, "json"), len(rows), hits.total)


def choices(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Return, by codelist, the keys of its entries and what they are called, of those that have few entries."""
    found = {}
    for parameter in _codelists():
        called = labels(dataset.graph.resolver.names(parameter))
        if 0 < len(called) <= FEW:
            entries = {key(thing) or thing: label for thing, label in called.items()}
            found[str(parameter.scheme)] = dict(sorted(entries.items()))
    return found


def _codelists() -> list[Parameter]:
    """Return one parameter for each codelist that questions ask for."""
    parameters = (each for question in catalogue.shipped().questions() for each in question.parameters)
    return list({each.scheme: each for each in parameters if each.scheme}.values())
