"""Quotes are placed in their source, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, URIRef

from uprgraph.errors import InvalidDataError
from uprgraph.evidence import SourceText, Span, anchor, spans, verify
from uprgraph.vocabulary import expand
from uprgraph.wording import fold_space

WORDS = st.text(alphabet="ab“é\n\t  ", max_size=60)
EXACT, START = URIRef(expand("oa:exact")), URIRef(expand("oa:start"))


def graph_with(quote: str, prefix: str | None = None) -> Graph:
    passage, selector = URIRef("https://example.org/p"), URIRef("https://example.org/p/quote")
    graph = Graph()
    graph.add((passage, RDF.type, URIRef(expand("upr:Passage"))))
    graph.add((passage, URIRef(expand("oa:hasSelector")), selector))
    graph.add((selector, RDF.type, URIRef(expand("oa:TextQuoteSelector"))))
    graph.add((selector, EXACT, Literal(quote)))
    if prefix is not None:
        graph.add((selector, URIRef(expand("oa:prefix")), Literal(prefix)))
    return graph


@given(WORDS, st.integers(0, 60), st.integers(0, 60))
def test_every_slice_is_found_again_among_the_occurrences_of_its_words(text: str, start: int, end: int) -> None:
    source = SourceText(text)
    words = source.at(Span(start, end))
    if words:
        assert any(source.at(place) == words for place in source.occurrences(words))


@given(WORDS)
def test_an_occurrence_says_the_words_it_was_asked_for(text: str) -> None:
    source = SourceText(text)
    for place in source.occurrences("a b"):
        assert source.at(place) == "a b"
        assert not text[place.start].isspace()
        assert not text[place.end - 1].isspace()


def test_a_quote_is_found_across_line_breaks() -> None:
    assert SourceText("One \n\n two\tthree").locate("two three") == Span(7, 16)


def test_words_that_do_not_stand_there_are_refused() -> None:
    with pytest.raises(InvalidDataError, match='the source does not say "four"'):
        SourceText("one two").locate("four")


def test_words_that_stand_twice_need_the_words_before_them() -> None:
    source = SourceText("a law, the law")
    with pytest.raises(InvalidDataError, match="stands at 2 places"):
        source.locate("law")
    assert source.locate("law", prefix="the") == Span(11, 14)


def test_an_empty_quote_is_refused() -> None:
    with pytest.raises(InvalidDataError, match="does not say"):
        SourceText("one two").locate("  ")


def test_anchoring_completes_the_selectors_and_verification_proves_them() -> None:
    graph, source = graph_with("two  three"), SourceText("one\ntwo\nthree four")
    assert anchor(graph, source) == 1
    assert spans(graph) == {"https://example.org/p": Span(4, 13)}
    assert {str(o) for o in graph.objects(None, EXACT)} == {"two three"}
    assert {str(o) for o in graph.objects(None, URIRef(expand("oa:prefix")))} == {"one"}
    assert {str(o) for o in graph.objects(None, URIRef(expand("oa:suffix")))} == {"four"}
    assert verify(graph, source) == []


def test_anchoring_again_changes_nothing() -> None:
    graph, source = graph_with("law", prefix="the"), SourceText("a law, the law of the land")
    anchor(graph, source)
    before = set(graph)
    anchor(graph, source)
    assert set(graph) == before


def test_a_moved_quote_is_found_out() -> None:
    graph, source = graph_with("two"), SourceText("one two three")
    anchor(graph, source)
    graph.set((URIRef("https://example.org/p/position"), START, Literal(0)))
    assert [(m.quote, m.found) for m in verify(graph, source)] == [("two", "one two")]


def test_a_quote_that_cannot_be_placed_names_its_passage() -> None:
    with pytest.raises(InvalidDataError, match=r"https://example\.org/p: the source does not say"):
        anchor(graph_with("absent"), SourceText("one two"))


def test_uncovered_words_are_what_no_passage_selects() -> None:
    assert list(SourceText("a b c d").uncovered([Span(2, 3), Span(4, 5)])) == ["a", "d"]


def test_folding() -> None:
    assert fold_space(" a\n\n\tb ") == "a b"
