"""Connections of clients, with limits where uvicorn has none: the head of a request, and how many there are."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections import Counter
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from uprgraph.server.passage import ABORT, WHOLE

LONGEST_HEAD: Final = 1 << 17
"""Bytes of the address and the headers of a request."""
_PATIENCE: Final = 10.0
"""Seconds that a client has for them."""
_MOST: Final = 256
"""Connections of one client; a proxy on this machine may have more."""
_UNTAKEN: Final = 30_000
"""Milliseconds after which the system ends a connection whose other side takes nothing of what was sent."""
_OPEN: Counter[str] = Counter()
_HEAD: Final = b"HTTP/1.1 "
"""How an answer begins."""
_END: Final = b"\r\n\r\n"
_UPGRADE: Final = re.compile(rb"(?<=\r\n)upgrade(?=[ \t]*:)", re.IGNORECASE)
"""The header by which a client offers another protocol, as those of Java do with HTTP/2. There is none that we take,
and the parser would take the body for that of the other protocol, and leave it out."""
_NOT_TAKEN: Final = b"x-offer"


class _OneWrite:
    """A transport that sends the head of an answer together with what is written next: the client wakes up once."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._held: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write what is the head of an answer soon, and all else now."""
        self._held.append(data)
        if len(self._held) == 1 and data.startswith(_HEAD):
            self._loop.call_soon(self._flush)
        else:
            self._flush()

    def close(self) -> None:
        """End the connection when all has been sent."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        held, self._held = self._held, []
        if held and not self._transport.is_closing():
            self._transport.writelines(held)


class Connection(HttpToolsProtocol):
    """One connection. A new one has some time to send the head of a request, and so has each further request."""

    _head = 0
    _is_in_head = True
    _deadline: asyncio.TimerHandle | None = None
    _counted: str | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in uvicorn
        """Take a connection, unless this client has too many."""
        super().connection_made(_OneWrite(transport))  # type: ignore[arg-type] # what it lacks is the transport's
        self._set_deadline()
        outside = transport.get_extra_info("socket")
        if outside is not None and hasattr(socket, "TCP_USER_TIMEOUT"):
            outside.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNTAKEN)
        if self.client is not None and not ipaddress.ip_address(self.client[0].partition("%")[0]).is_loopback:
            self._counted = self.client[0]
            _OPEN[self._counted] += 1
            if _OPEN[self._counted] > _MOST:
                transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._end_deadline()
        if self._counted is not None:
            _OPEN[self._counted] -= 1
            if not _OPEN[self._counted]:
                del _OPEN[self._counted]
            self._counted = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what has come, as long as the head is not too long."""
        if self._is_in_head:
            self._head += len(data)
            if self._head > LONGEST_HEAD + (1 << 16) or self.transport.is_closing():
                self._refuse()
                return
            if self._deadline is None:
                self._set_deadline()
            head, end, rest = data.partition(_END)
            data = _UPGRADE.sub(_NOT_TAKEN, head) + end + rest
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Begin with a request whose head is there."""
        self._is_in_head = False
        self._end_deadline()
        self.scope[ABORT] = self.transport.abort  # type: ignore[typeddict-unknown-key]
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End with the body of a request: the head of another may follow."""
        self._is_in_head = True
        self._head = 0
        self.scope[WHOLE] = True  # type: ignore[typeddict-unknown-key]
        super().on_message_complete()

    def _refuse(self) -> None:
        status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        message = f"the address and headers of a request may have at most {LONGEST_HEAD:,} bytes\n".encode()
        head = f"HTTP/1.1 {int(status)} {status.phrase}\r\nContent-Type: text/plain\r\nConnection: close\r\n"
        self.transport.write(f"{head}Content-Length: {len(message)}\r\n\r\n".encode() + message)
        self.transport.close()

    def _set_deadline(self) -> None:
        self._deadline = self.loop.call_later(_PATIENCE, self.transport.abort)

    def _end_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
