"""Canned questions: their answers in any format, and what their parameters may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from uprgraph.catalog import catalogue
from uprgraph.catalog.names import key, labels
from uprgraph.catalog.parameters import Parameter
from uprgraph.results.formats import render
from uprgraph.server.jobs import Dataset
from uprgraph.server.jobs.searching import find
from uprgraph.server.jobs.sparql import Answered

FEW = 40
"""Entries of a codelist that are few enough to be listed wherever it is asked for."""


def ask(
    dataset: Dataset,
    *,
    question: str,
    given: Mapping[str, Sequence[str]],
    form: str,
    content_type: str,
    limit: int,
    offset: int,
) -> Answered:
    """Return up to `limit` rows of the answer to a question, from the row `offset` on, as one of results.formats.

    `content_type` is what the format is called. Raises what `Graph.query` and `render` raise.
    """
    asked, terms = dataset.graph.bound(question, given)
    answer = dataset.graph.answer(asked, terms)
    return Answered(render(answer[offset : offset + limit], form), content_type, total=len(answer))


def search(
    dataset: Dataset, *, words: str, filters: Mapping[str, Sequence[str]], limit: int, offset: int = 0
) -> Answered:
    """Return up to `limit` hits for words as JSON, from the hit `offset` on. Raises what `searching.find` raises."""
    hits = find(dataset, words=words, filters=filters, limit=offset + limit).hits
    return Answered(render(hits[offset:], "json"), "application/json", total=hits.total)


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
