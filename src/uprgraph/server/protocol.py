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
import hashlib
import re
from collections.abc import Awaitable, Mapping
from http import HTTPStatus
from typing import Final, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from uprgraph.errors import BusyError, EndpointError, QueryError, QueryLimitError, UprGraphError
from uprgraph.server.answers import CACHE_CONTROL, base
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
_STATUS: tuple[tuple[type[UprGraphError], HTTPStatus], ...] = (
    (ClientBusyError, HTTPStatus.TOO_MANY_REQUESTS),
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (NotAcceptableError, HTTPStatus.NOT_ACCEPTABLE),
    (QueryLimitError, HTTPStatus.SERVICE_UNAVAILABLE),
    (EndpointError, HTTPStatus.BAD_GATEWAY),
    (QueryError, HTTPStatus.BAD_REQUEST),
)
_Result = TypeVar("_Result")


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of the endpoint."""
    kept = KeptAnswers(_ROOM)

    async def sparql(request: Request) -> Response:
        try:
            return await _respond(site, kept, request)
        except ProtocolError as error:
            return _complaint(error, error.status)
        except UprGraphError as error:
            status = next((status for kind, status in _STATUS if isinstance(error, kind)), None)
            return _complaint(error, status or HTTPStatus.INTERNAL_SERVER_ERROR)

    return [Route(PATH, sparql, methods=["GET", "HEAD", "POST"], name="sparql")]


async def _respond(site: Site, kept: KeptAnswers, request: Request) -> Response:
    endpoint = base(site, request) + PATH
    cut_link = f"{endpoint}#cut"
    accept = ", ".join(request.headers.getlist("Accept")) or None
    question = await question_of(request, site.settings.limits.length)
    if question is None:
        if best(accept, [*GRAPHS, "text/html"]) == "text/html":
            return RedirectResponse(f"{base(site, request)}/editor", HTTPStatus.SEE_OTHER, {"Vary": _VARY})
        described = {"endpoint": endpoint, "cut_link": cut_link, "accept": accept}
        return await _answered(site, kept, request, "service.describe", described)
    request.state.query = question.text
    asked = Asked(question.text, accept, question.default_graphs, question.named_graphs, cut_link)
    arguments = {"asked": asked, "limits": site.settings.limits}
    return await _answered(site, kept, request, "sparql.evaluate", arguments, question.text)


async def _answered(  # noqa: PLR0917 - each of its own type
    site: Site, kept: KeptAnswers, request: Request, job: str, arguments: Mapping[str, object], text: str = ""
) -> Response:
    """Return what a job answers, from what is kept if it is there, and only if the client does not have it."""
    key = (site.jobs.version, job, *arguments.values())
    changes = _changes(text)
    headers = {"Vary": _VARY, "Cache-Control": "no-store" if changes else CACHE_CONTROL}
    if not changes:
        headers["ETag"] = f'W/"{hashlib.sha256(repr(key).encode("utf-8", "replace")).hexdigest()[:32]}"'
        if headers["ETag"] in {each.strip() for each in request.headers.get("If-None-Match", "").split(",")}:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)

    async def make() -> Answered:
        made = await site.jobs.run(job, client=client_of(request), **arguments)
        assert isinstance(made, Answered)  # noqa: S101 - for the type checker
        return made

    answer = None if changes else kept.get(key)
    if answer is None:
        making = make() if changes else kept.made(key, len(text), make)
        answer = await _while_connected(request, making)
    headers["Content-Type"] = answer.content_type
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
    made = asyncio.ensure_future(making)
    gone: asyncio.Future[None] | None = None
    try:
        await asyncio.wait({made}, timeout=_SOON)
        if not made.done():
            gone = asyncio.ensure_future(_gone(request))
            await asyncio.wait({made, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not made.done():
            raise ClientDisconnect
        return await made
    finally:
        made.cancel()
        if gone is not None:
            gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue


def _complaint(error: UprGraphError, status: HTTPStatus) -> Response:
    headers = {"Cache-Control": "no-store", "Vary": _VARY}
    if isinstance(error, BusyError):
        headers["Retry-After"] = str(error.retry_after)
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        headers["Connection"] = "close"
    return PlainTextResponse(f"{error}\n".encode("utf-8", "replace"), int(status), headers)
