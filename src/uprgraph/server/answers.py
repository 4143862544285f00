"""What answers to machines have in common: how the form is chosen, and when they need not be sent again."""

from __future__ import annotations

import gzip
import hashlib
import marshal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from typing import Final, NamedTuple
from urllib.parse import quote

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from uprgraph import __version__
from uprgraph.engines.terms import shown
from uprgraph.errors import UnknownValueError, UprGraphError, UsageError
from uprgraph.server.jobs.descriptions import Packed
from uprgraph.server.jobs.sparql import Answered
from uprgraph.server.kept_answers import KeptAnswers
from uprgraph.server.negotiation import best, takes_gzip
from uprgraph.server.problems import problem
from uprgraph.server.site import Site

FORMAT: Final = "format"
"""The name in an address that asks for a form, as Accept does."""
SECONDS: Final = 300
"""How long an answer may be kept without asking: new data are seen after five minutes at the latest."""
_PIECE: Final = 1 << 17
"""Bytes of an answer that are unpacked at once."""
CACHE_CONTROL: Final = f"public, max-age={SECONDS}"

_SAFE: Final = ":/?#[]@!$&'()*+,;=%~"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"


class Form(NamedTuple):
    """A form of an answer: the media type that a client asks for, and the content type that is sent."""

    media_type: str
    content_type: str


Plain = tuple[str | int | tuple[str, ...] | None, ...]
"""What an answer depends on, as plain values."""
_FORMAT: Final = 2
"""The version of marshal's format in which equal values are equal bytes."""
Forms = Mapping[str, Form]
"""Forms by their short names, which are also extensions; the first is for clients that have no wish."""
Handler = Callable[[Request], Awaitable[Response]]

JSON: Final[Forms] = {"json": Form("application/json", "application/json")}
RDF: Final[Forms] = {
    "ttl": Form("text/turtle", "text/turtle; charset=utf-8"),
    "jsonld": Form("application/ld+json", "application/ld+json"),
    "nt": Form("application/n-triples", "application/n-triples"),
}
HTML: Final[Forms] = {"html": Form("text/html", "text/html; charset=utf-8")}


class NotAcceptableError(UsageError):
    """None of the forms that there are is one that the client takes."""

    def __init__(self, asked: str, forms: Forms) -> None:
        media_types = ", ".join(form.media_type for form in forms.values())
        super().__init__(f"there is no form {shown(asked)} of this", f"there are: {media_types}")
        self.forms = {name: form.media_type for name, form in forms.items()}


def complaining(handler: Handler, unknown: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> Handler:
    """Return a handler whose errors of users become problems; `unknown` is the status where a value names nothing."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except NotAcceptableError as error:
            return not_acceptable(error)
        except UnknownValueError as error:
            return problem(error, unknown)
        except UprGraphError as error:
            return problem(error)

    return handle


def not_acceptable(error: NotAcceptableError) -> Response:
    """Return 406 with the forms that there are."""
    return problem(error, HTTPStatus.NOT_ACCEPTABLE, {"Vary": "Accept"}, available=error.forms)


def base(site: Site, request: Request) -> str:
    """Return the address of the site as its users have it, without a slash at the end."""
    if site.settings.public:
        return site.settings.public.rstrip("/")
    scope = request.scope
    host = next((value for name, value in scope["headers"] if name == b"host"), None)
    server = None if host is not None or scope.get("server") is None else tuple(scope["server"])
    return _address(scope["scheme"], host, server, scope.get("app_root_path", scope.get("root_path", "")))


@lru_cache(maxsize=64)
def _address(scheme: str, host: bytes | None, server: tuple[object, ...] | None, root: str) -> str:
    """Return the address of the root as Starlette makes it of a request, without a slash at the end."""
    headers = [] if host is None else [(b"host", host)]
    scope = {"scheme": scheme, "server": server, "headers": headers, "path": root, "query_string": b""}
    return str(URL(scope=scope)).rstrip("/")


def chosen(request: Request, forms: Forms) -> str:
    """Return the name of the form that `format` in the address asks for, or else the one that suits the client best.

    Raises NotAcceptableError if there is none.
    """
    named = request.query_params.get(FORMAT)
    if named is not None:
        if named not in forms:
            raise NotAcceptableError(named, forms)
        return named
    accept = ", ".join(request.headers.getlist("Accept"))
    names = {form.media_type: name for name, form in forms.items()}
    media_type = best(accept, list(names))
    if media_type is None:
        raise NotAcceptableError(accept, forms)
    return names[media_type]


async def answered(
    site: Site,
    request: Request,
    form: Form,
    make: Callable[[], Awaitable[bytes | Packed]],
    *,
    memory: KeptAnswers,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return an answer in a form, or 304 to a client that has it. It is made only if it is not in memory either."""
    tag = etag(site, request, form.media_type)
    if is_known(request, tag):
        return not_modified(tag, headers)

    async def made() -> Answered:
        content = await make()
        if isinstance(content, Packed):
            return Answered(content.content, form.content_type, unpacked=content.size)
        return Answered(content, form.content_type)

    found = memory.get(tag) or await memory.made(tag, len(tag), made)
    sent = {"Content-Type": found.content_type, **kept(tag, headers)}
    return Response(found.content, headers=sent) if found.unpacked is None else _packed(request, found, sent)


def _packed(request: Request, answer: Answered, headers: dict[str, str]) -> Response:
    """Return an answer that is packed as it is, or unpacked piece by piece for a client that does not take it so."""
    headers["Vary"] = "Accept, Accept-Encoding"
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        return Response(answer.content, headers={**headers, "Content-Encoding": "gzip"})
    return StreamingResponse(_unpacked(answer.content), headers={**headers, "Content-Length": str(answer.unpacked)})


async def _unpacked(content: bytes) -> AsyncIterator[bytes]:
    """Yield what is packed, in pieces; each has been sent before the next is there."""
    with gzip.open(BytesIO(content)) as file:
        while piece := file.read(_PIECE):
            yield piece


def links(relations: Sequence[tuple[str, str]]) -> str:
    """Return the header Link of addresses with what they are."""
    return ", ".join(f'<{quote(address, safe=_SAFE)}>; rel="{relation}"' for address, relation in relations)


def etag(site: Site, request: Request, form: str) -> str:
    """Return an ETag that changes with the data, the program and what is asked; weak, as lists have no fixed order."""
    return tag_of((site.jobs.version, __version__, base(site, request), request.url.path, request.url.query, form))


def tag_of(asked: Plain) -> str:
    """Return the ETag of what an answer depends on."""
    return f'W/"{hashlib.blake2b(marshal.dumps(asked, _FORMAT), digest_size=16).hexdigest()}"'


def is_known(request: Request, tag: str) -> bool:
    """Say whether the client has the answer with this ETag already."""
    known = {each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")}
    return tag.removeprefix("W/") in known


def kept(tag: str, headers: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the headers of an answer that may be kept, and is chosen by Accept."""
    return {"ETag": tag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept", **(headers or {})}


def not_modified(tag: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return 304."""
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept(tag, headers))
