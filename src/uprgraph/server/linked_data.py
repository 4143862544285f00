"""Linked data: every IRI of ours leads to a page or to RDF, as the client likes better.

Things (/id/..., the entries of codelists) lead elsewhere with 303: to their page, or to their description under /data/.
Named graphs are given as they are, with a page about them for people. The vocabulary, the codelists and the catalogue
are in `documents`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from uprgraph import files, resources
from uprgraph.errors import UnknownValueError
from uprgraph.resources import BASE
from uprgraph.server.answers import CACHE_CONTROL, LICENCE, RDF, base, chosen, links
from uprgraph.server.clients import client_of
from uprgraph.server.kept_answers import KeptAnswers
from uprgraph.server.negotiated import FORMS, data, page, resolving, thing_page
from uprgraph.server.pages.rendering import Pages
from uprgraph.server.site import Site

_ROOM = 16 << 20
"""Bytes of the descriptions that are kept in memory."""


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of things, their descriptions, and named graphs; they stand after those of `documents`."""
    pages, memory = Pages.of(site), KeptAnswers(_ROOM)

    async def thing(request: Request) -> Response:
        return await _elsewhere(site, request, _path(request))

    async def description(request: Request) -> Response:
        path = _path(request)
        return _dump(site, request, path) if path in dumps() else await _description(pages, memory, request, path)

    async def dump(request: Request) -> Response:
        return _dump(site, request, _path(request))

    async def graph(request: Request) -> Response:
        iri, form = BASE + _path(request), chosen(request, FORMS)
        if form == "html":
            return await page(pages, request, lambda: thing_page(pages, request, iri))
        return await data(pages, request, form, "descriptions.graph", memory, related=[(iri, "canonical")], iri=iri)

    async def prefix(request: Request) -> Response:
        iri, form = BASE + _path(request), chosen(request, FORMS)
        if form == "html":
            return await page(pages, request, lambda: thing_page(pages, request, iri))
        return await data(pages, request, form, "descriptions.describe", memory, iri=iri, document=iri)

    handlers = {
        "/id/{path:path}": thing,
        "/code/{path:path}": thing,
        "/data/{path:path}": description,
        "/ontology/{path:path}": dump,
        "/graph/{path:path}": graph,
        "/prefixes": prefix,
        "/prefixes/{path:path}": prefix,
    }
    return [Route(path, resolving(pages, handler)) for path, handler in handlers.items()]


@cache
def dumps() -> Mapping[str, Path]:
    """Return the files that hold the shipped graphs, by the ends of their IRIs; no others are given away."""
    return {each.path.relative_to(resources.root()).as_posix(): each.path for each in resources.graph_files()}


def _path(request: Request) -> str:
    """Return the path of a request as the end of an IRI of ours."""
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", "")).removeprefix("/")


def _dump(site: Site, request: Request, path: str) -> Response:
    if path not in dumps():
        raise UnknownValueError(f"there is no {BASE}{path}")
    related = [(f"{base(site, request)}/catalog", "describedby"), (LICENCE, "license")]
    headers = {"Content-Type": RDF["ttl"].content_type, "Cache-Control": CACHE_CONTROL, "Link": links(related)}
    return Response(files.read_text(dumps()[path]), headers=headers)


async def _elsewhere(site: Site, request: Request, path: str) -> Response:
    """Lead to the page or the description of a thing that is known."""
    name = chosen(request, FORMS)
    if not await site.jobs.run("descriptions.is_known", client_of(request), iri=BASE + path):
        raise UnknownValueError(f"nothing is known of {BASE}{path}")
    here, target = base(site, request), quote(path)
    places = {form: f"{here}/data/{target}.{form}" for form in RDF}
    described = links([(each, "describedby") for each in places.values()])
    headers = {"Vary": "Accept", "Cache-Control": CACHE_CONTROL, "Link": described}
    place = places.get(name, f"{here}/page/{target}")
    return RedirectResponse(place, HTTPStatus.SEE_OTHER, headers)


async def _description(pages: Pages, memory: KeptAnswers, request: Request, path: str) -> Response:
    """Return the description of a thing in the form of the extension; without one, in that which the client likes."""
    stem, _, extension = path.rpartition(".")
    form, address = (extension, stem) if extension in RDF and stem else (chosen(request, RDF), path)
    iri, here = BASE + address.removeprefix("data/"), f"{base(pages.site, request)}/{quote(address)}"
    related = [(iri, "describes"), (f"{BASE}{quote(address)}.{form}", "canonical")]
    related += [(f"{here}.{each}", "alternate") for each in RDF if each != form]
    job, document = "descriptions.describe", BASE + address
    return await data(pages, request, form, job, memory, related=related, iri=iri, document=document)
