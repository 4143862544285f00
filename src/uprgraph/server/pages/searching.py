"""Search over recommendations, findings and opinions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from uprgraph.catalog.parameters import Parameter
from uprgraph.errors import QueryError, UnknownValueError, UprGraphError, UsageError
from uprgraph.search.document import KINDS, RECOMMENDATION
from uprgraph.search.filters import PARAMETERS
from uprgraph.server.jobs.pages import Choice
from uprgraph.server.jobs.searching import Found
from uprgraph.server.pages.links import query
from uprgraph.server.pages.rendering import Pages

HITS = 20
"""Hits that are shown at first, and more each time."""
_MOST = 1_000
_FILTERS = ("state", "right", "session", "response", "kind", "recommender")


async def search(pages: Pages, request: Request) -> Response:
    """Return the page to search with, and the hits if something is searched for."""
    words = request.query_params.get("q", "").strip()
    filters = {
        name: values
        for name in _FILTERS
        if (values := [each.strip() for each in request.query_params.getlist(name) if each.strip()])
    }
    shown = _limit(request)
    found: Found | None = None
    mistake: UprGraphError | None = None
    if words:
        try:
            found = await pages.run(request, "searching.find", words=words, filters=filters, limit=shown)
        except (QueryError, UnknownValueError, UsageError) as error:
            mistake = error
    lists: dict[str, list[Choice]] = await pages.run(request, "pages.pick_lists", parameters=_parameters())
    here = pages.root(request) + "/search"
    wrong = next((name for name in _FILTERS if mistake and mistake.message.startswith(f"{name}: ")), "q")
    more = query(here, q=words, **filters, show=min(shown + HITS, _MOST))
    corrected = []
    if isinstance(mistake, UnknownValueError):
        corrected = [(each, query(here, **{"q": words, **filters, wrong: [each]})) for each in mistake.suggestions]
    return pages.page(
        request,
        "search.html",
        status=422 if mistake else 200,
        labels=found.labels if found else {},
        words=words,
        filters={name: ", ".join(values) for name, values in filters.items()},
        hits=found.hits if found else None,
        more=more if found and found.hits.total > len(found.hits) and shown < _MOST else None,
        mistake=mistake,
        wrong=wrong if mistake else None,
        corrected=corrected,
        lists=lists,
        kinds=(RECOMMENDATION, *KINDS),
    )


def _parameters() -> list[Parameter]:
    return [PARAMETERS[name] for name in ("state", "right", "response")]


def _limit(request: Request) -> int:
    text = request.query_params.get("show", "")
    return min(max(int(text[:6]), 1), _MOST) if text.isascii() and text.isdigit() else HITS
