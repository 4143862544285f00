"""The phrases by which things are recognised, which stand as data in phrases/*.toml.

A phrase has a `pattern` (a regular expression; case does not count), what it `means` (a code, where it means one), and
examples that `must` and `must_not` match, which the tests try. `{{name}}` in a pattern stands for the fragment of that
name in phrases/fragments.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "phrases"
_FRAGMENT = re.compile(r"\{\{([\w-]+)\}\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase: its name, which is that of the rule that uses it, its pattern, what it means, and how sure that is."""

    name: str
    pattern: re.Pattern[str]
    means: str
    confidence: float
    must: tuple[str, ...]
    must_not: tuple[str, ...]


@cache
def phrases(kind: str) -> tuple[Phrase, ...]:
    """Return the phrases of phrases/<kind>.toml in the order of the file, in which an earlier one goes first."""
    rows = tomllib.loads((_FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))["phrase"]
    return tuple(
        Phrase(
            name=f"{kind}/{row['name']}",
            pattern=compiled(row["pattern"]),
            means=row.get("means", ""),
            confidence=float(row.get("confidence", 1.0)),
            must=tuple(row["must"]),
            must_not=tuple(row["must_not"]),
        )
        for row in rows
    )


def kinds() -> list[str]:
    """Return the kinds of phrases there are: the names of the files."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml") if path.stem != "fragments")


def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern with its fragments put in, in which case does not count."""
    return re.compile(_expanded(pattern), re.IGNORECASE)


def first(kind: str, text: str) -> tuple[Phrase, re.Match[str]] | None:
    """Return the first phrase of a kind, in the order of its file, that matches somewhere in a text, and the match."""
    for phrase in phrases(kind):
        match = phrase.pattern.search(text)
        if match:
            return phrase, match
    return None


def every(kind: str, text: str) -> Iterator[tuple[Phrase, re.Match[str]]]:
    """Yield each match of each phrase of a kind in a text, phrase by phrase."""
    for phrase in phrases(kind):
        for match in phrase.pattern.finditer(text):
            yield phrase, match


@cache
def _fragments() -> dict[str, str]:
    fragments: dict[str, str] = tomllib.loads((_FOLDER / "fragments.toml").read_text(encoding="utf-8"))
    return fragments


def _expanded(pattern: str) -> str:
    while _FRAGMENT.search(pattern):
        pattern = _FRAGMENT.sub(lambda match: f"(?:{_fragments()[match[1]]})", pattern)
    return pattern
