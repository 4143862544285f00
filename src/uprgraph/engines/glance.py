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
_OPERATORS: Final = "|&=!<>+-*/^"
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
    looked_at = "\n".join(line for line in text.lower().split("\n") if not line.lstrip(" \t").startswith("#"))
    if any(each in looked_at for each in _CALLS) or _may_say_from(looked_at):
        return None
    opened = [looked_at.count(first) for first, _ in _PAIRS]
    if sum(opened) > most_brackets or opened != [looked_at.count(last) for _, last in _PAIRS]:
        return None
    operators = sum(map(looked_at.count, _OPERATORS)) + sum(map(looked_at.count, _CLAUSES))
    return opening[1].upper() if operators <= most_operators else None


def _may_say_from(text: str) -> bool:
    *before, _ = text.split("from")
    return any(each[-1:] not in _GLUE for each in before)
