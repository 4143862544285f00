"""src/uprgraph/results/marked.py: words that stand out, and formats that cannot show it."""

import pytest

from uprgraph.engines.terms import Literal
from uprgraph.results.formats import render
from uprgraph.results.marked import Marked, pieces
from uprgraph.results.rows import Results

TERM = Marked("=a *b* <c>", marks=((1, 2), (3, 6), (7, 10)))


def test_pieces_are_the_text() -> None:
    assert list(pieces(TERM, TERM.value)) == [
        *(("=", False), ("a", True), (" ", False), ("*b*", True), (" ", False), ("<c>", True), ("", False))
    ]
    for term in (None, Literal("x")):
        assert list(pieces(term, "x")) == [("x", False)]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("csv", "text\n'=a *b* <c>\n"),
        ("json", '"text": "=a *b* <c>"'),
        ("md", r"| =**a** **\*b\*** **\<c\>** |"),
        ("html", "=<mark>a</mark> <mark>*b*</mark> <mark>&lt;c&gt;</mark>"),
        ("ttl", '"=a *b* <c>"'),
        ("table", "=a *b* <c>\n"),
    ],
)
def test_formats(form: str, shown: str) -> None:
    assert shown in render(Results(["text"], [(TERM,)]), form).decode()


def test_a_terminal_shows_them_bold() -> None:
    text = Marked("one\ttwo", marks=((4, 7),))
    assert "one \x1b[1mtwo\x1b[0m" in render(Results(["text"], [(text,)]), "table", 60, colour=True).decode()
    folded = Marked("one\r\ntwo", marks=((5, 8),))
    assert render(Results(["text"], [(folded,)]), "table", 60, colour=True).decode().endswith("one\ntwo\n")
