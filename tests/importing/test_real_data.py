"""The published files as a whole: what is asked of the store is what a plain count over the export gives."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import uprgraph
from uprgraph import resources
from uprgraph.graph import Graph
from uprgraph.importing import job, readers
from uprgraph.sources.statements import values
from uprgraph.sources.states import StateNames

pytestmark = [pytest.mark.shared_data, pytest.mark.xdist_group("real-imports"), pytest.mark.thorough]


@pytest.fixture(scope="module")
def export(shared_files: Path) -> Path:
    return shared_files / "upr-info" / "recommendations-s01-20.csv"


@pytest.fixture(scope="module")
def rows(export: Path) -> list[dict[str, str]]:
    """The rows of the export, without those that repeat another, counted plainly."""
    with export.open(encoding="utf-8", newline="") as file:
        every = [tuple(row.items()) for row in csv.DictReader(file)]
    assert len(every) == 41_066
    once = list(dict.fromkeys(every))
    assert len(once) == 41_063
    return [dict(row) for row in once]


@pytest.fixture(scope="module")
def imported(export: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, job.Outcome]:
    store = tmp_path_factory.mktemp("real") / "store"
    outcome = job.into_store(_sources("upr-info", export), store, job.Plan(workers=2))
    return uprgraph.open(store), outcome


def _sources(name: str, *paths: Path) -> Iterator[job.Source]:
    return readers.sources(name, paths, readers.Options())


@pytest.fixture(scope="module")
def graph(imported: tuple[Graph, job.Outcome]) -> Graph:
    return imported[0]


def recommendations(rows: list[dict[str, str]]) -> dict[tuple[str, ...], list[dict[str, str]]]:
    """The rows by recommendation: one text addressed to one State in one review, with one answer and category."""
    found = defaultdict(list)
    for row in rows:
        found[row["To"], row["Session"], " ".join(row["Text"].split()), row["Response"], row["Action"]].append(row)
    return found


def makers(group: list[dict[str, str]]) -> int:
    return len({row["From"] for row in group if row["From"] != "(Unknown)"})


def test_all_is_read_but_what_is_reported(imported: tuple[Graph, job.Outcome]) -> None:
    outcome = imported[1]
    assert outcome.read + 3 == 41_066
    reasons = Counter((each.column, each.value if each.column else "", each.outcome) for each in outcome.problems)
    assert reasons == {("From", "(Unknown)", "kept"): 9, ("", "", "row left out"): 3}


def test_every_state_is_known_and_193_were_reviewed(graph: Graph, rows: list[dict[str, str]]) -> None:
    names = StateNames.load()
    named = {row[column] for row in rows for column in ("To", "From")} - {"(Unknown)"}
    reviewed = {names.find(row["To"]) for row in rows}
    assert all(names.find(name) for name in named)
    assert len(reviewed) == 193
    answer = graph.query("acceptance-by-session")
    assert sum(row.states for row in answer) == len({(row["To"], row["Session"]) for row in rows})


def test_kazakhstan(graph: Graph) -> None:
    answer = graph.query("acceptance-by-session", state="KAZ")
    assert [(row.session, row.supportedRows, row.notedRows) for row in answer] == [(7, 122, 7), (20, 147, 51)]
    assert sum(row.rows for row in answer) == 327


def test_totals_by_session(graph: Graph, rows: list[dict[str, str]]) -> None:
    expected: dict[int, Counter[str]] = defaultdict(Counter)
    for (_, session, _, response, _), group in recommendations(rows).items():
        counts = expected[int(session)]
        word = "supported" if response == "Accepted" else "noted"
        if makers(group):
            counts.update({"rows": makers(group), "recommendations": 1, word: 1, f"{word}Rows": makers(group)})
    answer = graph.query("acceptance-by-session")
    columns = ("rows", "recommendations", "supported", "noted", "supportedRows", "notedRows")
    assert {row.session: {name: row[name] for name in columns} for row in answer} == {
        session: {name: counts[name] for name in columns} for session, counts in expected.items()
    }


def test_totals_by_issue(graph: Graph, rows: list[dict[str, str]]) -> None:
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    for (*_, response, _), group in recommendations(rows).items():
        word = "supported" if response == "Accepted" else "noted"
        for issue in {label.strip() for row in group for label in row["Issue"].split(",")}:
            if makers(group):
                expected[issue].update({"rows": makers(group), "recommendations": 1, word: 1})
    names = _issues()
    answer = graph.query("acceptance-by-issue")
    found = {names[row.issue]: (row.rows, row.recommendations, row.supported, row.noted) for row in answer}
    columns = ("rows", "recommendations", "supported", "noted")
    assert found == {issue: tuple(counts[name] for name in columns) for issue, counts in expected.items()}
    assert len(found) == 54


def test_totals_by_recommender(graph: Graph, rows: list[dict[str, str]]) -> None:
    names = StateNames.load()
    expected: Counter[tuple[str, str]] = Counter()
    for (*_, response, _), group in recommendations(rows).items():
        for maker in {row["From"] for row in group} - {"(Unknown)"}:
            expected[names.find(maker), "supported" if response == "Accepted" else "noted"] += 1
    answer = graph.query("acceptance-by-recommender")
    found = {(row.recommender, word): row[word] for row in answer for word in ("supported", "noted") if row[word]}
    assert found == dict(expected)


def test_totals_by_category(graph: Graph, rows: list[dict[str, str]]) -> None:
    expected: Counter[str] = Counter()
    for (*_, action), group in recommendations(rows).items():
        expected[action] += 1 if makers(group) else 0
    answer = graph.query("action-categories")
    assert {row.category.rpartition("/")[2]: row.recommendations for row in answer} == dict(expected)


def _issues() -> dict[str, str]:
    path = resources.ontology() / "codelists" / "upr-info-issue.ttl"
    return {iri: label for label, iri in values(path, "skos:notation")}


def test_reports_are_joined_with_what_upr_info_has_of_the_same_reviews(
    tmp_path: Path, export: Path, shared_files: Path
) -> None:
    paths = sorted((shared_files / "wg-reports").glob("kazakhstan*.txt"))
    assert len(paths) == 2
    sources = [*_sources("upr-info", export), *_sources("wg-report", *paths)]
    outcome = job.into_file(sources, tmp_path / "out.nq", job.Plan(workers=2))
    report_records = outcome.read - 41_063
    alone = outcome.recommendations - 39_897
    assert report_records > 300
    assert alone <= 0.02 * report_records
