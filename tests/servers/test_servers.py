"""The triplestores themselves: that they start, keep what they were given, and ask writers for who they are."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request

from tests.servers import Server

TRIPLE = "<http://example.org/s> <http://example.org/p> <http://example.org/o> ."


def opener(server: Server) -> urllib.request.OpenerDirector:
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    if server.user is not None and server.password is not None:
        passwords.add_password(None, server.graph_store_url, server.user, server.password)
    return urllib.request.build_opener(
        urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPDigestAuthHandler(passwords)
    )


def put(server: Server, graph: str, turtle: str = TRIPLE) -> int:
    name = "graph-uri" if server.kind == "virtuoso" else "graph"
    url = f"{server.graph_store_url}?{urllib.parse.urlencode({name: graph})}"
    request = urllib.request.Request(url, turtle.encode(), {"Content-Type": "text/turtle"}, method="PUT")
    with opener(server).open(request, timeout=60) as answer:
        status: int = answer.status
        return status


def count(server: Server, graph: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    url = f"{server.query_url}?{urllib.parse.urlencode({'query': query})}"
    request = urllib.request.Request(url, headers={"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        (row,) = json.load(answer)["results"]["bindings"]
        return int(row["n"]["value"])


def test_answers_and_keeps_a_graph(triplestore: Server) -> None:
    graph = "http://example.org/servers/kept"
    assert count(triplestore, graph) == 0
    assert put(triplestore, graph) in (200, 201, 204)
    assert count(triplestore, graph) == 1


def test_comes_back_with_its_graphs(fresh_triplestore: Server) -> None:
    server, graph = fresh_triplestore, "http://example.org/g"
    url = server.query_url
    put(server, graph)
    server.restart()
    assert (server.query_url, count(server, graph)) == (url, 1)
    put(server, "http://example.org/h")
    server.kill()
    server.restart()
    assert [count(server, f"http://example.org/{name}") for name in "gh"] == [1, 1]
