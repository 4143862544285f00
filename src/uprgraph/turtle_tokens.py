"""The tokens of Turtle, TriG, N-Triples and N-Quads text, each with its place.

Parsers give triples and forget where they stood. Finding the line of a statement, or a comment that a formatter would
lose, needs the text's tokens. The reader never fails: a character that begins no token comes out as `Kind.OTHER`, and
what is wrong with such a text is the parser's to say.

Source: RDF 1.1 Turtle (https://www.w3.org/TR/turtle/), section 6.5, and RDF 1.1 TriG.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from uprgraph.errors import InvalidDataError

MAX_DEPTH = 50
"""Brackets within each other. Readers and writers of nested nodes call themselves, and fail at some 900."""


class Kind(Enum):
    """What a token is."""

    COMMENT = "comment"
    IRI = "iri"
    STRING = "string"
    BLANK = "blank"
    DIRECTIVE = "directive"
    DATATYPE = "datatype"
    NUMBER = "number"
    NAME = "name"
    WORD = "word"
    PUNCTUATION = "punctuation"
    OTHER = "other"


class Token(NamedTuple):
    """One token: its text as written, and the line it begins in, counted from 1."""

    kind: Kind
    text: str
    line: int


_PN_BASE = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_PN_CHARS = _PN_BASE + r"_0-9\u00B7\u0300-\u036F\u203F-\u2040\-"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX = rf"[{_PN_BASE}](?:[{_PN_CHARS}.]*[{_PN_CHARS}])?"
_LOCAL = rf"(?:[{_PN_BASE}_:0-9]|{_ESCAPED})(?:(?:[{_PN_CHARS}:]|{_ESCAPED})|\.+(?=[{_PN_CHARS}:%\\]))*"

_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<space>[ \t\r\n]+)",
            r"(?P<comment>\#[^\r\n]*)",
            r"(?P<iri><[^\x00-\x20<>\"{}|^`\\]*(?:\\[uU][0-9A-Fa-f]+[^\x00-\x20<>\"{}|^`\\]*)*>)",
            r'(?P<string>"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""|' + r"'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''|"
            r'"(?:[^"\\\r\n]|\\.)*"|' + r"'(?:[^'\\\r\n]|\\.)*')",
            rf"(?P<blank>_:[{_PN_BASE}_0-9](?:[{_PN_CHARS}]|\.+(?=[{_PN_CHARS}]))*)",
            r"(?P<directive>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)",
            r"(?P<datatype>\^\^)",
            r"(?P<number>[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+))",
            rf"(?P<name>(?:{_PREFIX})?:(?:{_LOCAL})?)",
            r"(?P<word>[A-Za-z]+)",
            r"(?P<punctuation>[.;,\[\](){}])",
            r"(?P<other>.)",
        )
    ),
    re.DOTALL,
)
_KINDS = {kind.value: kind for kind in Kind}
_LINE_END = re.compile(r"\r\n|\r|\n")


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of `text` in order, comments among them, white space left out."""
    line = 1
    for match in _TOKEN.finditer(text):
        written = match[0]
        kind = _KINDS.get(match.lastgroup or "")
        if kind is not None:
            yield Token(kind, written, line)
        if kind is None or kind is Kind.STRING:
            line += len(_LINE_END.findall(written))


def first_comment(text: str) -> int | None:
    """Return the line of the first comment in `text`, None if it has none."""
    if "#" not in text:
        return None
    return next((token.line for token in tokens(text) if token.kind is Kind.COMMENT), None)


def check_depth(text: str, path: Path | None = None) -> None:
    """Raise InvalidDataError, with the line, if brackets are nested deeper than MAX_DEPTH."""
    if text.count("[") + text.count("(") <= MAX_DEPTH:
        return
    depth = 0
    for token in tokens(text):
        if token.kind is Kind.PUNCTUATION:
            depth += (token.text in "[(") - (token.text in "])")
            if depth > MAX_DEPTH:
                raise InvalidDataError(f"brackets nested more than {MAX_DEPTH} deep", path, token.line)
