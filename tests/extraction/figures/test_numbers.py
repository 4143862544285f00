from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.extraction.figures import numbers
from uprgraph.extraction.phrasing import phrases

from ..notations import notations

ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-five", 25),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("Eight", 8),
        ("a hundred and twenty-five", 125),
        ("two thousand three hundred and one", 2301),
        ("27.1", 27.1),
        ("27,1", 27.1),
        ("1,200", 1200),
    ],
)
def test_a_number_is_read(words: str, value: float) -> None:
    assert numbers.number(words) == value
    assert [each.value for each in numbers.numbers(f"There are {words} of them.")] == [value]


@pytest.mark.parametrize("words", ["", "twenty thirty", "five twenty", "few", "two and three"])
def test_what_is_no_number_is_none(words: str) -> None:
    assert numbers.number(words) is None


@given(st.sampled_from(sorted(TENS)), st.integers(1, 9), st.sampled_from(["-", " "]))
def test_tens_and_ones_add_up(tens: int, ones: int, joint: str) -> None:
    assert numbers.number(TENS[tens] + joint + ONES[ones - 1]) == tens + ones


@given(st.integers(0, 999_999))
def test_digits_say_themselves_with_and_without_commas(value: int) -> None:
    assert numbers.number(str(value)) == value
    assert numbers.number(f"{value:,}") == value


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("27.1 per cent women in parliament", [27.1]),
        ("twenty-seven per cent, below the average of 29.6 per cent", [27, 29.6]),
        ("nearly a third of the members", [33.3]),
        ("in nearly two thirds of the hearings", [66.7]),
        ("only two of the fifteen ministers and one in ten mayors", [13.3, 10]),
        ("twelve of the 36 posts were vacant", [33.3]),
        ("one in five led to a sentence", [20]),
        ("half the seats", [50]),
        ("six out of 10 people", [60]),
        ("40% of them", [40]),
    ],
)
def test_shares_are_in_per_cent(text: str, shares: list[float]) -> None:
    assert [each.value for each in numbers.shares(text)] == shares


@pytest.mark.parametrize(
    "text",
    [
        "one of the 57 participating States",
        "one of the two chambers",
        "compared with 25 in 2017",
        "the first half of 2020",
        "five percentage points",
        "third-party campaigning",
        "six of the 22 recommendations",
        "the elections of 20 March 2016",
    ],
)
def test_what_is_no_share(text: str) -> None:
    assert numbers.shares(text) == []


def test_a_share_stands_where_its_words_are() -> None:
    text = "Nearly a third of the members"
    [share] = numbers.shares(text)
    assert text[share.start : share.end] == "a third of"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("over a dozen", "more-than"),
        ("unemployment exceeds eighty", "more-than"),
        ("nearly 80", "about"),
        ("at least 80", "at-least"),
        ("80 or more", "at-least"),
        ("no fewer than 80", "at-least"),
        ("only 80", ""),
    ],
)
def test_qualifiers(text: str, code: str) -> None:
    [number] = numbers.numbers(text)
    assert numbers.qualifier(text, number.start, number.end) == numbers.Qualifier(code)


def test_a_bound_for_which_there_is_no_code_is_doubted() -> None:
    qualifier = numbers.qualifier("fewer than 80", 11, 13)
    assert qualifier.code == ""
    assert qualifier.doubt == 'no qualifier of the codelist says "fewer than"'


def test_qualifiers_are_codes() -> None:
    assert {phrase.means for phrase in phrases("qualifiers")} - {""} <= notations("count-qualifier")


@given(st.text(alphabet="one two of the 12,.%-half third per cent", max_size=200))
def test_no_text_is_too_odd_to_search(text: str) -> None:
    for each in [*numbers.numbers(text), *numbers.shares(text)]:
        assert 0 <= each.start < each.end <= len(text)
