"""src/uprgraph/transport/address.py."""

from __future__ import annotations

import pytest

from uprgraph.errors import UsageError
from uprgraph.transport.address import is_loopback, is_private, without_credentials
from uprgraph.transport.credentials import Credentials


@pytest.mark.parametrize(
    ("url", "address", "inside"),
    [
        ("http://h/x", "http://h/x", None),
        ("https://a%40b:c%3Ad@h:8/x?q=1#f", "https://h:8/x?q=1", Credentials("a@b", "c:d")),
        ("http://me@[::1]:8/x", "http://[::1]:8/x", Credentials("me")),
        ("http://h/é x", "http://h/%C3%A9%20x", None),
    ],
)
def test_takes_credentials_out(url: str, address: str, inside: Credentials | None) -> None:
    assert without_credentials(url) == (address, inside)


@pytest.mark.parametrize(
    "url",
    ["ftp://me:secret@h/", "http://", "http://me:secret@h:99999/", "http://me:secret@[x/", "http://me:secret@\x1b/"],
)
def test_refuses_other_addresses(url: str) -> None:
    with pytest.raises(UsageError, match="the graph store's URL") as caught:
        without_credentials(url, "graph store")
    assert "secret" not in str(caught.value)


def test_knows_where_nobody_can_listen() -> None:
    assert all(map(is_loopback, ["http://127.0.0.1/", "http://[::1]:8/", "http://localhost/", "http://x.localhost/"]))
    assert not any(map(is_loopback, ["http://127.0.0.1.example/", "http://localhost.example/", "http://10.0.0.1/"]))
    assert is_private("https://example.org/")
    assert not is_private("http://example.org/")
