"""Opinions as a text mentions them: title, number and day, in a line of their own or within a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from uprgraph.extraction.figures.days import days
from uprgraph.extraction.phrasing import compiled, phrases
from uprgraph.extraction.sentences import sentences

_LONGEST = 700
"""Characters of a title, and of a mention behind it."""
_DATE = 45
_DAY = len("2019-01-01")
_SHORTEST = 4
_NUMBER = compiled("{{opinion_number}}")
_VENICE = compiled("{{venice_number}}")
_DETAILS = re.compile(r"\s*[(\[](?:[^()\[\]]|[(\[][^()\[\]]{0,60}[)\]]){0,300}[)\]]")
_HEAD = compiled(r"\s*(?:{{day}}\s*[:\u2013-]?\s*)?(?:the\s+)?[“\"]?")
"""What may stand before a title in a line of its own."""
_OF_DAY = compiled(r"\s+(?<!\bas\s)(?:of|dated)\s+(?={{day}}$)")
_NEXT_SENTENCE = re.compile(r"[.;:]?\s*(?:$|(?-i:[A-Z“\"]))")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an opinion: its offsets in the text, and those of the sentence it stands in.

    `type` are the words that name its type, `subject` what it is on, `told` the words that tell who issued it. It is a
    `heading` if it is no part of a longer sentence.
    """

    start: int
    end: int
    sentence: tuple[int, int]
    title: str
    type: str
    subject: str
    told: str
    heading: bool
    numbers: tuple[str, ...] = ()
    venice: tuple[str, ...] = ()
    issued: str = ""

    @property
    def number(self) -> str:
        """The number by which it is known: that of ODIHR, else one of the Venice Commission, else none."""
        return next(iter(self.numbers + self.venice), "")

    @property
    def others(self) -> tuple[str, ...]:
        """The other numbers."""
        return (self.numbers + self.venice)[1:]


def numbers(text: str) -> list[str]:
    """Return the numbers of opinions of ODIHR in a text, with initials where they have them."""
    return [match[0] for match in _NUMBER.finditer(text)]


def mentions(text: str) -> list[Mention]:
    """Return the opinions that a text mentions with something of a title, in their order."""
    found: list[Mention] = []
    for start, end in sentences(text):
        titles = list(_titles(text, start, end))
        stops = [*(title.start() for title in titles), end][1:]
        found += [_mention(text, title, (start, end), stop) for title, stop in zip(titles, stops, strict=True)]
    return [each for each in found if len(each.subject) >= _SHORTEST]


def _titles(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield where titles begin in a sentence, those within the title of another left out."""
    (phrase,) = phrases("opinion-titles")
    past = start
    for title in phrase.pattern.finditer(text, start, end):
        if title.start() >= past:
            yield title
            past = _title_end(text, title.end(), end)


def _title_end(text: str, start: int, end: int) -> int:
    part = text[start : min(end, start + _LONGEST)]
    ends = [match.start() for each in phrases("opinion-title-ends") if (match := each.pattern.search(part))]
    return start + len(part[: min([*ends, len(part)])].rstrip(" .;:,"))


def _mention(text: str, title: re.Match[str], sentence: tuple[int, int], stop: int) -> Mention:
    title_end = _title_end(text, title.end(), stop)
    limit = min(stop, title_end + _LONGEST)
    details = _DETAILS.match(text, title_end, limit)
    found = Mention(
        start=title.start(),
        end=title_end,
        sentence=sentence,
        title=text[title.start() : title_end].replace(title["number"] or "\n", "", 1),
        type=f"{title['form']} {title['type']}",
        subject=text[title.end() : title_end],
        told=text[title.start() : title.end()],
        heading=False,
    )
    if title["number"]:
        found = replace(found, numbers=tuple(numbers(title["number"])))
    else:
        found = _numbered(text, found, limit, details.end() if details else title_end)
    found = _dated(text, found, title_end, limit)
    alone = bool(_HEAD.fullmatch(text, sentence[0], found.start) and _NEXT_SENTENCE.match(text, found.end))
    return replace(found, heading=alone, told=found.told + text[title_end : found.end])


def _numbered(text: str, mention: Mention, limit: int, details: int) -> Mention:
    """Return the mention with the numbers in the brackets behind its title, else with those behind it at all."""
    area = text[mention.end : details] if _any(text[mention.end : details]) else text[mention.end : limit]
    venice = tuple(match[0] for match in _VENICE.finditer(area))
    last = max([0, *(match.end() for each in (_NUMBER, _VENICE) for match in each.finditer(area))])
    end = details if _any(text[mention.end : details]) else mention.end + last
    end += text.startswith(")", end)
    return replace(mention, end=max(end, mention.end), numbers=tuple(numbers(area)), venice=venice)


def _any(area: str) -> bool:
    return bool(_NUMBER.search(area) or _VENICE.search(area))


def _dated(text: str, mention: Mention, title_end: int, limit: int) -> Mention:
    """Return the mention with the day that is told behind its title, behind its number, or before it."""
    for start in (title_end, mention.end):
        behind = text[start:limit]
        for phrase in phrases("opinion-issued"):
            match = phrase.pattern.search(behind)
            found = _day(behind[match.end() : match.end() + _DATE]) if match else None
            if match and found:
                end = start + match.end() + found[1]
                return replace(mention, issued=found[0], end=max(mention.end, end + text.startswith(")", end)))
    within = [day for day in days(text[title_end : mention.end]) if len(day.first) == _DAY]
    if within:
        return replace(mention, issued=within[0].first)
    before = text[mention.sentence[0] : mention.start]
    for phrase in phrases("opinion-issued-before"):
        match = phrase.pattern.search(before)
        if match:
            return replace(mention, issued=days(match["date"])[0].first)
    last = _OF_DAY.search(mention.title)
    found = _day(mention.title[last.end() :]) if last else None
    if last is None or found is None:
        return mention
    cut = last.start() - len(mention.title)
    return replace(mention, issued=found[0], title=mention.title[:cut], subject=mention.subject[:cut])


def _day(words: str) -> tuple[str, int] | None:
    """Return the day at the beginning of the words, the last of it where it is several, and where it ends."""
    found = days(words)
    return (found[0].dates[-1], found[0].end) if found and found[0].start <= 1 else None
