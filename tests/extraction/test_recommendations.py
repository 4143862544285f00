"""What a sentence or a list recommends, item by item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.extraction import recommendations


def found(text: str) -> list[str]:
    return [
        ("or: " if each.fallback else "") + text[each.start : each.end]
        for each in recommendations.in_sentence(text, 0, len(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ODIHR recommended to remove A, and replace it with B, as well as to introduce C.",
            ["to remove A, and replace it with B", "to introduce C"],
        ),
        (
            "the Opinion recommended to reconsider the ban, or, at a minimum, to amend, and more strictly limit, it.",
            ["to reconsider the ban", "or: to amend, and more strictly limit, it"],
        ),
        (
            "It called on the Ministry of Finance to set a ceiling or, alternatively, to require publication.",
            ["to set a ceiling", "or: to require publication"],
        ),
        (
            "ODIHR encouraged the State to hire more teachers and, where this is not possible, at least to train them.",
            ["to hire more teachers", "or: to train them"],
        ),
        (
            "ODIHR recommended that the organisers not be held liable, and that the period be reduced.",
            ["the organisers not be held liable", "the period be reduced"],
        ),
        (
            "The priority recommendations relate to a review of the laws, the accuracy of lists, and the quota.",
            ["a review of the laws", "the accuracy of lists", "the quota"],
        ),
        (
            "The priority recommendations focus on the need for inclusive reform, to amend the law, and to take steps.",
            ["inclusive reform", "to amend the law", "to take steps"],
        ),
        (
            "They include: revising the framework, safeguarding secrecy, and protecting journalists from suits.",
            ["revising the framework", "safeguarding secrecy", "protecting journalists from suits"],
        ),
        (
            "The key recommendations read: “A. The deadline should be extended; B. Donations should be prohibited.”",
            ["The deadline should be extended", "Donations should be prohibited"],
        ),
        (
            "The office should therefore receive funds, and should have a say.",
            ["The office should therefore receive funds", "should have a say"],
        ),
        ("It also suggested publishing all judgments.", ["publishing all judgments"]),
        ("Partners are encouraged to implement them.", []),
        ("The group has not met since 2018.", []),
    ],
)
def test_items(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("ODIHR made the following recommendations:", False),
        ("The priority recommendations are as follows:", True),
        ("ODIHR recommended to the authorities:", False),
    ],
)
def test_what_leads_to_a_list(text: str, priority: bool) -> None:
    lead = recommendations.leads_to_list(text, 0, len(text))
    assert lead is not None
    assert lead.priority is priority


def test_what_does_not_lead_to_a_list() -> None:
    text = "ODIHR recommended to end this practice."
    assert recommendations.leads_to_list(text, 0, len(text)) is None


def test_an_item_of_a_list_is_one_recommendation_and_its_fallback() -> None:
    text = "to continue, and to fund adequately, the programmes, or at least to keep them;"
    items = recommendations.item_of_list(text)
    assert [(text[each.start : each.end], each.fallback) for each in items] == [
        ("to continue, and to fund adequately, the programmes", False),
        ("to keep them", True),
    ]


@given(st.text(alphabet="recommended to do,; and or at least that be should A. ", max_size=300))
def test_items_lie_in_the_sentence_one_after_the_other(text: str) -> None:
    reached = 0
    for each in recommendations.in_sentence(text, 0, len(text)):
        assert reached <= each.start < each.end <= len(text)
        reached = each.end
