"""The OpenAPI document: valid, complete, and true of the answers."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.testclient import TestClient

from uprgraph import __version__
from uprgraph.catalog import catalogue
from uprgraph.server.api import FORMS
from uprgraph.server.jobs.questions import FEW

SOME = ("/api", "/search", "/api/opinions-by-right", "/api/findings-by-right", "/api/states-at-session")


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert answer.headers["Content-Type"] == "application/json"
    return dict(answer.json())


def parameters(document: dict[str, Any], path: str) -> dict[str, dict[str, Any]]:
    """Return the parameters of a call by name."""
    return {each["name"]: each for each in document["paths"][path]["get"]["parameters"]}


def test_it_is_valid(document: dict[str, Any]) -> None:
    """Checked with some calls, as the validator takes long; all are checked with the marker `serving`."""
    part = {**document, "paths": {path: document["paths"][path] for path in SOME}}
    assert list(OpenAPIV31SpecValidator(part).iter_errors()) == []


@pytest.mark.serving
def test_all_of_it_is_valid(document: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_question_is_a_call(document: dict[str, Any]) -> None:
    questions = catalogue.shipped().questions()
    assert document["info"]["version"] == __version__
    assert document["servers"] == [{"url": "http://localhost"}]
    assert document["paths"].keys() == {"/api", "/search", *(f"/api/{each.name}" for each in questions)}
    for question in questions:
        call = document["paths"][f"/api/{question.name}"]["get"]
        assert call["operationId"] == question.name
        assert call["summary"] == question.summary
        assert [each["name"] for each in call["parameters"]] == [
            *(each.name for each in question.parameters),
            *("format", "limit", "offset"),
        ]
        assert call["responses"]["200"]["content"].keys() == {form.media_type for form in FORMS.values()}
        row = call["responses"]["200"]["content"]["application/json"]["schema"]["items"]
        assert row["properties"].keys() == question.columns.keys()


def test_small_codelists_are_enumerated_and_their_values_work(client: TestClient, document: dict[str, Any]) -> None:
    found = parameters(document, "/api/findings-by-right")["findingType"]["schema"]["items"]["enum"]
    assert found == ["commendation", "concern", "observation", "any"]
    assert "enum" not in parameters(document, "/api/findings-by-right")["right"]["schema"]["items"]
    tried = set()
    for path, call in document["paths"].items():
        for parameter in call["get"].get("parameters", []):
            values = tuple(parameter["schema"].get("items", {}).get("enum", ()))
            assert len(values) <= FEW + 1
            if path != "/search" and values not in tried:
                tried.add(values)
                for value in values:
                    assert client.get(path, params={parameter["name"]: value}).status_code == 200, (path, value)
    assert len(tried) > 3


def test_parameters_have_types_defaults_and_bounds(document: dict[str, Any]) -> None:
    right = parameters(document, "/api/opinions-by-right")["right"]
    assert right["schema"]["default"] == ["freedom-of-religion-or-belief"]
    assert right["required"] is False
    session = parameters(document, "/api/states-at-session")["session"]["schema"]["items"]
    assert session["type"] == "integer"
    assert parameters(document, "/search")["session"]["schema"]["items"]["anyOf"][1] == {"const": "any"}
    assert parameters(document, "/search")["q"]["required"] is True


@pytest.mark.thorough
def test_answers_are_as_the_document_says(client: TestClient, document: dict[str, Any]) -> None:
    for path, call in document["paths"].items():
        answer = client.get(
            path, params={"q": "rights"} if path == "/search" else {}, headers={"Accept": "application/json"}
        )
        schema = call["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json(), {**schema, "components": document["components"]})
        refused = client.get(path, headers={"Accept": "image/png, application/json;q=0"})
        if path != "/search":
            assert refused.status_code == 406
            problem = document["components"]["schemas"]["Problem"]
            jsonschema.validate(refused.json(), problem)
