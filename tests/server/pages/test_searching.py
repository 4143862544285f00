"""The pages to search with and to write SPARQL on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from .reader import Page


def test_hits_have_their_words_marked_and_lead_to_their_pages(pages: TestClient) -> None:
    answer = pages.get("/search", params={"q": "religion", "kind": "finding"})
    page = Page(answer.text)
    assert "<mark>religion</mark>" in answer.text
    assert "/page/id/opinion/TERR-KAZ-296-2016/finding/2" in page.links
    assert "2 hits" in page.text


def test_filters_narrow_and_are_kept(pages: TestClient) -> None:
    answer = pages.get("/search", params={"q": "religion", "session": "20", "response": "noted", "state": "Kazakhstan"})
    assert "4 hits" in Page(answer.text).text
    assert '<option value="noted" selected>' in answer.text
    assert 'value="Kazakhstan"' in answer.text


def test_more_hits_can_be_shown(pages: TestClient) -> None:
    answer = pages.get("/search", params={"q": "religion"})
    more = next(each for each in Page(answer.text).links if "show=40" in each)
    assert pages.get(more).text.count('class="snippet"') == 28


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"q": '"a'}, "The quotation mark at character 1 is not closed."),
        ({"q": "NOT a"}, "NOT at character 1 has nothing beside it"),
        ({"q": "a", "session": "x"}, 'Session: "x" is not a whole number'),
        ({"q": "a", "state": "Kazakstan"}, 'State: "Kazakstan" is unknown. Did you mean Kazakhstan'),
    ],
)
def test_what_cannot_be_searched_for_is_told(pages: TestClient, params: dict[str, str], told: str) -> None:
    answer = pages.get("/search", params=params)
    assert answer.status_code == 422
    assert told in Page(answer.text).text
    assert 'aria-invalid="true"' in answer.text


def test_without_an_index_the_search_says_so(pages_of: Callable[[str], TestClient]) -> None:
    answer = pages_of("").get("/search?q=religion")
    assert answer.status_code == 503
    assert "there is no full-text search here" in Page(answer.text).text.lower()


def test_the_editor_runs_a_query_and_names_what_it_finds(pages: TestClient) -> None:
    answer = pages.post("/editor", data={"query": "SELECT ?state { ?state a upr:State }"})
    assert answer.status_code == 400
    assert "line 1" in Page(answer.text).text
    query = "PREFIX upr: <https://w3id.org/uprgraph/ontology#>\nSELECT ?state { ?state upr:iso3 'KAZ' }"
    page = Page(pages.post("/editor", data={"query": query}).text)
    assert "/states/KAZ" in page.links
    assert "1 row" in page.text


def test_the_editor_shows_the_first_rows_of_many_and_graphs_as_rows(pages: TestClient) -> None:
    assert (
        "The first 500 rows of more" in Page(pages.post("/editor", data={"query": "SELECT * { ?s ?p ?o }"}).text).text
    )
    described = "DESCRIBE <https://w3id.org/uprgraph/id/state/KAZ>"
    assert "predicate" in Page(pages.post("/editor", data={"query": described}).text).text
    assert "true" in Page(pages.get("/editor", params={"query": "ASK {}"}).text).text


def test_the_editor_starts_from_a_question(pages: TestClient) -> None:
    assert "Which concerns of legal opinions are still open?" in pages.get("/editor?question=open-concerns").text
    assert pages.get("/editor?question=open-concern").status_code == 404


def test_a_query_that_is_too_long_is_refused(pages: TestClient) -> None:
    answer = pages.post("/editor", data={"query": "#" * 150_000})
    assert answer.status_code == 400
    assert "at most 100,000 characters" in Page(answer.text).text
