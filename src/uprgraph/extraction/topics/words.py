"""Words as they are compared where rights and principles are recognised: their places, their stems, what they do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from uprgraph.errors import MissingExtraError

_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_HUMAN_RIGHTS = r"human[ \t\r\n]{1,4}rights?(?![^\W_])"
_PREFIXED = r"(?:anti|non|co|self|pre)-[^\W_]+"
_WORD = re.compile(rf"(?:{_HUMAN_RIGHTS}|{_PREFIXED}|[^\W_]+)(?:[{_APOSTROPHES}]s?(?![^\W_]))?", re.IGNORECASE)
_OPINION_NUMBER = re.compile(r"\b[A-Z]{2,6}[-/][A-Z]{2,4}[-/][\d/]+")
_ENDS = frozenset(".;:?!\N{HORIZONTAL ELLIPSIS}")
_LONGEST = 40
"""Characters of a word that are compared; a longer one is no word of a label."""


class Role(Enum):
    """What a word does in a label or between its words."""

    CONTENT = auto()
    STOP = auto()
    JOINING = auto()
    FILLING = auto()
    BOUNDARY = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: its offsets, as it is written, its stem, its role, and what stands `before` it.

    `parts` where no label goes on over what stands before it, such as a full stop or a colon.
    """

    start: int
    end: int
    written: str
    stem: str
    role: Role
    before: str
    parts: bool

    @property
    def possessive(self) -> bool:
        """Whether the word has a possessive ending: "women's", "journalists'"."""
        return any(mark in self.written for mark in _APOSTROPHES)


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text in their order; numbers of opinions are none."""
    hidden = [match.span() for match in _OPINION_NUMBER.finditer(text)]
    found = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        if not any(first < end and start < after for first, after in hidden):
            written, before = match[0], text[last:start]
            parts = not _ENDS.isdisjoint(before)
            found.append(Token(start, end, written, stem(written), role(written), before, parts))
        last = end
    return tuple(found)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return what inflected forms of a word share; words of a group of the list `same` share theirs."""
    bare = plain(word)[:_LONGEST]
    return _same().get(bare) or _stemmed(bare)


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """Return a word in small letters, without a possessive ending, a hyphen after a prefix, or white space."""
    small = re.sub(rf"[{_APOSTROPHES}]s?$", "", word.casefold())
    return re.sub(r"[-\s]+", "", small)


@lru_cache(maxsize=20_000)
def is_number_of(word: str, other: str) -> bool:
    """Tell whether two words are the same, or one the plural of the other."""
    one, two = sorted((plain(word), plain(other)), key=len)
    plurals = {one, f"{one}s", f"{one}es", f"{one[:-1]}ies" if one.endswith("y") else one}
    return two in plurals or _irregular().get(one) == two


@lru_cache(maxsize=20_000)
def role(word: str) -> Role:
    """Return what a word does."""
    return _roles().get(plain(word), Role.CONTENT)


@cache
def table() -> Mapping[str, Any]:
    """Return what topic-words.toml has."""
    path = Path(__file__).with_name("words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _roles() -> dict[str, Role]:
    kinds = {"stop": Role.STOP, "joining": Role.JOINING, "filling": Role.FILLING, "boundary": Role.BOUNDARY}
    return {word: kind for name, kind in kinds.items() for word in table()[name]}


@cache
def _same() -> dict[str, str]:
    together = {word: _stemmed(group[0]) for group in table()["same"] for word in group}
    return together | {word: word for word in table()["apart"]}


@cache
def _irregular() -> dict[str, str]:
    return {"woman": "women", "man": "men", "child": "children", "person": "people"}


def _stemmed(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    try:
        from snowballstemmer import stemmer
    except ImportError as error:
        raise MissingExtraError("snowballstemmer", "extraction", "recognising rights and principles") from error
    return stemmer("english")
