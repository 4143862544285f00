"""Choosing a media type by what a client accepts, as HTTP says (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_LONGEST = 4_096
"""Characters of an Accept header that are looked at."""
_LEAST, _MOST = 0.0, 1.0
_ANY = "*"


class Range(NamedTuple):
    """One range of an Accept header: how specific it is (0 to 2), its type, subtype and quality."""

    specific: int
    kind: str
    subtype: str
    quality: float

    def covers(self, media_type: str) -> bool:
        """Say whether a media type, without parameters, is in the range."""
        kind, _, subtype = media_type.partition("/")
        return self.kind in {_ANY, kind} and self.subtype in {_ANY, subtype}


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the media type of those offered that an Accept header likes best, or None if it accepts none of them.

    Among equals the first offered wins, and no header accepts everything. Offered types may have parameters
    ("text/csv; charset=utf-8"), which are not compared. Of several ranges that cover a type, the most specific counts.
    """
    if accept is None or not accept.strip():
        return offered[0] if offered else None
    return _best(accept[:_LONGEST], tuple(offered))


@lru_cache(maxsize=128)
def _best(accept: str, offered: tuple[str, ...]) -> str | None:
    """Do what `best` does; most clients of a kind send the same header."""
    ranges = sorted(_ranges(accept), key=lambda each: -each.specific)
    chosen, quality = None, _LEAST
    for media_type in offered:
        plain = media_type.partition(";")[0].strip().lower()
        found = next((each.quality for each in ranges if each.covers(plain)), _LEAST)
        if found > quality:
            chosen, quality = media_type, found
    return chosen


def takes_gzip(accept_encoding: str) -> bool:
    """Say whether a client takes answers packed with gzip (RFC 9110, 12.5.3)."""
    qualities = {}
    for part in accept_encoding[:_LONGEST].split(","):
        name, *parameters = part.split(";")
        qualities[name.strip().lower()] = _quality(parameters)
    return qualities.get("gzip", qualities.get(_ANY, _LEAST)) > _LEAST


def _ranges(accept: str) -> Iterator[Range]:
    for part in accept.split(","):
        name, *parameters = part.split(";")
        kind, slash, subtype = name.strip().lower().partition("/")
        if kind == _ANY and not slash:  # as some old clients write it
            subtype = _ANY
        if not kind or not subtype:
            continue
        yield Range((kind != _ANY) + (subtype != _ANY), kind, subtype, _quality(parameters))


def _quality(parameters: Sequence[str]) -> float:
    """Return the quality that the parameters of a range name."""
    quality = _MOST
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            quality = _number(value.strip())
    return quality


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return _LEAST
    return min(max(value, _LEAST), _MOST) if value == value else _LEAST  # noqa: PLR0124 - not a number
