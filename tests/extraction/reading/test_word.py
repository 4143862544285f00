from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.extraction.reading.test_text import SEED, hold
from tests.sources.written import add, with_list

from uprgraph.errors import InvalidDataError
from uprgraph.extraction.document import Document, Kind
from uprgraph.extraction.reading import read, read_text


def make(document: Document, path: Path) -> Path:
    """Write a document as DOCX with its footnotes in a part of their own, and items in a list with bullets."""
    written = with_list(("bullet", "\uf0b7"))
    for paragraph in document.paragraphs:
        text, start = paragraph.words.text, 0
        if paragraph.kind is Kind.ITEM:
            add(written, text)
            continue
        made = written.add_paragraph()
        for mark in paragraph.marks:
            run = made.add_run(text[start : mark.offset])
            reference = f'<w:r {nsdecls("w")}><w:footnoteReference w:id="{int(mark.number) + 1}"/></w:r>'
            run._r.addnext(parse_xml(reference))
            start = mark.offset
        made.add_run(text[start:])
    notes = "".join(
        f'<w:footnote w:id="{int(number) + 1}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> '
        f"{note.words.text.replace('&', '&amp;')}</w:t></w:r></w:p></w:footnote>"
        for number, note in document.footnotes.items()
    )
    separator = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    content = f"<w:footnotes {nsdecls('w')}>{separator}{notes}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, content, written.part.package)
    written.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    written.save(str(path))
    return path


def test_a_word_document_is_read_as_the_text_that_it_was_made_of(tmp_path: Path) -> None:
    document = read_text(SEED.read_text(encoding="utf-8"))
    found = read(make(document, tmp_path / "made.docx"))
    hold(found)
    for each, expected in zip(found.paragraphs, document.paragraphs, strict=True):
        assert (each.kind, each.words.text, each.section, each.marks) == (
            expected.kind,
            expected.words.text,
            expected.section,
            expected.marks,
        )
    notes = {number: note.words.text for number, note in document.footnotes.items()}
    assert {number: note.words.text for number, note in found.footnotes.items()} == notes


def test_lines_that_an_author_has_broken(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Participating State: Croatia\nUPR session: 36th session (November 2020)")
    document.add_paragraph("Background")
    document.add_paragraph("ODIHR observed the elections in full.")
    document.save(str(tmp_path / "a.docx"))
    found = read(tmp_path / "a.docx")
    hold(found)
    assert [each.words.text for each in found.paragraphs] == [
        "Participating State: Croatia",
        "UPR session: 36th session (November 2020)",
        "Background",
        "ODIHR observed the elections in full.",
    ]
    assert found.paragraphs[-1].section == "Background"


def test_a_document_without_text(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    with pytest.raises(InvalidDataError, match="no text in this document"):
        read(tmp_path / "a.docx")
