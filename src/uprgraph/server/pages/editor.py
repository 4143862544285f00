"""A page to write SPARQL on: with the editor of YASGUI where it is there, with a plain field everywhere."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from uprgraph.catalog import catalogue
from uprgraph.errors import QueryError, QueryLimitError
from uprgraph.server.jobs.pages import Sparql
from uprgraph.server.pages.rendering import Pages
from uprgraph.server.pages.tables import grid

YASQE = ("yasqe/yasqe.min.js", "yasqe/yasqe.min.css")
"""The editor of YASGUI. Its table of results is not used: it cannot be read by all, and needs styles in the page."""
EXAMPLE = "opinions-by-right"


async def editor(pages: Pages, request: Request) -> Response:
    """Return the editor with an example, a question's SPARQL (?question=), or the query sent and its answer."""
    sent = await _sent(pages, request)
    name = request.query_params.get("question", "")
    example = catalogue.shipped().question(name or EXAMPLE)
    found: Sparql | None = None
    mistake: QueryError | QueryLimitError | None = None
    if sent:
        try:
            found = await pages.run(request, "pages.sparql", text=sent)
        except (QueryError, QueryLimitError) as error:
            mistake = error
    areas = [
        (heading, [each for each in catalogue.shipped().questions() if each.area == area])
        for area, heading in catalogue.AREAS.items()
    ]
    return pages.page(
        request,
        "editor.html",
        status=400 if mistake else 200,
        labels=found.labels if found else {},
        text=sent or example.sparql,
        found=found,
        grid=grid(found.results, {}) if found else None,
        mistake=mistake,
        areas=areas,
        yasqe=YASQE,
        plain=request.query_params.get("plain") == "1",
    )


async def _sent(pages: Pages, request: Request) -> str:
    """Return the query that a form sent, in its body or its address. Raises QueryError if it is too long."""
    if request.method != "POST":
        return request.query_params.get("query", "").replace("\r\n", "\n")
    limit = pages.site.settings.limits.length
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > 4 * limit:
            raise QueryError(f"the query is too long; at most {limit:,} characters are allowed")
    form = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    text = form.get("query", [""])[0].replace("\r\n", "\n")
    if len(text) > limit:
        raise QueryError(f"the query has {len(text):,} characters; at most {limit:,} are allowed")
    return text
