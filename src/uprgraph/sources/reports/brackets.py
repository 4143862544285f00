"""Brackets that name States, in the many ways in which reports write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from uprgraph.sources.states import StateNames
from uprgraph.wording import fold_space

_SEPARATOR = re.compile(r"\s*(?:[,;/&]|\band\b)\s*")
_SENTENCE = re.compile(r"\([^;()]{1,200}(?:\([^;()]{1,80}\)[^;()]{0,200}){0,3}(?=;|$)")
_NAME = re.compile(r"(?:the |The )?[^\W\d_][^\d:;\"]*")
_LONGEST_NAME = 80
_SMALL_WORDS = frozenset({"and", "of", "the", "de", "d'", "on", "behalf"})
_MOST_STATES = 250
_MOST_PIECES = 4
"""Of a name with separators in it, such as "United Kingdom of Great Britain and Northern Ireland"."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """Where a bracket begins and ends, the States that it names (IRIs), and names in it that name none."""

    start: int
    end: int
    states: list[str]
    unknown: list[str]


def brackets(paragraph: str, names: StateNames) -> Iterator[Bracket]:
    """Yield the brackets that name States, outermost first where one is in another."""
    after = 0
    for start, end, closed in sorted([*_pairs(paragraph), *_unclosed(paragraph)]):
        if start < after:
            continue
        words = paragraph[start + 1 : end - closed]
        found = _named(words, names)
        if found is None and closed and _stands_where_states_do(paragraph, end):
            found = _misspelt(words, names)
        if found is not None:
            yield Bracket(start, end, *found)
            after = end


def _pairs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where the brackets of a text begin and end, with true, since they are closed.

    Those that hold brackets in brackets are left out: no list of States does.
    """
    opened = list[list[int]]()
    for place, character in enumerate(text):
        if character == "(":
            opened.append([place, 0])
        elif character == ")" and opened:
            start, held = opened.pop()
            if opened:
                opened[-1][1] = max(opened[-1][1], held + 1)
            if held <= 1:
                yield start, place + 1, True


def _unclosed(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where brackets begin that are never closed, and where their sentence ends, with false.

    As in "Do this (Spain; do that (Peru);".
    """
    opened: list[int] = []
    for place, character in enumerate(text):
        if character == "(":
            opened.append(place)
        elif character == ")" and opened:
            opened.pop()
    for start in opened:
        end = _SENTENCE.match(text, start)
        if end is not None:
            yield start, end.end(), False


def _stands_where_states_do(paragraph: str, end: int) -> bool:
    return re.match(r"\d{0,2}\s*(?:[;.,(]|$)", paragraph[end : end + 8]) is not None


def _named(words: str, names: StateNames) -> tuple[list[str], list[str]] | None:
    """Return the States that a bracket names, and what else it names; None if it names no State or is a sentence."""
    whole = state_called(words, names)
    if whole is not None:
        return [whole], []
    pieces = _pieces(words)
    if not 1 < len(pieces) <= _MOST_STATES:
        return None
    states, unknown, first = [], list[str](), 0
    while first < len(pieces):
        for last in range(min(first + _MOST_PIECES, len(pieces)) - 1, first - 1, -1):
            state = state_called(words[pieces[first][0] : pieces[last][1]], names)
            if state is not None:
                states.append(state)
                break
        else:
            last = first
            unknown.append(words[slice(*pieces[first])])
            if not _looks_like_a_name(unknown[-1]):
                return None
        first = last + 1
    return (states, unknown) if states else None


def _pieces(words: str) -> list[tuple[int, int]]:
    """Return where the names in a list stand: from the end of a separator to the start of the next."""
    pieces, start = [], 0
    for separator in _SEPARATOR.finditer(words):
        pieces.append((start, separator.start()))
        start = separator.end()
    pieces.append((start, len(words)))
    return [(start, end) for start, end in pieces if words[start:end].strip()]


def state_called(name: str, names: StateNames) -> str | None:
    """Return the IRI of the State called `name`, an article before it or not; None if no State is called so."""
    if len(name) > 2 * _LONGEST_NAME:
        return None
    folded = re.sub(r"(?<=\() | (?=\))", "", fold_space(name).strip(" .*"))
    return names.get(folded) or names.get(re.sub(r"^[Tt]he ", "", folded))


def _looks_like_a_name(name: str) -> bool:
    folded = fold_space(name)
    return (
        len(folded) <= _LONGEST_NAME
        and _NAME.fullmatch(folded) is not None
        and not folded.isupper()
        and all(word[0].isupper() or word in _SMALL_WORDS for word in folded.split())
    )


def _misspelt(words: str, names: StateNames) -> tuple[list[str], list[str]] | None:
    """Return, as unknown, what is like the name of a State; None if it is not."""
    name = fold_space(words)
    return ([], [name]) if _looks_like_a_name(name) and names.resembling(name) else None
