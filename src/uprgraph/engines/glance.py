"""What the characters of a query tell without its tokens: that it holds nothing that must be looked for.

Most queries neither name a service or a graph nor come near a limit, and that shows at a glance: a word that stands
nowhere in the text is no keyword in it, and there are no more operators than there are characters that make operators.
Whatever is not seen so is for `guard` to read token by token.
"""

from __future__ import annotations

import re
from typing import Final

_CALLS: Final = ("service", "\\u")
"""What makes a query call out, and what may spell it in another way. Engines read keywords that are glued to others."""
_GLUE: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
"""What FROM cannot follow. A keyword may; FROM follows the first of all, and that one stands alone, see `_OPENING`."""
_LONGER_LINES: Final = ('"""', "'''", "\r")
"""With these, a line is not what it seems: it may stand in a string, or hold the end of a comment."""
_OPERATORS: Final = b"|&=!<>+-*/^"
_CLAUSES: Final = ("union", "optional", "minus", "filter", "bind", "lateral")
_PAIRS: Final = ("{}", "()", "[]")
_IRI: Final = r"""<[^<>"{}|^`\\\x00-\x20]*+>"""
_LONG_IRI: Final = re.compile(r"<[^<>\x00-\x20]{2000}")
"""One that is near the length that `guard` allows, or what looks like one."""
_OPENING: Final = re.compile(
    rf"""
    (?: [ \t\n]++ | \#[^\n]*+ | BASE [ \t\n]*+ {_IRI} | PREFIX [ \t\n]++ [A-Za-z0-9_-]*+ : [ \t\n]*+ {_IRI} )*+
    (SELECT|ASK|CONSTRUCT|DESCRIBE) (?=[ \t\n*{{(?$<\#])
    """,
    re.VERBOSE | re.IGNORECASE,
)


def form(text: str, most_brackets: int, most_operators: int) -> str | None:
    """Return the first word of a query, in capitals, that neither calls out, names graphs, nor exceeds a limit.

    None says that it may: that nothing is known yet. The limits are brackets within each other, and operators with
    clauses, of which no more are counted than there may be.
    """
    opening = _OPENING.match(text)
    if opening is None or any(each in text for each in _LONGER_LINES) or _LONG_IRI.search(text):
        return None
    lowered = text.lower()
    with_or_without_comments = (get(lowered) for get in (str, _without_comments))
    if any(_is_harmless(each, most_brackets, most_operators) for each in with_or_without_comments):
        return opening[1].upper()
    return None


def _without_comments(text: str) -> str:
    """Return the lines that are no comments as a whole."""
    return "\n".join(line for line in text.split("\n") if not line.lstrip(" \t").startswith("#"))


def _is_harmless(text: str, most_brackets: int, most_operators: int) -> bool:
    """Say whether a text in small letters holds nothing of what `form` looks for, wherever it may stand."""
    if any(each in text for each in _CALLS) or _may_say_from(text):
        return False
    opened = [text.count(first) for first, _ in _PAIRS]
    if sum(opened) > most_brackets or opened != [text.count(last) for _, last in _PAIRS]:
        return False
    encoded = text.encode("utf-8", "replace")
    operators = len(encoded) - len(encoded.translate(None, _OPERATORS))
    clauses = len(text) // min(map(len, _CLAUSES))
    if operators + clauses > most_operators:  # there are hardly as many as would fit in
        clauses = sum(map(text.count, _CLAUSES))
    return operators + clauses <= most_operators


def _may_say_from(text: str) -> bool:
    *before, _ = text.split("from")
    return any(each[-1:] not in _GLUE for each in before)
