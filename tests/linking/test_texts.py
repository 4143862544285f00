"""src/uprgraph/linking/texts.py: how alike texts are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.linking import texts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("To ratify the Covenant.", "Ratify the covenant"),
        ("to  examine «joining»;", "Examine joining"),
        ("prohibit ill-treatment", "Prohibit illtreatment"),
        ("women\u2019s rights", "women's rights"),
        ("policymaking level", "policy making level"),
        ("non.discrimination", "non-discrimination"),
    ],
)
def test_letters_are_the_same_whatever_the_case_punctuation_and_leading_to(one: str, other: str) -> None:
    assert texts.read(one).letters == texts.read(other).letters


def test_a_to_that_is_part_of_a_word_or_not_leading_stays() -> None:
    assert texts.read("Tolerate it").letters == "tolerateit"
    assert texts.read("Continue to try").letters == "continuetotry"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Ratify OP-CAT and CEDAW", {"OPCAT", "CEDAW"}),
        ("Repeal articles 400 and 403", {"400", "403"}),
        ("the Second Optional Protocol", {"second"}),
        ("A footnote1 is no number", set()),
        ("Ratify ICCPR-OP2", {"ICCPROP2"}),
    ],
)
def test_marks_are_abbreviations_numbers_and_ordinals(text: str, marks: set[str]) -> None:
    assert texts.read(text).marks == marks


def test_texts_contradict_each_other_if_one_mark_stands_for_another() -> None:
    cat, cedaw, both = map(texts.read, ("Ratify CAT", "Ratify CEDAW", "Ratify CAT and CEDAW"))
    assert texts.contradict(cat, cedaw)
    assert not texts.contradict(cat, both)


def test_the_words_of_the_shorter_are_counted_in_the_longer() -> None:
    longer = texts.read("Sign and ratify the Convention and its Optional Protocol")
    assert texts.held(longer, texts.read("Ratify the Convention")) == 1.0
    assert texts.held(texts.read("Ratify the treaty"), longer) == 0.5
    assert texts.held(longer, texts.read("Ratify the optional protocols")) == 1.0
    assert texts.held(longer, texts.read("ratify ratify ratify ratify")) == 0.25


def test_a_text_with_a_number_that_the_other_lacks_is_not_held_by_it() -> None:
    longer = texts.read("Ratify Convention No. 138 without further delay of any kind")
    assert texts.held(texts.read("Ratify Convention No. 138"), longer) == 1.0
    assert texts.held(texts.read("Ratify Convention No. 182"), longer) == 0.0


def test_nothing_is_held_by_anything() -> None:
    assert texts.held(texts.read("of the"), texts.read("Ratify the Convention")) == 0.0


def test_texts_of_more_letters_than_any_recommendation_has_are_not_compared() -> None:
    endless = texts.read("a" * 20_000)
    assert texts.likeness(endless, endless) == 0.0


@given(st.text(), st.text())
def test_likeness_and_what_is_held_are_shares_and_the_same_both_ways(one: str, other: str) -> None:
    first, second = texts.read(one), texts.read(other)
    for measure in (texts.likeness, texts.held):
        assert 0.0 <= measure(first, second) <= 1.0
    assert texts.likeness(first, second) == texts.likeness(second, first)
    assert texts.contradict(first, second) == texts.contradict(second, first)
