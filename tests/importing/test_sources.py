"""Each source through a whole import: what comes out conforms to the shapes, and is joined with the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sources.test_uhri import BODY, CONCERN, PROCEDURE, REVIEW, exported

import uprgraph
from uprgraph import kept
from uprgraph.graph import Graph
from uprgraph.importing import job, readers
from uprgraph.search import index, open_search, reading
from uprgraph.vocabulary import expand

REPORT = """United Nations A/HRC/43/15
Report of the Working Group on the Universal Periodic Review
Slovenia
1. The Working Group held its thirty-fourth session from 4 to 15 November 2019. The review of Slovenia was held at the
13th meeting, on 12 November 2019.
II. Conclusions and/or recommendations
121. The recommendations listed below enjoy the support of Slovenia:
121.7 Teach every child to swim (France) (Lithuania);
122. The following recommendations will be examined by Slovenia, which will provide responses in due time:
122.1 Build more pools (Spain);
122.2 Heat the pools (Chile); light the pools (Peru).
123. All conclusions and/or recommendations reflect the position of the submitting States.
"""
MATRIX = """Theme: Right to education
122.1 Build more pools (Spain);
Source of Position: A/HRC/43/15/Add.1 - Para.4
Noted
- Right to education
SDGs:
- 4 - QUALITY EDUCATION
"""


def sources(name: str, path: Path, **options: object) -> Iterator[job.Source]:
    return readers.sources(name, [path], readers.Options(**options))  # type: ignore[arg-type]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    outcomes = [
        job.into_store(each, folder / "store", job.Plan())
        for each in (
            sources("uhri", exported(folder, REVIEW, BODY, PROCEDURE)),
            sources("ohchr-matrix", written(folder / "list.txt", MATRIX), state="SVN", session=34),
            sources("wg-report", written(folder / "report.txt", REPORT)),
        )
    ]
    told = [(each.place, each.column) for outcome in outcomes for each in outcome.problems]
    assert told == [("", "issued"), ("paragraph 121.7", "paragraph")], "the report has no day and begins at 121.7"
    assert [outcome.recommendations for outcome in outcomes] == [4, 5, 7]
    return folder / "store"


@pytest.fixture(scope="module")
def graph(store: Path) -> Graph:
    return uprgraph.open(store)


def selected(graph: Graph, pattern: str) -> list[dict[str, object]]:
    prefixes = "".join(
        f"PREFIX {each}: <{expand(each + ':')}> " for each in ("upr", "dcterms", "code", "review", "state")
    )
    return [dict(row) for row in graph.sparql(prefixes + pattern)]  # type: ignore[union-attr]


def test_one_recommendation_of_three_sources_is_one_node(graph: Graph) -> None:
    rows = selected(
        graph,
        "SELECT (COUNT(DISTINCT ?r) AS ?nodes) (COUNT(DISTINCT ?source) AS ?sources) (COUNT(DISTINCT ?by) AS ?states)"
        ' { ?r upr:text "Teach every child to swim"@en ; dcterms:source ?source ; upr:madeBy ?by }',
    )
    assert rows == [{"nodes": 1, "sources": 2, "states": 2}]


def test_the_list_answers_what_the_report_left_open(graph: Graph) -> None:
    rows = selected(
        graph,
        "SELECT ?paragraph ?response ?goal { ?r upr:inReview review:SVN-34 ; upr:paragraph ?paragraph ;"
        " upr:response ?response OPTIONAL { ?r upr:concernsGoal ?goal } } ORDER BY ?paragraph ?response ?goal",
    )
    found = {(row["paragraph"], str(row["response"]).rpartition("/")[2]) for row in rows}
    assert found == {("121.7", "supported"), ("122.1", "noted"), ("122.2", "pending")}
    assert {row["goal"] for row in rows if row["paragraph"] == "122.1"} == {"http://metadata.un.org/sdg/4"}


def test_what_the_report_said_itself_is_kept(graph: Graph) -> None:
    pending = f"<{expand('code:response/pending')}>"
    rows = selected(graph, f"SELECT * {{ ?m a upr:SourceMatch ; upr:response {pending} ; upr:sourceResponse ?words }}")
    assert len(rows) == 1


def test_a_recommendation_rests_on_the_words_of_the_report(graph: Graph) -> None:
    (row,) = [row for row in graph.query("evidence", document="id/document/A-HRC-43-15") if "light" in str(row.quote)]
    assert str(row.quote).endswith("light the pools (Peru)")


def test_treaty_bodies_and_special_procedures_recommend_too(graph: Graph) -> None:
    rows = selected(graph, "SELECT ?r ?body { ?r a upr:TreatyBodyRecommendation ; upr:madeBy ?body }")
    assert [row["body"] for row in rows] == [expand("organisation:CRC")]
    rows = selected(
        graph, "SELECT ?state { ?r a upr:SpecialProcedureRecommendation ; upr:addressedTo ?state } ORDER BY ?state"
    )
    assert [row["state"] for row in rows] == [expand("state:KAZ"), expand("state:KGZ")]


def test_everything_is_found_by_its_words(store: Path) -> None:
    search = open_search(store)
    assert search.find("light pools", state="SVN").total == 1
    assert search.find("school pool", state="KAZ").total >= 2
    assert search.find("swim", session=34, response="supported").total == 1


def test_the_index_is_that_of_the_whole_store(store: Path, graph: Graph, tmp_path: Path) -> None:
    generation = kept.current(store)
    assert generation is not None
    index.build(reading.documents(graph.engine), tmp_path / "index")
    assert (tmp_path / "index").read_bytes() == generation.search.read_bytes()


def test_the_checks_find_nothing_wrong(graph: Graph) -> None:
    from uprgraph.catalog import catalogue
    from uprgraph.validation import checks

    found = checks.run(graph.engine, catalogue.shipped())
    assert [(check.name, check.rows) for check in found if not check.passed] == []


def test_two_exports_of_the_index_state_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "newer").mkdir()
    first, second = exported(tmp_path, BODY), exported(tmp_path / "newer", BODY, PROCEDURE)
    outcome = job.into_file([*sources("uhri", first), *sources("uhri", second)], tmp_path / "out.nq", job.Plan())
    lines = [line.rpartition(" <")[0] for line in (tmp_path / "out.nq").read_text(encoding="utf-8").splitlines()]
    assert (outcome.problems, outcome.recommendations) == ([], 3)
    assert len(set(lines)) == len(lines)


def test_what_is_no_recommendation_is_told(tmp_path: Path) -> None:
    outcome = job.into_file(sources("uhri", exported(tmp_path, CONCERN, REVIEW)), tmp_path / "out.nq", job.Plan())
    assert (outcome.read, outcome.found) == (1, 1)
