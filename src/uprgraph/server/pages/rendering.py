"""Pages from templates: everything is escaped, and a name that a template misspells is an error."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from uprgraph import __version__
from uprgraph.engines.terms import Iri, Term
from uprgraph.errors import UprGraphError
from uprgraph.results.values import compact
from uprgraph.server import answers
from uprgraph.server.clients import client_of
from uprgraph.server.jobs.sparql import Answered
from uprgraph.server.kept_answers import KeptAnswers
from uprgraph.server.pages.links import Cell, address, cell, query
from uprgraph.server.site import Site

FOLDER: Final = Path(__file__).resolve().parent.parent
STATIC: Final = FOLDER / "static"
VENDOR: Final = STATIC / "vendor"
NAVIGATION: Final = (
    ("/questions", "Questions"),
    ("/states", "States"),
    ("/rights", "Rights"),
    ("/search", "Search"),
    ("/editor", "SPARQL"),
    ("/about", "About"),
)


def vendored(*names: str) -> bool:
    """Say whether libraries for browsers are there, by the paths of their files in static/vendor."""
    return all((VENDOR / name).is_file() for name in names)


def day(value: object) -> str:
    """Return a day as people write it: 6 October 2016; a year and anything else as it is."""
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else "" if value is None else str(value)


def counted(number: int, one: str, several: str | None = None) -> str:
    """Return a number with what it counts: 1 finding, 1,200 findings."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": day, "segment": lambda text: quote(str(text), safe="")}
    environment.globals |= {
        "counted": counted,
        "vendored": vendored,
        "navigation": NAVIGATION,
        "version": __version__,
    }
    return environment


@dataclass(frozen=True, slots=True)
class Pages:
    """What every page has at hand."""

    site: Site
    environment: Environment

    @classmethod
    def of(cls, site: Site) -> Pages:
        """Return it for a site."""
        return cls(site, _environment())

    def root(self, request: Request) -> str:
        """Return what the paths of the site begin with, without a slash at the end: mostly nothing."""
        return urlsplit(answers.base(self.site, request)).path.rstrip("/")

    async def run(self, request: Request, name: str, /, **arguments: object) -> Any:
        """Return what a job returns."""
        return await self.site.jobs.run(name, client_of(request), **arguments)

    def page(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        labels: Mapping[str, str] | None = None,
        **context: object,
    ) -> HTMLResponse:
        """Return a page made from a template; `labels` are the names of the things on it."""
        root = self.root(request)
        names = labels or {}

        def shown(term: Term | str | None) -> Cell:
            return cell(Iri(term) if isinstance(term, str) else term, names, root)

        def name(iri: str) -> str:
            return names.get(iri) or compact(Iri(iri))

        def lead(iri: str) -> str | None:
            return address(iri, root)[0]

        def url(path: str, **values: object) -> str:
            return root + query(path, **values)

        text = self.environment.get_template(template).render(
            **context,
            shown=shown,
            name=name,
            lead=lead,
            url=url,
            here=request.url.path.removeprefix(root),
            address=answers.base(self.site, request) + request.url.path + _query(request),
            base=answers.base(self.site, request),
            today=datetime.now(UTC).date(),
        )
        return HTMLResponse(text, status)


def _query(request: Request) -> str:
    return f"?{request.url.query}" if request.url.query else ""


View = Callable[[Pages, Request], Awaitable[Response]]
OnError = Callable[[Pages, Request, UprGraphError], Response]


def endpoint(
    pages: Pages, view: View, on_error: OnError, memory: KeptAnswers
) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers requests with a view.

    What the client has, or is kept in memory, is not made again; an error becomes a page.
    """

    async def answered(request: Request) -> Response:
        is_read = request.method in {"GET", "HEAD"}
        tag = answers.etag(pages.site, request, f"html {datetime.now(UTC).date()}")
        if is_read and answers.is_known(request, tag):
            return answers.not_modified(tag)
        known = memory.get(tag) if is_read else None
        if known is not None:
            return Response(known.content, headers={"Content-Type": known.content_type, **answers.kept(tag)})
        try:
            response = await view(pages, request)
        except UprGraphError as error:
            return on_error(pages, request, error)
        if is_read and response.status_code == HTTPStatus.OK:
            memory.keep(tag, Answered(bytes(response.body), response.headers["Content-Type"]), len(tag))
            response.headers.update(answers.kept(tag))
        return response

    return answered
