"""src/uprgraph/engines/remote.py, against scripted servers and a real one."""

import base64
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol

import pytest

import uprgraph
from uprgraph import resources
from uprgraph.engines.remote import RemoteEngine
from uprgraph.engines.terms import RDF_LANG_STRING, XSD, BlankNode, Iri, Literal
from uprgraph.errors import EndpointError, QueryError, UprGraphError, UsageError


class Server(Protocol):
    """What the fixture `server` gives."""

    url: str
    status: int
    content_type: str
    body: bytes
    silent: bool
    cut_at: int | None
    asked: list[tuple[str, dict[str, list[str]], dict[str, str]]]


def test_posts_the_query_and_says_who_asks(server: Server) -> None:
    engine = RemoteEngine(server.url.replace("http://", "http://me:s%20cret@"))
    assert engine.ask("ASK {}", ["http://g/1", "http://g/2"]) is True
    ((path, form, headers),) = server.asked
    assert path == "/sparql"
    assert form["query"] == ["ASK {}"]
    assert form["default-graph-uri"] == ["http://g/1", "http://g/2"]
    assert headers["User-Agent"].startswith(f"uprgraph/{uprgraph.__version__}")
    assert "application/sparql-results+json" in headers["Accept"]
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"me:s cret").decode()


def test_names_the_graphs_for_graph_too_and_none_where_the_query_does(server: Server) -> None:
    engine = RemoteEngine(server.url)
    engine.ask("ASK { GRAPH ?g { ?s ?p ?o } }", ["http://g/1", "http://g/2"])
    engine.ask("ASK FROM <http://g/3> { ?s ?p ?o }", ["http://g/1"])
    (_, both, _), (_, own, _) = server.asked
    assert both["default-graph-uri"] == both["named-graph-uri"] == ["http://g/1", "http://g/2"]
    assert not {"default-graph-uri", "named-graph-uri"} & set(own)


def test_sends_other_characters_of_the_url_as_a_browser_does(server: Server) -> None:
    assert RemoteEngine(f"{server.url}/é%20 x?a=ж&b=1").ask("ASK {}") is True
    assert server.asked[0][0] == "/sparql/%C3%A9%20%20x?a=%D0%B6&b=1"


def test_reads_terms(server: Server) -> None:
    server.body = b"""{"head": {"vars": ["a", "b"]}, "results": {"bindings": [
        {"a": {"type": "uri", "value": "http://a"}, "b": {"type": "bnode", "value": "b0"}},
        {"a": {"type": "literal", "value": "x", "xml:lang": "en"}},
        {"a": {"type": "literal", "value": "x"}, "b": {"type": "typed-literal", "value": "1",
         "datatype": "http://www.w3.org/2001/XMLSchema#integer"}}]}}"""
    found = RemoteEngine(server.url).select("SELECT ?a ?b {}")
    assert found.variables == ("a", "b")
    assert list(found.rows) == [
        (Iri("http://a"), BlankNode("b0")),
        (Literal("x", RDF_LANG_STRING, "en"), None),
        (Literal("x"), Literal("1", f"{XSD}integer")),
    ]


def test_reads_graphs(server: Server) -> None:
    server.content_type, server.body = "text/turtle; charset=utf-8", b"<http://a> a <http://b> ."
    ((subject, _, value),) = RemoteEngine(server.url).construct("CONSTRUCT WHERE { ?s ?p ?o }")
    assert (subject, value) == (Iri("http://a"), Iri("http://b"))


def test_lets_the_endpoint_decide_on_service(server: Server) -> None:
    assert RemoteEngine(server.url).ask("ASK { SERVICE <http://x> { ?s ?p ?o } }") is True
    with pytest.raises(QueryError, match="this is not a query"):
        RemoteEngine(server.url).query("DROP ALL")


@pytest.mark.parametrize(
    ("content_type", "body", "message"),
    [
        ("text/html; charset=utf-8", b"<html>Log in</html>", "answers with text/html instead of SPARQL results"),
        ("", b"", "answers with no media type instead of SPARQL results"),
        ("application/json", b"{}", "sent SPARQL results that cannot be read: KeyError"),
        ("application/json", b'{"boolean": "yes"}', "the answer 'yes' is neither true nor false"),
        ("application/json", b'{"boolean": 1}', "the answer 1 is neither true nor false"),
        ("application/json", b"[1", "sent SPARQL results that cannot be read: JSONDecodeError"),
    ],
)
def test_refuses_what_is_no_answer(server: Server, content_type: str, body: bytes, message: str) -> None:
    server.content_type, server.body = content_type, body
    with pytest.raises(EndpointError, match=message) as caught:
        RemoteEngine(server.url.replace("http://", "http://me:secret@")).ask("ASK {}")
    assert "secret" not in str(caught.value)


def test_refuses_a_broken_graph(server: Server) -> None:
    server.content_type, server.body = "text/turtle", b"<http://a> a"
    with pytest.raises(EndpointError, match="sent a graph that cannot be read"):
        list(RemoteEngine(server.url).construct("DESCRIBE <http://a>"))


@pytest.mark.parametrize("status", [401, 403, 404, 414, 500, 502, 503])
def test_names_the_status(server: Server, status: int) -> None:
    server.status = status
    with pytest.raises(EndpointError, match=f"answers with HTTP status {status}") as caught:
        RemoteEngine(server.url.replace("http://", "http://me:secret@")).ask("ASK {}")
    assert caught.value.status == status
    assert "secret" not in str(caught.value)


