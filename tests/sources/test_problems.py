from __future__ import annotations

from pathlib import Path

import pytest

from uprgraph.sources.problems import is_misread, problem


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman"])
@pytest.mark.parametrize("word", ["C\u00f4te d'Ivoire", "T\u00fcrkiye", "S\u00e3o Tom\u00e9"])
def test_utf_8_read_as_something_else(word: str, encoding: str) -> None:
    assert is_misread(word.encode().decode(encoding))
    assert not is_misread(word)


@pytest.mark.parametrize(
    "word", ["", "plain", "S\u00c3O", "\u2019tis \u201cso\u201d\u2026", "Казахстан", "哈萨克斯坦", "5\u00b0 \u00a7 4"]
)
def test_words_that_are_as_they_should_be(word: str) -> None:
    assert not is_misread(word)


def test_what_could_not_be_decoded_is_a_sign_too() -> None:
    assert is_misread("C\ufffdte")


@pytest.mark.parametrize(("length", "shown"), [(200, 200), (201, 200), (9999, 200)])
def test_a_long_value_is_cut(length: int, shown: int) -> None:
    found = problem(Path("a.csv"), 2, "Text", "x" * length, "is long", "kept")
    assert len(found.value) == shown
    assert found.value.endswith("\u2026") == (length > 200)
    assert (found.file, found.row, found.column, found.outcome, found.place) == ("a.csv", 2, "Text", "kept", "")
