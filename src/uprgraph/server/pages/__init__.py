"""The pages that people read."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from uprgraph.server.kept_answers import KeptAnswers
from uprgraph.server.pages import editor, home, questions, searching, things
from uprgraph.server.pages.errors import error_page
from uprgraph.server.pages.rendering import STATIC, Pages, View, endpoint
from uprgraph.server.site import Site

__all__ = ["Pages", "error_page", "routes"]

_ROOM = 32 << 20
"""Bytes of the pages that are kept in memory."""


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of all pages and of the files that they need."""
    pages, memory = Pages.of(site), KeptAnswers(_ROOM)

    def route(path: str, view: View, methods: tuple[str, ...] = ("GET",)) -> Route:
        return Route(path, endpoint(pages, view, error_page, memory), methods=list(methods), name=view.__name__)

    return [
        route("/", home.home),
        route("/about", home.about),
        route("/states", things.states),
        route("/states/{key:path}", things.state),
        route("/opinions/{key:path}", things.opinion),
        route("/documents/{path:path}", things.document),
        route("/rights", things.all_rights),
        route("/rights/{key:path}", things.right),
        route("/page/{path:path}", things.thing),
        route("/questions", questions.gallery),
        route("/questions/{name}", questions.question),
        route("/questions/{name}/chart.json", questions.chart_of),
        route("/questions/{name}/query.rq", questions.sparql_of),
        route("/suggest", questions.suggest),
        route("/search", searching.search),
        route("/editor", editor.editor, ("GET", "POST")),
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
    ]
