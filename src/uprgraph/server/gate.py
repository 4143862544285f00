"""What every request passes through: headers for safety, limits of size and time, the log and the numbers."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Final

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from uprgraph.server import logs
from uprgraph.server.metrics import Metrics
from uprgraph.server.passage import Passage, Room

_POSTED: Final = frozenset({"/sparql", "/editor"})
"""The paths that take queries by POST."""
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


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
        self._room = Room()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        passage = Passage(scope, receive, send, self._most, self._room)
        started = time.perf_counter()
        try:
            await self._pass(scope, passage)
        finally:
            passage.end()
            self._account(scope, passage, time.perf_counter() - started)

    async def _pass(self, scope: Scope, passage: Passage) -> None:
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

    def _account(self, scope: Scope, passage: Passage, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "none")
        method = scope["method"] if scope["method"] in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
        self._metrics.count(route, method, passage.status, seconds, passage.size)
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
        logs.request(line)
