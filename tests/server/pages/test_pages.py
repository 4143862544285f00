"""What stands on the pages, and that they hang together."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urldefrag

import pytest
from starlette.testclient import TestClient

from uprgraph.catalog import catalogue
from uprgraph.server.pages.rendering import FOLDER

from .reader import Page

PATHS = [
    *(
        "/",
        "/about",
        "/states",
        "/states/KAZ",
        "/states/AFG",
        "/opinions/TERR-KAZ-296-2016",
        "/opinions/FOI-KAZ-268-2015",
    ),
    *("/opinions/JUD-KAZ-337-2018", "/documents/election-report/KAZ-2016-03-20", "/documents/submission/odihr-KAZ-34"),
    *("/rights", "/rights/freedom-of-religion-or-belief", "/rights/right-to-life", "/page/id/review/KAZ-20?all=1"),
    *("/page/id/opinion/TERR-KAZ-296-2016/finding/2", "/page/code/response/supported", "/page/id/state/KAZ?facts=1"),
    *("/questions", "/search", "/search?q=religion&state=KAZ", "/editor", "/editor?query=ASK%20%7B%7D"),
]


@pytest.mark.parametrize("path", [*PATHS, *(f"/questions/{name}" for name in catalogue.shipped().names())])
def test_a_page_is_whole(pages: TestClient, path: str) -> None:
    """No script or style within it, each id once, and a place on it for each link to one."""
    answer = pages.get(path)
    assert answer.status_code == 200
    page = Page(answer.text)
    assert answer.text.lower().startswith("<!doctype html>")
    assert page.wrong == []
    assert len(page.ids) == len(set(page.ids))
    assert {each[1:] for each in page.links if each.startswith("#")} <= set(page.ids)
    assert not [each for each in page.links if not each.startswith(("/", "#", "?", "http://", "https://"))]


@pytest.mark.parametrize("path", ["/", "/states/KAZ", "/opinions/TERR-KAZ-296-2016"])
def test_links_lead_somewhere(pages: TestClient, path: str) -> None:
    links = {urldefrag(each)[0] for each in Page(pages.get(path).text).links if each.startswith("/")}
    assert len(links) > 5
    broken = {each: pages.get(each).status_code for each in sorted(links)}
    assert {each: status for each, status in broken.items() if status >= 400} == {}


def test_a_link_to_a_statement_leads_to_its_place(pages: TestClient) -> None:
    links = {each for each in Page(pages.get("/states/KAZ").text).links if "#finding-" in each}
    assert links
    for each in links:
        path, place = urldefrag(each)
        assert place in Page(pages.get(path).text).ids


def test_the_opinion_has_the_quoted_words_marked_beside_the_finding(pages: TestClient) -> None:
    page = Page(pages.get("/opinions/TERR-KAZ-296-2016").text)
    marked = list(page.marked.values())
    assert any(
        each.startswith("The Opinion also concluded") and each.endswith("religion or belief.") for each in marked
    )
    assert any(each.startswith("Amendments were adopted on 22 December 2016") for each in marked), "in a footnote"
    assert "#finding-2" in page.links
    assert any(each.startswith("#words-") for each in page.links)


def test_the_dossier_of_a_state_says_what_became_of_its_laws(pages: TestClient) -> None:
    text = Page(pages.get("/states/KAZ").text).text
    assert "draft Law on Access to Information of the Republic of Kazakhstan not adopted" in text
    assert "as of 22 December 2016, according to OSCE Office" in text
    assert "In doubt:" in text
    assert "session 20, cycle 2 27 October 2014 to 7 November 2014 189 141 48" in text
    assert "Казахстан" in text


def test_a_state_of_which_nothing_is_known_says_so(pages: TestClient) -> None:
    assert "No legal opinion on a law of this State is recorded." in pages.get("/states/AFG").text


def test_a_right_has_what_is_narrower_and_the_provisions_that_protect_it(pages: TestClient) -> None:
    text = Page(pages.get("/rights/freedom-of-religion-or-belief").text).text
    assert "Part of civil and political rights" in text
    assert "2 legal opinions" in text
    assert "freedom of thought and conscience" in text
    assert "International Covenant on Civil and Political Rights" in text


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/states/kazakhstan", "/states/KAZ"),
        ("/opinions/TERR-KAZ/296/2016", "/opinions/TERR-KAZ-296-2016"),
        ("/rights/freedom of religion", "/rights/freedom-of-religion-or-belief"),
        ("/page/id/state/KAZ", "/states/KAZ"),
        ("/page/code/right/right-to-life", "/rights/right-to-life"),
    ],
)
def test_another_name_leads_to_the_page_of_the_thing(pages: TestClient, path: str, place: str) -> None:
    answer = pages.get(path)
    assert (answer.status_code, answer.headers["location"]) == (302, place)


def test_an_unknown_thing_gets_what_may_have_been_meant(pages: TestClient) -> None:
    answer = pages.get("/states/Kazakstan")
    assert answer.status_code == 404
    assert "/states/Kazakhstan" in Page(answer.text).links
    assert "/states/Kazakhstan" not in Page(pages.get("/nowhere/at-all").text).links


def test_what_is_known_already_is_not_sent_again(pages: TestClient) -> None:
    first = pages.get("/states/KAZ")
    assert pages.get("/states/KAZ", headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert "etag" not in pages.get("/states/Kazakstan").headers


def test_names_and_addresses_of_the_data_do_no_harm(pages_of: Callable[[str], TestClient]) -> None:
    hostile = """
        <https://w3id.org/uprgraph/id/opinion/BAD-XXX-1> a upr:LegalOpinion ;
          rdfs:label "<script>alert(1)</script>\\"><img src=x onerror=alert(1)>"@en ;
          upr:sourceUrl "javascript:alert(1)"^^xsd:anyURI ;
          rdfs:seeAlso <javascript:alert(1)>, <data:text/html,x>, <http://example.org/%22onmouseover=%22alert(1)> .
    """
    answer = pages_of(hostile).get("/page/id/opinion/BAD-XXX-1?facts=1")
    page = Page(answer.text)
    assert answer.status_code == 200
    assert "<script>alert(1)</script>" in page.text
    assert page.wrong == []
    assert not [each for each in page.links if each.lower().startswith(("javascript", "data"))]


def test_templates_say_of_nothing_that_it_is_safe() -> None:
    found = [path.name for path in (FOLDER / "templates").glob("*.html") if "safe" in path.read_text().split("|")]
    assert found == []
    assert not [path for path in (FOLDER / "templates").glob("*.html") if "|safe" in path.read_text().replace(" ", "")]


def test_the_site_can_stand_below_a_path() -> None:
    from tests.server.inprocess import InProcess

    from uprgraph.server.app import create_app
    from uprgraph.server.settings import Settings

    app = create_app(Settings(public="https://example.org/upr/"), InProcess())
    links = Page(TestClient(app).get("/states/KAZ", headers={"Accept": "text/html"}).text).links
    assert not [each for each in links if each.startswith("/") and not each.startswith("/upr/")]
