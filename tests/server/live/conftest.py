"""One site that runs, for all tests here; and the demo question, with the rows that it must have everywhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
from tests.server.serving import Serving, serving

from uprgraph.graph import Graph

Row = tuple[str | None, ...]


class Demo(NamedTuple):
    """The demo question as SPARQL, its columns, and the values of its rows, as the embedded engine says."""

    text: str
    columns: list[str]
    rows: list[Row]


@pytest.fixture(scope="session")
def live() -> Iterator[Serving]:
    """The site over the shipped graph."""
    with serving() as running:
        yield running


@pytest.fixture(scope="session")
def endpoint(live: Serving) -> str:
    """The address of its SPARQL endpoint."""
    return f"http://127.0.0.1:{live.port}/sparql"


@pytest.fixture(scope="session")
def demo(shipped: Graph) -> Demo:
    """Which ODIHR opinions concern freedom of religion?"""
    results = shipped.query("opinions-by-right", right="freedom of religion")
    assert results.sparql is not None
    assert results.terms
    rows = [tuple(None if term is None else term.value for term in row) for row in results.terms]
    return Demo(results.sparql, list(results.columns), rows)


@pytest.fixture
def demo_file(demo: Demo, tmp_path: Path) -> Path:
    """The question in a file."""
    path = tmp_path / "demo.rq"
    path.write_text(demo.text, encoding="utf-8")
    return path


def required(reason: Exception) -> None:
    """Skip a test whose client is not installed, unless all must be tried."""
    if os.environ.get("UPRGRAPH_REQUIRE_CLIENTS"):
        raise reason
    pytest.skip(str(reason))


def rows_of_json(document: bytes | str) -> list[Row]:
    """Return the values of results in JSON, read without our own code."""
    read = json.loads(document)
    names = read["head"]["vars"]
    return [tuple(row[name]["value"] if name in row else None for name in names) for row in read["results"]["bindings"]]


def rows_of(document: bytes, form: ox.QueryResultsFormat) -> list[Row]:
    """Return the values of results in XML or TSV."""
    solutions = ox.parse_query_results(document, form)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [each.value for each in solutions.variables]
    return [
        tuple(None if term is None else str(getattr(term, "value", term)) for term in (row[name] for name in names))
        for row in solutions
    ]
