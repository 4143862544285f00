"""src/uprgraph/server/jobs/reading.py: texts cut where the quoted passages begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uprgraph.evidence import Span
from uprgraph.server.jobs.reading import Paragraph, Piece, runs, source_of

SUBMISSION = "https://w3id.org/uprgraph/id/submission/odihr-KAZ-34"
_LENGTH = 30


def paragraph(text: str, start: int = 0) -> Paragraph:
    return Paragraph("text", (Piece(text, tuple(range(start, start + len(text)))),))


def test_passages_may_overlap_and_stand_within_each_other() -> None:
    spans = [("a", Span(2, 8)), ("b", Span(5, 9)), ("c", Span(6, 7))]
    found = list(runs(paragraph("0123456789"), spans, set()))
    assert [(each.text, "".join(each.passages), "".join(each.opens)) for each in found] == [
        *(("01", "", ""), ("234", "a", "a"), ("5", "ab", "b"), ("6", "abc", "c"), ("7", "ab", ""), ("8", "b", "")),
        ("9", "", ""),
    ]


def test_a_passage_that_goes_on_in_the_next_paragraph_begins_once() -> None:
    seen: set[str] = set()
    first = list(runs(paragraph("abc"), [("a", Span(1, 5))], seen))
    second = list(runs(paragraph("def", 3), [("a", Span(1, 5))], seen))
    assert [each.opens for each in (*first, *second)] == [(), ("a",), (), ()]


def test_marks_of_footnotes_interrupt_words_and_no_passage() -> None:
    pieces = (Piece("ab", (0, 1)), Piece("1", note="1"), Piece("cd", (3, 4)))
    found = list(runs(Paragraph("text", pieces), [("a", Span(0, 5))], set()))
    assert [(each.text, each.note, each.passages) for each in found] == [
        ("ab", "", ("a",)),
        ("1", "1", ()),
        ("cd", "", ("a",)),
    ]


@given(st.lists(st.tuples(st.integers(0, _LENGTH), st.integers(0, _LENGTH)), max_size=6))
def test_runs_are_the_text_and_cover_each_passage(bounds: list[tuple[int, int]]) -> None:
    text = "".join(chr(97 + each % 26) for each in range(_LENGTH))
    spans = [(str(number), Span(start, end)) for number, (start, end) in enumerate(bounds)]
    found = list(runs(paragraph(text), spans, set()))
    assert "".join(each.text for each in found) == text
    for passage, span in spans:
        assert "".join(each.text for each in found if passage in each.passages) == text[span.start : span.end]
        assert sum(passage in each.opens for each in found) == (span.start < span.end)


def test_the_text_of_the_submission_is_read_with_its_footnotes() -> None:
    source = source_of(SUBMISSION)
    assert source
    assert [each.number for each in source.paragraphs if each.kind == "footnote"] == ["1", "2", "3", "4", "5", "6"]
    assert "ODIHR" in source.publisher
    assert source_of("https://w3id.org/uprgraph/id/submission/none") is None
