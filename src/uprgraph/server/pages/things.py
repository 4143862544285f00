"""Pages of States, rights, documents beside their sources, and of any other thing."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from uprgraph.resources import BASE
from uprgraph.results.rows import Results
from uprgraph.server.jobs.things import Document, Dossier, Thing
from uprgraph.server.pages import describing, dossiers, rights
from uprgraph.server.pages.beside import beside
from uprgraph.server.pages.links import path_of
from uprgraph.server.pages.rendering import Pages


async def states(pages: Pages, request: Request) -> Response:
    """Return the list of States."""
    found: Results = await pages.run(request, "pages.states")
    rows = list(found)
    recorded = [row for row in rows if row.documents or row.recommendations]
    return pages.page(request, "states.html", recorded=recorded, rows=rows, groups=dossiers.by_letter(rows))


async def state(pages: Pages, request: Request) -> Response:
    """Return the dossier of a State."""
    text = request.path_params["key"]
    found: Dossier = await pages.run(request, "things.state", text=text)
    return _moved(pages, request, found.iri) or pages.page(
        request,
        "state.html",
        labels=found.answers.labels,
        iri=found.iri,
        description=found.description,
        answers=found.answers.results,
        **dossiers.of_state(found),
    )


async def all_rights(pages: Pages, request: Request) -> Response:
    """Return the rights by their hierarchy."""
    found = await pages.run(request, "pages.ask", asked={"rights": ("rights-catalogue", {})})
    return pages.page(request, "rights.html", labels=found.labels, hierarchy=rights.hierarchy(found["rights"]))


async def right(pages: Pages, request: Request) -> Response:
    """Return a right with everything that concerns it."""
    found: Dossier = await pages.run(request, "things.right", text=request.path_params["key"])
    return _moved(pages, request, found.iri) or pages.page(
        request,
        "right.html",
        labels=found.answers.labels,
        iri=found.iri,
        description=found.description,
        answers=found.answers.results,
        **rights.of_right(found),
    )


async def opinion(pages: Pages, request: Request) -> Response:
    """Return an opinion beside the words that it is known from."""
    found: Document = await pages.run(request, "things.document", kind="opinion", text=request.path_params["key"])
    return _moved(pages, request, found.iri) or _document(pages, request, found)


async def document(pages: Pages, request: Request) -> Response:
    """Return any document beside the words that it is known from, by the path of its IRI."""
    iri = f"{BASE}id/{request.path_params['path']}"
    return _document(pages, request, await pages.run(request, "things.document", kind="document", text=iri))


async def thing(pages: Pages, request: Request) -> Response:
    """Return what is known of anything, by the path of its IRI.

    A State, a right or an opinion has a page of its own, unless all facts are wanted (?facts=1).
    """
    path = request.path_params["path"]
    own = path_of(BASE + path)
    wanted = request.query_params.get("facts") == "1"
    if own is not None and not own.startswith("/page/") and not wanted:
        return RedirectResponse(pages.root(request) + own, 302)
    found: Thing = await pages.run(request, "things.thing", text=BASE + path)
    everything = request.query_params.get("all") == "1"
    return pages.page(
        request,
        "thing.html",
        labels=found.labels,
        iri=found.iri,
        data=pages.root(request) + f"/data/{quote(found.iri.removeprefix(BASE))}",
        description=found.description,
        **describing.of_thing(found, everything=everything),
    )


def _document(pages: Pages, request: Request, found: Document) -> Response:
    return pages.page(
        request,
        "document.html",
        labels=found.answers.labels,
        iri=found.iri,
        description=found.description,
        answers=found.answers.results,
        **beside(found),
    )


def _moved(pages: Pages, request: Request, iri: str) -> Response | None:
    """Return where the page of a thing is, if the address named it in another way."""
    place = path_of(iri)
    here = quote(request.url.path.removeprefix(pages.root(request)))
    return None if place is None or place == here else RedirectResponse(pages.root(request) + place, 302)
