"""The application: the parts of the site put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from uprgraph.errors import UprGraphError
from uprgraph.server import api, documents, linked_data, pages, protocol, search
from uprgraph.server.gate import Gate
from uprgraph.server.kept_responses import KeptResponses
from uprgraph.server.metrics import MEDIA_TYPE, Metrics
from uprgraph.server.negotiation import best
from uprgraph.server.passage import STATUS_OF_GONE
from uprgraph.server.pool import Pool
from uprgraph.server.problems import problem, status_of
from uprgraph.server.settings import Settings
from uprgraph.server.site import Runs, Site

Handler = Callable[[Request, Exception], Awaitable[Response]]

_BYTES_OF_CHARACTER = 12
"""A character has at most four bytes, each of which may be percent-encoded."""
_ROOM = 1 << 16
"""Bytes that a request may have besides the query."""


def create_app(settings: Settings, jobs: Runs | None = None) -> Starlette:
    """Return the application. Without `jobs` it has a pool of its own, which starts and ends with it."""
    pool = Pool(settings) if jobs is None else None
    runs: Runs = pool if pool is not None else jobs  # type: ignore[assignment] # one of the two is there
    site = Site(settings, runs)
    metrics = Metrics()
    most = settings.limits.length * _BYTES_OF_CHARACTER + _ROOM

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        app.state.pool = pool
        if pool is not None and not pool.is_ready:
            await pool.start()
        try:
            yield
        finally:
            if pool is not None:
                await pool.close()

    class Application(Starlette):
        """An application behind the gate, through which errors pass as well."""

        def build_middleware_stack(self) -> ASGIApp:
            kept = KeptResponses(super().build_middleware_stack(), runs, elsewhere=protocol.PATH)
            return Gate(kept, metrics, most, log_queries=settings.log_queries)

    return Application(
        routes=[*_routes(site), *_operations(runs, metrics)],
        lifespan=living,
        exception_handlers=_handlers(pages.Pages.of(site)),
    )


def _routes(site: Site) -> Sequence[BaseRoute]:
    """Return the routes of all parts; of two that match, the first counts."""
    parts = (protocol, api, search, documents, linked_data, pages)
    return [route for part in parts for route in part.routes(site)]


def _operations(runs: Runs, metrics: Metrics) -> Sequence[BaseRoute]:
    """Return the routes for whoever runs the site."""

    async def health(request: Request) -> Response:  # noqa: ARG001 - all are the same
        return PlainTextResponse("alive\n", headers={"Cache-Control": "no-store"})

    async def ready(request: Request) -> Response:  # noqa: ARG001 - all are the same
        is_ready = not isinstance(runs, Pool) or runs.is_ready
        status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
        content = {"ready": is_ready, "version": runs.version}
        return JSONResponse(content, status, {"Cache-Control": "no-store"})

    async def numbers(request: Request) -> Response:  # noqa: ARG001 - all are the same
        gauges: dict[str, tuple[str, float]] = {}
        if isinstance(runs, Pool):
            gauges["uprgraph_jobs_running"] = ("Jobs that run now.", runs.admission.running)
            gauges["uprgraph_jobs_waiting"] = ("Jobs that wait for their turn.", runs.admission.waiting)
            gauges["uprgraph_ready"] = ("Whether the dataset is open.", runs.is_ready)
            gauges["uprgraph_workers_isolated"] = ("Whether workers are kept from the network.", runs.isolated)
        return Response(metrics.text(gauges), headers={"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"})

    return [Route("/health", health), Route("/ready", ready), Route("/metrics", numbers)]


def _handlers(site_pages: pages.Pages) -> Mapping[type[Exception], Handler]:
    """Return what answers a request that ends in an error: with a page for people, with JSON for machines."""

    def answer(request: Request, error: UprGraphError, status: HTTPStatus, headers: dict[str, str]) -> Response:
        wishes = ", ".join(request.headers.getlist("Accept")) or None
        if best(wishes, ["application/json", "text/html"]) == "text/html":
            page = pages.error_page(site_pages, request, error, status)
            page.headers.update(headers)
            return page
        return problem(error, status, headers)

    async def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - for the type checker
        status = HTTPStatus(error.status_code)
        headers = {**(error.headers or {}), "Vary": "Accept"}
        if status is HTTPStatus.NOT_FOUND:
            return answer(request, UprGraphError(f"there is nothing at {request.url.path}"), status, headers)
        return answer(request, UprGraphError(error.detail), status, headers)

    async def of_users(request: Request, error: Exception) -> Response:
        assert isinstance(error, UprGraphError)  # noqa: S101 - for the type checker
        return answer(request, error, status_of(error), {"Vary": "Accept"})

    async def of_defects(request: Request, error: Exception) -> Response:  # noqa: ARG001 - it is in the log
        message = "this is a defect of the site; it has been logged"
        return answer(request, UprGraphError(message), HTTPStatus.INTERNAL_SERVER_ERROR, {"Vary": "Accept"})

    async def of_gone(request: Request, error: Exception) -> Response:  # noqa: ARG001 - nobody reads it
        return Response(status_code=STATUS_OF_GONE)

    return {HTTPException: of_http, UprGraphError: of_users, ClientDisconnect: of_gone, Exception: of_defects}
