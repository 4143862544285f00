"""The pages with their jobs run in this process: the pool is tried elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient
from tests.server.inprocess import InProcess

from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.graph import Graph
from uprgraph.server.app import create_app
from uprgraph.server.jobs import Dataset
from uprgraph.server.settings import Settings

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="session")
def pages() -> Iterator[TestClient]:
    """A client of the site over the shipped graph, which follows no redirections and asks as browsers do."""
    app = create_app(Settings(), InProcess())
    with TestClient(app, base_url="http://localhost", follow_redirects=False, headers=BROWSER) as running:
        yield running


@pytest.fixture
def pages_of(engine_of: Callable[[str], EmbeddedEngine]) -> Callable[[str], TestClient]:
    """A maker of clients of the site over one small Turtle text."""

    def make(turtle: str) -> TestClient:
        dataset = Dataset(Graph(engine_of(turtle), ()), None, "small")
        return TestClient(create_app(Settings(), InProcess(dataset)), base_url="http://localhost", headers=BROWSER)

    return make
