"""The description of the calls in OpenAPI 3.1, made from the headers of the questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from uprgraph import __version__
from uprgraph.catalog import catalogue
from uprgraph.catalog.catalogue import AREAS
from uprgraph.catalog.parameters import Parameter
from uprgraph.catalog.question import Question
from uprgraph.catalog.resolve import ANY
from uprgraph.search import COLUMNS, DEFAULT_LIMIT
from uprgraph.search.document import KINDS, RECOMMENDATION
from uprgraph.server import schemas, search
from uprgraph.server.answers import FORMAT, Form, Forms
from uprgraph.server.calls import LIMIT, MAX_OFFSET, MAX_VALUES, OFFSET
from uprgraph.server.schemas import Schema

Choices = Mapping[str, Mapping[str, str]]
"""By codelist, the keys of its entries and their labels, where there are few."""

FORMS: Final[Forms] = {
    "json": Form("application/json", "application/json"),
    "openapi": Form("application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json;version=3.1"),
}
_DESCRIPTION = """\
The Universal Periodic Review as linked data that answers questions, with the words each answer rests on.

Every question is a call of its own. Values are labels in any language, alternative labels, codes or IRIs, and a
parameter that is given several times has several values. `any` leaves an optional parameter open. What a row is, and
what is counted, each question says. Errors are problems (RFC 9457) with what may have been meant."""
_LARGEST = 10**18 - 1


def document(site: str, choices: Choices, forms: Forms, most: int) -> Schema:
    """Return the document of a site: `site` is its address, `forms` are those of answers, of at most `most` rows."""
    questions = catalogue.shipped().questions()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "UPR Graph",
            "version": __version__,
            "summary": "Questions to the Universal Periodic Review",
            "description": _DESCRIPTION,
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": site}],
        "tags": [{"name": area, "description": heading} for area, heading in AREAS.items()],
        "paths": {
            "/api": {"get": _listing()},
            **{f"/api/{each.name}": {"get": _call(each, choices, forms, most)} for each in questions},
            "/search": {"get": _search(choices)},
        },
        "components": schemas.components(),
    }


def _listing() -> Schema:
    content = {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Question"}}}}
    return {
        "operationId": "questions",
        "summary": "Which questions are there?",
        "responses": {**_good("The questions", content), **_problems("406")},
    }


def _call(question: Question, choices: Choices, forms: Forms, most: int) -> Schema:
    content: dict[str, Schema] = {
        form.media_type: {"schema": schemas.of_rows(question) if name == "json" else {"type": "string"}}
        for name, form in forms.items()
    }
    counted = {"X-Total-Count": {"$ref": "#/components/headers/Total"}, "Link": {"$ref": "#/components/headers/Link"}}
    return {
        "operationId": question.name,
        "tags": [question.area],
        "summary": question.summary,
        "description": question.description,
        "externalDocs": {"url": f"/questions/{question.name}", "description": "The same question as a page"},
        "parameters": [
            *(_parameter(each, choices) for each in question.parameters),
            _plain(FORMAT, {"type": "string", "enum": list(forms)}, "The format, in place of the header Accept."),
            *_slice(most, most),
        ],
        "responses": {**_good("The rows", content, counted), **_problems("400", "406", "422", "429", "503")},
    }


def _search(choices: Choices) -> Schema:
    filters = [_parameter(each, choices) for each in search.FILTERS]
    kind = {"type": "array", "items": {"type": "string", "enum": [RECOMMENDATION, *KINDS]}, "minItems": 1}
    return {
        "operationId": "search",
        "summary": "Which recommendations, findings and opinions have these words?",
        "description": f"Columns of hits: {'; '.join(f'{name}: {text}' for name, text in COLUMNS.items())}.",
        "parameters": [
            {
                **_plain("q", {"type": "string", "minLength": 1}, 'Words, "phrases", prefix*, AND, OR, NOT and ( ).'),
                "required": True,
                "example": '"freedom of religion"',
            },
            *filters,
            _plain("kind", {**kind, "maxItems": MAX_VALUES}, "What hits are."),
            *_slice(search.MOST, DEFAULT_LIMIT, search.DEEPEST),
        ],
        "responses": {
            **_good("The hits", {"application/json": {"schema": {"$ref": "#/components/schemas/Hits"}}}),
            **_problems("400", "406", "422", "429", "503"),
        },
    }


def _parameter(parameter: Parameter, choices: Choices) -> Schema:
    known = choices.get(parameter.scheme or "")
    described = f"{parameter.description}: {parameter.expected}" if parameter.description else parameter.expected
    if known:
        described += f" ({', '.join(f'{name}: {label}' for name, label in known.items())}); labels will do as well"
    schema: Schema = {
        "type": "array",
        "items": _value(parameter, list(known or ())),
        "minItems": 1,
        "maxItems": MAX_VALUES,
    }
    if parameter.defaults:
        values: list[object] = [int(each) if parameter.kind == "integer" else each for each in parameter.defaults]
        schema["default"] = values
    required = not parameter.defaults and not parameter.optional
    return _plain(parameter.name, schema, f"{described[0].upper()}{described[1:]}.") | {"required": required}


def _value(parameter: Parameter, known: list[str]) -> Schema:
    if parameter.kind == "integer":
        number: Schema = {"type": "integer", "minimum": -_LARGEST, "maximum": _LARGEST}
        return {"anyOf": [number, {"const": ANY}]} if parameter.optional else number
    if parameter.kind == "date":
        day: Schema = {"type": "string", "format": "date"}
        return {"anyOf": [day, {"const": ANY}]} if parameter.optional else day
    if known:
        return {"type": "string", "enum": [*known, *([ANY] if parameter.optional else [])]}
    return {"type": "string", "minLength": 1}


def _slice(most: int, usual: int, furthest: int = MAX_OFFSET) -> list[Schema]:
    limit = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    offset = {"type": "integer", "minimum": 0, "maximum": furthest, "default": 0}
    return [_plain(LIMIT, limit, "How many rows."), _plain(OFFSET, offset, "How many rows to leave out before them.")]


def _plain(name: str, schema: Schema, description: str) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _good(description: str, content: Mapping[str, Schema], headers: Schema | None = None) -> Schema:
    tagged = {"ETag": {"$ref": "#/components/headers/ETag"}, **(headers or {})}
    return {"200": {"description": description, "headers": tagged, "content": content}}


def _problems(*statuses: str) -> Schema:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}
