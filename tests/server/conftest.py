"""The site as tests ask it: over the shipped graph, with a real pool of workers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from uprgraph.server.app import create_app
from uprgraph.server.settings import Settings
from uprgraph.server.site import Site


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """A client of the site, which follows no redirections."""
    with TestClient(create_app(Settings()), base_url="http://localhost", follow_redirects=False) as running:
        yield running


@pytest.fixture(scope="session")
def site(client: TestClient) -> Site:
    """The settings and the pool of that site; the pool can be asked only in the client's own loop."""
    return Site(Settings(), client.app.state.pool)  # type: ignore[attr-defined]
