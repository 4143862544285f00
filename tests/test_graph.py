"""src/uprgraph/graph.py and the public face in __init__.py."""

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

import uprgraph
from uprgraph import resources
from uprgraph.errors import ResourceError, UnknownValueError, UsageError
from uprgraph.graph import Graph, argument_values
from uprgraph.results.graphs import GraphResult
from uprgraph.results.rows import Results

RELIGION = {"TERR-KAZ/296/2016", "JUD-KAZ/337/2018"}


def test_asks_a_question_by_name(shipped: Graph) -> None:
    rows = shipped.query("opinions-by-right", right="freedom of religion", state="Kazakhstan")
    assert {row.number for row in rows} == RELIGION
    assert all(row.quote for row in rows)
    assert rows.title == "Which opinions concern a given right?"
    assert "VALUES ?state { <https://w3id.org/uprgraph/id/state/KAZ> }" in (rows.sparql or "")


def test_the_shortcut_asks_the_shipped_graph() -> None:
    assert {row.number for row in uprgraph.query("opinions-by-right")} == RELIGION


def test_several_values_and_none(shipped: Graph) -> None:
    both = shipped.query("opinions-by-right", right=["freedom of religion", "right of access to information"])
    assert {row.number for row in both} == {*RELIGION, "FOI-KAZ/268/2015"}
    assert argument_values("state", None) == ["any"]
    assert shipped.query("opinions-by-right", state=None).terms == shipped.query("opinions-by-right").terms


@pytest.mark.parametrize("wrong", [True, 3.5, [None], object()])
def test_refuses_values_that_are_no_text(shipped: Graph, wrong: object) -> None:
    with pytest.raises((UsageError, TypeError)):
        shipped.query("opinions-by-right", state=wrong)  # type: ignore[arg-type]


def test_lists_questions(shipped: Graph) -> None:
    assert "opinions-by-right" in {question.name for question in shipped.questions()}


def test_answers_sparql_of_any_form(shipped: Graph) -> None:
    found = shipped.sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(found, Results)
    assert found[0].n > 1000  # type: ignore[operator]
    assert shipped.sparql("ASK { ?s ?p ?o }") is True
    graph = shipped.sparql("DESCRIBE <https://w3id.org/uprgraph/id/review/KAZ-34>")
    assert isinstance(graph, GraphResult)
    assert len(graph) > 2


def test_shows_a_thing_with_the_words_it_rests_on(shipped: Graph) -> None:
    found = shipped.show("TERR-KAZ/296/2016")
    assert found.thing.value.endswith("id/opinion/TERR-KAZ-296-2016")
    text = found.to_text(80)
    assert max(map(len, text.splitlines())) <= 80
    for part in (
        "opinion number      TERR-KAZ/296/2016",
        "concerns State      state:KAZ (Kazakhstan)",
        "What refers to it",
        "id/opinion/TERR-KAZ-296-2016/finding/2 (certain provisions",
        "The words it rests on",
        "The Opinion also concluded that certain provisions may unduly",
        "section Legislation reviewed by ODIHR, footnote 4, from character",
        "http://www.legislationline.org/documents/id/20060",
    ):
        assert " ".join(part.split()) in " ".join(text.split())
    document = json.loads(found.to_json())
    assert document.keys() == {"iri", "label", "statements", "references", "evidence"}
    assert len(document["evidence"]) == len(found.evidence) > 5
    turtle = found.graph.to_turtle()
    assert "oa:exact" in turtle
    assert len(list(pyoxigraph.parse(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE))) == len(found.graph)


@pytest.mark.parametrize("thing", ["KAZ", "state:KAZ", "Kazakhstan", "https://w3id.org/uprgraph/id/state/KAZ"])
def test_shows_by_code_name_label_and_iri(shipped: Graph, thing: str) -> None:
    found = shipped.show(thing)
    assert found.label == "Kazakhstan"
    assert " more" in found.to_text()
    assert "哈萨克斯坦 [zh]" in found.to_text()


def test_shows_a_footnote_and_a_number(shipped: Graph) -> None:
    text = shipped.show("id/statistic/KAZ-34-women-in-parliament").to_text()
    assert "27.1" in text
    assert "quote" in text


def test_shows_nothing_of_the_unknown(shipped: Graph) -> None:
    with pytest.raises(UnknownValueError, match='"TERR-KAZ/297/2016" is unknown') as caught:
        shipped.show("TERR-KAZ/297/2016")
    assert caught.value.suggestions[0] == "TERR-KAZ/296/2016"
    with pytest.raises(UnknownValueError, match=r'"https://example\.org/x" is not anything in the graph'):
        shipped.show("https://example.org/x")


def test_opens_a_store(tmp_path: Path, shipped: Graph) -> None:
    store = pyoxigraph.Store(str(tmp_path / "store"))
    for graph, path in resources.graph_files():
        store.load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE, to_graph=pyoxigraph.NamedNode(graph))
    store.flush()
    del store
    for target in (tmp_path / "store", str(tmp_path / "store")):
        rows = uprgraph.open(target).query("opinions-by-right")
        assert rows.terms == shipped.query("opinions-by-right").terms
    with pytest.raises(ResourceError, match="is not a store"):
        uprgraph.open(tmp_path)


def test_the_store_s_own_catalogue_names_its_graphs(shipped: Graph) -> None:
    assert set(Graph(shipped.engine).default_graphs) == {graph for graph, _ in resources.graph_files()}


def test_import_is_light() -> None:
    heavy = ("pyoxigraph", "rdflib", "click", "yaml", "rich")
    code = f"import sys, uprgraph; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_canned_query_leaves_the_heavy_libraries_out() -> None:
    code = (
        "import sys, uprgraph; uprgraph.query('opinions-by-right').to_csv(); "
        "print([m for m in ('rdflib', 'SPARQLWrapper', 'rich', 'pandas', 'xlsxwriter', 'difflib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
