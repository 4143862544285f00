"""The web server's end of the pair of sockets to a worker: one message out, then one back."""

from __future__ import annotations

import asyncio
import socket
from typing import cast

from uprgraph.server.pool.frames import length_of


class Line(asyncio.Protocol):
    """A line to a worker, lighter than a stream of asyncio: each query goes through one. Made by `over`."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._received = bytearray()
        self._reply: asyncio.Future[bytearray] | None = None

    @classmethod
    async def over(cls, ours: socket.socket) -> Line:
        """Return a line over a socket, which it closes at its end."""
        _, line = await asyncio.get_running_loop().create_connection(cls, sock=ours)
        return line

    @property
    def is_lost(self) -> bool:
        """Whether the other side has gone, or this one has ended it."""
        return self._transport.is_closing()

    def ask(self, message: bytes) -> asyncio.Future[bytearray]:
        """Send a message and return what will be the packed reply, or a ConnectionError if the other side goes."""
        self._reply = reply = self._loop.create_future()
        if self.is_lost:
            reply.set_exception(_lost())
        else:
            self._transport.write(message)
        return reply

    def close(self) -> None:
        """End it at once."""
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what messages go through."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take a piece of a reply; whoever waits for it has it when it is whole."""
        self._received += data
        if len(self._received) < length_of(self._received):
            return
        content, self._received = self._received, bytearray()
        reply, self._reply = self._reply, None
        if reply is not None and not reply.done():
            reply.set_result(content)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - in any case
        """Tell whoever waits for a reply."""
        if self._reply is not None and not self._reply.done():
            self._reply.set_exception(_lost())


def _lost() -> ConnectionError:
    return ConnectionError("the worker has ended")
