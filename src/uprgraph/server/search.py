"""The full-text search for programs: /search where JSON is wanted rather than a page."""

from __future__ import annotations

import json
from dataclasses import replace
from http import HTTPStatus
from typing import cast

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from uprgraph.catalog.parameters import Parameter
from uprgraph.catalog.resolve import ANY
from uprgraph.errors import UprGraphError
from uprgraph.search import DEFAULT_LIMIT
from uprgraph.search.filters import PARAMETERS
from uprgraph.server.answers import HTML, JSON, answered, base, chosen, complaining
from uprgraph.server.calls import read, turning
from uprgraph.server.clients import client_of
from uprgraph.server.jobs.sparql import Answered
from uprgraph.server.kept_answers import KeptAnswers
from uprgraph.server.negotiation import best
from uprgraph.server.problems import problem
from uprgraph.server.site import Site

WORDS, KIND = "q", "kind"
MOST = 1_000
"""Hits of one answer."""
DEEPEST = 10_000
"""Hits that can be turned to."""
_ROOM = 8 << 20
"""Bytes of the answers that are kept in memory."""
FILTERS = tuple(replace(each, optional=True) for each in PARAMETERS.values())
"""What hits can be filtered by, other than their kind."""
_ASKED = (Parameter(WORDS, "string"), Parameter(KIND, "string", optional=True), *FILTERS)


class JsonRoute(Route):
    """A route that is there for all but those who like a page better, as browsers do: they find it at the address."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match as a route does, if the request asks for JSON by `format`, or does not like a page better."""
        match, child = super().matches(scope)
        if match is not Match.NONE and not _wants_json(scope):
            return Match.NONE, {}
        return match, child


def routes(site: Site) -> list[BaseRoute]:
    """Return the route, which must stand before that of the page."""
    memory = KeptAnswers(_ROOM)

    async def found(request: Request) -> Response:
        try:
            call = read(_ASKED, request.query_params, most=MOST, usual=DEFAULT_LIMIT, furthest=DEEPEST)
        except UprGraphError as error:
            return problem(error, HTTPStatus.BAD_REQUEST)
        words = " ".join(call.given[WORDS])
        filters = {name: values for name, values in call.given.items() if name != WORDS and list(values) != [ANY]}

        async def make() -> bytes:
            asked = {"words": words, "filters": filters, "limit": call.limit, "offset": call.offset}
            page = cast("Answered", await site.jobs.run("questions.search", client_of(request), **asked))
            pages = turning(call, f"{base(site, request)}{request.url.path}", page.total)
            head = {"query": words, "total": page.total, "links": {relation: each for each, relation in pages}}
            return json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "hits": ' + page.content + b"}\n"

        return await answered(site, request, JSON[chosen(request, JSON)], make, memory=memory)

    return [JsonRoute("/search", complaining(found))]


def _wants_json(scope: Scope) -> bool:
    if b"format=json" in scope.get("query_string", b"").split(b"&"):
        return True
    wishes = ", ".join(Headers(scope=scope).getlist("Accept"))
    return best(wishes, [form.media_type for form in (*JSON.values(), *HTML.values())]) != HTML["html"].media_type
