from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.extraction.document import Document, Kind, Paragraph
from uprgraph.extraction.reading import read_text

_ROOT = Path(__file__).parents[3]
SEED = _ROOT / "data/odihr/KAZ-34/source.txt"
SOURCES = [SEED, *sorted((_ROOT / "tests/extraction/documents").glob("*/source.txt"))]

_PIECES = st.sampled_from(
    ["\n", "\n\n", "\f", " ", "-\n", " " * 49 + "\n", "____________\n", "\uf0b7 ", "- ", "a) ", "(i) ", "1 ", "2 ",
     "12. ", "20152", "word", "Word.", "co", "\u00ad\n", "https://a.example/b\n", "Notes\n", ":", ";", "III. ",
     "\u00b9", "\u2028"]
)  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=60).map("".join))


def hold(document: Document) -> None:
    """Assert that words are those of the source, in its order, and that nothing of the source is lost."""
    source = document.source
    seen = [False] * len(source)
    for words in [*(each.words for each in document.paragraphs), *(each.words for each in document.footnotes.values())]:
        assert len(words.text) == len(words.places)
        assert all(first < second for first, second in zip(words.places, words.places[1:], strict=False))
        for character, place in zip(words.text, words.places, strict=True):
            assert source[place] == character or (character == " " and source[place].isspace())
            assert not seen[place]
            seen[place] = True
    for span, role in document.structure:
        assert role == "heading" or not any(seen[span.start : span.end])
    for span, _ in document.structure:
        seen[span.start : span.end] = [True] * (span.end - span.start)
    lost = [source[place] for place, known in enumerate(seen) if not known and not source[place].isspace()]
    assert lost == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_words_and_structure_are_all_of_a_source(path: Path) -> None:
    document = read_text(path.read_text(encoding="utf-8"))
    hold(document)
    assert not any(role == "other" for _, role in document.structure)


@given(_TEXTS)
def test_any_text_is_read(text: str) -> None:
    document = read_text(text)
    hold(document)
    for paragraph in document.paragraphs:
        assert all(0 <= mark.offset <= len(paragraph.words.text) for mark in paragraph.marks)


def _of(path: Path) -> Document:
    return read_text(path.read_text(encoding="utf-8"))


def _paragraph(document: Document, beginning: str) -> Paragraph:
    return next(each for each in document.paragraphs if each.words.text.startswith(beginning))


def test_the_seed_is_read_as_a_person_reads_it() -> None:
    document = _of(SEED)
    assert [each.words.text for each in document.paragraphs if each.kind is Kind.HEADING] == [
        "Background",
        "Legislation reviewed by ODIHR",
        "Gender Equality in Politics",
        "Election-related activities",
    ]
    assert document.paragraphs[0].words.text.endswith("Partner for Co-operation under consideration in the Universal "
                                                      "Periodic Review Process")  # fmt: skip
    assert document.paragraphs[1].words.text == "Participating/Partner State: Kazakhstan"
    assert document.paragraphs[2].words.text == "UPR Session and Date of Review: 34th Session, 2019"
    assert [each.words.text[:18] for each in document.paragraphs if each.kind is Kind.ITEM] == [
        "to consider procee",
        "to clarify that co",
    ]
    title = _paragraph(document, "ODIHR Preliminary Opinion on")
    assert title.kind is Kind.TEXT
    assert title.words.text.endswith("(Opinion Nr: TERR-KAZ/296/2016), issued on 6 October 2016")
    assert [(mark.number, mark.offset) for mark in title.marks] == [("3", len(title.words.text))]
    noted = _paragraph(document, "The Preliminary Opinion noted")
    assert "“terrorism” and “extremism”-related offences" in noted.words.text
    assert noted.words.text[: noted.marks[0].offset].endswith("is criminalized.")
    assert document.footnotes["4"].words.text.startswith("Amendments were adopted on 22 December 2016, with almost")
    assert document.footnotes["5"].words.text.startswith("ODIHR Comments on the Commentary")
    assert list(document.footnotes) == ["1", "2", "3", "4", "5", "6"]
    elections = _paragraph(document, "ODIHR observed the 20 March 2016")
    assert "“were efficiently organized, with some progress noted" in elections.words.text
    assert elections.page == 3
    assert [role for _, role in document.structure].count("repeated address") == 4


def test_a_footnote_goes_on_at_the_foot_of_the_next_page() -> None:
    document = _of(_ROOT / "tests/extraction/documents/MNE-43-long-sentences/source.txt")
    assert document.footnotes["3"].words.text.endswith(
        "in a working group together with civil society organizations, was sent to parliament on 4 October 2022 and "
        "has not been adopted to date."
    )


def test_paragraphs_of_a_summary_are_numbered_and_its_marks_found_though_some_notes_are_left_out() -> None:
    document = _of(_ROOT / "tests/extraction/documents/summary-GEO-37/source.txt")
    assert [each.number for each in document.paragraphs if each.number] == [str(number) for number in range(1, 14)]
    marks = [mark.number for each in document.paragraphs for mark in each.marks]
    assert marks == [str(number) for number in range(1, 30)]
    assert document.footnotes["17"].words.text == "OSCE-ODIHR, pp. 6-7."
    assert _paragraph(document, "HRW expressed concern").section.startswith("2. Right to life")


def test_words_divided_at_line_ends_lose_the_hyphen_unless_it_is_their_own() -> None:
    text = (
        "The tran-\nsitional rules on a co-\nordinated answer, pre-\ntrial and non-\ndiscrimination, in pre-"
        "\nvention and anti-\nSemitism."
    )
    assert read_text(text).paragraphs[0].words.text == (
        "The transitional rules on a co-ordinated answer, pre-trial and non-discrimination, in prevention and "
        "anti-Semitism."
    )


def test_years_stay_years() -> None:
    text = "The Law of 2015 and that of 20181 were kept.2\n\n" + " " * 49 + "\n1 One.\n2 Two.\n"
    paragraph = read_text(text).paragraphs[0]
    assert paragraph.words.text == "The Law of 2015 and that of 2018 were kept."
    assert [mark.number for mark in paragraph.marks] == ["1", "2"]


def test_headers_and_footers_that_recur_are_structure() -> None:
    pages = [
        f"OSCE/ODIHR Submission\n\nThe {word} page has words that go\non here.\n\nPage {number} of 3"
        for number, word in enumerate(("first", "next", "last"), 1)
    ]
    document = read_text("\f".join(pages))
    assert [each.words.text for each in document.paragraphs] == [
        f"The {word} page has words that go on here." for word in ("first", "next", "last")
    ]
    assert [each.page for each in document.paragraphs] == [1, 2, 3]
    assert {role for _, role in document.structure} == {"page header", "page number"}
