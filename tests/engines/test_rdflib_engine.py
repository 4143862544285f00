"""src/uprgraph/engines/rdflib_engine.py: the same answers as the embedded engine."""

from pathlib import Path

import pytest
import rdflib

from uprgraph.catalog import catalogue
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.rdflib_engine import RdflibEngine
from uprgraph.engines.terms import XSD, Literal
from uprgraph.errors import InvalidDataError, QueryError
from uprgraph.resources import GraphFile, graph_files

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # from rdflib itself
LARGE = ("states.ttl", "memberships.ttl", "KAZ.ttl")
FILES = [file for file in graph_files() if file.path.name not in LARGE and "alignments" not in file.path.parts]


@pytest.fixture(scope="module")
def engines() -> tuple[EmbeddedEngine, RdflibEngine]:
    return EmbeddedEngine.of_files(FILES), RdflibEngine.of_files(FILES)


@pytest.mark.parametrize("name", ["opinions-by-right", "organisations", "stated-counts", "evidence"])
def test_gives_the_same_rows(engines: tuple[EmbeddedEngine, RdflibEngine], name: str) -> None:
    embedded, reference = engines
    text = catalogue.shipped().question(name).sparql
    expected = embedded.select(text)
    found = reference.select(text)
    rows = list(found.rows)
    assert rows
    assert found.variables == expected.variables
    assert sorted(map(str, rows)) == sorted(map(str, expected.rows))


def test_leaves_unbound_what_a_group_has_no_value_for(engines: tuple[EmbeddedEngine, RdflibEngine]) -> None:
    text = "SELECT ?x ?y (COUNT(*) AS ?n) { VALUES (?x ?y) { (1 UNDEF) (1 UNDEF) (2 3) } } GROUP BY ?x ?y ORDER BY ?x"
    embedded, reference = (list(engine.select(text).rows) for engine in engines)
    assert [row[1] is None for row in reference] == [True, False]
    assert [row[2] for row in embedded] == [row[2] for row in reference]


@pytest.mark.parametrize("graphs", [(), (FILES[0].graph,)])
def test_asks_the_same_graphs(engines: tuple[EmbeddedEngine, RdflibEngine], graphs: tuple[str, ...]) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s a ?c }"
    embedded, reference = (list(engine.select(text, graphs).rows) for engine in engines)
    assert embedded == reference
    assert engines[1].ask("ASK { ?s ?p ?o }", graphs)
    assert set(engines[1].construct("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }", graphs))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "SELECT * {\n ?s foaf:name ?o }",
            'line 2, column 5: the prefix "foaf:" is not declared',
            "add the line: PREFIX foaf: <",
        ),
        ("ASK { ?s ?p ?o FILTR(?s) }", '"FILTR" is not a word of SPARQL', "FILTER"),
        ("SELECT * { ?s ?p }", "line 1, column 1[0-9]: not valid SPARQL: Expected", ""),
        ("SELECT * { ?s nowhere:name ?o }", 'the prefix "nowhere:" is not declared', "add the line: PREFIX nowhere: <"),
        ("SELECT ?n { ?s ?p ?o BIND(SUM(?o) AS ?n) }", "rdflib cannot answer the query", ""),
    ],
)
def test_explains_what_is_wrong_with_a_query(
    engines: tuple[EmbeddedEngine, RdflibEngine], text: str, message: str, hint: str
) -> None:
    for engine, expected in zip(engines, (".", message), strict=True):
        with pytest.raises(QueryError, match=expected) as caught:
            engine.query(text)
    assert hint in (caught.value.hint or "")


def test_refuses_what_rdflib_would_fetch(engines: tuple[EmbeddedEngine, RdflibEngine], tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<http://a> <http://b> 1 .")
    with pytest.raises(QueryError, match="FROM is not allowed here"):
        engines[1].query(f"SELECT * FROM <{secret.as_uri()}> {{ ?s ?p ?o }}")  # noqa: S608
    with pytest.raises(QueryError, match="not valid SPARQL"):
        engines[1].query("SELECT * { ?s ?p }")


def test_says_which_file_is_not_turtle(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<http://a> <http://b> 1 .\n<http://a> <http://b> .\n")
    with pytest.raises(InvalidDataError, match=r"x\.ttl:2:\d+: not valid Turtle"):
        RdflibEngine.of_files([GraphFile("http://g", path)])


def test_groups_of_nothing_are_no_rows() -> None:
    """rdflib gives one row for them; without GROUP BY there is one, as the standard says."""
    engine = RdflibEngine(rdflib.Dataset())
    grouped = "SELECT ?s (COUNT(?o) AS ?n) (SUM(?o) / COUNT(?o) AS ?share) { ?s <http://p> ?o } GROUP BY ?s"
    assert list(engine.select(grouped).rows) == []
    nothing = [(Literal("0", f"{XSD}integer"),)]
    assert list(engine.select("SELECT (COUNT(?o) AS ?n) { ?s <http://p> ?o }").rows) == nothing
    outer = "SELECT (COUNT(*) AS ?n) { { SELECT ?s { ?s <http://p> ?o FILTER(false) } GROUP BY ?s } }"
    assert list(engine.select(outer).rows) == nothing
    one = "SELECT ?s (COUNT(?o) AS ?n) { VALUES (?s ?o) { (<http://a> 1) } } GROUP BY ?s"
    assert len(list(engine.select(one).rows)) == 1
