"""src/uprgraph/engines/embedded.py and explain.py."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import RDF_LANG_STRING, XSD, BlankNode, Iri, Literal
from uprgraph.errors import InvalidDataError, QueryError, ResourceError
from uprgraph.resources import GraphFile

EngineOf = Callable[[str], EmbeddedEngine]


def test_answers_each_form(engine_of: EngineOf) -> None:
    engine = engine_of('state:KAZ rdfs:label "Kazakhstan"@en ; upr:iso2 "KZ" ; upr:since 1992 . _:b a upr:State .')
    found = engine.select(
        "PREFIX upr: <https://w3id.org/uprgraph/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        "SELECT ?s ?l ?c ?n ?none { ?s rdfs:label ?l ; upr:iso2 ?c ; upr:since ?n }"
    )
    assert found.variables == ("s", "l", "c", "n", "none")
    assert list(found.rows) == [
        (
            Iri("https://w3id.org/uprgraph/id/state/KAZ"),
            Literal("Kazakhstan", RDF_LANG_STRING, "en"),
            Literal("KZ"),
            Literal("1992", f"{XSD}integer"),
            None,
        )
    ]
    assert engine.ask("ASK { ?s a ?c }") is True
    assert engine.ask("ASK { ?s a <http://none> }") is False
    ((subject, _, _),) = engine.construct("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }")
    assert isinstance(subject, BlankNode)


def test_refuses_another_form(engine_of: EngineOf) -> None:
    engine = engine_of("")
    with pytest.raises(QueryError, match="not a SELECT query"):
        engine.select("ASK {}")
    with pytest.raises(QueryError, match="not an ASK query"):
        engine.ask("SELECT * {}")
    with pytest.raises(QueryError, match="not a CONSTRUCT or DESCRIBE query"):
        engine.construct("ASK {}")


def test_asks_the_union_or_the_graphs_that_are_named(tmp_path: Path) -> None:
    files = []
    for name in "ab":
        (tmp_path / f"{name}.ttl").write_text(f"<http://s/{name}> a <http://c> .")
        files.append(GraphFile(f"http://g/{name}", tmp_path / f"{name}.ttl"))
    engine = EmbeddedEngine.of_files(files)
    text = "SELECT ?s { ?s a ?c } ORDER BY ?s"
    assert [row[0] for row in engine.select(text).rows] == [Iri("http://s/a"), Iri("http://s/b")]
    assert [row[0] for row in engine.select(text, ["http://g/b"]).rows] == [Iri("http://s/b")]
    assert [row[0] for row in engine.select("SELECT ?g { GRAPH ?g { <http://s/a> a ?c } }").rows] == [Iri("http://g/a")]
    for dataset, found in {"<http://g/b>": ["http://s/b"], "<http://none>": [], "NAMED <http://g/a>": []}.items():
        own = text.replace("{", f"FROM {dataset} {{", 1)
        for default_graphs in ([], ["http://g/a"]):
            assert [str(row[0]) for row in engine.select(own, default_graphs).rows] == found


@pytest.mark.parametrize("outside", [False, True])
def test_all_graphs_by_name_are_their_union_and_nothing_else(outside: bool) -> None:
    store = pyoxigraph.Store()
    for name in "ab":
        store.load(f"<http://s/{name}> a <http://c> .", pyoxigraph.RdfFormat.TURTLE, to_graph=_graph(name))
    if outside:
        store.load("<http://s/none> a <http://c> .", pyoxigraph.RdfFormat.TURTLE)
    engine = EmbeddedEngine(store)
    graphs = [_graph(name).value for name in "abz"]

    def found(text: str, named: list[str] | None = None) -> list[str]:
        return sorted(each[0].value for each in engine.evaluate(text, graphs, named))

    assert found("SELECT ?s { ?s a ?c }") == ["http://s/a", "http://s/b"]
    assert found("SELECT ?s FROM <http://g/a> { ?s a ?c }") == ["http://s/a", "http://s/b"], "the request counts"
    assert found("SELECT ?s { GRAPH ?g { ?s a ?c } }", []) == []
    assert found("SELECT ?s { GRAPH ?g { ?s a ?c } }", [graphs[1]]) == ["http://s/b"]


def _graph(name: str) -> pyoxigraph.NamedNode:
    return pyoxigraph.NamedNode(f"http://g/{name}")


def test_names_the_line_of_broken_turtle(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<http://a> a <http://b> .\n<http://a> b .\n")
    with pytest.raises(InvalidDataError, match=r"x\.ttl:2:\d+: not valid Turtle"):
        EmbeddedEngine.of_files([GraphFile("http://g", path)])
    with pytest.raises(ResourceError, match=r"cannot read .*none\.ttl"):
        EmbeddedEngine.of_files([GraphFile("http://g", tmp_path / "none.ttl")])


def test_opens_a_store_for_reading(tmp_path: Path) -> None:
    store = pyoxigraph.Store(str(tmp_path / "store"))
    a = pyoxigraph.NamedNode("http://a")
    store.add(pyoxigraph.Quad(a, a, a, a))
    store.flush()
    del store
    assert EmbeddedEngine.opened(tmp_path / "store").ask("ASK { <http://a> ?p ?o }")
    with pytest.raises(ResourceError, match="is not a store"):
        EmbeddedEngine.opened(tmp_path)


def test_refuses_calls_and_updates(engine_of: EngineOf) -> None:
    engine = engine_of("")
    with pytest.raises(QueryError, match="SERVICE is not allowed here"):
        engine.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="DROP changes data"):
        engine.query("DROP ALL")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("SELECT ?s {\n ?s a upr:x }", 'line 2, column 7: the prefix "upr:" is not declared',
         "add the line: PREFIX upr: <https://w3id.org/uprgraph/ontology#>"),
        ("SELECT ?s { ?s a foo:x }", 'line 1, column 18: the prefix "foo:" is not declared', "PREFIX foo: <...>"),
        ("ASK { ?s ?p ?o FILTR(?s) }", 'line 1, column 16: "FILTR" is not a word of SPARQL', 'did you mean "FILTER"'),
        ("SELECT x { ?s ?p ?o }", 'line 1, column 8: "x" is not a word of SPARQL', "variables start with"),
        ("ASK { <a> ?p ?o }", "line 1, column 7: <a> is not a full IRI", "declare a BASE"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", "a selected variable is neither grouped by nor aggregated", ""),
        ("SELECT ?x ?x { ?s ?p ?x BIND(1 AS ?s) }", "the end is missing, or a variable is set or selected twice", ""),
        ("SELECT * { ?s ?p ?o } LIMIT", "at or just after", "LIMIT"),
        ("ASK { ?s ?p ?o . FILTER(?x > ) }", 'line 1, column 30: not valid SPARQL at or just after ")"', " " * 29),
    ],
)  # fmt: skip
def test_explains_what_is_wrong(engine_of: EngineOf, text: str, message: str, hint: str) -> None:
    with pytest.raises(QueryError) as caught:
        engine_of("").query(text)
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")
