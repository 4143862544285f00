"""src/uprgraph/transport/authorization.py, against a scripted server that verifies what it is sent."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.transport.scripted import Asked, Script, answer

from uprgraph.errors import ResourceError
from uprgraph.transport.client import Call, Client
from uprgraph.transport.credentials import Credentials

ME = Credentials("me", "s cret")
Step = Callable[[socket.socket, Asked], bytes]


def basic(user: str = ME.user, password: str = ME.password) -> Step:
    """Return a server that asks for Basic, and lets in one user."""
    wanted = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def step(connection: socket.socket, asked: Asked) -> bytes:
        if asked.headers.get("Authorization") == wanted:
            return answer()
        return answer(401, WWW_Authenticate='Basic realm="x"')

    return step


def bearer(token: str) -> Step:
    """Return a server that asks for a token."""

    def step(connection: socket.socket, asked: Asked) -> bytes:
        if asked.headers.get("Authorization") == f"Bearer {token}":
            return answer()
        return answer(401, WWW_Authenticate='Bearer realm="x"')

    return step


@dataclass
class Digest:
    """A server that verifies Digest, by RFC 7616: its nonces are good for some requests, counted without a gap."""

    user: str = "me"
    password: str = "s cret"
    algorithm: str = "MD5"
    uses: int = 1_000
    says_nothing_to_basic: bool = False
    nonce: int = 0
    count: int = 0
    nonces: list[int] = field(default_factory=list)

    def __call__(self, connection: socket.socket, asked: Asked) -> bytes:
        given = asked.headers.get("Authorization", "").encode("latin-1").decode()
        if given.startswith("Basic ") and self.says_nothing_to_basic:
            return answer(401)
        if not given.startswith("Digest "):
            return self._challenge()
        pairs = re.findall(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^,\s]*))', given)
        said = {name: re.sub(r"\\(.)", r"\1", quoted) or plain for name, quoted, plain in pairs}
        if said["nonce"] != str(self.nonce):
            return self._challenge(stale=True)
        method, place, _ = asked.line.split(" ")
        one = self._hash(f"{self.user}:realm:{self.password}")
        two = self._hash(f"{method}:{place}")
        wanted = self._hash(f"{one}:{said['nonce']}:{said['nc']}:{said['cnonce']}:{said['qop']}:{two}")
        self.count += 1
        if said["username"] != self.user or said["response"] != wanted or int(said["nc"], 16) != self.count:
            return self._challenge()
        if self.count >= self.uses:
            self.nonce += 1
            self.count = 0
        return answer()

    def _hash(self, text: str) -> str:
        return hashlib.new({"MD5": "md5", "SHA-256": "sha256"}[self.algorithm], text.encode()).hexdigest()

    def _challenge(self, *, stale: bool = False) -> bytes:
        self.nonce += 1
        self.count = 0
        text = f'Digest realm="realm", nonce="{self.nonce}", qop="auth", algorithm={self.algorithm}'
        return answer(401, WWW_Authenticate=text + (", stale=true" if stale else ""))


def statuses(script: Script, credentials: Credentials | None, requests: int = 1, url: str | None = None) -> list[int]:
    """Return the statuses of some requests of one client."""
    with Client(url or script.url, credentials, seconds=5) as client:
        body = lambda: iter([b"a", b"b"])  # noqa: E731
        return [client.send(Call("PUT", url or script.url, {}, body)).status for _ in range(requests)]


def test_basic_is_sent_at_once_to_this_machine(script: Script) -> None:
    script.steps = [basic()]
    assert statuses(script, ME, 2) == [200, 200]
    assert len(script.asked) == 2
    script.steps = [basic("Жанна", "пароль")]
    assert statuses(script, Credentials("Жанна", "пароль")) == [200]


def test_a_token_is_sent_at_once_to_this_machine(script: Script) -> None:
    script.steps = [bearer("abc.def")]
    assert statuses(script, Credentials(token="abc.def")) == [200]
    assert len(script.asked) == 1


def test_a_wrong_password_is_tried_once(script: Script) -> None:
    script.steps = [basic()]
    assert statuses(script, Credentials("me", "wrong")) == [401]
    assert len(script.asked) <= 2
    script.asked.clear()
    script.steps = [bearer("right")]
    assert statuses(script, Credentials(token="wrong")) == [401]
    script.asked.clear()
    script.steps = [Digest()]
    assert statuses(script, Credentials("me", "wrong")) == [401]
    assert len(script.asked) <= 3


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
@pytest.mark.parametrize(("user", "password"), [("me", "s cret"), ("Жанна", "пароль"), ('a"b\\c', 'd"e\\f')])
def test_digest(script: Script, algorithm: str, user: str, password: str) -> None:
    script.steps = [Digest(user, password, algorithm)]
    assert statuses(script, Credentials(user, password), 4) == [200] * 4
    assert len(script.asked) == 5
    assert all(each.body == b"ab" for each in script.asked)


def test_digest_goes_on_with_a_fresh_nonce(script: Script) -> None:
    script.steps = [Digest(uses=2)]
    assert statuses(script, ME, 5) == [200] * 5


def test_digest_where_the_server_says_nothing_to_basic(script: Script) -> None:
    script.steps = [Digest(says_nothing_to_basic=True)]
    assert statuses(script, ME, 2) == [200, 200]
    assert [each.headers.get("Authorization", "").split(" ")[0] for each in script.asked] == [
        "Basic", "", "Digest", "Digest",
    ]  # fmt: skip


@pytest.mark.parametrize("offers", ['Basic realm="x", Digest realm="realm", nonce="1", qop="auth"', "Negotiate"])
def test_digest_is_preferred_and_others_are_not_guessed(script: Script, offers: str) -> None:
    script.steps = [answer(401, WWW_Authenticate=offers)]
    assert statuses(script, ME) == [401]
    assert script.asked[-1].headers.get("Authorization", "Digest").split(" ")[0] == "Digest" or "Digest" not in offers


def test_nothing_is_sent_in_clear_unasked(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy stands for a network in which others can listen."""
    monkeypatch.setenv("http_proxy", script.url.removesuffix("/sparql"))
    script.steps = [basic()]
    assert statuses(script, ME, url="http://example.invalid/x") == [200]
    assert "Authorization" not in script.asked[0].headers
    script.asked.clear()
    assert statuses(script, ME) == [200]  # this machine, and yet by the proxy
    assert "Authorization" not in script.asked[0].headers


def test_what_is_found_around_is_sent_only_when_asked(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    assert statuses(script, Credentials("me", "s cret", found=True)) == [200]
    assert "Authorization" not in script.asked[0].headers
    script.asked.clear()
    monkeypatch.setenv("UPRGRAPH_USER", "me")
    monkeypatch.setenv("UPRGRAPH_PASSWORD", "s cret")
    assert statuses(script, None) == [200]
    assert "Authorization" not in script.asked[0].headers
    script.steps = [basic()]
    assert statuses(script, None) == [200]
    monkeypatch.setenv("UPRGRAPH_TOKEN", "abc")
    script.steps = [bearer("abc")]
    assert statuses(script, None) == [200]


def test_netrc_is_read_when_asked(script: Script, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "netrc"
    monkeypatch.setenv("NETRC", str(path))
    path.write_text("machine 127.0.0.1 login me password word secret\n")
    assert statuses(script, None) == [200]
    script.steps = [basic("me", "word")]
    with pytest.raises(ResourceError, match=f"^{path} is not in the form of a netrc file$"):
        statuses(script, None)
    path.write_text("machine 127.0.0.1 login me password word\n")
    assert statuses(script, None) == [200]
    assert statuses(script, Credentials("me", "other")) == [401]
