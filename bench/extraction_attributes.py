"""What matched statements are compared in, beyond being there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bench.extraction_likeness import ALIKE, overlap
from uprgraph.extraction.statements import LegalText, Opinion
from uprgraph.wording import fold_space

FALLBACK = "fallback"
"""The attribute that is compared by what other statements match: see `Comparison`."""

_DOUBLE_QUOTES = r"[\u201c\u201d\u201e\u201f]"
_SINGLE_QUOTES = r"[\u2018\u2019]"

Agree = Callable[[Any, Any], bool]


def _same(name: str) -> Agree:
    return lambda wanted, found: bool(getattr(wanted, name) == getattr(found, name))


def _title(wanted: Opinion, found: Opinion) -> bool:
    return _plain(wanted.title) == _plain(found.title)


def _plain(text: str) -> str:
    """Return a text in which white space and the form of quotes do not count."""
    return fold_space(re.sub(_SINGLE_QUOTES, "'", re.sub(_DOUBLE_QUOTES, '"', text)))


def _joint(wanted: Opinion, found: Opinion) -> bool:
    return set(wanted.joint) == set(found.joint) and set(wanted.other_numbers) == set(found.other_numbers)


def _reviewed(wanted: Opinion, found: Opinion) -> bool:
    """Tell whether the same texts are reviewed: as many, and each of the same kind under a title that is alike."""
    return len(wanted.reviewed) == len(found.reviewed) and all(
        any(_same_text(one, other) for other in found.reviewed) for one in wanted.reviewed
    )


def _same_text(wanted: LegalText, found: LegalText) -> bool:
    return wanted.kind == found.kind and overlap(wanted.title, found.title) >= ALIKE


def _qualifier(wanted: Any, found: Any) -> bool:
    return (wanted.qualifier or "exactly") == (found.qualifier or "exactly")


ATTRIBUTES: dict[str, dict[str, Agree]] = {
    "submission": {"year": _same("year"), "symbol": _same("symbol")},
    "membership": {"since": _same("since")},
    "opinions": {
        "number": _same("number"),
        "title": _title,
        "type": _same("type"),
        "issued": _same("issued"),
        "url": _same("url"),
        "joint": _joint,
        "reviewed": _reviewed,
    },
    "adoptions": {"as_of": _same("as_of")},
    "concern claims": {"as_of": _same("as_of")},
    "findings": {"type": _same("type")},
    "recommendations": {
        "priority": _same("priority"),
        FALLBACK: lambda wanted, found: wanted.fallback_for == found.fallback_for,
        "position": _same("position"),
        "others": lambda wanted, found: set(wanted.others) == set(found.others),
    },
    "counts": {"qualifier": _qualifier},
    "statistics": {"indicator": _same("indicator"), "qualifier": _qualifier},
    "benchmarks": {"indicator": _same("indicator"), "kind": _same("kind"), "qualifier": _qualifier},
    "elections": {"kind": _same("kind"), "report_url": _same("report_url")},
    "plans": {"start": _same("start"), "end": _same("end")},
}
