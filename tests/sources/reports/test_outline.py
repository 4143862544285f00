from __future__ import annotations

import pytest

from uprgraph.sources.reports.layout import Line, lines, passage
from uprgraph.sources.reports.outline import Chapter, chapters, conclusions
from uprgraph.sources.reports.responses import Phrase

PHRASES = (Phrase("enjoy the support", "supported"), Phrase("will be examined", "pending"))


def read(*text: str) -> list[Chapter]:
    return chapters(list(lines("\n".join(text))), PHRASES)


def labels(found: list[Chapter]) -> list[tuple[str, list[str]]]:
    return [(chapter.heading.label, [item.label for item in chapter.items]) for chapter in found]


def test_recommendations_numbered_by_chapter() -> None:
    found = read(
        "95. These enjoy the support of X:",
        "95.1 A (Spain);",
        "95.2. B (Peru);",
        "96. These will be examined:",
        "96.1 C;",
    )
    assert labels(found) == [("95", ["95.1", "95.2"]), ("96", ["96.1"])]
    assert [item.passage().text for item in found[0].items] == ["A (Spain);", "B (Peru);"]


def test_recommendations_numbered_from_one_in_each_chapter() -> None:
    found = read("95. These enjoy the support:", "1. ", "A;", "2. B;", "96.", "These will be examined:", "1. C;")
    assert labels(found) == [("95", ["95.1", "95.2"]), ("96", ["96.1"])]


def test_a_list_that_reaches_the_number_of_the_next_chapter() -> None:
    items = [f"{number}. A;" for number in range(1, 6)]
    found = read("3. These enjoy the support:", *items, "4. These will be examined:", "1. B;")
    assert labels(found) == [("3", [f"3.{number}" for number in range(1, 6)]), ("4", ["4.1"])]


def test_a_paragraph_goes_on_over_lines_and_pages() -> None:
    found = read("95. These enjoy the support:", "95.1 Ratify the", "12", "A/HRC/28/10", "Convention of", "29 July;")
    assert found[0].items[0].passage().text == "Ratify the Convention of 29 July;"


def test_a_number_on_a_line_of_its_own() -> None:
    assert labels(read("95. These enjoy the support:", "95.1", "A;", "95.2.", "B;", "95.9")) == [
        ("95", ["95.1", "95.2"])
    ]


@pytest.mark.parametrize("line", ["95.5 per cent of it;", "29. of 1930 (Spain);", "95.1, first part;", "96.1% of it;"])
def test_numbers_at_the_start_of_a_line_that_number_nothing(line: str) -> None:
    found = read("95. These enjoy the support:", "95.1 Spend", line)
    assert labels(found) == [("95", ["95.1"])]
    assert found[0].items[0].passage().text == f"Spend {line}"


def test_gaps_and_repetitions_are_read_as_they_stand() -> None:
    found = read("95. These enjoy the support:", "95.1 A;", "95.3 B;", "95.3 C;", "94.4 D;")
    assert labels(found) == [("95", ["95.1", "95.3", "95.3", "94.4"])]


def test_a_chapter_whose_heading_is_missing() -> None:
    assert labels(read("95. Heading", "95.1 A;", "96.1 B;")) == [("95", ["95.1"]), ("96", ["96.1"])]


def test_the_conclusions_are_from_the_last_heading_of_that_name_to_the_annex() -> None:
    contents = "II. Conclusions and/or recommendations ..... 9\nI. Proceedings\n1. A\n"
    text = f"{contents} II. Conclusions and/or\trecommendations**\n9. B\nAnnex\nC"
    found = conclusions(list(lines(text)))
    assert found is not None
    assert [line.text for line in found] == ["9. B"]


def test_no_conclusions() -> None:
    assert conclusions(list(lines("I. Proceedings\n1. A"))) is None


@pytest.mark.parametrize(
    "furniture",
    [
        "12",
        " A/HRC/28/10 ",
        "A/HRC/10/79          Page 3",
        "Page 3",
        "12 A/HRC/28/10",
        "GE.14-07677  (E) ",
        "GE.19-21936 11",
        "12 GE.19-21936",
        "**",
        "** The conclusions and recommendations have not been edited.",
        "3 \tThe recommendation as read during the dialogue: do it.",
        "",
        " \t",
    ],
)
def test_what_belongs_to_the_page_is_left_out(furniture: str) -> None:
    assert list(lines(f"A\n{furniture}\nB")) == [Line(1, 0, "A"), Line(3, len(furniture) + 3, "B")]


@pytest.mark.parametrize("text", ["12.", "12 July 2014", "A/HRC/28/10 says so", "(a) Do this", "GE is an agency"])
def test_what_belongs_to_the_text_is_kept(text: str) -> None:
    assert [line.text for line in lines(text)] == [text]


def test_a_passage_knows_where_each_character_stands() -> None:
    text = "Respect  the\nnon-\n\trefoulement; post- and pre-"
    found = passage((line.start, line.text) for line in lines(text))
    assert found.text == "Respect the non-refoulement; post- and pre-"
    start, end = found.span(found.text.index("non"), found.text.index(";"))
    assert text[start:end] == "non-\n\trefoulement"
    assert len(found.places) == len(found.text)
    assert all(
        text[place] == letter or text[place].isspace() for place, letter in zip(found.places, found.text, strict=True)
    )
