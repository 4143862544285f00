"""What many tests need: the shipped graph, small graphs, and the command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

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
