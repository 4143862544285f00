"""A store on a loopback port that really stores, in memory, and refuses what a test tells it to refuse."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Request:
    """What was asked: `body` is without its transfer coding, `data` without gzip as well."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> bytes:
        return gzip.decompress(self.body) if self.headers.get("Content-Encoding") == "gzip" else self.body


@dataclass
class FakeStore:
    """Query at /query, update at /update, graphs at /store. `rule` may answer in its place, or cut with `cut_after`."""

    url: str = ""
    rule: Callable[[Request], Answer | None] = lambda _: None
    cut_after: int | None = None
    cuts: int = 0
    server: str = "Oxigraph/0"
    asked: list[Request] = field(default_factory=list)
    store: ox.Store = field(default_factory=ox.Store)

    def sent(self, method: str) -> list[Request]:
        return [request for request in self.asked if request.method == method]

    def answer(self, request: Request) -> Answer:
        if request.path == "/query":
            text = request.query.get("query") or parse_qs(request.body.decode())["query"]
            result = self.store.query(text[0])
            if isinstance(result, ox.QueryTriples):
                return 200, {"Content-Type": "application/n-triples"}, ox.serialize(result, format=_LINES) or b""
            return 200, {"Content-Type": "application/sparql-results+json"}, b"{}"
        if request.path == "/update":
            self.store.update(request.data.decode())
            return 204, {}, b""
        graph = ox.NamedNode(request.query["graph"][0])
        if request.method == "GET":
            quads = self.store.quads_for_pattern(None, None, None, graph)
            body = ox.serialize((quad.triple for quad in quads), format=_LINES) or b""
            return (200 if body else 404), {"Content-Type": "application/n-triples"}, body
        if request.method in {"PUT", "DELETE"}:
            self.store.remove_graph(graph)
        if request.method != "DELETE":
            form = ox.RdfFormat.from_media_type(request.headers["Content-Type"])
            self.store.load(request.data, format=form, to_graph=graph)
        return 204, {}, b""


_LINES = ox.RdfFormat.N_TRIPLES


@pytest.fixture
def fake() -> Iterator[FakeStore]:
    """A store that stores, and says that it is Oxigraph."""
    fake = FakeStore()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def version_string(self) -> str:
            return fake.server

        def handle_any(self) -> None:
            if self.command == "PUT" and fake.cuts and fake.cut_after is not None:
                fake.cuts -= 1
                self.rfile.read(fake.cut_after)
                self.close_connection = True
                self.connection.close()
                return
            parts = urlsplit(self.path)
            request = Request(self.command, parts.path, parse_qs(parts.query), dict(self.headers), self._body())
            fake.asked.append(request)
            status, headers, body = fake.rule(request) or fake.answer(request)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_any  # noqa: N815

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            found = b""
            while size := int(self.rfile.readline(), 16):
                found += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return found

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the output of tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_port}/query"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
