"""Hostile clients: they get an error, or nothing, and others are served meanwhile."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from tests.server.serving import Serving, serving

pytestmark = pytest.mark.serving
_SERVICE = "SELECT * { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }"
_HOSTILE = {
    "cross join": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?l",
    "cross join of strings": "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "rows without end": "SELECT ?nothing { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "doublings": "SELECT ?x40 { BIND('ab' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    + " }",
    "braces": "ASK " + "{" * 4_000 + "}" * 4_000,
    "operators": "SELECT (" + "1" + "+1" * 40_000 + " AS ?x) {}",
    "paths": "SELECT * { ?a (!<x:a>|^!<x:b>)* ?b . ?b (!<x:a>|^!<x:b>)+ ?c . ?c (!<x:c>/!<x:d>)* ?d }",
    "service": _SERVICE.replace("SERVICE", "sErViCe"),
    "escaped service": _SERVICE.replace("SERVICE", "\\u0053ERVICE"),
    "load": "LOAD <http://127.0.0.1:PORT/>",
    "from": "SELECT * FROM <http://127.0.0.1:PORT/> { ?s ?p ?o }",
    "large": "SELECT * { ?s ?p '" + "x" * (10 << 20) + "' }",
    "regular expression": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '(.*a){90}(x+x+)+y')) }",
}


@pytest.fixture(scope="module")
def site() -> Iterator[Serving]:
    with serving("--timeout", "2", "--memory", "300") as running:
        yield running


def test_hostile_queries_are_stopped_and_others_are_answered(site: Serving) -> None:
    slowest = 0.0
    with socket.create_server(("127.0.0.1", 0)) as trap, ThreadPoolExecutor(len(_HOSTILE)) as clients:
        trap.settimeout(0)
        port = str(trap.getsockname()[1])

        def attack(number: int, query: str) -> int:
            try:
                source = f"127.0.0.{2 + number % 3}"
                return site.ask("/sparql", query.replace("PORT", port), source=source).status
            except OSError:
                return 0  # the server did not read all of it

        attacks = [clients.submit(attack, number, query) for number, query in enumerate(_HOSTILE.values())]
        harmless = 0
        while not all(each.done() for each in attacks):
            started = time.monotonic()
            reply = site.ask("/sparql", f"SELECT ?s {{ ?s a ?o }} ORDER BY ?s LIMIT 3 # {harmless}")
            slowest = max(slowest, time.monotonic() - started)
            assert reply.status == 200, reply.body
            assert len(reply.json()["results"]["bindings"]) == 3
            harmless += 1
        with pytest.raises(BlockingIOError):
            trap.accept()
    statuses = dict(zip(_HOSTILE, (each.result() for each in attacks), strict=True))
    assert harmless > 3
    assert slowest < 5
    for name in ("service", "escaped service", "load", "from", "braces", "operators"):
        assert statuses[name] == 400, name
    assert statuses["large"] in {0, 413}
    for name in ("cross join", "doublings", "paths"):
        assert statuses[name] in {503, 429}, name
    assert set(statuses.values()) <= {0, 200, 400, 413, 429, 503}


def test_slow_readers_and_writers_do_not_hold_others_up(site: Serving) -> None:
    everything = quote("SELECT * { ?s ?p ?o }")
    slow = []
    for number in range(20):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.connect(("127.0.0.1", site.port))
        request = f"GET /sparql?query={everything} HTTP/1.1\r\nHost: x\r\n\r\n"
        writer = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n"
        connection.sendall((request if number % 2 else writer).encode())
        slow.append(connection)
    try:
        for _ in range(5):
            started = time.monotonic()
            assert site.ask("/sparql", "ASK { ?s ?p ?o }").status == 200
            assert time.monotonic() - started < 3
    finally:
        for connection in slow:
            connection.close()


def test_a_client_that_goes_away_takes_its_query_along(site: Serving) -> None:
    query = quote("SELECT (COUNT(*) AS ?gone) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?i) }")
    with serving("--timeout", "60") as patient:
        connection = socket.create_connection(("127.0.0.1", patient.port))
        connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        _wait(patient, b"uprgraph_jobs_running 1")
        connection.close()
        _wait(patient, b"uprgraph_jobs_running 0")
        assert patient.stop() == 0


def _wait(site: Serving, words: bytes) -> None:
    deadline = time.monotonic() + 20
    while words not in site.ask("/metrics").body:
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)
