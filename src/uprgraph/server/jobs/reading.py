"""The texts of documents in reading order, cut where the quoted passages begin and end."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from uprgraph import files, resources
from uprgraph.evidence import Span
from uprgraph.extraction.document import Words


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text, and the offset in the source of each of their characters; or the mark of a footnote."""

    text: str
    places: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: `kind` is heading, text, item or footnote, `number` that of the footnote."""

    kind: str
    pieces: tuple[Piece, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a document as it is read, with its footnotes at the end."""

    document: str
    publisher: str
    licence: str
    language: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Words on which the same passages rest, given by their IRIs; `opens` are those that begin here."""

    text: str
    passages: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    note: str = ""


@cache
def source_of(document: str) -> Source | None:
    """Return the text of a document that data/odihr/*/source.txt has, None if there is none."""
    folder = _folders().get(document)
    return None if folder is None else _read(folder)


@cache
def _folders() -> Mapping[str, str]:
    found = {}
    for path in sorted((resources.data() / "odihr").glob("*/source.toml")):
        if (path.parent / "source.txt").is_file():
            found[str(tomllib.loads(files.read_text(path))["document"])] = path.parent.name
    return found


def _read(folder: str) -> Source:
    from uprgraph.extraction.reading import read_text

    place = resources.data() / "odihr" / folder
    about = tomllib.loads(files.read_text(place / "source.toml"))
    document = read_text(files.read_text(place / "source.txt"))
    paragraphs = []
    for each in document.paragraphs:
        marks = [(mark.offset, mark.number) for mark in each.marks]
        paragraphs.append(Paragraph(str(each.kind), tuple(_pieces(each.words, marks)), each.number))
    paragraphs += [
        Paragraph("footnote", tuple(_pieces(note.words, [])), note.number) for note in document.footnotes.values()
    ]
    return Source(about["document"], about["publisher"], about["licence"], about["language"], tuple(paragraphs))


def _pieces(words: Words, marks: Sequence[tuple[int, str]]) -> Iterator[Piece]:
    at = 0
    for offset, number in sorted(marks):
        if offset > at:
            cut = words.cut(at, offset)
            yield Piece(cut.text, cut.places)
        yield Piece(number, note=number)
        at = offset
    rest = words.cut(at, len(words.text))
    if rest.text:
        yield Piece(rest.text, rest.places)


def runs(paragraph: Paragraph, spans: Iterable[tuple[str, Span]], seen: set[str]) -> Iterator[Run]:
    """Yield the words of a paragraph, cut where a passage begins or ends.

    Passages may overlap. `seen` are the passages that have begun in what was read before; those that begin here are
    added to it.
    """
    listed = list(spans)
    for piece in paragraph.pieces:
        if piece.note:
            yield Run(piece.text, note=piece.note)
            continue
        start = 0
        covering = _covering(piece.places[0], listed) if piece.places else ()
        for at in range(1, len(piece.places) + 1):
            found = _covering(piece.places[at], listed) if at < len(piece.places) else None
            if found != covering:
                opens = tuple(each for each in covering if each not in seen)
                seen.update(opens)
                yield Run(piece.text[start:at], covering, opens)
                start, covering = at, found or ()


def _covering(place: int, spans: Sequence[tuple[str, Span]]) -> tuple[str, ...]:
    return tuple(passage for passage, span in spans if span.start <= place < span.end)