def test_passes_on_what_the_endpoint_says_of_the_query(server: Server) -> None:
    server.status, server.content_type, server.body = 400, "text/plain", b"Parse error: line 1\n'x'"
    with pytest.raises(QueryError, match="refuses the query: Parse error: line 1 'x'"):
        RemoteEngine(server.url).ask("ASK {}")


def test_gives_up_on_a_silent_server(server: Server) -> None:
    server.silent = True
    started = time.monotonic()
    with pytest.raises(EndpointError, match="did not answer within 1 seconds"):
        RemoteEngine(server.url, timeout=1).ask("ASK {}")
    assert time.monotonic() - started < 10


def test_notices_a_connection_that_is_cut(server: Server) -> None:
    server.cut_at = 5
    with pytest.raises(EndpointError, match=r"the connection to .* broke: IncompleteRead"):
        RemoteEngine(server.url).ask("ASK {}")


def test_says_that_nobody_is_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"
    with pytest.raises(EndpointError, match=r"cannot be reached: .*refused"):
        RemoteEngine(url).ask("ASK {}")


@pytest.fixture
def redirecting() -> Iterator[tuple[str, dict[str, str]]]:
    """The URL of a server that answers with a redirect, and what it answers: `status` and `location`."""
    script = {"status": "302", "location": ""}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(int(script["status"]))
            if script["location"]:
                self.send_header("Location", script["location"])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the output of tests clean."""

    redirecting = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=redirecting.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{redirecting.server_port}/sparql", script
    finally:
        redirecting.shutdown()
        redirecting.server_close()


@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
def test_follows_no_redirect(server: Server, redirecting: tuple[str, dict[str, str]], status: str) -> None:
    url, script = redirecting
    script |= {"status": status, "location": server.url.replace("http://", "http://other:hidden@")}
    with pytest.raises(EndpointError) as caught:
        RemoteEngine(url.replace("http://", "http://me:secret@")).ask("ASK {}")
    assert caught.value.message == f"{url} redirects to {server.url}"
    assert (caught.value.hint, caught.value.status) == ("give that URL", int(status))
    assert server.asked == []


def test_a_redirect_may_name_a_path_or_nothing_useful(redirecting: tuple[str, dict[str, str]]) -> None:
    url, script = redirecting
    for location, message in [
        ("/sparql/", f"{url} redirects to {url}/"),
        ("file:///etc/passwd", f"{url} redirects to what is no URL of http or https"),
        ("http://[x", f"{url} redirects to what is no URL of http or https"),
        ("", f"{url} answers with HTTP status 302"),
    ]:
        script["location"] = location
        with pytest.raises(EndpointError) as caught:
            RemoteEngine(url).ask("ASK {}")
        assert caught.value.message == message


def test_an_opener_installed_elsewhere_has_no_part(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urllib.request, "_opener", urllib.request.OpenerDirector())  # as install_opener does
    assert RemoteEngine(server.url).ask("ASK {}") is True


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), 1e9])
def test_refuses_other_timeouts(timeout: float) -> None:
    with pytest.raises(UsageError, match="it must be above 0 and at most 86,400"):
        RemoteEngine("http://127.0.0.1:1/", timeout)


@pytest.mark.parametrize("url", ["ftp://x/y", "http://", "http://x:99999/", "http://[x/"])
def test_refuses_other_urls(url: str) -> None:
    with pytest.raises(UsageError, match="endpoint's URL"):
        RemoteEngine(url)


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Oxigraph server with the shipped graphs; its default graph is not their union."""
    program = Path(sys.executable).with_name("oxigraph")
    found = str(program) if program.exists() else shutil.which("oxigraph")
    if found is None:
        pytest.skip("the oxigraph server is not installed: pip install oxigraph")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{free.getsockname()[1]}"
    store = tmp_path_factory.mktemp("oxigraph")
    command = [found, "serve", "--location", str(store), "--bind", base.removeprefix("http://")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{base}/query?query=ASK%7B%7D", timeout=1).close()
                break
            except (urllib.error.URLError, TimeoutError):
                time.sleep(0.1)
        for graph, path in resources.graph_files():
            request = urllib.request.Request(f"{base}/store?graph={graph}", path.read_bytes(), method="PUT")
            request.add_header("Content-Type", "text/turtle")
            urllib.request.urlopen(request, timeout=30).close()
        yield f"{base}/query"
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.server
@pytest.mark.parametrize("name", ["opinions-by-right", "rights-by-state", "acceptance-by-issue", "count-mismatches"])
def test_a_real_server_gives_the_same_rows(oxigraph: str, name: str) -> None:
    remote = uprgraph.open(oxigraph).query(name)
    assert len(remote)
    assert remote.terms == uprgraph.query(name).terms


@pytest.mark.server
def test_a_real_server_resolves_and_shows(oxigraph: str) -> None:
    graph = uprgraph.open(oxigraph)
    assert graph.default_graphs
    assert [row.number for row in graph.query("opinions-by-right", right="freedom of religion", state="Казахстан")] == [
        "TERR-KAZ/296/2016",
        "JUD-KAZ/337/2018",
    ]
    assert graph.show("TERR-KAZ/296/2016").to_json() == uprgraph.open().show("TERR-KAZ/296/2016").to_json()
    with pytest.raises(UprGraphError, match="refuses the query"):
        graph.sparql("SELECT * { ?s ?p }")
