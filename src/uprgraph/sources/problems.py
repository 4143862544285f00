"""Saying what is wrong with a row, and the signs of a text that was decoded wrongly."""

from __future__ import annotations

from pathlib import Path

from uprgraph.sources.records import Outcome, Problem

LONGEST_VALUE = 200
"""How many characters of a value a problem shows."""

_MISTAKEN_FOR = ("cp1252", "latin-1", "mac_roman")


def problem(  # noqa: PLR0917 - in the order of the fields
    path: Path, row: int | None, column: str, value: str, reason: str, outcome: Outcome, place: str = ""
) -> Problem:
    """Return a problem at a place of a file, with a long value cut."""
    shown = value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return Problem(str(path), row, place, column, shown, reason, outcome)


def is_misread(text: str) -> bool:
    """Tell whether a text looks as if it had been decoded in an encoding that is not its own.

    Then it has a replacement character, or a word whose bytes, in the encoding that UTF-8 is mistaken for, are UTF-8.
    """
    if text.isascii():
        return False
    if "\N{REPLACEMENT CHARACTER}" in text:
        return True
    return any(
        not word.isascii() and any(_is_utf8(word, encoding) for encoding in _MISTAKEN_FOR) for word in text.split()
    )


def _is_utf8(word: str, encoding: str) -> bool:
    try:
        word.encode(encoding).decode("utf-8")
    except UnicodeError:
        return False
    return True
