"""What a sentence says was found, and of which type each assertion is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.extraction import findings
from uprgraph.extraction.document import Kind, Paragraph, Words


def found(text: str) -> list[tuple[str, str]]:
    paragraph = Paragraph(Kind.TEXT, Words(text, tuple(range(len(text)))))
    return [(each.type, text[each.start : each.end]) for each in findings.assertions(paragraph, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Preliminary Opinion noted that the definition needs further clarification.",
            [("concern", "the definition needs further clarification")],
        ),
        ("ODIHR welcomed the new draft.", [("commendation", "ODIHR welcomed the new draft")]),
        (
            "In addition, the Opinion highlighted concerns regarding vague provisions on appeal.",
            [("concern", "vague provisions on appeal")],
        ),
        (
            "ODIHR noted as a positive step that assemblies would be permitted, but was concerned that a ban remained.",
            [("commendation", "assemblies would be permitted"), ("concern", "a ban remained")],
        ),
        (
            "It deplored the searches of offices, the entry bans, and the fact that nobody was paid.",
            [
                ("concern", "the searches of offices"),
                ("concern", "the entry bans"),
                ("concern", "the fact that nobody was paid"),
            ],
        ),
        (
            "The elections were well organized, the final report stated.",
            [("commendation", "The elections were well organized")],
        ),
        # Set against praise, a clause without words of judgement is a concern.
        (
            "ODIHR values the work of the group, yet it meets behind doors.",
            [("commendation", "ODIHR values the work of the group"), ("concern", "it meets behind doors")],
        ),
        ("The Law has ten chapters and an annex.", [("observation", "The Law has ten chapters and an annex")]),
        ("Submission of ODIHR under review", []),
    ],
)
def test_assertions(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ODIHR did not assess freedom of assembly.",
        "The present submission provides publicly available information.",
        "ODIHR has been mandated by participating States to assist them.",
        "[A note of the translator.]",
    ],
)
def test_what_states_nothing(text: str) -> None:
    assert findings.context(text)


def test_what_states_something() -> None:
    assert findings.context("The group has not met since 2018.") is None


@given(st.text(max_size=300))
def test_assertions_lie_within_their_sentence(text: str) -> None:
    paragraph = Paragraph(Kind.TEXT, Words(text, tuple(range(len(text)))))
    for each in findings.assertions(paragraph, 0, len(text)):
        assert 0 <= each.start < each.end <= len(text)
        assert 0 < each.confidence <= 1
