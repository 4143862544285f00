"""The text of a Word document: one line for each paragraph, tables included, with the numbers that Word shows.

Reports of the United Nations number their paragraphs by Word's lists: the numbers are not in the text, and are worked
out here from the definitions of the lists. Deleted text and page headers are left out, and notes unless asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from uprgraph.sources.word_lists import Lists

_LEFT_OUT = frozenset(
    {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_PARAGRAPH = qn("w:p")
_WORDS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}


_REFERENCES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its words with the number or bullet before them, and the marks of notes in these.

    A mark is the offset in `text` at which the number of the note stands, and that number.
    """

    text: str
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Notes:
    """A document with its notes: its paragraphs, and the paragraphs of each note by its number, counted from 1."""

    paragraphs: tuple[Paragraph, ...]
    notes: dict[str, str]


def with_notes(path: Path, most: int) -> Notes:
    """Return the paragraphs of a document with bullets and marks of notes, and the notes; otherwise as `text` does.

    Footnotes and endnotes are numbered in one sequence, by where their marks stand.
    """
    document = docx.Document(str(path))
    lists, notes = Lists(document), _note_texts(document)
    found: list[Paragraph] = []
    numbers: dict[tuple[str, str], str] = {}
    length = 0
    for paragraph in _paragraphs(document.element.body):
        words = lists.label(paragraph, bullets=True)
        marks: list[tuple[int, str]] = []
        for piece in _pieces(paragraph):
            if isinstance(piece, tuple) and piece in notes:
                marks.append((len(words), numbers.setdefault(piece, str(len(numbers) + 1))))
                words += marks[-1][1]
            elif isinstance(piece, str):
                words += piece
        found.append(Paragraph(words, tuple(marks)))
        length += len(words) + 1
        if length > most:
            break
    return Notes(tuple(found), {number: notes[key] for key, number in numbers.items()})


def _note_texts(document: Document) -> dict[tuple[str, str], str]:
    """Return the texts of notes by their kind and identifier; lines that Word draws above notes are none."""
    found: dict[tuple[str, str], str] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if relation.is_external or kind not in _REFERENCES.values():
            continue
        for note in parse_xml(relation.target_part.blob):
            if note.get(qn("w:type")) is None:
                text = "\n".join("".join(_words(each)) for each in _paragraphs(note)).strip()
                found[kind, note.get(qn("w:id"), "")] = text
    return found


def text(path: Path, most: int) -> str:
    """Return the text of a document; no more paragraphs are read once it has `most` characters.

    Raises whatever python-docx raises if the file is broken. It may take any time and memory: call it where these are
    limited, and after `office.check`.
    """
    document = docx.Document(str(path))
    lists = Lists(document)
    found: list[str] = []
    length = 0
    for paragraph in _paragraphs(document.element.body):
        found.append(lists.label(paragraph) + "".join(_words(paragraph)))
        length += len(found[-1]) + 1
        if length > most:
            break
    return "\n".join(found)


def _paragraphs(element: Element) -> Iterator[Element]:
    """Yield the paragraphs below an element, those in tables and text boxes too, in the order in which they begin."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag not in _LEFT_OUT:
            if child.tag == _PARAGRAPH:
                yield child
            stack.append(iter(child))


def _words(paragraph: Element) -> Iterator[str]:
    """Yield the text of a paragraph without that of paragraphs in it, such as those of a text box."""
    return (piece for piece in _pieces(paragraph) if isinstance(piece, str))


def _pieces(paragraph: Element) -> Iterator[str | tuple[str, str]]:
    """Yield the text of a paragraph as `_words` does, and the kind and identifier of a note where its mark stands."""
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _WORDS:
            yield _WORDS[child.tag]
        elif child.tag in _REFERENCES:
            yield _REFERENCES[child.tag], child.get(qn("w:id"), "")
        elif child.tag != _PARAGRAPH and child.tag not in _LEFT_OUT and child.tag != qn("w:pPr"):
            stack.append(iter(child))
