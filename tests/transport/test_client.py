"""src/uprgraph/transport/client.py and deadline.py, against a scripted server."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import requests
from tests.transport.scripted import Asked, Script, answer

import uprgraph
from uprgraph.errors import EndpointError, UsageError
from uprgraph.transport.client import TRIES, Body, Call, Client, Reply, refused


def send(script: Script, body: Body = b"query=x", *, idempotent: bool = True, **options: object) -> Reply:
    """Send one request to the scripted server, with at most five seconds."""
    client = Client(script.url, **{"seconds": 5, **options})  # type: ignore[arg-type]
    with client:
        return client.send(Call("POST", script.url, {"Content-Type": "text/plain"}, body, idempotent))


def dripping(head: bytes, drop: bytes) -> object:
    """Return a step that sends a beginning, and then a drop again and again, until the client has had enough."""

    def step(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(head)
        for _ in range(200):
            time.sleep(0.05)
            connection.sendall(drop)

    return step


def reset(connection: socket.socket, asked: Asked) -> None:
    """End the connection as a crash does."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hang_up(connection: socket.socket, asked: Asked) -> None:
    """End the connection without a word."""


def test_sends_what_it_is_given_and_says_who_asks(script: Script) -> None:
    reply = send(script)
    assert (reply.status, reply.ok, reply.file.read()) == (200, True, b"ok")
    (asked,) = script.asked
    assert asked.line == "POST /sparql HTTP/1.1"
    assert asked.body == b"query=x"
    assert asked.headers["User-Agent"].startswith(f"uprgraph/{uprgraph.__version__} (+https://")
    assert asked.headers["Accept-Encoding"] == "gzip, deflate"
    assert "Authorization" not in asked.headers


def test_takes_no_compression_whose_bombs_are_larger(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requests.utils.DEFAULT_ACCEPT_ENCODING", "gzip, br, zstd")  # as where more is installed
    send(script)
    assert script.asked[0].headers["Accept-Encoding"] == "gzip, deflate"


def test_no_password_of_a_url_is_in_the_words_of_a_library(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise requests.exceptions.InvalidURL("Failed to use http://me:secret@proxy/")

    monkeypatch.setattr(requests.Session, "request", fail)
    with pytest.raises(EndpointError, match="Failed to use http://proxy/"):
        send(script)


def test_gives_up_on_a_server_that_never_answers(script: Script) -> None:
    script.steps = [lambda connection, asked: script.released.wait(20) and None]
    started = time.monotonic()
    with pytest.raises(EndpointError, match=r"did not answer within 0\.4 seconds"):
        send(script, seconds=0.4)
    with pytest.raises(EndpointError, match=r"did not answer within 0\.3 seconds"):
        send(script, seconds=None, silence=0.3)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-Drop: 1\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b"x"),
    ],
    ids=["header", "length", "chunked", "until-closed"],
)
def test_a_server_that_drips_does_not_outlive_the_deadline(script: Script, head: bytes, drop: bytes) -> None:
    script.steps = [dripping(head, drop)]  # type: ignore[list-item]
    started = time.monotonic()
    with pytest.raises(EndpointError, match=r"did not answer within 0\.5 seconds"):
        send(script, seconds=0.5)
    assert time.monotonic() - started < 2


def test_a_server_that_reads_slowly_does_not_outlive_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:  # it takes the connection, and reads nothing
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        started = time.monotonic()
        with pytest.raises(EndpointError, match=r"did not answer within 0\.5 seconds"):
            Client(url, seconds=0.5).send(Call("PUT", url, {}, lambda: (b"x" * 65_536 for _ in range(10_000))))
    assert time.monotonic() - started < 3


def test_the_deadline_counts_all_tries(script: Script) -> None:
    script.steps = [hang_up]
    started = time.monotonic()
    with pytest.raises(EndpointError, match=r"breaks the connection"):
        send(script, seconds=0.6)
    assert time.monotonic() - started < 1.5
    assert len(script.asked) == 2


