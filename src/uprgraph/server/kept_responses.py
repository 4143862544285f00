"""Whole responses kept in memory, those that say themselves that everybody may keep them, until the data changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from uprgraph.server.site import Runs

_ROOM: Final = 64 << 20
_LARGEST: Final = 4 << 20
_OVERHEAD: Final = 4_000
"""Bytes that a response takes besides its body."""
_OWN: Final = frozenset({b"if-none-match", b"if-modified-since", b"range", b"authorization", b"cookie"})
"""Headers of requests that may make the response one for this request alone."""


@dataclass(slots=True)
class _Kept:
    start: Message
    route: object = None
    body: bytearray = field(default_factory=bytearray)


class KeptResponses:
    """A layer that answers again what it has seen answered: the same address, asked for in the same forms.

    It keeps answers to GET with status 200 that are public, have an ETag, and depend on no header but Accept. What
    `elsewhere` names keeps its answers itself.
    """

    def __init__(self, app: ASGIApp, runs: Runs, elsewhere: str) -> None:
        self._app = app
        self._runs = runs
        self._elsewhere = elsewhere
        self._responses: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._taken = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        key = self._key(scope) if scope["type"] == "http" else None
        if key is None:
            await self._app(scope, receive, send)
            return
        found = self._responses.get(key)
        if found is not None:
            self._responses.move_to_end(key)
            scope["route"] = found.route
            await send({**found.start, "headers": list(found.start["headers"])})
            await send({"type": "http.response.body", "body": bytes(found.body)})
            return
        made: _Kept | None = None

        async def noticing(message: Message) -> None:
            nonlocal made
            if message["type"] == "http.response.start":
                is_public = _may_be_kept(message)
                made = _Kept({**message, "headers": list(message["headers"])}) if is_public else None
            elif made is not None:
                made.body += message.get("body", b"")
                if len(made.body) > _LARGEST:
                    made = None
            await send(message)
            if made is not None and message["type"] == "http.response.body" and not message.get("more_body", False):
                made.route = scope.get("route")
                self._keep(key, made)

        await self._app(scope, receive, noticing)

    def _key(self, scope: Scope) -> Hashable | None:
        if scope["method"] != "GET" or scope["path"] == self._elsewhere:
            return None
        asked = [(name, value) for name, value in scope["headers"] if name in {b"accept", b"host"}]
        if any(name in _OWN for name, _ in scope["headers"]):
            return None
        day = datetime.now(UTC).date()  # pages say when they were made
        address = scope.get("scheme"), scope.get("root_path"), scope["path"], scope["query_string"]
        return self._runs.version, day, *address, *asked

    def _keep(self, key: Hashable, made: _Kept) -> None:
        if key in self._responses:
            return
        self._responses[key] = made
        self._taken += len(made.body) + _OVERHEAD
        while self._taken > _ROOM:
            _, gone = self._responses.popitem(last=False)
            self._taken -= len(gone.body) + _OVERHEAD


def _may_be_kept(start: Message) -> bool:
    headers = {name: value.lower() for name, value in start["headers"]}
    varies = {each.strip() for each in headers.get(b"vary", b"").split(b",")} - {b"", b"accept"}
    is_public = b"public" in headers.get(b"cache-control", b"") and b"etag" in headers
    return start["status"] == HTTPStatus.OK and is_public and not varies and b"set-cookie" not in headers
