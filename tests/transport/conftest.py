"""What the tests of the transport need: a scripted server, and a client that need not wait."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.transport.scripted import Script, scripted


@pytest.fixture
def script() -> Iterator[Script]:
    """A scripted server."""
    with scripted() as found:
        yield found


@pytest.fixture(autouse=True)
def nothing_around(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No proxies, credentials or netrc file of whoever runs the tests."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("UPRGRAPH_USER", "UPRGRAPH_PASSWORD", "UPRGRAPH_TOKEN", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that a client would have waited between its tries; it does not."""
    found: list[float] = []
    monkeypatch.setattr("uprgraph.transport.client._pause", found.append)
    return found
