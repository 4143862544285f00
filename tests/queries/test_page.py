"""docs/queries.md, the catalogue of questions made from their headers."""

from __future__ import annotations

import dataclasses
import re

from uprgraph import resources
from uprgraph.catalog import catalogue
from uprgraph.catalog.page import page

PAGE = resources.root() / "docs" / "queries.md"


def test_page_is_up_to_date() -> None:
    made = page(catalogue.shipped().questions())
    assert PAGE.read_text(encoding="utf-8") == made, "run: python scripts/make_query_page.py"


def test_page_lists_each_question_once_and_links_lead_somewhere() -> None:
    text = PAGE.read_text(encoding="utf-8")
    headings = re.findall(r"^### (.*)$", text, re.MULTILINE)
    assert headings == catalogue.shipped().names()
    assert re.findall(r"^\| \[.*?\]\(#(.*?)\)", text, re.MULTILINE) == headings
    files = re.findall(r"\]\(\.\./(.*?)\)", text)
    assert len(files) == len(headings)
    assert [file for file in files if not (resources.root() / file).is_file()] == []


def test_section_shows_parameters_columns_and_the_command() -> None:
    question = catalogue.shipped().question("findings-by-right")
    text = page([dataclasses.replace(question, columns={"finding": "this | that"})])
    assert "uprgraph query findings-by-right --right freedom-of-religion-or-belief\n" in text
    assert "| `--finding-type` | an entry of the codelist finding-type | any |" in text
    assert "| `finding` | this \\| that |" in text
    assert "Checks" not in text
