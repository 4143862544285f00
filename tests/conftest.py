"""What many tests need: the shipped graph, small graphs, the command line in a process of its own, triplestores."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from tests.servers import KINDS, Server, Unavailable, start

import uprgraph
from uprgraph import resources
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.graph import Graph

ROOT = Path(__file__).parent.parent

# Commands are run as users run them: with streams that are buffered.
os.environ.pop("PYTHONUNBUFFERED", None)


@pytest.fixture(scope="session")
def shipped() -> Graph:
    """The shipped graph."""
    return uprgraph.open()


@pytest.fixture
def engine_of(tmp_path: Path) -> Callable[[str], EmbeddedEngine]:
    """A maker of engines over one small Turtle text, with our prefixes."""

    def make(turtle: str) -> EmbeddedEngine:
        from uprgraph.vocabulary import prefixes

        head = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in prefixes().items())
        path = tmp_path / "data.ttl"
        path.write_text(head + turtle, encoding="utf-8")
        return EmbeddedEngine.of_files([resources.GraphFile("https://w3id.org/uprgraph/graph/test", path)])

    return make


@pytest.fixture(scope="session")
def shared_files() -> Path:
    """The published files of others, which are not part of the project."""
    folder = resources.root().parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the published lists are not at {folder}")
    return folder


@pytest.fixture
def shared_data(shared_files: Path) -> Path:
    """The same."""
    return shared_files


class Run:
    """What a command wrote, as text, and its exit code."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode()
        self.err = done.stderr.decode()
        self.bytes = done.stdout


@pytest.fixture
def run() -> Callable[..., Run]:
    """A runner of `uprgraph` in a process of its own, not on a terminal."""

    def runner(*arguments: str, stdin: bytes = b"", **environment: str) -> Run:
        settings = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment}
        command = [sys.executable, "-m", "uprgraph", *arguments]
        done = subprocess.run(command, input=stdin, capture_output=True, env=settings, timeout=120, check=False)
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Run(done)

    return runner


@dataclass
class Scripted:
    """What a server is to answer, and what it was asked: path, form and headers."""

    status: int = 200
    content_type: str = "application/sparql-results+json"
    body: bytes = b'{"head": {}, "boolean": true}'
    silent: bool = False
    cut_at: int | None = None
    url: str = ""
    asked: list[tuple[str, dict[str, list[str]], dict[str, str]]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def server() -> Iterator[Scripted]:
    """A small HTTP server on a free loopback port, which answers as the test tells it to."""
    script = Scripted()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            script.asked.append((self.path, form, dict(self.headers)))
            if script.silent:
                script.released.wait(20)
                return
            self.send_response(script.status)
            self.send_header("Content-Type", script.content_type)
            self.send_header("Content-Length", str(len(script.body)))
            self.end_headers()
            self.wfile.write(script.body[: script.cut_at])

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the output of tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    script.url = f"http://127.0.0.1:{server.server_port}/sparql"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield script
    finally:
        script.released.set()
        server.shutdown()
        server.server_close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Set the marks of triplestores before -m and pytest-xdist read them."""
    for item in items:
        if isinstance(item, pytest.Function):
            _mark_triplestores(item)


def _mark_triplestores(item: pytest.Function) -> None:
    """Mark a test that uses a triplestore; those of one kind run in one process, which shares its server.

    A test that uses `start_triplestore` names its group itself.
    """
    used = {"triplestore", "fresh_triplestore", "start_triplestore"}.intersection(item.fixturenames)
    if used:
        item.add_marker("triplestores")
    for fixture in used - {"start_triplestore"}:
        item.add_marker(pytest.mark.xdist_group(item.callspec.params[fixture]))


@pytest.fixture(scope="session", params=KINDS)
def triplestore(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real triplestore of each kind, shared by all tests: who writes uses graph IRIs of its own.

    RDF4J is in memory: its native store looks every statement up once per graph of a request, and takes minutes.
    """
    options = {"sail": "memory"} if request.param == "rdf4j" else {}
    with _started(request.param, tmp_path_factory.mktemp(request.param), **options) as running:
        yield running


@pytest.fixture(params=KINDS)
def fresh_triplestore(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A real triplestore of each kind, empty and of this test alone, which may stop, kill and restart it."""
    with _started(request.param, tmp_path / "triplestore") as running:
        yield running


@pytest.fixture
def start_triplestore(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """A starter of triplestores with options: `start_triplestore("virtuoso", max_rows=10)`; stopped after the test."""
    with ExitStack() as running:

        def starter(kind: str, **options: Any) -> Server:
            return running.enter_context(_started(kind, tmp_path_factory.mktemp(kind), **options))

        yield starter


def _started(kind: str, folder: Path, **options: Any) -> Server:
    try:
        return start(kind, folder, **options)
    except Unavailable as error:
        if os.environ.get("UPRGRAPH_REQUIRE_TRIPLESTORES"):
            raise
        pytest.skip(str(error))