@pytest.mark.parametrize(
    "cut",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n4\r\nhalf\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n9\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnope",
        hang_up,
        reset,
    ],
    ids=["length", "between-chunks", "in-a-chunk", "no-gzip", "hang-up", "reset"],
)
def test_tries_a_broken_answer_again_and_then_says_so(script: Script, cut: bytes, pauses: list[float]) -> None:
    script.steps = [cut, answer(body=b"whole")]
    assert send(script).file.read() == b"whole"
    script.steps = [cut]
    script.asked.clear()
    with pytest.raises(EndpointError, match=r"^the connection to http://127.* broke: ") as caught:
        send(script)
    assert len(script.asked) == TRIES
    assert caught.value.hint == "try again; the server may say more in its log"
    assert pauses == sorted(pauses[:1]) + pauses[1:]
    script.asked.clear()
    with pytest.raises(EndpointError):
        send(script, idempotent=False)
    assert len(script.asked) == 1


def test_sends_a_streamed_body_again_from_its_beginning(script: Script, pauses: list[float]) -> None:
    script.steps = [answer(503, Retry_After="0"), hang_up, answer()]
    assert send(script, lambda: iter([b"one", b"two"])).ok
    assert [each.body for each in script.asked] == [b"onetwo"] * 3


def test_waits_as_it_is_told_and_says_so(script: Script, pauses: list[float]) -> None:
    said: list[str] = []
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
    script.steps = [answer(503, Retry_After="2"), answer(429, Retry_After=soon), answer(502), answer()]
    assert send(script, seconds=30, notice=said.append).ok
    assert pauses[0] == 2
    assert 1 <= pauses[1] <= 3
    assert 1 <= pauses[2] <= 2
    assert said[0] == f"{script.url} is busy; trying again in 2 seconds"


@pytest.mark.parametrize("asked", ["not a date", "-5", "", "1e3", "٣"])
def test_what_cannot_be_understood_is_no_time_to_wait(script: Script, pauses: list[float], asked: str) -> None:
    script.steps = [answer(503, Retry_After=asked).decode().encode("latin-1", "ignore"), answer()]
    assert send(script).ok
    assert 0 < pauses[0] <= 0.5


def test_does_not_wait_longer_than_it_may(script: Script, pauses: list[float]) -> None:
    script.steps = [answer(503, Retry_After="60")]
    for seconds, asks in ((5, 60), (None, 3600)):
        script.steps = [answer(503, Retry_After=str(asks))]
        with pytest.raises(EndpointError, match=f"answers with HTTP status 503 and asks to wait {asks} seconds") as it:
            send(script, seconds=seconds)
        assert (it.value.status, it.value.hint) == (503, "try again then, or allow more time")
    assert pauses == []


def test_a_refusal_is_given_back_after_the_last_try(script: Script, pauses: list[float]) -> None:
    script.steps = [answer(503, b"starting\x1b[31m\n up", Content_Type="text/plain")]
    reply = send(script)
    assert len(script.asked) == TRIES
    assert refused(reply).message == f"{script.url} answers with HTTP status 503: starting [31m up"
    assert refused(reply).hint == "it is overloaded or starting; try again later"
    script.asked.clear()
    assert send(script, idempotent=False).status == 503
    assert len(script.asked) == 1


def test_a_page_of_html_is_not_shown(script: Script) -> None:
    script.steps = [answer(500, b"<!DOCTYPE html><HTML>secret stack</HTML>", Content_Type="text/plain")]
    assert refused(send(script)).message == f"{script.url} answers with HTTP status 500"


def test_follows_no_redirect_and_reads_no_more_for_it(script: Script) -> None:
    script.steps = [answer(307, Location="http://me:hidden@[::1]:1/x y\x1b[1m")]
    reply = send(script)
    assert refused(reply).message == f"{script.url} redirects to http://[::1]:1/x%20y%1B%5B1m"
    script.steps = [answer(302, gzip.compress(bytes(5_000_000)), Content_Encoding="gzip", Location="/y")]
    with pytest.raises(EndpointError, match="sends more than 1,000,000 bytes"):
        send(script, max_bytes=1_000_000)
    assert len(script.asked) == 2
    script.steps = [answer(302, Location="http://[x")]
    assert refused(send(script)).message == f"{script.url} redirects to what is no URL of http or https"


def test_takes_no_more_than_it_may(script: Script) -> None:
    script.steps = [answer(body=bytes(1001))]
    assert len(send(script, max_bytes=1001).file.read()) == 1001
    with pytest.raises(EndpointError, match="sends more than 1,000 bytes, and no more is taken") as caught:
        send(script, max_bytes=1000)
    assert caught.value.hint == "ask for less"


