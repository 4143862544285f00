"""One request on its way in, and its answer on its way out: how large, how fast, and with which headers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

ABORT: Final = "uprgraph.abort"
"""The key of a request's scope under which stands what ends its connection at once, where there is one."""
WHOLE: Final = "uprgraph.whole"
"""The key under which stands that the whole of a request has come, so that there is no body to wait for."""
_POLICY: Final = b"; ".join(
    (
        *(b"default-src 'self'", b"img-src 'self' data:", b"object-src 'none'", b"base-uri 'none'"),
        *(b"form-action 'self'", b"frame-ancestors 'none'"),
    )
)
"""What pages may load and do: nothing from elsewhere, and no script or style that stands in the page itself."""
_HEADERS: Final = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Link, Retry-After, Content-Disposition, X-SPARQL-MaxRows, X-Total-Count",
    ),
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_PIECE: Final = 1 << 18
"""Bytes of an answer that are sent at once, so that the rest does not wait in memory of its own for a slow reader."""
_PATIENCE: Final = 30.0
"""Seconds that a client has to take such a piece, and to send the whole body of a request."""
STATUS_OF_GONE: Final = 499
"""What the log and the numbers say of a request whose client went before it was answered."""
_SLOWEST: Final = 1 << 17
"""Bytes that a client must take in a second on average, else large answers would stay in memory for hours."""
_LARGE: Final = 1 << 20
_MOST_LARGE: Final = 512 << 20
"""Bytes that large answers may take in memory, all together, while they are sent."""
_REFUSAL: Final = b"too many large answers are being sent; ask again a little later\n"


class Room:
    """The room for large answers, of which those that are being sent take some."""

    taken = 0

    def reserve(self, size: int) -> int | None:
        """Return how much of it an answer takes from now on, or None if there is too little."""
        if size < _LARGE:
            return 0
        if self.taken + size > _MOST_LARGE:
            return None
        self.taken += size
        return size


class Passage:
    """One request on its way in, and its answer on its way out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, most: int, room: Room) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._most = most
        self._left = most
        self._room = room
        self._is_refused = False
        self._reserved = 0
        self._abort: Callable[[], None] | None = scope.get(ABORT)
        self._deadline = asyncio.get_running_loop().time() + _PATIENCE
        """Until when the body of the request, and then that of the answer, must have gone through."""
        self._is_read = False
        self.announced = _announced(scope)
        self.status = STATUS_OF_GONE
        self.size = 0

    def end(self) -> None:
        """Give back the room that the answer took."""
        self._room.taken -= self._reserved

    async def receive(self) -> Message:
        """Return a piece of the body, or that the client has gone. Raises HTTPException for too much, or too late."""
        if self._is_read:
            return await self._receive()
        message = await (self._receive() if WHOLE in self._scope else self._receive_in_time())
        if message["type"] != "http.request":
            return message
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            detail = f"a request may have at most {self._most:,} bytes"
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail, {"Connection": "close"})
        self._is_read = not message.get("more_body", False)
        return message

    async def _receive_in_time(self) -> Message:
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._receive()
        except TimeoutError:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, headers={"Connection": "close"}) from None

    async def send(self, message: Message) -> None:
        """Send a message, bodies in pieces, and give up a client that does not take them."""
        if message["type"] == "http.response.start":
            await self._start(message)
            return
        if self._is_refused:
            return
        body = message.get("body", b"")
        self.size += len(body)
        if len(body) <= _PIECE and not message.get("more_body", False):
            await self._send(message)
            return
        for start in range(0, len(body), _PIECE):
            more = message.get("more_body", False) or start + _PIECE < len(body)
            await self._send_in_time({**message, "body": body[start : start + _PIECE], "more_body": more})
        if not body:
            await self._send(message)

    async def _start(self, message: Message) -> None:
        known = dict(message["headers"])
        size = int(known.get(b"content-length", b"0"))
        self._deadline = asyncio.get_running_loop().time() + _PATIENCE + size / _SLOWEST
        reserved = self._room.reserve(size)
        if reserved is None:
            self._is_refused = True
            message["status"] = int(HTTPStatus.SERVICE_UNAVAILABLE)
            known = {
                b"content-type": b"text/plain; charset=utf-8",
                b"content-length": b"%d" % len(_REFUSAL),
                b"retry-after": b"10",
                b"cache-control": b"no-store",
            }
            message["headers"] = list(known.items())
        self._reserved = reserved or 0
        self.status = message["status"]
        message["headers"] = [*message["headers"], *(each for each in _HEADERS if each[0] not in known)]
        await self._send(message)
        if self._is_refused:
            await self._send({"type": "http.response.body", "body": _REFUSAL})

    async def _send_in_time(self, message: Message) -> None:
        soon = asyncio.get_running_loop().time() + _PATIENCE
        try:
            async with asyncio.timeout_at(min(soon, self._deadline)):
                await self._send(message)
        except TimeoutError:
            self.status = STATUS_OF_GONE
            if self._abort is not None:
                self._abort()


def _announced(scope: Scope) -> int:
    """Return how many bytes a request says that its body has."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0
