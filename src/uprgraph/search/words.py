"""The words that a user searches for, parsed: words, "phrases", prefix*, AND, OR, NOT and parentheses.

Words beside each other must all be found, as with AND, which binds more tightly than OR. NOT takes away what holds the
word, phrase or group after it, and needs something beside it to take away from. Operators are in capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from uprgraph.errors import QueryError

MAX_LENGTH = 1_000
"""Characters that may be searched for."""
MAX_DEPTH = 20
"""Parentheses within each other."""
MAX_TERMS = 100
"""Words and phrases."""

_HINT = 'write words, "a phrase", prefix*, AND, OR, NOT and ( )'
_QUOTES = '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'
_TOKEN = re.compile(
    rf"""(?P<space>\s+) | (?P<open>\() | (?P<close>\)) | [{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}](?P<star>\*?)
    | (?P<quote>[{_QUOTES}]) | (?P<word>[^\s(){_QUOTES}]+)""",
    re.VERBOSE,
)
_OPERATORS = {"AND", "OR", "NOT"}


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, as typed, at a place (from 1); with `prefix`, its last word may go on."""

    text: str
    place: int
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """All of `wanted`, which is not empty, and none of `unwanted`."""

    wanted: tuple[Node, ...]
    unwanted: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts."""

    parts: tuple[Node, ...]


Node = Term | Both | Either


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int


def parse(text: str) -> Node:
    """Return what a text asks for. Raises QueryError, with the place, for what is not of the grammar or too much."""
    if len(text) > MAX_LENGTH:
        raise QueryError(f"{len(text):,} characters are too many to search for; {MAX_LENGTH:,} may be given")
    tokens = _tokens(text)
    if not tokens:
        raise QueryError("there is nothing to search for", hint=_HINT)
    if sum(token.kind in {"term", "prefix"} for token in tokens) > MAX_TERMS:
        raise QueryError(f"more than {MAX_TERMS} words and phrases cannot be searched for at once")
    return _Parser(tokens).parsed()


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        kind, place = str(match.lastgroup), match.start() + 1
        if kind in {"phrase", "star"}:
            found.append(_Token("prefix" if match["star"] else "term", match["phrase"], place))
        elif kind == "quote":
            raise QueryError(f"the quotation mark at character {place} is not closed", hint=_HINT)
        elif kind == "word":
            found.append(_word(match["word"], place))
        elif kind != "space":
            found.append(_Token(kind, match[0], place))
    return found


def _word(text: str, place: int) -> _Token:
    if text in _OPERATORS:
        return _Token(text, text, place)
    word = text.removesuffix("*")
    if not word or "*" in word:
        star = place + text.index("*")
        raise QueryError(f"the * at character {star} does not stand at the end of a word", hint=_HINT)
    return _Token("term" if word == text else "prefix", word, place)


class _Parser:
    """Reads the tokens from left to right; each method reads what it is named for."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def parsed(self) -> Node:
        node = self._either()
        if (token := self._next()) is not None:
            raise QueryError(f"the parenthesis at character {token.place} was not opened", hint=_HINT)
        return node

    def _next(self, *kinds: str) -> _Token | None:
        """Return the token that comes next if it is of one of the kinds, or of any kind if none is named."""
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        return token if token is not None and (not kinds or token.kind in kinds) else None

    def _take(self, *kinds: str) -> _Token | None:
        token = self._next(*kinds)
        self._at += token is not None
        return token

    def _either(self) -> Node:
        parts = [self._both()]
        while (operator := self._take("OR")) is not None:
            parts.append(self._both(operator))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self, operator: _Token | None = None) -> Node:
        """Read what stands between two ORs; `operator` is the one before it."""
        wanted: list[Node] = []
        unwanted: list[Node] = []
        first = self._next()
        while True:
            negation = self._take("NOT")
            (unwanted if negation else wanted).append(self._unit(negation or operator))
            operator = self._take("AND")
            if operator is None and self._next("term", "prefix", "open", "NOT") is None:
                break
        if not wanted and first is not None:
            raise QueryError(f"NOT at character {first.place} has nothing beside it to take away from", hint=_HINT)
        return wanted[0] if len(wanted) == 1 and not unwanted else Both(tuple(wanted), tuple(unwanted))

    def _unit(self, operator: _Token | None) -> Node:
        """Read a word, a phrase or a group; `operator` is the one before it."""
        token = self._take("term", "prefix")
        if token is not None:
            return Term(token.text, token.place, token.kind == "prefix")
        opening = self._take("open")
        if opening is not None:
            return self._group(opening)
        if operator is not None:
            raise QueryError(f"{operator.text} at character {operator.place} has nothing after it", hint=_HINT)
        wrong = self._next()
        if wrong is None:  # only after an opening parenthesis, since what is empty has no tokens
            raise QueryError(f"the parenthesis at character {self._tokens[-1].place} is not closed", hint=_HINT)
        if wrong.kind != "close":
            raise QueryError(f"{wrong.text} at character {wrong.place} has nothing before it", hint=_HINT)
        if self._depth == 0:
            raise QueryError(f"the parenthesis at character {wrong.place} was not opened", hint=_HINT)
        before = self._tokens[self._at - 1]
        raise QueryError(f"the parentheses at character {before.place} hold nothing", hint=_HINT)

    def _group(self, opening: _Token) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(f"more than {MAX_DEPTH} parentheses within each other cannot be read")
        node = self._either()
        if self._take("close") is None:
            raise QueryError(f"the parenthesis at character {opening.place} is not closed", hint=_HINT)
        self._depth -= 1
        return node
