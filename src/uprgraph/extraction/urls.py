"""Addresses on the web, as footnotes give them."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]{3,500}", re.IGNORECASE)
_TRAILING = ".,;:!'\N{RIGHT SINGLE QUOTATION MARK}"


def address(text: str) -> str:
    """Return the first address in a text without the punctuation that follows it, "" if there is none."""
    match = _ADDRESS.search(text)
    if not match:
        return ""
    found = match[0].rstrip(_TRAILING)
    while found.endswith((")", "]")) and found.count(")") + found.count("]") > found.count("(") + found.count("["):
        found = found[:-1].rstrip(_TRAILING)
    return found
