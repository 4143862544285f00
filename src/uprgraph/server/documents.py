"""The documents that describe the rest: vocabulary, codelists, catalogue (VoID and DCAT), and the questions as data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from uprgraph import __version__
from uprgraph.catalog.description import Description
from uprgraph.resources import BASE
from uprgraph.results.rows import Results
from uprgraph.server.answers import CACHE_CONTROL, RDF, base, chosen
from uprgraph.server.kept_answers import KeptAnswers
from uprgraph.server.negotiated import FORMS, data, page, resolving, thing_page
from uprgraph.server.outlines import concepts, terms
from uprgraph.server.pages.rendering import Pages
from uprgraph.server.site import Site

_ROOM = 16 << 20
"""Bytes of the documents that are kept in memory."""


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the documents; they stand before those of `linked_data`."""
    pages, memory = Pages.of(site), KeptAnswers(_ROOM)

    async def both(
        request: Request, iri: str, job: str, make: Callable[[], Awaitable[Response]], **arguments: object
    ) -> Response:
        name = chosen(request, FORMS)
        if name == "html":
            return await page(pages, request, make)
        related = [(iri, "canonical")]
        return await data(pages, request, name, job, memory, related=related, iri=iri, **arguments)

    async def ontology(request: Request) -> Response:
        iri = f"{BASE}ontology"
        return await both(request, iri, "descriptions.vocabulary", lambda: _vocabulary(pages, request, iri))

    async def codelist(request: Request) -> Response:
        iri = f"{BASE}code/{request.path_params['scheme']}"
        return await both(request, iri, "descriptions.scheme", lambda: _codelist(pages, request, iri))

    async def catalog(request: Request) -> Response:
        iri, here = f"{BASE}catalog", base(site, request)
        return await both(request, iri, "datasets.describe", lambda: thing_page(pages, request, iri), site=here)

    async def void(request: Request) -> Response:
        here = base(site, request)
        iri, form = f"{here}/.well-known/void", chosen(request, RDF)
        return await data(pages, request, form, "datasets.describe", memory, iri=iri, site=here)

    async def questions(request: Request) -> Response:
        form = chosen(request, FORMS)
        if form == "html":
            name = request.path_params.get("name", "")
            return _elsewhere(f"{base(site, request)}/questions/{quote(name)}".removesuffix("/"))
        if "name" in request.path_params:
            return _elsewhere(f"{base(site, request)}/queries")
        endpoint = f"{base(site, request)}/sparql"
        return await data(pages, request, form, "datasets.questions", memory, endpoint=endpoint)

    handlers = {
        "/ontology": ontology,
        f"/ontology/{__version__}": ontology,
        "/code/{scheme}": codelist,
        "/catalog": catalog,
        "/.well-known/void": void,
        "/queries": questions,
        "/query/{area}/{name}": questions,
    }
    return [Route(path, resolving(pages, handler)) for path, handler in handlers.items()]


def _elsewhere(address: str) -> Response:
    return RedirectResponse(address, HTTPStatus.SEE_OTHER, {"Vary": "Accept", "Cache-Control": CACHE_CONTROL})


async def _vocabulary(pages: Pages, request: Request, iri: str) -> Response:
    about, rows = cast("tuple[Description, Results]", await pages.run(request, "vocabularies.terms", iri=iri))
    labels = {str(row.term): str(row.label) for row in rows}
    kinds = terms(rows)
    return pages.page(request, "ontology.html", labels=labels, iri=iri, about=about, kinds=kinds, version=__version__)


async def _codelist(pages: Pages, request: Request, iri: str) -> Response:
    about, rows = cast("tuple[Description, Results]", await pages.run(request, "vocabularies.entries", iri=iri))
    return pages.page(
        request, "codelist.html", iri=iri, about=about, entries=concepts(rows), count=len(set(rows.column("entry")))
    )
