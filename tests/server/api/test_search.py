"""The search for programs, at the address of the page."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from starlette.testclient import TestClient

from uprgraph.server import problems
from uprgraph.server.jobs.searching import NoSearchError

JSON = {"Accept": "application/json"}


def test_programs_get_hits_and_people_a_page(client: TestClient) -> None:
    found = client.get("/search", params={"q": "religion", "state": "KAZ"}, headers=JSON)
    assert found.headers["Content-Type"] == "application/json"
    content = found.json()
    assert content["query"] == "religion"
    assert content["total"] >= len(content["hits"]) > 0
    assert content["hits"][0].keys() >= {"rank", "score", "kind", "item", "snippet"}
    page = client.get("/search", params={"q": "religion"}, headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["Content-Type"].startswith("text/html")
    for answer in (found, page):
        assert answer.headers["Vary"] == "Accept"
    assert client.get("/search", params={"q": "religion", "format": "json"}).json()["total"]


def test_hits_are_turned(client: TestClient) -> None:
    asked = {"q": "rights", "kind": "finding", "limit": 2}
    first = client.get("/search", params=asked, headers=JSON).json()
    second = client.get(first["links"]["next"], headers=JSON).json()
    both = client.get("/search", params=asked | {"limit": 4}, headers=JSON).json()
    assert first["hits"] + second["hits"] == both["hits"]
    assert [hit["rank"] for hit in second["hits"]] == [3, 4]
    assert second["links"].keys() >= {"first", "last", "prev"}


def test_any_leaves_a_filter_open(client: TestClient) -> None:
    plain = client.get("/search", params={"q": "religion"}, headers=JSON).json()
    assert (
        client.get("/search", params={"q": "religion", "state": "any"}, headers=JSON).json()["total"] == plain["total"]
    )


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"q": "religion", "stat": "KAZ"}, 400),
        ({"q": "religion", "limit": "100000"}, 400),
        ({"q": "religion", "offset": "100000"}, 400),
        ({"q": '"'}, 400),
        ({"q": "(" * 3_000}, 400),
        ({"q": "x" * 50_000}, 400),
        ({"q": ""}, 400),
        ({"q": "religion", "state": "Atlantis"}, 422),
        ({"q": "religion", "kind": "novel"}, 422),
        ({"q": "religion", "session": "x"}, 422),
    ],
)
def test_mistakes_are_problems(client: TestClient, query: dict[str, str], status: int) -> None:
    answer = client.get("/search", params=query, headers=JSON)
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_answer_is_kept(client: TestClient) -> None:
    first = client.get("/search", params={"q": "religion"}, headers=JSON)
    again = client.get("/search", params={"q": "religion"}, headers={**JSON, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_what_has_no_index_says_so() -> None:
    status = problems.status_of(NoSearchError("there is no full-text search here"))
    assert status == HTTPStatus.NOT_IMPLEMENTED
