"""`uprgraph link`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from tests.sources.written import write_report

Runner = Callable[..., Any]
OPEN = "Open all prisons to independent visits without notice"
ROWS = f"""To,Text,From,Response,Session,Issue,Action
Kazakhstan,{OPEN},Austria,Accepted,20,Detention,4
Kazakhstan,Abolish the exit visas of all residents of the country,Belgium,Noted,20,Freedom of movement,5
Kazakhstan,Hold elections that all may watch,Chile,Noted,20,Elections,5
"""
REPORT = (
    "124. The recommendations below enjoy the support of Kazakhstan:",
    f"124.1 {OPEN} (Austria);",
    "124.2 Abolish the exit visa of all residents of the country (Belgium);",
    "124.3 Read a book (Chile);",
)
SET = "A-HRC-28-99-to-upr-info-s20-20"


@pytest.fixture
def store(run: Runner, tmp_path: Path) -> Path:
    (tmp_path / "rows.csv").write_text(ROWS)
    run("import", "upr-info", str(tmp_path / "rows.csv"), "--store", str(tmp_path / "store"))
    done = run("import", "wg-report", str(write_report(tmp_path, *REPORT)), "--store", str(tmp_path / "store"))
    assert "2 of them found in another source too" in done.err + done.out
    return tmp_path / "store"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_lists_what_is_shipped(run: Runner) -> None:
    done = run("link")
    assert (done.code, done.err) == (0, "")
    found = {(row["name"], row["predicate"].rpartition("#")[2]): int(row["links"]) for row in rows(done.out)}
    assert found["m49", "exactMatch"] == found["wikidata-states", "exactMatch"] >= 193
    assert {("sdg", "relatedMatch"), ("eurovoc", "exactMatch"), ("uhri-theme-to-right", "broadMatch")} <= found.keys()
    assert "m49" in run("link", "--format", "table").out


def test_exports_a_shipped_linkset_with_its_description(run: Runner, tmp_path: Path) -> None:
    assert run("link", "m49", "-o", str(tmp_path / "m49.ttl")).code == 0
    graph = pyoxigraph.Store()
    graph.load(path=str(tmp_path / "m49.ttl"))
    ask = """PREFIX void: <http://rdfs.org/ns/void#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
      SELECT ?stated (COUNT(*) AS ?links) { ?set a void:Linkset ; void:triples ?stated ; void:linkPredicate ?p ;
        void:subjectsTarget <https://w3id.org/uprgraph/graph/reference/states> . ?s ?p ?o } GROUP BY ?stated"""
    ((stated, links),) = graph.query(ask)  # type: ignore[misc,union-attr]
    assert stated == links
    lines = run("link", "m49", "--format", "nt").out.splitlines()
    assert len(lines) == int(links.value)
    kazakhstan = "<https://w3id.org/uprgraph/id/state/KAZ> <http://www.w3.org/2004/02/skos/core#exactMatch>"
    assert f"{kazakhstan} <http://metadata.un.org/sdg/codes/geoArea/398> ." in lines


def test_lists_and_exports_the_matches_of_a_store(run: Runner, store: Path) -> None:
    listed = [row for row in rows(run("link", "--store", str(store)).out) if row["name"] == SET]
    assert (listed[0]["predicate"].rpartition("/")[2], listed[0]["links"]) == ("owl#sameAs", "1")
    assert 0.94 <= float(listed[1]["minScore"]) < 1
    found = rows(run("link", SET, "--store", str(store)).out)
    assert [row["subject"].rpartition("/")[2] for row in found] == ["124.1", "124.2"]
    assert [row["method"].rpartition("/")[2] for row in found] == ["exact-text", "fuzzy-text"]


@pytest.mark.thorough
def test_the_least_score_leaves_links_out_of_rows_and_description(run: Runner, store: Path) -> None:
    assert len(rows(run("link", SET, "--min-score", "1", "--store", str(store)).out)) == 1
    turtle = run("link", SET, "--min-score", "1", "--format", "ttl", "--store", str(store)).out
    assert "owl:sameAs" in turtle
    assert "skos:closeMatch" not in turtle
    assert "void:triples 1 ;" in turtle or "void:triples 1 ." in turtle


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["m48"], 'error: there is no linkset "m48"\ndid you mean "m49"'),
        (["m49", "--min-score", "0.5"], "error: the links of m49 have no scores"),
        (["--min-score", "0.5"], "error: --min-score is for the links of one set"),
        (["m49", "--min-score", "2"], "error: Invalid value for '--min-score'"),
        (["m49", "-o", "links.pdf"], 'error: the extension of "links.pdf" does not name a format'),
        (["--store", "nowhere"], "error: nowhere is not a store"),
    ],
)
def test_mistakes(run: Runner, arguments: list[str], message: str) -> None:
    done = run("link", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(message)