@pytest.mark.parametrize("layers", [1, 2])
def test_counts_the_bytes_of_a_bomb(script: Script, layers: int) -> None:
    bomb = bytes(200_000_000)
    for _ in range(layers):
        bomb = gzip.compress(bomb, 6)
    script.steps = [answer(body=bomb, Content_Encoding=", ".join(["gzip"] * layers))]
    with pytest.raises(EndpointError, match="sends more than 100,000 bytes"):
        send(script, max_bytes=100_000)
    assert len(script.asked) == 1


def test_uses_a_connection_again(script: Script) -> None:
    with Client(script.url, seconds=5) as client:
        for _ in range(3):
            assert client.send(Call("POST", script.url, {}, b"x")).ok
    assert script.connections == 1


def test_the_time_to_send_is_that_of_silence_on_a_connection_that_is_used_again(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: list[float] = []
    settimeout = socket.socket.settimeout

    def noted(self: socket.socket, seconds: float) -> None:
        limits.append(seconds)
        settimeout(self, seconds)

    def body() -> Iterator[bytes]:
        found.append(limits[-1])
        yield b"x"

    found: list[float] = []
    with Client(script.url, silence=77) as client:
        client.send(Call("PUT", script.url, {}, b"x"))
        monkeypatch.setattr(socket.socket, "settimeout", noted)
        client.send(Call("PUT", script.url, {}, body))
    assert found == [77]


def test_a_body_may_come_from_a_server(script: Script) -> None:
    """The deadline of the outer request still counts after that of the inner one."""
    script.steps = [answer(body=b"inner"), dripping(b"HTTP/1.1 200 OK\r\n", b"X-Drop: 1\r\n")]  # type: ignore[list-item]
    inner = Client(script.url, seconds=5)

    def body() -> Iterator[bytes]:
        yield inner.send(Call("POST", script.url, {}, b"x")).file.read()

    with pytest.raises(EndpointError, match=r"did not answer within 0\.8 seconds"):
        send(script, body, seconds=0.8)


def test_says_that_nobody_is_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with pytest.raises(EndpointError, match=f"^{url} cannot be reached: Connection refused") as caught:
        Client(url).send(Call("GET", url))
    assert caught.value.hint == "check the URL, and that the server is running"
    with pytest.raises(EndpointError, match="cannot be reached: "):
        Client("http://no-such-host.invalid/").send(Call("GET", "http://no-such-host.invalid/"))


def test_what_is_no_tls_is_said() -> None:
    def speak() -> None:
        connection, _ = listening.accept()
        connection.sendall(b"220 this is another protocol\r\n")

    listening = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=speak, daemon=True).start()
    url = f"https://127.0.0.1:{listening.getsockname()[1]}/"
    with listening, pytest.raises(EndpointError, match=r"https://127.* (shows no certificate|broke)") as caught:
        Client(url, seconds=3).send(Call("GET", url))
    assert "Traceback" not in str(caught.value)


def test_goes_by_the_proxy_of_the_environment(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", script.url.replace("http://", "http://me:secret@").removesuffix("/sparql"))
    client = Client("http://example.invalid/x", seconds=3)
    assert client.send(Call("POST", "http://example.invalid/x", {}, b"q")).ok
    assert script.asked[0].line == "POST http://example.invalid/x HTTP/1.1"
    assert script.asked[0].headers["Proxy-Authorization"].startswith("Basic ")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert send(script).ok
    assert script.asked[1].line == "POST /sparql HTTP/1.1"


@pytest.mark.parametrize(
    "proxy",
    ["http://u:secret@[bad", "http://u:secret@127.0.0.1:x", "http://u:secret@", "ftp://u:secret@x", "//u:secret@"],
)
def test_a_proxy_that_is_none_is_said_without_its_password(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    with pytest.raises(UsageError, match="the proxy that the environment names is no URL") as caught:
        Client("http://example.invalid/")
    assert "secret" not in str(caught.value)


def test_a_proxy_that_is_not_there_is_said_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://me:secret@127.0.0.1:1")
    with pytest.raises(EndpointError, match="cannot be reached through the proxy: Connection refused") as caught:
        Client("http://example.invalid/").send(Call("GET", "http://example.invalid/"))
    assert "secret" not in str(caught.value)
