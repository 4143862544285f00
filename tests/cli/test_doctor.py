"""`uprgraph doctor` as users run it: its exit codes, its formats, and how it looks on a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.servers import Server

ROOT = Path(__file__).parents[2]
Runner = Callable[..., Any]


@pytest.fixture
def page() -> Iterator[str]:
    """The URL of a server that answers everything with a start page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b"<html><body>Welcome</body></html>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the output of tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        server.server_close()


def test_a_page_is_no_sparql_server(run: Runner, page: str) -> None:
    done = run("doctor", "--endpoint", page)
    assert (done.code, done.out) == (2, "")
    assert "answers with text/html instead of SPARQL results" in done.err
    assert "is this the query URL of a SPARQL endpoint?" in done.err


def test_nobody_listens(run: Runner) -> None:
    done = run("doctor", "--endpoint", "http://127.0.0.1:9/sparql")
    assert (done.code, done.out) == (2, "")
    assert "cannot be reached" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--endpoint"),
        (("--endpoint", "store"), "starts with http:// or https://"),
        (("--endpoint", "http://localhost/sparql", "--timeout", "0"), "--timeout"),
        (("--endpoint", "http://localhost/sparql", "--store", "dbase"), "dbase"),
        (("--endpoint", "http://localhost/sparql", "-o", "report.pdf"), "report.pdf"),
    ],
)
def test_wrong_use(run: Runner, arguments: tuple[str, ...], said: str) -> None:
    done = run("doctor", *arguments)
    assert done.code == 2
    assert said in done.err


def options(server: Server) -> tuple[str, ...]:
    return ("--user", server.user) if server.user else ()


def test_a_server_before_and_after_it_is_loaded(run: Runner, fresh_triplestore: Server, tmp_path: Path) -> None:
    server = fresh_triplestore
    password = {"UPRGRAPH_PASSWORD": server.password} if server.password else {}
    command = ("doctor", "--endpoint", server.query_url, *options(server))

    done = run(*command, **password)
    assert (done.code, done.err) == (1, "1 problem\n")
    rows = {row["check"]: row for row in csv.DictReader(io.StringIO(done.out))}
    load = rows["our graphs"]["advice"].removeprefix("load them: uprgraph ").split()
    assert load[0] == "load"

    assert run(*load, **password).code == 0, "the advice is a command that works"
    done = run(*command, "--format", "json", **password)
    assert (done.code, done.err) == (0, "no problems\n")
    assert {row["status"] for row in json.loads(done.out)} <= {"good", "note", "not there"}

    file = tmp_path / "report.md"
    assert run(*command, "-o", str(file), **password).code == 0
    assert file.read_text().startswith("| check")


@pytest.mark.parametrize("width", [80, 120])
def test_it_can_be_read_on_a_terminal(triplestore: Server, width: int) -> None:
    settings = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": str(width)}
    command = [sys.executable, "-m", "uprgraph", "doctor", "--endpoint", triplestore.query_url, "--format", "table"]
    done = subprocess.run(command, capture_output=True, env=settings, timeout=120, check=False, text=True)
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= width
    assert any("SELECT by POST" in line for line in lines)
