"""Text as people write it: white space folded, and what may have been meant by a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

OPENING_MARKS = '"\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}'
CLOSING_MARKS = '"\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}'
QUOTATION_MARKS = OPENING_MARKS + CLOSING_MARKS[1:]


def fold_space(text: str) -> str:
    """Return a text with each run of white space as one space, and none at the ends."""
    return " ".join(text.split())


def nearest(text: str, known: Iterable[str], number: int = 2) -> list[str]:
    """Return up to `number` of the `known` words that are like `text`, nearest first; none if none is like it."""
    from difflib import get_close_matches  # of use only after a mistake

    return get_close_matches(text, list(known), n=number)


def did_you_mean(suggestions: Sequence[str]) -> str | None:
    """Return the question whether one of the suggestions was meant, None if there are none."""
    return "did you mean " + " or ".join(f'"{each}"' for each in suggestions) + "?" if suggestions else None
