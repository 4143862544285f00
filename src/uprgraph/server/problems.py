"""Errors for machines: application/problem+json, RFC 9457."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from uprgraph.errors import (
    BusyError,
    EndpointError,
    MissingExtraError,
    QueryError,
    QueryLimitError,
    UnknownValueError,
    UprGraphError,
    UsageError,
)
from uprgraph.server.jobs.searching import NoSearchError
from uprgraph.server.pool import ClientBusyError

MEDIA_TYPE = "application/problem+json"
_STATUS: tuple[tuple[type[UprGraphError], HTTPStatus], ...] = (
    (ClientBusyError, HTTPStatus.TOO_MANY_REQUESTS),
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (QueryLimitError, HTTPStatus.SERVICE_UNAVAILABLE),
    (EndpointError, HTTPStatus.BAD_GATEWAY),
    (MissingExtraError, HTTPStatus.NOT_ACCEPTABLE),
    (UnknownValueError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UsageError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (QueryError, HTTPStatus.BAD_REQUEST),
    (NoSearchError, HTTPStatus.NOT_IMPLEMENTED),
)


def status_of(error: UprGraphError) -> HTTPStatus:
    """Return the status that says whose fault an error is: 422 for values, 500 where the site itself is wrong."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def problem(
    error: UprGraphError, status: HTTPStatus | None = None, headers: Mapping[str, str] | None = None, **members: object
) -> Response:
    """Return an error as a problem: its message, its hint, and the values that may have been meant.

    `members` are further members of the object. A problem is not to be kept by caches.
    """
    status = status or status_of(error)
    content: dict[str, object] = {"title": status.phrase, "status": int(status), "detail": error.message}
    if error.hint:
        content["hint"] = error.hint
    if isinstance(error, UnknownValueError) and error.suggestions:
        content["suggestions"] = list(error.suggestions)
    if isinstance(error, QueryError) and error.line is not None:
        content |= {"line": error.line, "column": error.column}
    sent = {"Cache-Control": "no-store", **(headers or {})}
    if isinstance(error, BusyError):
        sent["Retry-After"] = str(error.retry_after)
    body = json.dumps({"type": "about:blank", **content, **members}, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, int(status), sent, MEDIA_TYPE)
