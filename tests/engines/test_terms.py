"""src/uprgraph/engines/terms.py."""

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from uprgraph.engines import guard
from uprgraph.engines.convert import from_pyoxigraph, to_pyoxigraph
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import RDF_LANG_STRING, XSD, BlankNode, Iri, Literal, Term, shown
from uprgraph.errors import UnknownValueError

ENGINE = EmbeddedEngine.of_files([])
TRICKY = [
    '"',
    "\\",
    "\\u0022",
    "\\\\u0022 } ;",
    "\\U00000022",
    "a\nb\r\t\b\f",
    "\x00\x0b0022\x7f",
    "'''",
    "\\u00750022",
]
texts = st.text(st.characters(exclude_categories=["Cs"]))
literals = st.one_of(
    st.builds(Literal, st.one_of(texts, st.sampled_from(TRICKY))),
    st.builds(Literal, texts, st.just(RDF_LANG_STRING), st.sampled_from(["en", "zh-hans", "ru"])),
    st.builds(Literal, texts, st.sampled_from([f"{XSD}date", "https://example.org/type"])),
)


@given(literals)
@example(Literal("\\u0022"))
def test_a_literal_goes_through_a_query_unchanged(literal: Literal) -> None:
    (row,) = ENGINE.select(f"SELECT ?x {{ VALUES ?x {{ {literal.n3()} }} }}").rows
    assert row == (literal,)


@given(st.one_of(texts, st.sampled_from(TRICKY)))
@example("\\u0022")
@example("\x0b0022")
def test_a_string_goes_through_rdflib_unchanged(text: str) -> None:
    """Which decodes escapes before it reads strings."""
    (row,) = rdflib.Graph().query(f"SELECT ?x {{ VALUES ?x {{ {Literal(text).n3()} }} }}")
    assert str(row[0]) == text


@given(literals)
def test_a_literal_goes_through_ntriples_unchanged(literal: Literal) -> None:
    line = f"<http://a> <http://b> {literal.n3()} ."
    (quad,) = pyoxigraph.parse(line.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert from_pyoxigraph(quad.object) == literal
    assert to_pyoxigraph(literal) == quad.object


@given(st.one_of(st.text(), st.text().map(lambda end: f"https://w3id.org/uprgraph/{end}")))
@example("http://x> <y")
@example('" } ; DROP ALL #')
def test_an_iri_is_refused_or_goes_through_a_query_unchanged(text: str) -> None:
    try:
        written = Iri(text).n3()
    except UnknownValueError:
        return
    (row,) = ENGINE.select(f"SELECT ?x {{ VALUES ?x {{ {written} }} }}").rows
    assert row == (Iri(text),)
    assert [token.kind for token in guard.tokens(written)] == ["iri"]


@pytest.mark.parametrize(
    "iri",
    ["", "x", "/x", "http://a b", "http://a<b", "http://a>b", 'http://a"', "http://a{}", "http://a|b", "http://a^b",
     "http://a`b", "http://a\\b", "http://a\nb", "http://a\x00", "http://a\udc80", "http://[", "http://a%zz"],
)  # fmt: skip
def test_refuses_what_is_no_iri(iri: str) -> None:
    with pytest.raises(UnknownValueError, match="is not an IRI"):
        Iri(iri).n3()


def test_refuses_broken_literals() -> None:
    with pytest.raises(UnknownValueError, match="not valid Unicode"):
        Literal("a\udcff").n3()
    with pytest.raises(UnknownValueError, match="not a language tag"):
        Literal("a", RDF_LANG_STRING, "en ; DROP").n3()
    with pytest.raises(UnknownValueError, match="is not an IRI"):
        Literal("a", "x> <y").n3()


def test_terms_of_different_kinds_differ() -> None:
    terms: list[Term] = [Iri("a"), BlankNode("a"), Literal("a"), Literal("a", RDF_LANG_STRING, "en")]
    assert len(set(terms)) == 4


def test_messages_show_no_control_characters_and_no_novels() -> None:
    assert shown("\x1b[31m") == '"\ufffd[31m"'
    assert len(shown("x" * 1000)) < 110
