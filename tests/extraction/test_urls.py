from __future__ import annotations

import pytest

from uprgraph.extraction.urls import address


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Report (https://www.osce.example/odihr/466026).", "https://www.osce.example/odihr/466026"),
        ("available at: https://a.example/x?download=true", "https://a.example/x?download=true"),
        ("https://a.example/wiki/Law_(draft), and more", "https://a.example/wiki/Law_(draft)"),
        ("see www.legislationline.example.", "www.legislationline.example"),
        ("no address here", ""),
    ],
)
def test_an_address_ends_before_the_punctuation_behind_it(text: str, url: str) -> None:
    assert address(text) == url
