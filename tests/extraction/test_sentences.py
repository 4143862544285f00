"""Where sentences end, and where clauses do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.extraction.sentences import clauses, sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def cut(text: str) -> list[str]:
    return [text[each.start : each.end] for each in clauses(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One is here. Two is there.", ["One is here.", "Two is there."]),
        ("It said “so it is.” Then it left.", ["It said “so it is.”", "Then it left."]),
        ("See Opinion Nr. FOI-X of 2015. It is long.", ["See Opinion Nr. FOI-X of 2015.", "It is long."]),
        ("The report by J. Smith was read. 20 came.", ["The report by J. Smith was read.", "20 came."]),
        ("They recommended: A. do this; B. do that", ["They recommended: A. do this; B. do that"]),
        ("e.g. The law", ["e.g. The law"]),
        ("as in Opinion no. FOI-XY. It is long.", ["as in Opinion no. FOI-XY.", "It is long."]),
        ("", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert split(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Registration was inclusive but choice is lacking.", ["Registration was inclusive", "choice is lacking"]),
        (
            "Debate was absent, and the blurring of the distinction benefited one party.",
            ["Debate was absent", "the blurring of the distinction benefited one party"],
        ),
        (
            "While the draft is a step forward, the Opinion criticised its terms.",
            ["the draft is a step forward", "the Opinion criticised its terms"],
        ),
        ("It noted that A is good and that B is not", ["It noted that A is good", "B is not"]),
        ("a rule that is needless and that may harm", ["a rule that is needless and that may harm"]),
        # One assertion: what is asked for is the other side of what is criticised.
        ("The law restricts rights, and reform is required.", ["The law restricts rights, and reform is required"]),
        ("Lists (old, but the best) were used", ["Lists (old, but the best) were used"]),
    ],
)
def test_clauses(text: str, found: list[str]) -> None:
    assert cut(text) == found


def test_clauses_that_are_set_against_each_other_know_it() -> None:
    text = "Registration was inclusive but choice is lacking"
    assert [each.contrast for each in clauses(text, 0, len(text))] == [False, True]


@given(st.text(alphabet="ab .,;:but and that while “”()A", max_size=300))
def test_clauses_lie_within_their_sentence_one_after_the_other(text: str) -> None:
    reached = 0
    for start, end in sentences(text):
        assert reached <= start < end <= len(text)
        reached = end
        place = start
        for each in clauses(text, start, end):
            assert place <= each.start < each.end <= end
            place = each.end


def test_a_very_long_sentence_is_one_clause() -> None:
    text = "it is so, but " * 2_000
    assert len(clauses(text, 0, len(text))) == 1
