from __future__ import annotations

import pytest
from tests.sources.written import FRONT

from uprgraph.sources.reports.front import ORDINALS, Front, read


def test_what_the_first_pages_say() -> None:
    assert read(FRONT) == Front(
        symbol="A/HRC/28/99",
        state="Kazakhstan",
        title="Kazakhstan",
        session=20,
        start="2014-10-27",
        end="2014-11-07",
        issued="2014-12-10",
    )


def test_a_text_that_says_nothing() -> None:
    assert read("Once upon a time") == Front(None, None, None, None, None, None, None)


@pytest.mark.parametrize(
    ("words", "session", "start", "end"),
    [
        ("held its thirty-fourth session from 4 to 15 November 2019.", 34, "2019-11-04", "2019-11-15"),
        ("held its ninth session from 30 November to 11 December 2010.", 9, "2010-11-30", "2010-12-11"),
        ("held its fortieth\nsession, from 24 January to 4 February 2022.", 40, "2022-01-24", "2022-02-04"),
        ("held its twelfth session from 28 April 7 to 9 May 2014.", 12, None, None),
        ("held its twelfth session from 31 to 32 May 2014.", 12, "2014-05-31", None),
        ("held its umpteenth session from 4 to 15 November 2019.", None, "2019-11-04", "2019-11-15"),
    ],
)
def test_sessions_and_their_days(words: str, session: int | None, start: str | None, end: str | None) -> None:
    found = read(f"The Working Group {words} More.")
    assert (found.session, found.start, found.end) == (session, start, end)


def test_the_symbol_is_not_that_of_the_draft_or_of_another_document() -> None:
    page = "* Previously issued under document symbol A/HRC/WG.6/7/L.9.\nA/HRC/WG.6/19/ALB/1 and A/HRC/RES/13/27"
    assert read(page).symbol is None
    assert read(page + "\nA/HRC/14/10/Add.1\n").symbol == "A/HRC/14/10/Add.1"


def test_the_article_is_not_part_of_the_name_of_a_state() -> None:
    assert read("The review of the Islamic Republic of Iran was held at").state == "Islamic Republic of Iran"


def test_ordinals() -> None:
    words = {1: "first", 12: "twelfth", 20: "twentieth", 21: "twenty-first", 43: "forty-third", 69: "sixty-ninth"}
    assert {number: ORDINALS[word] for number, word in words.items()} == {number: number for number in words}
    assert sorted(ORDINALS.values()) == list(range(1, 70))
