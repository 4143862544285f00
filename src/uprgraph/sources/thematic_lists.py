"""The form of OHCHR's thematic lists: a recommendation, the position on it, and lists of what it is about.

Theme: Enforced disappearances
121.1 Ratify the Convention (France);
Source of Position: A/HRC/43/15 - Para 121
Supported
- Enforced disappearances
SDGs:
- 16 - PEACE, JUSTICE AND STRONG INSTITUTIONS
Affected persons:
- Disappeared persons
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from uprgraph.sources.reports.layout import lines, passage
from uprgraph.wording import fold_space

_PARAGRAPH = re.compile(r"(\d{1,3})\s*\.\s*(\d{1,3})(?:\.|(?![\d.,%]))\s*(?=\S)")
_BULLET = re.compile(r"[-\N{EN DASH}\N{BULLET}*]\s+")
_LABEL = re.compile(r"(themes?|source of position|sdgs?|affected persons?)\s*:\s*(.*)", re.IGNORECASE)
_LISTS = {"sdg": "goals", "sdgs": "goals", "affected person": "affected", "affected persons": "affected"}
_COLUMN_NAMES = frozenset(
    {"recommendation", "position", "full list of themes", "assessment/comments on level of implementation"}
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a list and the line that it stands on."""

    line: int
    text: str


@dataclass(slots=True)
class Entry:
    """One recommendation of the list, as it stands there; `unread` is what could not be told."""

    paragraph: str
    line: int
    words: list[str]
    source: Value | None = None
    position: Value | None = None
    lists: dict[str, list[Value]] = field(default_factory=dict)
    unread: list[Value] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraph without its number, white space folded."""
        return passage(enumerate(self.words)).text

    def values(self, name: str) -> list[Value]:
        """Return the values of the list `themes`, `goals` or `affected`."""
        return self.lists.get(name, [])


def entries(text: str) -> Iterator[Entry]:
    """Yield the recommendations of a list in their order. What stands before the first is left out."""
    entry, theme, into = None, None, "text"
    for line in lines(text):
        words = fold_space(unescape(line.text))
        label, paragraph = _LABEL.fullmatch(words), _PARAGRAPH.match(words)
        name = label[1].lower() if label else ""
        if words.lower() in _COLUMN_NAMES:
            continue
        if name.startswith("theme") or paragraph:
            if entry is not None:
                yield entry
            entry = None
        if label and name.startswith("theme"):
            theme = Value(line.number, label[2])
        elif paragraph:
            entry = Entry(f"{paragraph[1]}.{paragraph[2]}", line.number, [words[paragraph.end() :]])
            entry.lists["themes"] = [theme] if theme else []
            into = "text"
        elif entry is not None:
            into = _take(entry, into, Value(line.number, words), label)
    if entry is not None:
        yield entry


def _take(entry: Entry, into: str, value: Value, label: re.Match[str] | None) -> str:
    """Take a line into the entry, and return where the next one belongs."""
    bullet = _BULLET.match(value.text)
    if label and label[1].lower() in _LISTS:
        into = _LISTS[label[1].lower()]
        if label[2]:
            entry.lists.setdefault(into, []).append(Value(value.line, label[2]))
        return into
    if label:
        entry.source = Value(value.line, label[2])
        return "position"
    if into == "text" and not bullet:
        entry.words.append(value.text)
        return into
    if into == "position" and not bullet:
        entry.position = value
        return "themes"
    into = into if into in {"goals", "affected"} else "themes"
    if bullet:
        entry.lists.setdefault(into, []).append(Value(value.line, value.text[bullet.end() :]))
    else:
        entry.unread.append(value)
    return into
