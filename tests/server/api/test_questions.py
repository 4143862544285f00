"""Every question as a call, over the shipped graph."""

from __future__ import annotations

import csv
import io
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from uprgraph.catalog import catalogue
from uprgraph.server.api import FORMS
from uprgraph.server.calls import MAX_VALUES

QUESTION = "/api/opinions-by-right"
BASE = "https://w3id.org/uprgraph/"
PROBLEM = "application/problem+json"


def numbers(client: TestClient, **parameters: object) -> list[str]:
    """Return the numbers of the opinions on a right."""
    answer = client.get(QUESTION, params=parameters)
    assert answer.status_code == 200, answer.text
    return sorted({row["number"] for row in answer.json()})


@pytest.mark.parametrize(
    "right",
    [
        *("Access to information", "right of access to information", "access-to-information", "FOI"),
        *("право на доступ к информации", f"{BASE}code/right/access-to-information", "right:access-to-information"),
    ],
)
def test_values_are_labels_other_labels_codes_and_iris(client: TestClient, right: str) -> None:
    assert numbers(client, right=right) == ["FOI-KAZ/268/2015"]


def test_what_is_not_given_has_its_default_and_any_leaves_it_open(client: TestClient) -> None:
    assert numbers(client) == ["JUD-KAZ/337/2018", "TERR-KAZ/296/2016"]
    assert numbers(client, state="any") == numbers(client)


def test_repeated_parameters_are_several_values(client: TestClient) -> None:
    assert numbers(client, right=["freedom of religion", "access to information"]) == [
        "FOI-KAZ/268/2015",
        "JUD-KAZ/337/2018",
        "TERR-KAZ/296/2016",
    ]


def test_a_name_with_capitals_may_be_written_with_hyphens_or_underscores(client: TestClient) -> None:
    found = [
        client.get("/api/findings-by-right", params={name: "concern"}).json()
        for name in ("findingType", "finding-type", "finding_type")
    ]
    assert found[0]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("name", FORMS)
def test_every_format_by_name_and_by_accept(client: TestClient, name: str) -> None:
    named = client.get(QUESTION, params={"format": name})
    liked = client.get(QUESTION, headers={"Accept": f"{FORMS[name].media_type}, */*;q=0.1"})
    for answer in (named, liked):
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == FORMS[name].content_type
        assert answer.headers["X-Total-Count"] == "2"
        assert answer.headers["Content-Disposition"] == f'inline; filename="opinions-by-right.{name}"'
    if name == "xlsx":
        assert "xl/workbook.xml" in ZipFile(io.BytesIO(named.content)).namelist()
    else:
        assert "TERR-KAZ/296/2016" in named.text


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("text/csv;q=0.5, text/turtle;q=0.9", "text/turtle; charset=utf-8"),
        ("text/*;q=0.2, application/json;q=0.1", "text/csv; charset=utf-8; header=present"),
        ("application/json;q=0, */*", "text/csv; charset=utf-8; header=present"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
)
def test_the_format_that_is_liked_best(client: TestClient, accept: str, chosen: str) -> None:
    assert client.get(QUESTION, headers={"Accept": accept}).headers["Content-Type"] == chosen


def test_rows_are_cut_and_links_lead_on(client: TestClient) -> None:
    path = "/api/osce-participating-states"
    whole = client.get(path)
    assert "next" not in whole.links
    assert "first" not in whole.links
    total = int(whole.headers["X-Total-Count"])
    assert total == len(whole.json()) == 57
    found, answer = [], client.get(path, params={"limit": 25})
    while True:
        assert answer.headers["X-Total-Count"] == "57"
        found += answer.json()
        if "next" not in answer.links:
            break
        answer = client.get(answer.links["next"]["url"])
    assert found == whole.json()
    assert answer.links["prev"]["url"].endswith("limit=25&offset=25")
    assert answer.links["first"]["url"].endswith("limit=25&offset=0")
    assert answer.links["last"]["url"].endswith("limit=25&offset=50")
    assert client.get(path, params={"offset": 1_000}).json() == []


def problem(client: TestClient, path: str, status: int, **request: object) -> dict[str, object]:
    """Return the problem that a request must be answered with."""
    answer = client.get(path, **request)  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == PROBLEM
    assert answer.headers["Cache-Control"] == "no-store"
    content = answer.json()
    assert content["status"] == status
    assert content["type"] == "about:blank"
    assert content["title"]
    assert content["detail"]
    assert "Traceback" not in answer.text
    return dict(content)


def test_an_unknown_question_gets_the_nearest(client: TestClient) -> None:
    assert "opinions-by-right" in problem(client, "/api/opinions-by-rigth", 404)["suggestions"]  # type: ignore[operator]


def test_an_unknown_parameter_gets_the_nearest(client: TestClient) -> None:
    assert problem(client, f"{QUESTION}?rigth=x", 400)["suggestions"] == ["right"]


