"""A scripted server for the tests of commands that ask an endpoint."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.transport.scripted import Script, scripted


@pytest.fixture
def script() -> Iterator[Script]:
    """A server that answers byte for byte as a test tells it to."""
    with scripted() as found:
        yield found
