from __future__ import annotations

from pathlib import Path

import pytest
from tests.extraction.pdf_maker import make
from tests.extraction.reading.test_text import SOURCES, hold

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
