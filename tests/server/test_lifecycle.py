"""Starting, reloading and ending the server, as whoever runs it does."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.conftest import Run
from tests.server.serving import Reply, serving

from uprgraph import kept
from uprgraph.search.index import build

pytestmark = pytest.mark.serving
_CROSS_JOIN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?i && ?f != ?c) }"
_COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def _until(true: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it does not come true"
        time.sleep(0.02)


def test_at_the_end_what_was_asked_is_answered_and_nothing_is_left() -> None:
    with serving("--timeout", "1") as site:
        replies: list[Reply] = []
        asking = threading.Thread(target=lambda: replies.append(site.ask("/sparql", _CROSS_JOIN)))
        asking.start()
        _until(lambda: b"uprgraph_jobs_running 1" in site.ask("/metrics").body)
        children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text().split()
        assert site.stop() == 0
        asking.join(5)
        assert [each.status for each in replies] == [503]
        assert b"took more than 1 seconds" in replies[0].body
        assert children
        _until(lambda: not any(Path(f"/proc/{child}").exists() for child in children), 5)
        with pytest.raises(ConnectionRefusedError):
            site.ask("/health")


def test_a_reload_loses_no_request_and_the_log_has_no_queries() -> None:
    with serving() as site:
        stopping = threading.Event()
        failures: list[object] = []

        def ask_on() -> None:
            number = 0
            while not stopping.is_set():
                number += 1
                try:
                    reply = site.ask("/sparql", f"{_COUNT} # secret {threading.get_ident()} {number}")
                    if reply.status != 200:
                        failures.append(reply)
                except OSError as error:
                    failures.append(error)

        asking = [threading.Thread(target=ask_on) for _ in range(3)]
        for thread in asking:
            thread.start()
        for number in (1, 2):
            os.kill(site.process.pid, signal.SIGHUP)
            _until(lambda number=number: len(site.events("the dataset was opened again")) == number)  # type: ignore[misc]
        stopping.set()
        for thread in asking:
            thread.join()
        assert not failures
        assert site.stop() == 0
        requests = site.events("request")
        assert requests
        assert requests[0].keys() == {
            *("time", "level", "event", "method", "path", "status", "seconds", "bytes", "client"),
        }
        assert not any("secret" in line for line in site.lines)


def test_queries_are_logged_on_request() -> None:
    with serving("--log-queries") as site:
        site.ask("/sparql", "ASK { }")
        site.ask("/health?x=y")
        site.stop()
        assert [each["query"] for each in site.events("request")] == ["ASK { }", "x=y"]


def _state(directory: Path, triples: int) -> None:
    with kept.changing(directory) as generation:
        store = ox.Store(str(generation.graph))
        graph = ox.NamedNode("http://example.org/graph")
        terms = [ox.NamedNode(f"http://example.org/{number}") for number in range(triples)]
        store.extend(ox.Quad(term, term, term, graph) for term in terms)
        store.flush()
        del store
        build([], generation.search)


def test_a_new_state_of_a_store_is_served_when_it_is_there(tmp_path: Path) -> None:
    def count() -> str:
        value: str = site.ask("/sparql", _COUNT).json()["results"]["bindings"][0]["n"]["value"]
        return value

    store = tmp_path / "store"
    _state(store, 3)
    with serving("--store", str(store)) as site:
        assert count() == "3"
        etag = site.ask("/sparql", _COUNT).headers["ETag"]
        _state(store, 5)
        _until(lambda: count() == "5")
        assert site.ask("/sparql", _COUNT).headers["ETag"] != etag
        (store / "current").write_text("generation-nowhere\n")
        os.kill(site.process.pid, signal.SIGHUP)
        _until(lambda: bool(site.events("the dataset cannot be opened again; the old one stays")))
        assert count() == "5"
        assert site.stop() == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--store", "/nowhere"], "is not a store"),
        (["--store", "/nowhere", "--endpoint", "http://localhost/"], "two different graphs"),
        (["--public", "example.org"], "--public needs a URL"),
        (["--workers", "0"], "--workers"),
    ],
)
def test_what_cannot_be_served_is_said_in_words(run: Callable[..., Run], options: list[str], says: str) -> None:
    done = run("serve", "--port", "0", *options)
    assert done.code == 2
    assert says in done.err


def test_a_port_that_is_taken_is_said_in_words(run: Callable[..., Run]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.code == 2
    assert "cannot listen at 127.0.0.1" in done.err


def test_connections_are_kept_and_heads_are_bounded() -> None:
    with serving() as site:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
        for _ in range(3):
            connection.request("GET", "/health")
            assert connection.getresponse().read() == b"alive\n"
        connection.close()
        assert site.ask("/health", **{"X-Long": "x" * 60_000}).status == 200
        with socket.create_connection(("127.0.0.1", site.port)) as endless:
            endless.settimeout(20)
            endless.sendall(b"GET /health HTTP/1.1\r\nX-Long: ")
            answer = b""
            try:
                for _ in range(1_000):
                    endless.sendall(b"x" * 10_000)
                answer = endless.recv(100)
            except ConnectionError:
                pass
            assert not answer or b" 431 " in answer
        assert site.ask("/health").status == 200
