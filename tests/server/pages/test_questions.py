"""Questions as pages: forms, mistakes, tables, charts, downloads."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from uprgraph.catalog import catalogue
from uprgraph.engines.terms import XSD, Iri, Literal
from uprgraph.results.formats import FORMATS
from uprgraph.results.rows import Results
from uprgraph.server.pages.charts import DESIGNS, chart
from uprgraph.server.pages.citing import cited
from uprgraph.server.pages.questions import DOWNLOADS
from uprgraph.server.pages.tables import grid, pages_of

from .reader import Page

DEMO = "/questions/opinions-by-right"


def first_column(text: str) -> list[str]:
    cells = re.findall(r'<tr role="row">\s*<td role="cell" data-label="\w+"[^>]*>(.*?)</td>', text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", each).split()) for each in cells]


def test_values_may_be_names_or_codes_and_empty_fields_are_open(pages: TestClient) -> None:
    by_name = pages.get(DEMO, params={"right": "freedom of religion", "state": ""})
    by_code = pages.get(DEMO, params={"right": "freedom-of-religion-or-belief", "state": "KAZ"})
    assert len(first_column(by_name.text)) == len(first_column(by_code.text)) == 2
    assert 'value="freedom of religion or belief"' in by_name.text
    assert 'value="Kazakhstan"' in by_code.text


def test_an_empty_field_leaves_a_parameter_with_a_default_open(pages: TestClient) -> None:
    address = "/questions/recommending-states"
    assert 'name="state" value="Kazakhstan"' in pages.get(address).text
    assert 'name="state" value=""' in pages.get(address, params={"state": ""}).text


def test_a_mistake_is_told_at_its_field_and_the_others_keep_their_values(pages: TestClient) -> None:
    answer = pages.get(DEMO, params={"right": "freedom of religon", "state": "Kazakhstan"})
    assert answer.status_code == 422
    field = re.search(r'<input id="field-right".*?>', answer.text, re.DOTALL)
    assert field
    assert 'value="freedom of religon"' in field[0]
    assert 'aria-invalid="true"' in field[0]
    assert 'name="state" value="Kazakhstan"' in answer.text
    assert f"{DEMO}?right=freedom+of+religion+or+belief" in Page(answer.text).links


def test_all_mistakes_are_told_at_once(pages: TestClient) -> None:
    answer = pages.get(DEMO, params={"right": "nonsense", "state": "nowhere"})
    assert answer.text.count('aria-invalid="true"') == 2


@pytest.mark.parametrize(
    "params", [{"nonsense": "1"}, {"sort": "nonsense"}, {"page": "0"}, {"page": "²"}, {"page": "9" * 99}]
)
def test_an_address_that_is_wrong_gets_a_page(pages: TestClient, params: dict[str, str]) -> None:
    answer = pages.get(DEMO, params=params)
    assert answer.status_code == 422
    assert "<h1>" in answer.text


def test_rows_are_sorted_by_what_is_read(pages: TestClient) -> None:
    address = "/questions/acceptance-by-issue"
    up, down = (first_column(pages.get(address, params={"sort": sort}).text) for sort in ("issue", "-issue"))
    assert up == sorted(up, key=str.casefold)
    assert down == list(reversed(up))
    numbers = re.findall(r'data-label="rows" class="number">\s*(\d+)', pages.get(f"{address}?sort=-rows").text)
    assert [int(each) for each in numbers] == sorted(map(int, numbers), reverse=True)
    assert 'aria-sort="descending"' in pages.get(f"{address}?sort=-rows").text


def test_long_answers_come_in_parts(pages: TestClient) -> None:
    address = "/questions/recommendations-at-review?sort=recommender"
    first, second = (first_column(pages.get(f"{address}&page={page}").text) for page in (1, 2))
    assert (len(first), len(second)) == (100, 98)
    assert len(set(first + second)) == 189, "of the 198 rows, some are of one recommendation by several States"
    assert pages_of(198, 0, 100, str) == [("1", None), ("2", "2")]
    assert pages_of(100, 0, 100, str) == []


def test_quotes_are_shown_with_their_rows(pages: TestClient) -> None:
    assert "The Opinion also concluded that certain provisions" in Page(pages.get(DEMO).text).text
    row = (Literal("1"), Literal("one | two"), Literal("the report"), Literal("three"))
    table = grid(Results(("a", "quote", "quotedFrom", "statusQuote"), [row]), {})
    assert [column.name for column in table.columns] == ["a"]
    assert [text for _, text in table.lines[0].quotes] == ["one", "two", "three"]
    assert table.lines[0].quoted_from == "the report"


def test_every_format_can_be_downloaded(pages: TestClient) -> None:
    assert set(DOWNLOADS) == set(FORMATS) - {"table"}
    links = [each for each in Page(pages.get(f"{DEMO}?state=KAZ").text).links if each.startswith("/api/")]
    assert len(links) == len(DOWNLOADS)
    assert all("state=KAZ" in each for each in links)
    assert [pages.get(each).status_code for each in links] == [200] * len(links)


def test_an_answer_can_be_cited_and_shared(pages: TestClient) -> None:
    answer = pages.get(f"{DEMO}?state=KAZ")
    assert "UPR Graph contributors" in cited().authors
    assert f'value="http://localhost{DEMO}?state=KAZ"' in answer.text
    assert cited().title in Page(answer.text).text


def test_the_sparql_has_the_values(pages: TestClient) -> None:
    answer = pages.get(f"{DEMO}/query.rq?state=KAZ")
    assert answer.headers["content-type"].startswith("application/sparql-query")
    assert "VALUES ?state { <https://w3id.org/uprgraph/id/state/KAZ> }" in answer.text


@pytest.mark.parametrize("name", DESIGNS)
def test_charts_are_of_columns_that_there_are(pages: TestClient, name: str) -> None:
    design, question = DESIGNS[name], catalogue.shipped().question(name)
    assert set(design.by) | set(design.columns) <= set(question.columns)
    spec = pages.get(f"/questions/{name}/chart.json").json()
    assert spec["data"]["values"]
    assert 'class="bars"' in pages.get(f"/questions/{name}").text


def test_bars_are_as_long_as_their_numbers() -> None:
    def row(name: str, supported: str, noted: str) -> tuple[Iri | Literal, ...]:
        return Iri(name), Literal(supported, f"{XSD}integer"), Literal(noted, f"{XSD}integer")

    rows = [row("https://w3id.org/uprgraph/id/x/A", "30", "10"), row("https://w3id.org/uprgraph/id/x/B", "0", "20")]
    drawn = chart("acceptance-by-issue", Results(("issue", "supported", "noted"), rows), 5, {})
    assert drawn
    assert drawn.left == 3
    (name, (supported, noted)), (_, (nothing, other)) = drawn.bars
    assert (name, supported.length, noted.start, noted.length) == ("id/x/A", 75, 75, 25)
    assert (nothing.length, other.start, other.length) == (0, 0, 50)
    assert chart("acceptance-by-issue", Results(("issue", "supported", "noted"), [row("x:a", "0", "0")]), 1, {}) is None


def test_names_are_completed(pages: TestClient) -> None:
    def suggested(parameter: str, text: str, question: str = "opinions-by-right") -> list[dict[str, str]]:
        params = {"question": question, "parameter": parameter, "q": text}
        found: list[dict[str, str]] = pages.get("/suggest", params=params).json()
        return found

    assert suggested("state", "kaz")[0] == {"value": "Kazakhstan", "label": "Kazakhstan"}
    assert {"value": "freedom of religion or belief", "label": "freedom of religion or belief"} in suggested(
        "right", "FoRB"
    )
    assert suggested("document", "judicial", "findings-in-document")[0]["value"] == "JUD-KAZ-337-2018"
    assert suggested("state", "") == []
    assert pages.get("/suggest?question=opinions-by-right&parameter=nonsense").status_code == 404
