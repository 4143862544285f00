"""The triplestores themselves: that they start, keep what they were given, and ask writers for who they are."""

from __future__ import annotations

import base64
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.servers import Server, StartError, server, start
from tests.servers.process import free_port
from tests.servers.server import _ask

ROOT = Path(__file__).parent.parent.parent
TRIPLE = "<http://example.org/s> <http://example.org/p> <http://example.org/o> ."
RESULTS = {"Accept": "application/sparql-results+json"}


def to_put(server: Server, graph: str, turtle: str = TRIPLE) -> urllib.request.Request:
    name = "graph-uri" if server.kind == "virtuoso" else "graph"
    url = f"{server.graph_store_url}?{urllib.parse.urlencode({name: graph})}"
    return urllib.request.Request(url, turtle.encode(), {"Content-Type": "text/turtle"}, method="PUT")


def put(server: Server, graph: str, turtle: str = TRIPLE) -> int:
    request = to_put(server, graph, turtle)
    if server.user is not None:
        request.add_header("Authorization", authorization(server, request))
    with urllib.request.urlopen(request, timeout=60) as answer:
        status: int = answer.status
        return status


def authorization(server: Server, request: urllib.request.Request) -> str:
    """What the server asks for, asked before the data is sent: Virtuoso closes on data that comes without it."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(to_put(server, "http://example.org/nothing", ""), timeout=60)
    caught.value.close()
    scheme, _, challenge = caught.value.headers["WWW-Authenticate"].partition(" ")
    if scheme == "Basic":
        return "Basic " + base64.b64encode(f"{server.user}:{server.password}".encode()).decode()
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, server.graph_store_url, str(server.user), str(server.password))
    values = urllib.request.parse_keqv_list(urllib.request.parse_http_list(challenge))
    return f"Digest {urllib.request.AbstractDigestAuthHandler(passwords).get_authorization(request, values)}"


def rows(server: Server, query: str) -> list[dict[str, dict[str, str]]]:
    url = f"{server.query_url}?{urllib.parse.urlencode({'query': query})}"
    with urllib.request.urlopen(urllib.request.Request(url, headers=RESULTS), timeout=60) as answer:
        found: list[dict[str, dict[str, str]]] = json.load(answer)["results"]["bindings"]
        return found


def count(server: Server, graph: str) -> int:
    (row,) = rows(server, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return int(row["n"]["value"])


def test_gives_every_row_of_a_graph_that_was_put(triplestore: Server) -> None:
    graph, size = "http://example.org/servers/many", 12_000
    assert count(triplestore, graph) == 0
    turtle = "\n".join(f"<http://example.org/{number}> <http://example.org/p> {number} ." for number in range(size))
    assert put(triplestore, graph, turtle) in (200, 201, 204)
    assert len(rows(triplestore, f"SELECT ?s {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")) == size


def test_who_may_write(triplestore: Server) -> None:
    graph = "http://example.org/servers/written"
    if triplestore.user is None:
        urllib.request.urlopen(to_put(triplestore, graph), timeout=60).close()
        assert count(triplestore, graph) == 1
    else:
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(to_put(triplestore, graph), timeout=60)
        caught.value.close()
        assert caught.value.code == 401
        assert count(triplestore, graph) == 0


def test_comes_back_with_its_graphs(fresh_triplestore: Server) -> None:
    server, url = fresh_triplestore, fresh_triplestore.query_url
    put(server, "http://example.org/g")
    server.stop()
    with pytest.raises(urllib.error.URLError, match="refused"):
        count(server, "http://example.org/g")
    server.restart()
    assert (server.query_url, count(server, "http://example.org/g")) == (url, 1)
    put(server, "http://example.org/h")
    server.kill()
    server.restart()
    assert [count(server, f"http://example.org/{name}") for name in "gh"] == [1, 1]


def test_tries_another_port_if_one_is_taken(
    start_triplestore: Callable[..., Server], triplestore: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody takes the port after we found it free and before the server has it."""
    ports = iter([triplestore.port, free_port()])
    monkeypatch.setattr(server, "free_port", lambda: next(ports))
    monkeypatch.setattr(server, "is_free", lambda port: True)
    monkeypatch.setattr(server, "_ask", lambda url: _ask_but(url, triplestore.query_url))
    assert start_triplestore(triplestore.kind).port != triplestore.port


def _ask_but(url: str, avoided: str) -> None:
    if url == avoided:
        raise OSError("the one that has the port is slow to answer")
    _ask(url)


STARTER = """
import sys, threading
from pathlib import Path
from tests.servers import start
started = []
thread = threading.Thread(target=lambda: started.append(start(sys.argv[1], Path(sys.argv[2]))))
thread.start()
thread.join()
print(started[0].port, flush=True)
threading.Event().wait()
"""


@pytest.mark.server
@pytest.mark.skipif(sys.platform != "linux", reason="only the kernel of Linux ends a process with its parent")
def test_ends_with_the_test_run(tmp_path: Path) -> None:
    command = [sys.executable, "-c", STARTER, "oxigraph", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as run:
        assert run.stdout is not None
        port = int(run.stdout.readline())
        assert listens(port)
        run.send_signal(signal.SIGKILL)
    assert ended(port)


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def ended(port: int) -> bool:
    deadline = time.monotonic() + 10
    while listens(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not listens(port)


@pytest.mark.server
def test_ends_with_what_the_server_said(tmp_path: Path) -> None:
    (tmp_path / "database").write_text("no folder", encoding="utf-8")
    with pytest.raises(StartError, match=r"Oxigraph has ended instead of starting\. Its log ends:\n(?s:.)*database"):
        start("oxigraph", tmp_path)


@pytest.mark.xdist_group("virtuoso")
def test_virtuoso_cuts_off_where_it_is_told_to(start_triplestore: Callable[..., Server]) -> None:
    server = start_triplestore("virtuoso", max_rows=10)
    put(
        server,
        "http://example.org/g",
        "\n".join(f"<http://example.org/{n}> <http://example.org/p> {n} ." for n in range(20)),
    )
    assert len(rows(server, "SELECT ?s { GRAPH <http://example.org/g> { ?s ?p ?o } }")) == 10


@pytest.mark.xdist_group("fuseki")
def test_fuseki_can_ask_for_digests(start_triplestore: Callable[..., Server]) -> None:
    server = start_triplestore("fuseki", auth="digest")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(to_put(server, "http://example.org/g"), timeout=60)
    caught.value.close()
    assert caught.value.headers["WWW-Authenticate"].startswith("Digest ")
    put(server, "http://example.org/g")
    assert count(server, "http://example.org/g") == 1
