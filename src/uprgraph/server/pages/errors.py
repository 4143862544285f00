"""Errors as pages for people: what was wrong, what may have been meant, and where to go from there."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse

from uprgraph.errors import BusyError, ResourceError, UnknownValueError, UprGraphError
from uprgraph.server.pages.rendering import Pages
from uprgraph.server.problems import status_of

_TITLES = {
    HTTPStatus.NOT_FOUND: "There is no such page",
    HTTPStatus.SERVICE_UNAVAILABLE: "This takes too much right now",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something here is broken",
    HTTPStatus.BAD_GATEWAY: "The store behind this site does not answer",
}


def error_page(pages: Pages, request: Request, error: UprGraphError, status: HTTPStatus | None = None) -> HTMLResponse:
    """Return the page of an error; for a name in the address that is unknown, 404 with what may have been meant."""
    unknown = isinstance(error, UnknownValueError)
    status = status or (HTTPStatus.NOT_FOUND if unknown else status_of(error))
    if isinstance(error, ResourceError):
        status = HTTPStatus.SERVICE_UNAVAILABLE
    suggestions = error.suggestions if isinstance(error, UnknownValueError) else ()
    start = request.url.path.rsplit("/", 1)[0]
    page = pages.page(
        request,
        "error.html",
        status=int(status),
        title=_TITLES.get(status, "This cannot be answered as it was asked"),
        message=error.message,
        hint=None if suggestions else error.hint,
        suggestions=[(each, start) for each in suggestions],
        words=_words(request) if status == HTTPStatus.NOT_FOUND else "",
    )
    page.headers["Cache-Control"] = "no-store"
    if isinstance(error, BusyError):
        page.headers["Retry-After"] = str(error.retry_after)
    return page


def _words(request: Request) -> str:
    """Return the words of an address, to search for."""
    last = request.url.path.rstrip("/").rsplit("/", 1)[-1]
    return " ".join(last.replace("-", " ").replace("_", " ").split())[:100]
