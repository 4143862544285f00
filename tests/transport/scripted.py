"""A server that answers byte for byte as a test tells it to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Asked:
    """One request."""

    line: str
    headers: dict[str, str]
    body: bytes


Step = bytes | Callable[[socket.socket, Asked], bytes | None]
"""What is sent, after which the connection stays open; or what talks to the client itself, and returns it or None."""


def answer(status: int = 200, body: bytes = b"ok", **headers: str) -> bytes:
    """Return a whole HTTP answer; an underscore in the name of a header stands for a hyphen."""
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name.replace('_', '-')}: {text}" for name, text in headers.items())]
    if "Transfer_Encoding" not in headers and "Content_Length" not in headers:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Script:
    """The answers of a server, one for each request, the last for all that follow; and what it was asked."""

    url: str = ""
    steps: list[Step] = field(default_factory=lambda: [answer()])
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    released: threading.Event = field(default_factory=threading.Event)

    def serve(self, connection: socket.socket) -> None:
        """Answer the requests of one connection."""
        self.connections += 1
        with connection, connection.makefile("rb") as file:
            while line := file.readline().decode("latin-1").strip():
                pairs = (each.decode("latin-1").strip().partition(": ") for each in iter(file.readline, b"\r\n"))
                asked = Asked(line, {name: text for name, _, text in pairs}, b"")
                asked.body = self._body(file, asked.headers)
                self.asked.append(asked)
                step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
                sent = step(connection, asked) if callable(step) else step
                if sent is None:
                    return
                connection.sendall(sent)
                if b"Connection: close" in sent:
                    return

    @staticmethod
    def _body(file: object, headers: dict[str, str]) -> bytes:
        read: Callable[[int], bytes] = file.read  # type: ignore[attr-defined]
        readline: Callable[[], bytes] = file.readline  # type: ignore[attr-defined]
        if headers.get("Transfer-Encoding") != "chunked":
            return read(int(headers.get("Content-Length", "0")))
        body = b""
        while size := int(readline(), 16):
            body += read(size)
            readline()
        readline()
        return body


@contextmanager
def scripted() -> Iterator[Script]:
    """A scripted server on a free loopback port."""
    found = Script()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found.url = f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"

        def serve(connection: socket.socket) -> None:
            try:
                found.serve(connection)
            except OSError:  # the client went away
                return

        def accept() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:  # the test is over
                    return
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield found
        finally:
            found.released.set()
            listening.shutdown(socket.SHUT_RDWR)
