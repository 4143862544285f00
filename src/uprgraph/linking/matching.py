"""Which recommendations of one dataset are those of others, within one review and by the same States."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EXACT = "exact-text"
"""The method of matches whose texts are the same but for white space."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recommendation to be matched: `key` is the hash of its text, `text` None where only that is known.

    `paragraph` is its number in the report of the Working Group, where the source gives it; `recommenders` are IRIs.
    """

    key: str
    text: str | None
    paragraph: str | None
    recommenders: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """That a new recommendation is a known one, both by their position; `score` says how alike they are, 0 to 1."""

    known: int
    new: int
    score: float
    method: str


def match(known: Sequence[Candidate], new: Sequence[Candidate]) -> list[Match]:
    """Return the matches between recommendations of one review: those already known, and those of another dataset."""
    by_key = {candidate.key: position for position, candidate in enumerate(known)}
    return [
        Match(by_key[candidate.key], position, 1.0, EXACT)
        for position, candidate in enumerate(new)
        if candidate.key in by_key
    ]
