from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.extraction.names import names


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("of the National Assembly", ["National Assembly"]),
        (
            "(The Greens, New Dawn and People\u2019s Party of the North)",
            ["Greens", "New Dawn", "People\u2019s Party of the North"],
        ),
        ("the Social Democrats and Modern Centre Party in drawing up", ["Social Democrats", "Modern Centre Party"]),
        (
            "the Ministry of Labour and Social Protection and the Greens",
            ["Ministry of Labour and Social Protection", "Greens"],
        ),
        ("Building on it, the National Assembly adopted", ["National Assembly"]),
        ("In March 2019 ODIHR supported the parties", []),
        ("Parliament adopted it, and Parliament keeps it", ["Parliament"]),
    ],
)
def test_names(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


@given(st.text(max_size=100))
def test_a_name_begins_and_ends_with_a_word_with_a_capital_letter(text: str) -> None:
    for name in names(text):
        assert name.split()[0][0].isupper()
        assert name.split()[-1][0].isupper()
