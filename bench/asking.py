"""Clients of a SPARQL endpoint, in a process of their own: each asks as soon as it has its answer, over one connection.

Each client has an address of its own on this machine, as clients elsewhere have: a server may let one client ask only
so much at once. Linux only. Usage: python -m bench.asking URL QUERY_FILE CLIENTS SECONDS KIND, with KIND `fresh` for a
text that nobody has asked before (a comment at its end), or `same`. Prints one line of JSON.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

_OK = b"HTTP/1.1 200 "
_MOST_REQUESTS = 200_000
_PATIENCE = 300
"""Seconds that the last answers may take."""
_RUN = time.time_ns()


class Client(asyncio.Protocol):
    """One connection."""

    def __init__(self, url: str, query: str, end: float, *, fresh: bool) -> None:
        parts = urlsplit(url)
        self._head = (
            f"POST {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/sparql-query\r\n"
            "Accept: application/sparql-results+json\r\n"
        )
        self._query = query
        self._end = end
        self._fresh = fresh
        self._received = bytearray()
        self._length: int | None = None
        self._started = 0.0
        self.seconds: list[float] = []
        self.failures = 0
        self.done = asyncio.get_running_loop().create_future()

    _numbers = itertools.count()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def _ask(self) -> None:
        text = self._query
        if self._fresh:
            text += f"\n# {_RUN} {next(self._numbers):>9}"
        body = text.encode()
        self._started = time.perf_counter()
        self._transport.write(f"{self._head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def data_received(self, data: bytes) -> None:
        """Take a piece of an answer; when it is whole, ask again."""
        self._received += data
        if self._length is None:
            head = self._received.find(b"\r\n\r\n")
            if head < 0:
                return
            self._length = self._whole_length(bytes(self._received[:head]).lower(), head + 4)
        if self._length == 0 and not self._received.endswith(b"\r\n0\r\n\r\n"):
            return
        if len(self._received) < self._length:
            return
        now = time.perf_counter()
        if self._received.startswith(_OK):
            self.seconds.append(now - self._started)
        else:
            self.failures += 1
        self._received.clear()
        self._length = None
        if now < self._end and len(self.seconds) + self.failures < _MOST_REQUESTS:
            self._ask()
        else:
            self._transport.close()

    @staticmethod
    def _whole_length(head: bytes, start: int) -> int:
        """Return the length of the whole answer, or 0 if it comes in chunks and says itself where it ends."""
        _, found, rest = head.partition(b"\r\ncontent-length:")
        return start + int(rest.split(b"\r\n", 1)[0]) if found else 0

    def connection_lost(self, exc: Exception | None) -> None:
        """Say that this client has ended; too early counts as a failure."""
        if exc is not None or time.perf_counter() < self._end:
            self.failures += 1
        if not self.done.done():
            self.done.set_result(None)


async def ask(url: str, query: str, clients: int, seconds: float, *, fresh: bool) -> dict[str, object]:
    """Have so many clients ask for so long, and return how long each answer took."""
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    port = urlsplit(url).port or 80
    asking = [Client(url, query, started + seconds, fresh=fresh) for _ in range(clients)]
    for number, client in enumerate(asking):
        await loop.create_connection(
            lambda client=client: client,  # type: ignore[misc] # mypy does not see the default
            "127.0.0.1",
            port,
            local_addr=(f"127.0.4.{number + 1}", 0),
        )
    async with asyncio.timeout(seconds + _PATIENCE):
        await asyncio.gather(*(client.done for client in asking))
    return {
        "seconds": [each for client in asking for each in client.seconds],
        "failures": sum(client.failures for client in asking),
        "elapsed": time.perf_counter() - started,
        "busy": time.process_time(),
    }


def main(url: str, file: str, clients: str, seconds: str, kind: str) -> None:
    """Ask, and print the outcome."""
    import uvloop

    query = Path(file).read_text(encoding="utf-8")
    print(json.dumps(uvloop.run(ask(url, query, int(clients), float(seconds), fresh=kind == "fresh"))))


if __name__ == "__main__":
    main(*sys.argv[1:])
