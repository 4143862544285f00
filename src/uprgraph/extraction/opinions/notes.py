"""Footnotes of opinions: the address at which one is published, and what a note adds to the title in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from uprgraph.extraction.document import Document, Footnote, Paragraph, Words
from uprgraph.extraction.urls import address

_CLOSE = re.compile(r"\s*[)\]]{0,3}\.?(?=\s|$)")
_NAMES = re.compile(r"\b(?:opinion|comments|note|guidelines|brief|review)\b", re.IGNORECASE)
_AVAILABLE = re.compile(r"\bavailable\b|\bpublished\b|^\s*(?:see\s+)?(?:https?://|www\.)", re.IGNORECASE)
_BEHIND = 2
"""Characters between a mention and its mark: a full stop and a space."""
_INLINE = re.compile(r"[\s,;(\[]{0,4}(?:available\s+(?:at|here)?:?\s*)?(?=https?://|www\.)", re.IGNORECASE)


def inline_address(text: str, end: int) -> str:
    """Return the address that stands right behind a mention in the text itself, empty if none does."""
    lead = _INLINE.match(text, end)
    return address(text[lead.end() :]) if lead else ""


def marked(document: Document, paragraph: Paragraph, start: int, end: int) -> Iterator[Footnote]:
    """Yield the footnotes whose marks stand at the words between two offsets, or right behind them."""
    for mark in paragraph.marks:
        if start < mark.offset <= end + _BEHIND and mark.number in document.footnotes:
            yield document.footnotes[mark.number]


def tells_where(note: Footnote) -> bool:
    """Tell whether a note says where an opinion is published, without naming another thing."""
    text = note.words.text
    return bool(address(text) and _NAMES.search(text) and _AVAILABLE.search(text))


def reference(note: Footnote) -> Words:
    """Return the words of a note as far as they refer to an opinion: up to its address, and all without one."""
    text = note.words.text
    found = address(text)
    if not found:
        return note.words
    stop = text.index(found) + len(found)
    close = _CLOSE.match(text, stop)
    return note.words.cut(0, close.end() if close else stop)