def test_an_unknown_value_gets_the_nearest(client: TestClient) -> None:
    found = problem(client, f"{QUESTION}?right=freedom of relijion", 422)
    assert found["suggestions"][0] == "freedom of religion or belief"  # type: ignore[index]
    assert 'did you mean "freedom of religion or belief"' in str(found["hint"])


def test_no_format_that_suits_gets_a_list(client: TestClient) -> None:
    for request in ({"headers": {"Accept": "image/png"}}, {"params": {"format": "table"}}):
        available = problem(client, QUESTION, 406, **request)["available"]
        assert available == {name: form.media_type for name, form in FORMS.items()}


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=-1", "limit=x", "limit=1.0", "limit=", "limit=100001", "limit=1&limit=2", "limit=%D9%A1"),
        *("offset=-1", "offset=1e3", "offset=99999999999", "q=x", "store=/etc", "endpoint=http://localhost/"),
        "&".join(["right=x"] * (MAX_VALUES + 1)),
    ],
)
def test_calls_that_no_value_could_mend(client: TestClient, query: str) -> None:
    problem(client, f"{QUESTION}?{query}", 400)


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "\x00", "\u202e", "x" * 5_000, "<", "<>", "<x>", "<http://x> }", '"', "'; DROP ALL; --"),
        *(
            "id/../x",
            "https://w3id.org/uprgraph/code/right/x> } UNION { ?s ?p ?o",
            "UNDEF",
            "} . SERVICE <http://x/> {",
            "\\u003e",
        ),
        *("http://", "urn:", "code/right/\ud83d", "state:KAZ", "any", "https://w3id.org/uprgraph/id/state/KAZ"),
    ],
)
def test_no_value_gets_into_the_query_as_text(client: TestClient, value: str) -> None:
    answer = client.get(QUESTION, params={"right": value.encode("utf-8", "replace")})
    assert answer.status_code == 422, answer.text
    assert answer.headers["Content-Type"] == PROBLEM
    assert len(answer.content) < 2_000


def test_numbers_and_days_are_checked(client: TestClient) -> None:
    assert client.get("/api/states-at-session", params={"session": "34"}).json()
    for value in ("x", "3.0", "", "9" * 30):
        assert client.get("/api/states-at-session", params={"session": value}).status_code == 422


def test_answers_are_kept_and_not_sent_twice(client: TestClient) -> None:
    first = client.get(QUESTION)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert first.headers["Vary"] == "Accept"
    tag = first.headers["ETag"]
    again = client.get(QUESTION, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert client.get(QUESTION, headers={"If-None-Match": '"other"'}).status_code == 200
    others = [client.get(QUESTION, params=each).headers["ETag"] for each in ({"format": "csv"}, {"limit": 1})]
    assert len({tag, *others}) == 3
    assert client.get(QUESTION).content == first.content


def test_head_has_the_headers_and_no_content(client: TestClient) -> None:
    head, got = client.head(QUESTION), client.get(QUESTION)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("ETag", "Content-Type", "Content-Length", "X-Total-Count", "Link"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(client: TestClient, method: str) -> None:
    answer = client.request(method, QUESTION)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_cells_are_no_formulas(client: TestClient) -> None:
    """A label that begins like a formula comes with an apostrophe; numbers below zero do not."""
    rows = list(csv.DictReader(io.StringIO(client.get("/api/statistics-vs-benchmarks?format=csv").text)))
    assert any(row["gap"].startswith("-") for row in rows)
    for name in catalogue.shipped().names():
        text = client.get(f"/api/{name}?format=csv&limit=50").text
        for row in csv.reader(io.StringIO(text)):
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row)


def test_the_html_page_may_have_its_own_style_and_nothing_else(client: TestClient) -> None:
    answer = client.get(QUESTION, params={"format": "html"})
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "<script" not in answer.text


def test_the_list_of_questions(client: TestClient) -> None:
    listed = client.get("/api").json()
    assert [each["name"] for each in listed] == catalogue.shipped().names()
    found = next(each for each in listed if each["name"] == "opinions-by-right")
    assert found["url"] == "http://localhost/api/opinions-by-right"
    assert found["page"] == "http://localhost/questions/opinions-by-right"
    right = next(each for each in found["parameters"] if each["name"] == "right")
    assert (right["type"], right["scheme"], right["default"]) == (
        "concept",
        f"{BASE}code/right",
        ["freedom-of-religion-or-belief"],
    )
    assert client.get("/api", headers={"Accept": "text/csv"}).status_code == 406


def test_a_default_is_what_stands_in_the_list(client: TestClient) -> None:
    for each in client.get("/api").json():
        given = [(one["name"], value) for one in each["parameters"] for value in one["default"]]
        if given:
            path = f"/api/{each['name']}"
            answers = [client.get(path, params=[*values, ("limit", "10")]).json() for values in ([], given)]
            assert answers[0] == answers[1], each["name"]
