"""Evidence: where the quoted words of a statement stand in its source.

A passage (`upr:Passage`, a Web Annotation `oa:SpecificResource`) selects words of a document twice: by quote and by
position. A curator writes the quote; `anchor` finds its place and completes the selectors; `verify` proves that every
quote still stands there. Offsets are counted in Unicode code points from the start of `source.txt`, the end being
exclusive. Quotes have their white space folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from uprgraph.errors import InvalidDataError
from uprgraph.vocabulary import expand
from uprgraph.wording import fold_space

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

CONTEXT = 32
"""Characters of prefix and suffix that are kept around a quote."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of a source: offsets in code points, *end* exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Misquote:
    """A passage whose quote does not stand where it says: *found* is what stands there instead."""

    passage: str
    quote: str
    found: str


class SourceText:
    """The text of a document as received, which can be searched as if its white space were folded."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        characters: list[str] = []
        places: list[int] = []
        for match in re.finditer(r"\S|\s+", self.text):
            characters.append(" " if match[0].isspace() else match[0])
            places.append(match.start())
        return "".join(characters), places

    def at(self, span: Span) -> str:
        """Return the folded words at *span*."""
        return fold_space(self.text[span.start : span.end])

    def occurrences(self, quote: str) -> Iterator[Span]:
        """Yield each place at which *quote* stands."""
        folded, places = self._folded
        wanted = fold_space(quote)
        found = folded.find(wanted) if wanted else -1
        while found >= 0:
            yield Span(places[found], places[found + len(wanted) - 1] + 1)
            found = folded.find(wanted, found + 1)

    def locate(self, quote: str, prefix: str = "") -> Span:
        """Return the one place at which *quote* stands, after *prefix* where it stands more than once.

        Raises InvalidDataError where it stands nowhere, or at several places that *prefix* does not tell apart.
        """
        places = list(self.occurrences(quote))
        if len(places) > 1 and prefix:
            places = [place for place in places if fold_space(self.text[: place.start]).endswith(fold_space(prefix))]
        if not places:
            raise InvalidDataError(
                f'the source does not say "{fold_space(quote)}"',
                hint="Copy the words from source.txt, misprints included; "
                "footnote marks and page breaks interrupt sentences.",
            )
        if len(places) > 1:
            raise InvalidDataError(
                f'"{fold_space(quote)}" stands at {len(places)} places of the source',
                hint="Quote more words, or give the words before it in oa:prefix.",
            )
        return places[0]

    def context(self, span: Span) -> tuple[str, str]:
        """Return the folded words just before and just after *span*."""
        before = fold_space(self.text[: span.start])[-CONTEXT:]
        return before.strip(), fold_space(self.text[span.end :])[:CONTEXT].strip()

    def around(self, span: Span, size: int) -> tuple[str, str, str]:
        """Return the folded words in up to *size* characters before *span*, those at it, and those after it."""
        before = fold_space(self.text[max(0, span.start - size) : span.start])
        return before, self.at(span), fold_space(self.text[span.end : span.end + size])

    def uncovered(self, spans: list[Span]) -> Iterator[str]:
        """Yield the runs of words that lie in none of *spans*, folded."""
        reached = 0
        for span in [*sorted(spans, key=lambda s: s.start), Span(len(self.text), len(self.text))]:
            rest = fold_space(self.text[reached : max(reached, span.start)])
            if rest:
                yield rest
            reached = max(reached, span.end)


def passages(graph: Graph) -> Iterator[tuple[Node, Node]]:
    """Yield each passage of *graph* with its quote selector, in the order of their IRIs."""
    from rdflib import RDF, URIRef

    for passage in sorted(graph.subjects(RDF.type, URIRef(expand("upr:Passage"))), key=str):
        for selector in graph.objects(passage, URIRef(expand("oa:hasSelector"))):
            if (selector, RDF.type, URIRef(expand("oa:TextQuoteSelector"))) in graph:
                yield passage, selector


def anchor(graph: Graph, source: SourceText) -> int:
    """Complete the selectors of every passage of *graph* from its quote; return how many there are.

    Raises InvalidDataError naming the passage where a quote cannot be placed.
    """
    from rdflib import RDF, Literal, URIRef

    exact, before, after = (URIRef(expand(f"oa:{name}")) for name in ("exact", "prefix", "suffix"))
    placed = list(passages(graph))
    for passage, selector in placed:
        try:
            span = source.locate(str(graph.value(selector, exact)), str(graph.value(selector, before) or ""))
        except InvalidDataError as error:
            raise InvalidDataError(f"{passage}: {error.message}", hint=error.hint) from error
        prefix, suffix = source.context(span)
        graph.set((selector, exact, Literal(source.at(span))))
        graph.set((selector, before, Literal(prefix)))
        graph.set((selector, after, Literal(suffix)))
        position = URIRef(f"{passage}/position")
        graph.add((passage, URIRef(expand("oa:hasSelector")), position))
        graph.set((position, RDF.type, URIRef(expand("oa:TextPositionSelector"))))
        graph.set((position, URIRef(expand("oa:start")), Literal(span.start)))
        graph.set((position, URIRef(expand("oa:end")), Literal(span.end)))
    return len(placed)


def spans(graph: Graph) -> dict[str, Span]:
    """Return the span of each passage of *graph*, by the passage's IRI."""
    from rdflib import URIRef

    start, end = (URIRef(expand(f"oa:{name}")) for name in ("start", "end"))
    return {
        str(passage): Span(int(str(graph.value(position, start))), int(str(graph.value(position, end))))
        for position in graph.subjects(start, None)
        for passage in graph.subjects(URIRef(expand("oa:hasSelector")), position)
    }


def verify(graph: Graph, source: SourceText) -> list[Misquote]:
    """Return the passages of *graph* whose quote does not stand at their offsets in *source*."""
    from rdflib import URIRef

    places = spans(graph)
    wrong = []
    for passage, selector in passages(graph):
        quote = str(graph.value(selector, URIRef(expand("oa:exact"))))
        place = places.get(str(passage))
        found = source.at(place) if place else ""
        if found != quote:
            wrong.append(Misquote(str(passage), quote, found))
    return wrong
