"""Passages: the runs of the source that statements rest on, each once, with the quote and where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef

from uprgraph.evidence import SourceText, Span
from uprgraph.extraction.document import Document, Paragraph, Words
from uprgraph.extraction.drafting.triples import add, english, term
from uprgraph.extraction.statements import Basis
from uprgraph.wording import fold_space

_BEFORE = " \t\r\n\f\v\u00a0,;:."
_LONGEST_NUMBER = 4
"""Digits of the number of a footnote."""


def runs(words: Words, source: str) -> list[tuple[Span, str]]:
    """Return the runs of the source that words are made of, and the words in each.

    The words are as they are read: white space folded, divided words joined. White space at the ends of a run and the
    mark of punctuation that parts it from what stands before it are no part of it. A run without words is left out.
    """
    found = []
    for span in words.spans(source):
        trimmed = _trimmed(span, source)
        text = "".join(
            letter
            for letter, place in zip(words.text, words.places, strict=True)
            if trimmed.start <= place < trimmed.end
        ).strip()
        if text and trimmed.end > trimmed.start:
            found.append((trimmed, text))
    return found


def _trimmed(span: Span, source: str) -> Span:
    words = source[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip(_BEFORE))
    return Span(start, max(start, span.end - (len(words) - len(words.rstrip()))))


def worded(text: str, words: Words, source: str) -> str:
    """Return the text of a statement as `upr:text` has it: with " … " where the source interrupts its words.

    A text that does not stand in the words as it is, since it leaves some of them out, is returned with its white space
    folded.
    """
    plain = fold_space(text)
    start = words.text.find(plain)
    if not plain or start < 0:
        return plain
    return " … ".join(part for _, part in runs(words.cut(start, start + len(plain)), source))


def _number(footnote: str) -> int | None:
    number = int(footnote) if footnote.isdecimal() and len(footnote) <= _LONGEST_NUMBER else 0
    return number or None


class Passages:
    """The passages of one document, made as statements ask for them."""

    def __init__(self, graph: Graph, document: Document, iri: URIRef) -> None:
        self._graph = graph
        self._iri = iri
        self._source = SourceText(document.source)
        self._sections = _Places(document)
        self._made: dict[Span, URIRef] = {}

    @property
    def spans(self) -> list[Span]:
        """The runs of the source that statements rest on, in no order."""
        return list(self._made)

    def of(self, basis: Basis) -> list[URIRef]:
        """Return the passages that a statement rests on, those of the statement itself first."""
        found: dict[URIRef, None] = {}
        for words in basis.words:
            for span, _ in runs(words, self._source.text):
                found[self._made.get(span) or self._make(span, basis)] = None
        return list(found)

    def _make(self, span: Span, basis: Basis) -> URIRef:
        passage = URIRef(f"{self._iri}/passage/{span.start}-{span.end}")
        quote, position = URIRef(f"{passage}/quote"), URIRef(f"{passage}/position")
        prefix, suffix = self._source.context(span)
        section, footnote = self._sections.at(span.start)
        section, footnote = section or basis.section, footnote or basis.footnote
        add(
            self._graph,
            passage,
            {
                "rdf:type": term("upr:Passage"),
                "oa:hasSource": self._iri,
                "upr:section": english(section) if section else None,
                "upr:footnote": _number(footnote),
            },
        )
        for selector in (quote, position):
            self._graph.add((passage, term("oa:hasSelector"), selector))
        add(
            self._graph,
            quote,
            {
                "rdf:type": term("oa:TextQuoteSelector"),
                "oa:exact": Literal(self._source.at(span)),
                "oa:prefix": Literal(prefix),
                "oa:suffix": Literal(suffix),
            },
        )
        add(
            self._graph,
            position,
            {"rdf:type": term("oa:TextPositionSelector"), "oa:start": span.start, "oa:end": span.end},
        )
        self._made[span] = passage
        return passage


class _Places:
    """The heading over each character of the source, and the footnote in which it stands."""

    def __init__(self, document: Document) -> None:
        self._at: dict[int, tuple[str, str]] = {}
        for paragraph in document.paragraphs:
            section = _section(paragraph)
            self._put(paragraph.words.places, (section, ""))
            for note in document.notes_of(paragraph):
                self._put(note.words.places, (section, note.number))

    def _put(self, places: Iterable[int], where: tuple[str, str]) -> None:
        for place in places:
            self._at.setdefault(place, where)

    def at(self, offset: int) -> tuple[str, str]:
        """Return the heading and the number of the footnote, each empty where there is none."""
        return self._at.get(offset, ("", ""))


def _section(paragraph: Paragraph) -> str:
    """Return the heading over a paragraph, with its number where the document numbers its paragraphs."""
    number = f"paragraph {paragraph.number.rstrip('.')}" if paragraph.number else ""
    return ", ".join(part for part in (fold_space(paragraph.section), number) if part)
