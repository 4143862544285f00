"""Texts some of whose words stand out, in the formats that can show it: tables on a terminal, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uprgraph.engines.terms import Literal, Term


@dataclass(frozen=True, slots=True)
class Marked(Literal):
    """A literal, and the places in it, without overlaps and in order, that are to stand out."""

    marks: tuple[tuple[int, int], ...] = ()


def pieces(term: Term | None, text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of the text shown for a term, and whether each stands out; together they are the text."""
    at = 0
    for start, end in term.marks if isinstance(term, Marked) else ():
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False
