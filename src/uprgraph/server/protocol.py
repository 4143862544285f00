"""The SPARQL endpoint: SPARQL 1.1 Protocol for queries, at /sparql.

| request | answer |
|---|---|
| GET with `query`, POST of a form with `query`, POST of `application/sparql-query` | the answer to the query |
| GET without a query | the description of the service; for browsers the editor |

`default-graph-uri` and `named-graph-uri` count before FROM and FROM NAMED. Graphs that the dataset does not have,
SERVICE and updates are refused with status 400. Errors are plain text. An answer that is cut off has the header
`X-SPARQL-MaxRows`, and says so itself where its format allows.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from functools import cache
from http import HTTPStatus
from typing import Any, Final, TypeVar, cast

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from uprgraph.errors import BusyError, EndpointError, QueryError, QueryLimitError, UprGraphError
from uprgraph.server.answers import Plain, base, is_known, not_modified, tag_of
from uprgraph.server.answers import kept as kept_headers
from uprgraph.server.clients import client_of
from uprgraph.server.jobs.sparql import GRAPHS, Answered, Asked, NotAcceptableError
from uprgraph.server.kept_answers import KeptAnswers
from uprgraph.server.negotiation import best
from uprgraph.server.pool import ClientBusyError
from uprgraph.server.requests import ProtocolError, question_of
from uprgraph.server.site import Site

PATH: Final = "/sparql"
_ROOM = 64 << 20
"""Bytes of the answers that are kept."""
_CHANGING = re.compile(r"(?:NOW|RAND|UUID|BNODE)\s*[(#]")
"""Functions whose value is another one each time; words may be glued to them, and comments may stand before `(`."""
_NAMES_OF_CHANGING = ("NOW", "RAND", "UUID", "BNODE")
_SOON = 0.05
"""Seconds within which most answers are there, so that it need not be looked whether the client still is."""
_VARY = "Accept"
_UNKEPT = {"Vary": _VARY, "Cache-Control": "no-store"}
_STATUS: tuple[tuple[type[UprGraphError], HTTPStatus], ...] = (
    (ClientBusyError, HTTPStatus.TOO_MANY_REQUESTS),
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (NotAcceptableError, HTTPStatus.NOT_ACCEPTABLE),
    (QueryLimitError, HTTPStatus.SERVICE_UNAVAILABLE),
    (EndpointError, HTTPStatus.BAD_GATEWAY),
    (QueryError, HTTPStatus.BAD_REQUEST),
)
_Result = TypeVar("_Result")


class Endpoint:
    """The endpoint as an application of its own, so that nothing stands between it and the router."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept = KeptAnswers(_ROOM)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            response = await _respond(self._site, self._kept, Request(scope, receive))
        except ProtocolError as error:
            response = _complaint(error, error.status)
        except UprGraphError as error:
            status = next((status for kind, status in _STATUS if isinstance(error, kind)), None)
            response = _complaint(error, status or HTTPStatus.INTERNAL_SERVER_ERROR)
        await response(scope, receive, send)


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of the endpoint."""
    return [Route(PATH, Endpoint(site), methods=["GET", "HEAD", "POST"], name="sparql")]


async def _respond(site: Site, kept: KeptAnswers, request: Request) -> Response:
    endpoint = base(site, request) + PATH
    cut_link = f"{endpoint}#cut"
    accept = ", ".join(request.headers.getlist("Accept")) or None
    question = await question_of(request, site.settings.limits.length)

    async def answer(job: str, what: Plain, text: str = "", **arguments: object) -> Response:
        async def make() -> Answered:
            made = await site.jobs.run(job, client=client_of(request), **arguments)
            assert isinstance(made, Answered)  # noqa: S101 - for the type checker
            return made

        return await _answered(kept, request, (site.jobs.version, *what), text, make)

    if question is None:
        if best(accept, [*GRAPHS, "text/html"]) == "text/html":
            return RedirectResponse(f"{base(site, request)}/editor", HTTPStatus.SEE_OTHER, {"Vary": _VARY})
        described: dict[str, Any] = {"endpoint": endpoint, "cut_link": cut_link, "accept": accept}
        return await answer("service.describe", tuple(described.values()), **described)
    request.state.query = question.text
    limits = site.settings.limits
    asked = Asked(
        question.text, accept, question.default_graphs, question.named_graphs, cut_link, limits.rows, limits.bytes
    )
    return await answer("sparql.evaluate", asked, question.text, asked=asked)


async def _answered(
    kept: KeptAnswers, request: Request, key: Plain, text: str, make: Callable[[], Awaitable[Answered]]
) -> Response:
    """Return what is made, from what is kept if it is there, and only if the client does not have it."""
    changes = _changes(text)
    tag = cache(lambda: tag_of(key))
    if not changes and "If-None-Match" in request.headers and is_known(request, tag()):
        return not_modified(tag())
    answer = None if changes else kept.get(key)
    if answer is None:
        asyncio.get_running_loop().call_soon(tag)  # it is worked out while a worker has the query
        answer = await _while_connected(request, make() if changes else kept.made(key, len(text), make))
    headers = _UNKEPT if changes else kept_headers(tag())
    headers = {**headers, "Content-Type": answer.content_type}
    if answer.rows_cut_at is not None:
        headers["X-SPARQL-MaxRows"] = str(answer.rows_cut_at)
    return Response(answer.content, headers=headers)


def _changes(text: str) -> bool:
    text = text.upper()
    return any(name in text for name in _NAMES_OF_CHANGING) and _CHANGING.search(text) is not None


async def _while_connected(request: Request, making: Awaitable[_Result]) -> _Result:
    """Wait for an answer as long as the client does; when it has gone, the answer is given up.

    Raises ClientDisconnect then, and whatever making the answer raises.
    """
    watch = _Watch(request)
    try:
        return await making
    except asyncio.CancelledError:
        if not watch.has_seen_it_go:
            raise
        watch.task.uncancel()
        raise ClientDisconnect from None
    finally:
        watch.end()


class _Watch:
    """Looks after a little while whether the client of this task's request is still there, and cancels the task if not.

    Most answers are there before, and nothing needs to be looked at.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self.task = cast("asyncio.Task[object]", asyncio.current_task())
        self._looking: asyncio.Task[None] | None = None
        self._start = asyncio.get_running_loop().call_later(_SOON, self._look)
        self.has_seen_it_go = False

    def end(self) -> None:
        """Look no longer."""
        self._start.cancel()
        if self._looking is not None:
            self._looking.cancel()

    def _look(self) -> None:
        self._looking = asyncio.ensure_future(self._until_gone())

    async def _until_gone(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":
            continue
        self.has_seen_it_go = True
        self.task.cancel()


def _complaint(error: UprGraphError, status: HTTPStatus) -> Response:
    headers = dict(_UNKEPT)
    if isinstance(error, BusyError):
        headers["Retry-After"] = str(error.retry_after)
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        headers["Connection"] = "close"
    return PlainTextResponse(f"{error}\n".encode("utf-8", "replace"), int(status), headers)
