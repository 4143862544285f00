"""What a pass over the sentences keeps beside the statements themselves."""

from __future__ import annotations

from uprgraph.extraction.reading import read_text
from uprgraph.extraction.recognising import recognise
from uprgraph.extraction.statements import Draft

HEAD = "Participating State: Serbia\nUPR Session: 43rd Session, 2023\n\nLegislation\n\n"


def drafted(text: str) -> Draft:
    return recognise(read_text(HEAD + text))


def test_quoted_words_are_said_to_be() -> None:
    draft = drafted(
        "ODIHR noted that the law “lacks clear criteria, but the courts are impartial”. It is not enforced."
    )
    assert [(each.text, each.reporting) for each in draft.findings] == [
        ("the law “lacks clear criteria", ""),
        ("the courts are impartial", "quotation"),
        ("It is not enforced", ""),
    ]


def test_what_stands_before_a_recommendation_is_a_finding() -> None:
    draft = drafted(
        "ODIHR noted that defenders had received threats, and encouraged the authorities to investigate them."
    )
    assert [each.text for each in draft.findings] == ["defenders had received threats"]
    assert [each.text for each in draft.recommendations] == ["to investigate them"]


def test_positions_count_in_the_place_where_a_recommendation_is_made() -> None:
    draft = drafted("ODIHR recommended to ban it, or at least to limit it. It also recommended to train judges.")
    assert [(each.position, each.fallback_for) for each in draft.recommendations] == [(1, None), (2, 1), (3, None)]


def test_words_that_nobody_understands_are_kept() -> None:
    draft = drafted("Moreover yes.")
    assert [words.text for words in draft.not_understood] == ["Moreover yes."]
