"""The IRIs of a dossier: keys of opinions, slugs of titles and names."""

from __future__ import annotations

import re
import unicodedata

_INITIALS = re.compile(r"\s*[\[(][A-Za-z]+(?:/[A-Za-z]+){0,5}[\])]\s*$")
_APOSTROPHES = re.compile("[\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}'`]")


def opinion_key(number: str) -> str:
    """Return the key of an opinion: its number without initials in brackets, joined by hyphens."""
    return re.sub(r"[^A-Z0-9]+", "-", _INITIALS.sub("", number[:100]).upper()).strip("-")


def symbol_key(symbol: str) -> str:
    """Return the key of a document of the United Nations: A-HRC-WG.6-37-GEO-3 for A/HRC/WG.6/37/GEO/3."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", symbol).strip("-.")


def slug(text: str, state: str = "", longest: int = 80) -> str:
    """Return a text as the end of an IRI: lower case, words joined by hyphens, cut at a word where it is long.

    `state` is the name of the State, which an IRI has at another place; "of Kazakhstan" goes.
    """
    if state:
        of_state = rf"\s+(?:of|in)\s+(?:the\s+)?(?:Republic\s+of\s+)?{re.escape(state)}\b"
        text = re.sub(of_state, "", text, flags=re.IGNORECASE)
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).encode("ascii", "ignore").decode()
    joined = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(joined) > longest:
        joined = joined[:longest].rpartition("-")[0]
    return joined or "unnamed"
