"""Every question as a REST call: /api lists them, /api/NAME answers one, /openapi.json says how they are called."""

from __future__ import annotations

import base64
import hashlib
import json
from http import HTTPStatus
from typing import cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from uprgraph.catalog import catalogue
from uprgraph.catalog.parameters import Parameter
from uprgraph.catalog.question import Question
from uprgraph.errors import UprGraphError
from uprgraph.results.markup import STYLE
from uprgraph.server import openapi
from uprgraph.server.answers import (
    JSON,
    LICENCE,
    Form,
    answered,
    base,
    chosen,
    complaining,
    etag,
    is_known,
    kept,
    links,
    not_modified,
)
from uprgraph.server.calls import Call, read, turning
from uprgraph.server.clients import client_of
from uprgraph.server.jobs.sparql import Answered
from uprgraph.server.kept_answers import KeptAnswers
from uprgraph.server.problems import problem
from uprgraph.server.site import Site

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {
    **JSON,
    "csv": Form("text/csv", "text/csv; charset=utf-8; header=present"),
    "tsv": Form("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    "html": Form("text/html", "text/html; charset=utf-8"),
    "md": Form("text/markdown", "text/markdown; charset=utf-8"),
    "ttl": Form("text/turtle", "text/turtle; charset=utf-8"),
    "xlsx": Form(_XLSX, _XLSX),
}
"""The formats of results.formats that are offered, the first for clients that have no wish."""
_ROOM = 32 << 20
"""Bytes of the answers that are kept in memory."""
_TOTAL = "X-Total-Count"
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The page of results.formats has its style within: this one, and nothing else, is let in."""


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the calls."""
    memory = KeptAnswers(_ROOM)

    async def listed(request: Request) -> Response:
        async def make() -> bytes:
            content = [listing(each, base(site, request)) for each in catalogue.shipped().questions()]
            return json.dumps(content, ensure_ascii=False, indent=1).encode()

        headers = {"Link": links(_described(site, request))}
        return await answered(site, request, JSON[chosen(request, JSON)], make, memory=memory, headers=headers)

    async def asked(request: Request) -> Response:
        try:
            question = catalogue.shipped().question(request.path_params["name"])
        except UprGraphError as error:
            return problem(error, HTTPStatus.NOT_FOUND)
        return await _ask(site, memory, request, question)

    async def described(request: Request) -> Response:
        async def make() -> bytes:
            choices = cast("openapi.Choices", await site.jobs.run("questions.choices", client_of(request)))
            content = openapi.document(base(site, request), choices, FORMS, site.settings.limits.rows)
            return json.dumps(content, ensure_ascii=False).encode()

        return await answered(site, request, openapi.FORMS[chosen(request, openapi.FORMS)], make, memory=memory)

    return [
        Route("/api", complaining(listed)),
        Route("/api/{name}", complaining(asked)),
        Route("/openapi.json", complaining(described)),
    ]


def listing(question: Question, site: str) -> dict[str, object]:
    """Return what a list of questions says of one."""
    return {
        "name": question.name,
        "summary": question.summary,
        "description": question.description,
        "area": question.area,
        "tags": list(question.tags),
        "parameters": [_parameter(each) for each in question.parameters],
        "columns": dict(question.columns),
        "types": dict(question.types),
        "url": f"{site}/api/{question.name}",
        "page": f"{site}/questions/{question.name}",
    }


def _parameter(parameter: Parameter) -> dict[str, object]:
    return {
        "name": parameter.name,
        "type": parameter.kind,
        "scheme": parameter.scheme_iri,
        "class": parameter.class_iri,
        "description": parameter.description or parameter.expected,
        "default": list(parameter.defaults),
        "required": not parameter.defaults and not parameter.optional,
        "mayBeAny": parameter.optional,
    }


def _described(site: Site, request: Request, question: Question | None = None) -> list[tuple[str, str]]:
    here = base(site, request)
    page = [(f"{here}/questions/{question.name}", "alternate")] if question else []
    return [(f"{here}/openapi.json", "service-desc"), (LICENCE, "license"), *page]


async def _ask(site: Site, memory: KeptAnswers, request: Request, question: Question) -> Response:
    try:
        call = read(question.parameters, request.query_params, site.settings.limits.rows)
    except UprGraphError as error:
        return problem(error, HTTPStatus.BAD_REQUEST)
    name = chosen(request, FORMS)
    tag = etag(site, request, name)
    related = _described(site, request, question)
    if is_known(request, tag):
        return not_modified(tag, {"Link": links(related)})
    page = memory.get(tag) or await memory.made(tag, len(tag), lambda: _answer(site, request, question, call, name))
    related += turning(call, f"{base(site, request)}{request.url.path}", page.total)
    headers = {
        "Content-Type": page.content_type,
        "Content-Disposition": f'inline; filename="{question.name}.{name}"',
        "Link": links(related),
        _TOTAL: str(page.total),
        **({"Content-Security-Policy": _POLICY} if name == "html" else {}),
    }
    return Response(page.content, headers=kept(tag, headers))


async def _answer(site: Site, request: Request, question: Question, call: Call, form: str) -> Answered:
    given: dict[str, object] = {
        "question": question.name,
        "given": call.given,
        "limit": call.limit,
        "offset": call.offset,
    }
    given |= {"form": form, "content_type": FORMS[form].content_type}
    return cast("Answered", await site.jobs.run("questions.ask", client_of(request), **given))
