"""Reading requests of the SPARQL 1.1 Protocol: the query, and the graphs that it is asked of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from uprgraph.errors import UsageError

_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
_MOST_FIELDS = 1_000
_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")
READ_ONLY: Final = "updates are not accepted here: the data can only be read"


class ProtocolError(UsageError):
    """A request is not one of the protocol; `status` is HTTP's."""

    def __init__(self, message: str, hint: str | None = None, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(message, hint)
        self.status = status


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and the graphs that the request names."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


async def question_of(request: Request, longest: int) -> Question | None:
    """Return the query of a request, or None if a GET has none.

    Raises ProtocolError for what the protocol does not allow, and for a query of more than `longest` characters.
    """
    address = _fields(request.scope["query_string"], "the address")
    if request.method != "POST":
        question = _of_fields(address, None)
    else:
        kind, parameters = _content_type(request)
        if kind == _FORM:
            form = _fields(await request.body(), "the form")
            if stray := [name for name in ("query", *_UPDATES) if name in address]:
                raise ProtocolError(f"{stray[0]} stands in the address", "with a form, it stands in the form")
            # The protocol has all in the form, and the tests of the W3C have the graphs in the address.
            question = _of_fields(
                {name: form.get(name, []) + address.get(name, []) for name in {*form, *address}}, None
            )
        elif kind == _QUERY:
            if "query" in address:
                raise ProtocolError("the query stands both in the address and in the body")
            question = _of_fields(address, _decoded(await request.body(), parameters.get("charset", "utf-8")))
        else:
            sent = f"POST {_FORM} with the field query, or {_QUERY}"
            problem = READ_ONLY if kind == "application/sparql-update" else f"{kind or 'no media type'} is no query"
            raise ProtocolError(problem, sent, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        if question is None:
            raise ProtocolError("the form has no field query")
    if question is not None and len(question.text) > longest:
        problem = f"the query has {len(question.text):,} characters; at most {longest:,} are allowed"
        raise ProtocolError(problem, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return question


def _of_fields(fields: Mapping[str, list[str]], body: str | None) -> Question | None:
    if any(name in fields for name in _UPDATES):
        raise ProtocolError(READ_ONLY)
    texts = fields.get("query", []) if body is None else [body]
    if len(texts) > 1:
        raise ProtocolError(f"there are {len(texts)} queries", "send one at a time")
    graphs = tuple(fields.get("default-graph-uri", [])), tuple(fields.get("named-graph-uri", []))
    if not texts:
        if any(graphs):
            raise ProtocolError("graphs are named, and there is no query")
        return None
    return Question(texts[0], *graphs)


def _fields(encoded: bytes, place: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise ProtocolError(f"{place} is not UTF-8, percent-encoded") from None
    except ValueError:
        raise ProtocolError(f"{place} has more than {_MOST_FIELDS:,} fields") from None
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def _content_type(request: Request) -> tuple[str, dict[str, str]]:
    kind, *rest = request.headers.get("Content-Type", "").split(";")
    pairs = (each.partition("=") for each in rest)
    return kind.strip().lower(), {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs}


def _decoded(body: bytes, charset: str) -> str:
    if charset.lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise ProtocolError("a query must be UTF-8", status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProtocolError(f"the query is not UTF-8: {error.reason} at byte {error.start}") from None
