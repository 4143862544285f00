"""The reader of places agrees with rdflib on what a file says, and with the eye on where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from uprgraph.turtle_tokens import Kind, first_comment, tokens
from uprgraph.validation.locate import Locator, statements

EXAMPLE = '''\
@prefix e: <http://e.org/> .
# a comment with e:a e:p "nothing" .
PREFIX upr: <https://w3id.org/uprgraph/ontology#>
@base <http://base.org/dir/> .

e:a a e:Thing ;
  e:text "one # not a comment" , """three
lines; with "quotes" . and [brackets]
end""" ;   # trailing
  e:after true ;
.
<rel> e:p e:a.b , 1.5 , 2, -3e2 .
e:nested e:list ( e:x
    "y"@en-GB
  [ e:inner e:deep ] ) .
[] e:anon 'single' .
_:b1 e:p _:b1 .
'''


def place(subject: str, predicate: str | None = None, value: object = None) -> int | None:
    e = "http://e.org/"
    node = URIRef(e + value) if isinstance(value, str) else value
    return Locator(EXAMPLE).line(URIRef(e + subject), URIRef(e + predicate) if predicate else None, node)  # type: ignore[arg-type]


def test_subject_predicate_and_value_have_their_own_lines() -> None:
    assert place("a") == 6
    assert place("a", "text") == 7
    assert place("a", "text", Literal("one # not a comment")) == 7
    assert place("a", "after") == 10
    assert place("a", "after", Literal(True)) == 10
    assert place("nested", "list") == 13


def test_what_is_not_there_falls_back_to_what_is() -> None:
    assert place("a", "missing") == 6
    assert place("a", "text", Literal("other")) == 7
    assert place("unknown") is None


def test_base_names_numbers_and_nested_nodes() -> None:
    locator = Locator(EXAMPLE)
    rel = URIRef("http://base.org/dir/rel")
    assert locator.line(rel, URIRef("http://e.org/p"), URIRef("http://e.org/a.b")) == 12
    assert (
        locator.line(
            rel,
            URIRef("http://e.org/p"),
            Literal("-3e2", datatype=URIRef("http://www.w3.org/2001/XMLSchema#double"), normalize=False),
        )
        == 12
    )
    assert locator.line(BNode("b1")) == 17
    inner = next(each for each in statements(EXAMPLE) if each.predicate == URIRef("http://e.org/inner"))
    assert inner.predicate_line == 15


def test_named_graphs_and_n_quads() -> None:
    trig = "@prefix e: <http://e.org/> .\n"
    trig += "e:g {\n e:s e:p e:o .\n}\nGRAPH <http://e.org/h> { e:s2 e:p\n e:o2 }\n{ e:s3 a e:T }"
    locator = Locator(trig)
    assert [locator.line(URIRef(f"http://e.org/{name}")) for name in ("s", "s2", "s3", "g", "h")] == [
        3,
        5,
        7,
        None,
        None,
    ]
    quads = "<http://e.org/s> <http://e.org/p> <http://e.org/o> <http://e.org/g> .\n"
    quads += '<http://e.org/t> <http://e.org/p> "v" .\n'
    assert [(str(each.subject)[-1], str(each.object)[-1]) for each in statements(quads)] == [("s", "o"), ("t", "v")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_count_alike_for_every_line_end(line_end: str) -> None:
    text = '<http://e.org/s> <http://e.org/p> """a\nb""" .\n<http://e.org/t> <http://e.org/p> 1 .'.replace(
        "\n", line_end
    )
    assert Locator(text).line(URIRef("http://e.org/t")) == 3


def test_first_comment_is_told_from_hashes_elsewhere() -> None:
    assert first_comment(EXAMPLE) == 2
    assert first_comment('<http://e.org/#x> <http://e.org/p> "# no" .') is None
    assert first_comment("<http://e.org/s> a <http://e.org/T> .\n\n# yes") == 3


def test_text_that_is_no_turtle_still_gives_tokens() -> None:
    assert [token.kind for token in tokens('e:a "open')] == [Kind.NAME, Kind.OTHER, Kind.WORD]


names = st.text(alphabet="abcZ09_-.é", min_size=1, max_size=5).filter(
    lambda name: not name.startswith(("-", ".")) and not name.endswith(".")
)
values = st.one_of(
    st.text(max_size=12).map(Literal),
    st.text(alphabet="\"'\\\n\t\r#;.[](){}<>@^a ", max_size=10).map(Literal),
    st.integers().map(Literal),
    st.booleans().map(Literal),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(Literal),
    names.map(lambda name: URIRef("http://e.org/" + name)),
    st.sampled_from(
        [Literal("mot", lang="fr"), Literal("2019", datatype=URIRef("http://www.w3.org/2001/XMLSchema#gYear"))]
    ),
)
items = st.recursive(
    values,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=2)),
    max_leaves=5,
)


def build(graph: Graph, item: object) -> object:
    """Put a list as a collection, a dictionary as a blank node, anything else as itself."""
    if isinstance(item, list):
        cells = [BNode() for _ in item] + [RDF.nil]
        for cell, rest, each in zip(cells, cells[1:], item, strict=False):
            graph.add((cell, RDF.first, build(graph, each)))  # type: ignore[arg-type]
            graph.add((cell, RDF.rest, rest))
        return cells[0]
    if isinstance(item, dict):
        node = BNode()
        for name, each in item.items():
            graph.add((node, URIRef("http://e.org/" + name), build(graph, each)))  # type: ignore[arg-type]
        return node
    return item


@given(st.lists(st.tuples(names, names, items), max_size=6), st.sampled_from(["turtle", "longturtle", "nt"]))
def test_reads_the_same_triples_as_rdflib(rows: list[tuple[str, str, object]], form: str) -> None:
    graph = Graph()
    graph.bind("e", "http://e.org/")
    for subject, predicate, item in rows:
        graph.add((URIRef("http://e.org/" + subject), URIRef("http://e.org/" + predicate), build(graph, item)))  # type: ignore[arg-type]
    text = graph.serialize(format=form)
    expected = Graph().parse(data=text, format="nt" if form == "nt" else "turtle")
    read = Graph()
    for subject, predicate, value, subject_line, predicate_line, object_line in statements(text):
        read.add(
            (
                subject,
                predicate,
                Literal(str(value), lang=value.language, datatype=value.datatype)
                if isinstance(value, Literal)
                else value,
            )
        )
        assert 1 <= subject_line <= text.count("\n") + 1
        assert min(subject_line, predicate_line) <= object_line <= text.count("\n") + 1
    assert isomorphic(read, expected)
