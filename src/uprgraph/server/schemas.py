"""The schemas of the OpenAPI document: rows, hits, questions and problems."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from uprgraph.catalog.question import Question
from uprgraph.search import COLUMNS, TYPES
from uprgraph.server.problems import MEDIA_TYPE

Schema = dict[str, Any]
"""A part of the document, which is JSON."""

_TEXT: Final[Schema] = {"type": "string"}
_DAY: Final[Schema] = {"type": ["string", "null"], "format": "date"}
_VALUES: Final[dict[str, Schema]] = {
    "text": {"type": ["string", "null"]},
    "iri": {"type": ["string", "null"], "format": "iri"},
    "integer": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "date": _DAY,
    "moment": {"anyOf": [_DAY, {"type": "integer", "description": "A year."}]},
}
"""What the types of columns are in JSON."""
_ADDRESS: Final[Schema] = {"type": "string", "format": "uri"}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT}
_PROBLEMS = {
    HTTPStatus.BAD_REQUEST: "A parameter that the call does not have, a missing one, or a limit that is no number.",
    HTTPStatus.NOT_FOUND: "There is no such question.",
    HTTPStatus.NOT_ACCEPTABLE: "None of the formats that the client takes; `available` lists those there are.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "A value that names nothing, or several things; `suggestions` may be meant.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests of this client at once; Retry-After says when to try again.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Too much is asked at once, or the answer takes too much.",
}


def of_rows(question: Question) -> Schema:
    """Return the schema of an answer as JSON."""
    return {"type": "array", "items": _row(question.columns, question.types)}


def _row(columns: Mapping[str, str], types: Mapping[str, str]) -> Schema:
    properties = {name: {**_VALUES[types.get(name, "text")], "description": text} for name, text in columns.items()}
    return {"type": "object", "properties": properties, "required": list(columns), "additionalProperties": False}


def components() -> Schema:
    """Return what the calls share."""
    return {
        "schemas": {"Problem": _problem(), "Question": _question(), "Hits": _hits()},
        "responses": {
            str(int(status)): {
                "description": text,
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }
            for status, text in _PROBLEMS.items()
        },
        "headers": {
            "Total": {"description": "How many rows the whole answer has.", "schema": {"type": "integer"}},
            "Link": {"description": "Where the first, previous, next and last rows are (RFC 8288).", "schema": _TEXT},
            "ETag": {"description": "What If-None-Match takes.", "schema": _TEXT},
        },
    }


def _problem() -> Schema:
    return {
        "type": "object",
        "description": "What was wrong (RFC 9457).",
        "properties": {
            "type": _TEXT,
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "hint": _TEXT,
            "suggestions": {**_TEXTS, "description": "What may have been meant."},
            "available": {"type": "object", "additionalProperties": _TEXT, "description": "Formats and media types."},
        },
        "required": ["type", "title", "status", "detail"],
    }


def _question() -> Schema:
    parameter = {
        "type": "object",
        "properties": {
            "name": _TEXT,
            "type": {"enum": ["concept", "state", "thing", "integer", "date", "string"]},
            "scheme": {"type": ["string", "null"], "description": "The IRI of the codelist of a concept."},
            "class": {"type": ["string", "null"], "description": "The IRI of the class of a thing."},
            "description": _TEXT,
            "default": _TEXTS,
            "required": {"type": "boolean"},
            "mayBeAny": {"type": "boolean"},
        },
        "required": ["name", "type", "description", "default", "required", "mayBeAny"],
    }
    members: Schema = {"name": _TEXT, "summary": _TEXT, "description": _TEXT, "area": _TEXT, "tags": _TEXTS}
    members |= {"parameters": {"type": "array", "items": parameter}}
    named = {"type": "object", "additionalProperties": _TEXT}
    members |= {
        "columns": named,
        "types": {**named, "description": "Of columns that are no text."},
        "url": _ADDRESS,
        "page": _ADDRESS,
    }
    return {"type": "object", "properties": members, "required": list(members)}


def _hits() -> Schema:
    links = {"type": "object", "additionalProperties": _ADDRESS}
    members = {"query": _TEXT, "total": {"type": "integer"}, "hits": {"type": "array", "items": _row(COLUMNS, TYPES)}}
    return {"type": "object", "properties": {**members, "links": links}, "required": [*members, "links"]}
