"""The server as users start it: `uprgraph serve` in a process of its own."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlencode


class Reply(NamedTuple):
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Serving:
    """A server that runs, and the lines of its log."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._reading = threading.Thread(target=self._read, daemon=True)
        assert process.stderr is not None
        first = process.stderr.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", first)
        if found is None:
            raise AssertionError(first + process.stderr.read().decode())
        self.port = int(found[1])
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        self.lines.extend(line.decode() for line in self.process.stderr)

    def ask(self, path: str, query: str | None = None, *, source: str = "127.0.0.1", **headers: str) -> Reply:
        """Send a GET, or with a query a POST of a form, from one of the addresses of this machine."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(source, 0))
        try:
            body = None if query is None else urlencode({"query": query})
            form = {} if body is None else {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("GET" if body is None else "POST", path, body, {**form, **headers})
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    def events(self, name: str) -> list[Mapping[str, Any]]:
        """Return what the log says of a kind of event."""
        return [each for each in map(json.loads, list(self.lines)) if each["event"] == name]

    def stop(self) -> int:
        """End it as systems do, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self._reading.join(10)
        return code


@contextmanager
def serving(*options: str) -> Iterator[Serving]:
    """Start a server on any free port, and end it."""
    command = [sys.executable, "-m", "uprgraph", "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ)
    try:
        yield Serving(process)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
