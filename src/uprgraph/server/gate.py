"""What every request passes through: headers for safety, limits of size and time, the log and the numbers."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from uprgraph.server.metrics import Metrics

ABORT: Final = "uprgraph.abort"
"""The key of a request's scope under which stands what ends its connection at once, where there is one."""
_LOG = logging.getLogger("uprgraph.access")
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
_POSTED: Final = frozenset({"/sparql", "/editor"})
"""The paths that take queries by POST."""
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_PIECE: Final = 1 << 18
"""Bytes of an answer that are sent at once, so that the rest does not wait in memory of its own for a slow reader."""
_PATIENCE: Final = 30.0
"""Seconds that a client has to take such a piece, and to send the whole body of a request."""
_STATUS_OF_GONE: Final = 499


class Gate:
    """The outermost layer of the application.

    `most` is how many bytes the body of a request may have. Answers may be read by the scripts of every site, as
    nothing here is secret or depends on who asks.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, most: int, *, log_queries: bool) -> None:
        self._app = app
        self._metrics = metrics
        self._most = most
        self._log_queries = log_queries

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        passage = _Passage(scope, receive, send, self._most)
        started = time.perf_counter()
        try:
            await self._pass(scope, passage)
        finally:
            self._account(scope, passage, time.perf_counter() - started)

    async def _pass(self, scope: Scope, passage: _Passage) -> None:
        early: Response | None = None
        if scope["method"] == "OPTIONS":
            allowed = "GET, HEAD, POST, OPTIONS" if scope["path"] in _POSTED else "GET, HEAD, OPTIONS"
            early = Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": allowed, **_PREFLIGHT})
        elif passage.announced > self._most:
            early = PlainTextResponse(
                f"a request may have at most {self._most:,} bytes\n",
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                {"Connection": "close"},
            )
        await (early or self._app)(scope, passage.receive, passage.send)

    def _account(self, scope: Scope, passage: _Passage, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "none")
        method = scope["method"] if scope["method"] in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
        self._metrics.count(route, method, passage.status, seconds, passage.size)
        if _LOG.isEnabledFor(logging.INFO):
            line: dict[str, object] = {
                "method": scope["method"],
                "path": scope["path"],
                "status": passage.status,
                "seconds": round(seconds, 4),
                "bytes": passage.size,
                "client": scope["client"][0] if scope.get("client") else "",
            }
            if self._log_queries:
                line["query"] = scope["state"].get("query") or scope["query_string"].decode("latin-1")
            _LOG.info("request", extra={"line": line})


class _Passage:
    """One request on its way in, and its answer on its way out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        self._receive = receive
        self._send = send
        self._left = most
        self._most = most
        self._abort: Callable[[], None] | None = scope.get(ABORT)
        self._deadline = asyncio.get_running_loop().time() + _PATIENCE
        self._is_read = False
        self.announced = _announced(scope)
        self.status = _STATUS_OF_GONE
        self.size = 0

    async def receive(self) -> Message:
        """Return a piece of the body, or that the client has gone. Raises HTTPException for too much, or too late."""
        if self._is_read:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, headers={"Connection": "close"}) from None
        if message["type"] != "http.request":
            return message
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            detail = f"a request may have at most {self._most:,} bytes"
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail, {"Connection": "close"})
        self._is_read = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Send a message, bodies in pieces, and give up a client that does not take them."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            known = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(each for each in _HEADERS if each[0] not in known)]
            await self._send(message)
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

    async def _send_in_time(self, message: Message) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._send(message)
        except TimeoutError:
            self.status = _STATUS_OF_GONE
            if self._abort is not None:
                self._abort()


def _announced(scope: Scope) -> int:
    """Return how many bytes a request says that its body has."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0
