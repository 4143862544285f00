"""Pages and RDF under one address: which of them a client gets, and errors in the same way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Final, cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from uprgraph.errors import UnknownValueError, UprGraphError
from uprgraph.resources import BASE
from uprgraph.server.answers import (
    HTML,
    LICENCE,
    RDF,
    Forms,
    Handler,
    NotAcceptableError,
    answered,
    base,
    etag,
    is_known,
    kept,
    links,
    not_acceptable,
    not_modified,
)
from uprgraph.server.clients import client_of
from uprgraph.server.jobs.descriptions import Packed
from uprgraph.server.kept_answers import KeptAnswers
from uprgraph.server.negotiation import best
from uprgraph.server.pages import describing
from uprgraph.server.pages.errors import error_page
from uprgraph.server.pages.rendering import Pages
from uprgraph.server.problems import problem

FORMS: Final[Forms] = {**HTML, **RDF}
"""A page or RDF; the page for clients that have no wish."""


def resolving(pages: Pages, handler: Handler) -> Handler:
    """Return a handler of IRIs whose errors are pages for people and problems for programs; what is unknown is 404."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except NotAcceptableError as error:
            return not_acceptable(error)
        except UprGraphError as error:
            if best(request.headers.get("Accept"), ["application/problem+json", "text/html"]) == "text/html":
                return error_page(pages, request, error)
            return problem(error, HTTPStatus.NOT_FOUND if isinstance(error, UnknownValueError) else None)

    return handle


async def data(
    pages: Pages,
    request: Request,
    form: str,
    job: str,
    memory: KeptAnswers,
    *,
    related: Sequence[tuple[str, str]] = (),
    **arguments: object,
) -> Response:
    """Return the RDF that a job gives, in a form of RDF. `related` are addresses and what they are to it."""

    async def make() -> bytes | Packed:
        return cast("bytes | Packed", await pages.site.jobs.run(job, client_of(request), form=form, **arguments))

    here = base(pages.site, request)
    described = [*related, (f"{here}/catalog", "describedby"), (LICENCE, "license")]
    return await answered(pages.site, request, RDF[form], make, memory=memory, headers={"Link": links(described)})


async def page(pages: Pages, request: Request, make: Callable[[], Awaitable[Response]]) -> Response:
    """Return a page, or 304 to a client that has it."""
    tag = etag(pages.site, request, "html")
    if is_known(request, tag):
        return not_modified(tag)
    response = await make()
    response.headers.update(kept(tag))
    return response


async def thing_page(pages: Pages, request: Request, iri: str) -> Response:
    """Return what is known of anything as a page."""
    found = await pages.run(request, "things.thing", text=iri)
    return pages.page(
        request,
        "thing.html",
        labels=found.labels,
        iri=found.iri,
        data=f"{pages.root(request)}/data/{quote(found.iri.removeprefix(BASE))}",
        description=found.description,
        **describing.of_thing(found, everything=request.query_params.get("all") == "1"),
    )
