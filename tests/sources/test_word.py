"""src/uprgraph/sources/word.py and word_lists.py."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.sources.written import add, with_list

from uprgraph.sources.word import text

W = nsdecls("w")


def saved(document: Document, folder: Path) -> list[str]:
    path = folder / "a.docx"
    document.save(str(path))
    return text(path, 10**6).split("\n")


def test_tables_are_read_cell_by_cell_in_their_place(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("before")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    document.add_paragraph("after")
    assert saved(document, tmp_path) == ["before", "left", "right", "after"]


def test_breaks_and_changes(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()._p
    runs = (
        "<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:noBreakHyphen/><w:t>three</w:t></w:r>"
        "<w:ins><w:r><w:t> new</w:t></w:r></w:ins><w:del><w:r><w:t> old</w:t></w:r></w:del>"
        "<w:hyperlink><w:r><w:t> link</w:t></w:r></w:hyperlink>"
    )
    for run in parse_xml(f"<w:p {W}>{runs}</w:p>"):
        paragraph.append(run)
    assert saved(document, tmp_path) == ["one\ttwo-three new link"]


def test_numbers_of_a_list(tmp_path: Path) -> None:
    document = with_list(("decimal", "%1."), ("lowerLetter", "(%2)"), ("decimal", "%1.%3"))
    add(document, "A")
    add(document, "B")
    add(document, "C", depth=1)
    add(document, "D", depth=1)
    document.add_paragraph("no list")
    add(document, "E")
    add(document, "F", depth=1)
    add(document, "G", depth=2)
    assert saved(document, tmp_path) == ["1.\tA", "2.\tB", "(a)\tC", "(b)\tD", "no list", "3.\tE", "(a)\tF", "3.1\tG"]


def test_a_list_that_does_not_begin_with_one_and_one_that_restarts(tmp_path: Path) -> None:
    document = with_list(("decimal", "124.%1"), starts=(9,))
    add(document, "A")
    add(document, "B")
    add(document, "C", name=78)
    add(document, "D", name=78)
    assert saved(document, tmp_path) == ["124.9\tA", "124.10\tB", "124.1\tC", "124.2\tD"]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("upperRoman", ["I", "II", "III", "IV"]),
        ("lowerRoman", ["i", "ii", "iii", "iv"]),
        ("upperLetter", ["A", "B", "C", "D"]),
        ("bullet", ["", "", "", ""]),
        ("none", ["", "", "", ""]),
    ],
)
def test_formats_of_numbers(tmp_path: Path, form: str, shown: list[str]) -> None:
    document = with_list((form, "%1"))
    for _ in shown:
        add(document, "x")
    assert saved(document, tmp_path) == [f"{number}\tx" if number else "x" for number in shown]


def test_a_list_that_a_style_gives_through_the_one_it_is_based_on(tmp_path: Path) -> None:
    document = with_list(("decimal", "%1."))
    parent = document.styles.add_style("Parent", 1)
    numbering = f'<w:pPr {W}><w:numPr><w:numId w:val="77"/></w:numPr></w:pPr>'
    parent.element.append(parse_xml(numbering))
    child = document.styles.add_style("Child", 1)
    child.base_style = parent
    document.add_paragraph("A", style="Child")
    document.add_paragraph("B", style="Parent")
    assert saved(document, tmp_path) == ["1.\tA", "2.\tB"]


def test_a_paragraph_that_takes_itself_out_of_the_list_of_its_style(tmp_path: Path) -> None:
    document = with_list(("decimal", "%1."))
    add(document, "A", name=0)
    add(document, "B", name=99)
    assert saved(document, tmp_path) == ["A", "B"]


def test_styles_that_are_based_on_each_other_end(tmp_path: Path) -> None:
    document = docx.Document()
    one, two = document.styles.add_style("One", 1), document.styles.add_style("Two", 1)
    one.base_style, two.base_style = two, one
    document.add_paragraph("A", style="One")
    assert saved(document, tmp_path) == ["A"]
