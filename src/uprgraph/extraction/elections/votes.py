"""Elections and missions to them, as a sentence names them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from uprgraph.extraction.figures.days import Day, days
from uprgraph.extraction.phrasing import phrases

_NEAR = 110
"""Characters between an election and the day behind it."""
_FEW_WORDS = re.compile(
    r"^[\s,(]*(?:(?!(?:the|in|on|of|for|before|after|to|by|and the)\b)[\w-]+,?\s+){0,4}$", re.IGNORECASE
)
_TAKEN = re.compile(r"\b(?:of|on|for|until|since|by)\s+$", re.IGNORECASE)
_INTRODUCED = re.compile(r"(?:\b(?:in|of|on|for|during)\s+(?:early\s+|late\s+)?|\()$", re.IGNORECASE)
_NOUN = re.compile(r"(?:\s+(?:and|or)(?:\s+[\w-]+){1,2})?\s+(?:elections?|polls?|vote)\b", re.IGNORECASE)
_PROPOSAL = 90
"""Characters before a mission in which stands that it is only recommended."""


@dataclass(frozen=True, slots=True)
class Vote:
    """An election: its date as far as it is said, its kind (election-kind), and where the kind stands.

    `until` is where the words end that say both.
    """

    date: str
    kind: str
    start: int
    end: int
    until: int


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of mission (mission-kind) that is named, and where."""

    mission: str
    start: int
    end: int


def votes(text: str) -> list[Vote]:
    """Return the elections that a text names together with their dates, in their order."""
    stated = days(text)
    found: list[Vote] = []
    for phrase in phrases("elections"):
        for match in phrase.pattern.finditer(text):
            if any(_family(each.kind) == _family(phrase.means) and _meet(each, match) for each in found):
                continue
            day = _day_of(text, match.start(), match.end(), stated)
            if day:
                noun = _NOUN.match(text, match.end())
                until = max(noun.end() if noun else match.end(), day.end)
                found.append(Vote(day.first, phrase.means, match.start(), match.end(), until))
    return sorted(found, key=lambda each: each.start)


def missions_named(text: str) -> list[Named]:
    """Return the missions that a text names, each kind once, without those that are only recommended in it."""
    found: list[Named] = []
    for phrase in phrases("missions"):
        for match in phrase.pattern.finditer(text):
            if not any(_meet(each, match) for each in found):
                found.append(Named(phrase.means, match.start(), match.end()))
    found.sort(key=lambda each: each.start)
    kinds: dict[str, Named] = {}
    for each in found:
        if not _only_proposed(text[max(0, each.start - _PROPOSAL) : each.start]):
            kinds.setdefault(each.mission, each)
    return list(kinds.values())


def _only_proposed(before: str) -> bool:
    return any(phrase.means == "proposed" and phrase.pattern.search(before) for phrase in phrases("observing"))


def _family(kind: str) -> str:
    return kind.removeprefix("early-")


def _meet(named: Vote | Named, match: re.Match[str]) -> bool:
    return named.start < match.end() and match.start() < named.end


def _day_of(text: str, start: int, end: int, stated: list[Day]) -> Day | None:
    """Return the day of the election that is named between two offsets: right before it, or else the next behind it.

    Of the two it is the one that says more: a day before a year.
    """
    before = [
        day
        for day in stated
        if day.end <= start and _FEW_WORDS.match(text[day.end : start]) and not _TAKEN.search(text[: day.start])
    ]
    behind = [day for day in stated if end <= day.start <= end + _NEAR and _belongs(text, end, day)]
    near = max([*before[-1:], *behind[:1]], key=lambda day: len(day.first), default=None)
    return near or next((day for day in stated if day.end <= start and _opens(text, day)), None)


def _opens(text: str, day: Day) -> bool:
    """Tell whether a sentence opens with a day, or with a year: "On 19 May 2019, ...", but not "In May 2019, ..."."""
    opening = "In" if len(day.first) == len("2016") else "On"
    return text[: day.start].strip() == opening and len(day.first) != len("2016-03") and text[day.end :].startswith(",")


def _belongs(text: str, end: int, day: Day) -> bool:
    """Tell whether a day behind an election is that of the election, and not of another or of something else."""
    between = text[end : day.start]
    if re.search(r"[.;:]\s", between):
        return False
    return len(day.first) > len("2016") or _INTRODUCED.search(between) is not None
