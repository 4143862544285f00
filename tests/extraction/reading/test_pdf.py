from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from tests.extraction.pdf_maker import make
from tests.extraction.reading.test_text import SEED, SOURCES, hold

from uprgraph.extraction.document import Document, Paragraph
from uprgraph.extraction.reading import read, read_text

_WRITABLE = [path for path in SOURCES if path.parent.name[:3] in ("KAZ", "MNE", "SRB", "KGZ", "SVN", "MAR", "MDA")]


def _comparable(paragraph: Paragraph) -> tuple[object, ...]:
    marks = [(mark.number, mark.offset) for mark in paragraph.marks]
    return paragraph.kind, paragraph.words.text, paragraph.section, marks, paragraph.number


@pytest.mark.parametrize("path", _WRITABLE, ids=lambda path: path.parent.name)
def test_a_pdf_is_read_as_the_text_that_it_was_made_of(path: Path, tmp_path: Path) -> None:
    document = read_text(path.read_text(encoding="utf-8"))
    found = read(make(document, tmp_path / "made.pdf"))
    hold(found)
    assert [_comparable(each) for each in found.paragraphs] == [_comparable(each) for each in document.paragraphs]
    assert _notes(found) == _notes(document)


def _notes(document: Document) -> dict[str, str]:
    return {number: note.words.text for number, note in document.footnotes.items()}


@pytest.mark.parametrize(
    "path", [each for each in _WRITABLE if each.parent.name[:3] != "MAR"], ids=lambda path: path.parent.name
)
def test_footnotes_are_found_in_text_that_has_neither_rules_nor_blank_lines(path: Path, tmp_path: Path) -> None:
    document = read_text(path.read_text(encoding="utf-8"))
    pages = pypdf.PdfReader(make(document, tmp_path / "made.pdf")).pages
    found = read_text("\f".join(page.extract_text() for page in pages))
    hold(found)
    assert _notes(found) == _notes(document)


def test_the_source_has_the_pages_of_the_pdf(tmp_path: Path) -> None:
    document = read_text(SEED.read_text(encoding="utf-8"))
    found = read(make(document, tmp_path / "made.pdf"))
    pages = found.source.split("\f")
    assert len(pages) == max(each.page for each in found.paragraphs) == 3
    assert all(page.startswith("ODIHR Submission to the Universal Periodic Review\n") for page in pages)
    roles = {role for _, role in found.structure}
    assert roles == {
        "page header",
        "page footer",
        "page number",
        "footnote mark",
        "footnote number",
        "heading",
        "hyphen",
        "bullet",
    }
