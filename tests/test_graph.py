"""src/uprgraph/graph.py and the public face in __init__.py."""

import doctest
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas
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


@pytest.mark.parametrize("wrong", [True, 3.5, [None], object(), b"KAZ", {"KAZ": 1}, float("nan")])
def test_refuses_values_that_are_no_text(shipped: Graph, wrong: object) -> None:
    with pytest.raises(UsageError, match=r"state: .* is neither text nor a whole number nor a day"):
        shipped.query("opinions-by-right", state=wrong)  # type: ignore[arg-type]


def test_a_list_without_values_is_neither_the_default_nor_everything(shipped: Graph) -> None:
    with pytest.raises(UsageError, match="right: no value is given\ngive at least one, or None to leave it open"):
        shipped.query("opinions-by-right", right=[])


def test_values_of_pandas() -> None:
    frame = pandas.DataFrame({"session": [20, 34], "day": pandas.to_datetime(["2014-10-27", "2019-11-04"])})
    assert argument_values("session", frame.session) == [20, 34]
    assert argument_values("session", frame.session[0]) == [20]
    assert argument_values("day", frame.day[1]) == [date(2019, 11, 4)]


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
    assert document.keys() == {"iri", "label", "statements", "references", "details", "evidence"}
    assert len(document["evidence"]) == len(found.evidence) > 5
    turtle = found.graph.to_turtle()
    assert "oa:exact" in turtle
    assert len(list(pyoxigraph.parse(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE))) == len(found.graph)


@pytest.mark.parametrize("thing", ["KAZ", "398", "state:KAZ", "Kazakhstan", "https://w3id.org/uprgraph/id/state/KAZ"])
def test_shows_by_code_name_label_and_iri(shipped: Graph, thing: str) -> None:
    found = shipped.show(thing)
    assert found.label == "Kazakhstan"
    assert " more" in found.to_text()
    assert "哈萨克斯坦 [zh]" in found.to_text()


def _words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("thing", "parts"),
    [
        (
            "TERR-KAZ/296/2016",
            [
                "Republic of Kazakhstan; adopted as of 2016-12-22 according to ODIHR)",
                "remain; remains as of 2019 according to ODIHR)",
                "freedom of religion or belief; concern)",
                "quote Amendments were adopted on 22 December 2016",
            ],
        ),
        ("JUD-KAZ/337/2018", ["adoption awaited as of 2018-12-27 according to ODIHR (confidence 0.8))"]),
        (
            "KAZ",
            [
                "(participating State of the Organization for Security and Co-operation in Europe since 1992)",
                "Co-operation in Europe (OSCE) since 1992 of membership:OSCE-KAZ",
                "alt label Republic of Kazakhstan República",
                "label Kazakhstan Kazajstán [es]",
            ],
        ),
        ("KAZ-20", ["(on death penalty, by France, noted)", "Universal Periodic Review; 2014-10-27 to 2014-11-07)"]),
        ("id/submission/odihr-KAZ-34/passage/membership", ["quote Kazakhstan has been a participating State"]),
    ],
)
def test_shows_what_must_be_known_of_what_it_lists(shipped: Graph, thing: str, parts: list[str]) -> None:
    text = _words(shipped.show(thing).to_text())
    assert [part for part in parts if part not in text] == []


def test_shows_a_few_of_many_and_how_to_see_the_rest(shipped: Graph) -> None:
    found = shipped.show("KAZ")
    text = found.to_text()
    assert len(text.splitlines()) < 100
    assert "more: uprgraph show state:KAZ --all" in text
    everything = _words(found.to_text(everything=True))
    assert "--all" not in everything
    numbers = [everything.index(f"KAZ-2016-03-20/recommendation/{number} ") for number in range(1, 11)]
    assert numbers == sorted(numbers)
    assert {str(row.subject) for row in found.references if "/recommendation/" in str(row.subject)} > {
        f"https://w3id.org/uprgraph/id/election-report/KAZ-2016-03-20/recommendation/{number}"
        for number in range(1, 11)
    }


def test_a_description_in_a_notebook(shipped: Graph) -> None:
    found = shipped.show("id/session/34")
    assert repr(found).startswith("<34th session of the Working Group on the Universal Periodic Review: ")
    assert str(found) == found.to_text()
    assert found._repr_html_().startswith("<pre>34th session of the Working Group")


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


@pytest.mark.parametrize(
    ("target", "timeout", "message"),
    [
        ("ftp://host/sparql", None, "the endpoint's URL starts with http:// or https://"),
        ("http://127.0.0.1:1/", 0, "the timeout is 0 seconds; it must be above 0"),
        ("http://127.0.0.1:1/", -3, "the timeout is -3 seconds; it must be above 0"),
        (None, 5, "a timeout is for endpoints"),
        ("store/", 5, "a timeout is for endpoints"),
        ("", None, "the target is empty\ngive a store's folder"),
    ],
)
def test_opens_nothing_that_was_not_meant(target: str | None, timeout: float | None, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        uprgraph.open(target, timeout=timeout)


@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # from rdflib itself
def test_the_shipped_graph_through_rdflib(shipped: Graph) -> None:
    from uprgraph.engines.rdflib_engine import RdflibEngine

    graph = Graph(RdflibEngine.shipped(), ())
    assert graph.query("opinions-by-right").terms == shipped.query("opinions-by-right").terms
    assert graph.show("TERR-KAZ/296/2016").to_json() == shipped.show("TERR-KAZ/296/2016").to_json()


def test_the_store_s_own_catalogue_names_its_graphs(shipped: Graph) -> None:
    assert set(Graph(shipped.engine).default_graphs) == {graph for graph, _ in resources.graph_files()}


def test_the_page_on_python_shows_what_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path(__file__).parent.parent / "docs" / "python.md"
    monkeypatch.chdir(tmp_path)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    found = doctest.testfile(str(page), module_relative=False, optionflags=flags, encoding="utf-8")
    assert (found.failed, found.attempted > 10) == (0, True)


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
