"""Claims of the fate of a legal text in a sentence: what is claimed, of which day, and the words that claim it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from uprgraph.extraction.figures.days import days
from uprgraph.extraction.phrasing import Phrase, compiled, first, phrases

_LONGEST = 3_000
_OBJECT = 80
"""Characters behind a verb in which its object stands."""
_PRONOUN_CONFIDENCE = 0.7
_DATED = ("adopted", "withdrawn", "repealed")
"""Statuses that come about on a day; the others are true on one."""
_NOUN = compiled("{{text_noun}}")
_PRONOUN = re.compile(r"(?:^|[,;]\s+|\b(?:and|but)\s+)(?P<it>(?:it|they|these|both)\s+)$", re.I)
_ASIDE = re.compile(
    r"\s*(?:,\s+(?:which|that|who|as|prepared|drafted|initially|originally)\b[^,;]{0,300},|,\s+[^,;]{2,200},\s*$|"
    r"\([^()]{0,200}\))"
)
_FINITE = compiled(r"\b(?!may\s+\d)(?:{{auxiliary}}|that|which|how|whether|if|unless|until|before|when)\b")
_RELATIVE = re.compile(r",?\s+(?:which|that)\s+$", re.I)
_SECOND = re.compile(r"\s(?:and|but|yet)\s+(?:(?:also|then)\s+)?$", re.I)
_DETERMINER = re.compile(r"\b(?:an?|the|this|these|those|its|both|no)\s+(?:[\w\u2019'-]+\s+){0,5}$", re.I)
_CLAUSE = re.compile(r"[,;:]\s+|\b(?:that|although|though|while|since|because|but|and)\s+", re.I)
_LEAD = re.compile(
    r"(?:as\s+(?:of|at)|at|on|in|by|since|during|following|after|to\s+date|so\s+far|currently)\b[^;]{0,120},\s+", re.I
)
_ACCORDING = re.compile(r"according\s+to\s+[^;]{2,160}$", re.I)
_CONDITION = re.compile(r"\b(?:if|unless|until|whether|once)\s+(?:[\w\u2019'-]+\s+){0,6}$", re.I)
_STOP = compiled(
    r";|,\s+(?:but|yet|while|whereas|although|however)\s|"
    r",?\s+(?:and|but)\s+(?:(?:also|thus|then)\s+)?(?=(?:{{finite}})\b)"
)
_AS_OF = re.compile(r"\b(?:as\s+of|as\s+at|by|until)\s+$", re.I)
_DAY_BEHIND = re.compile(r"\s+(?:as\s+of|as\s+at|by|on|in|since|until)\s+")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: its status (adoption-status), its day or "", its offsets in the text, and the rule.

    It is `reported` if the sentence reports what an opinion said.
    """

    status: str
    as_of: str
    start: int
    end: int
    rule: str
    confidence: float
    doubt: str
    reported: bool


@dataclass(frozen=True, slots=True)
class _Subject:
    """Where the legal text is named of which something is claimed; `relative` if in a clause with "which"."""

    start: int
    relative: bool = False
    pronoun: bool = False


def claimed(text: str, start: int, end: int) -> Iterator[Claim]:
    """Yield the claim of a sentence between two offsets, one for each part that a semicolon ends."""
    if end - start > _LONGEST:
        return
    for part in re.finditer(r"[^;]+", text[start:end]):
        claim = _first(text, start, start + part.start(), start + part.end())
        if claim:
            yield claim


def _first(text: str, sentence: int, start: int, end: int) -> Claim | None:
    for phrase in phrases("adoption"):
        for verb in phrase.pattern.finditer(text, start, end):
            claim = _claim(text, (sentence, start, end), phrase, verb)
            if claim:
                return claim
    return None


def _claim(text: str, part: tuple[int, int, int], phrase: Phrase, verb: re.Match[str]) -> Claim | None:
    sentence, start, end = part
    if "whole" in verb.groupdict():
        return _made(text, sentence, phrase, (verb.start(), verb.end()), verb, pronoun=False)
    if "object" in verb.groupdict():
        behind = _NOUN.search(text, verb.end(), min(end, verb.end() + _OBJECT))
        found = _Subject(_clause_start(text, start, verb.start())) if behind else None
    else:
        found = _subject(text, start, verb.start())
    if found is None or _CONDITION.search(text[start : found.start]):
        return None
    if found.relative:
        return _made(text, sentence, phrase, (found.start, _relative_end(text, verb.end(), end)), verb, pronoun=False)
    first_word, main = _beginning(text, start, found.start)
    stop = _STOP.search(text, verb.end(), end)
    while stop and first("adoption", text[stop.end() : end]):
        stop = _STOP.search(text, stop.end(), end)
    last = stop.start() if stop else end
    if not stop and not main and text[last - 1] == ".":
        last -= 1
    return _made(text, sentence, phrase, (first_word, last), verb, pronoun=found.pronoun)


def _subject(text: str, start: int, verb: int) -> _Subject | None:
    """Return the legal text that is the subject of a verb: no other verb stands in between, but for asides."""
    before = text[start:verb]
    for noun in reversed(list(_NOUN.finditer(before))):
        between = before[noun.end() :]
        if _RELATIVE.search(between) and not _FINITE.search(_RELATIVE.sub("", _ASIDE.sub("", between))):
            return _Subject(_noun_start(text, start, start + noun.start()), relative=True)
        plain = _ASIDE.sub("", between)
        if _SECOND.search(" " + plain) or not _FINITE.search(plain):
            return _Subject(_noun_start(text, start, start + noun.start()))
    pronoun = _PRONOUN.search(before)
    return _Subject(start + pronoun.start("it"), pronoun=True) if pronoun else None


def _noun_start(text: str, start: int, noun: int) -> int:
    """Return where the words begin that belong to a noun: at its article, else behind what joins the clause."""
    article = _DETERMINER.search(text, max(start, noun - 120), noun)
    return article.start() if article else _clause_start(text, start, noun)


def _clause_start(text: str, start: int, before: int) -> int:
    joints = [match.end() for match in _CLAUSE.finditer(text, start, before)]
    lead = text[start:before]
    return max([start + len(lead) - len(lead.lstrip()), *joints])


def _beginning(text: str, start: int, subject: int) -> tuple[int, bool]:
    """Return where a claim begins, and whether it is a main clause: with the day or time at its head, if there is one.

    Words such as "However," and "According to the Government" are left out.
    """
    plain = start + len(text[start:subject]) - len(text[start:subject].lstrip())
    lead = first("leads", text[plain:subject])
    plain += lead[1].end() if lead and lead[1].start() == 0 else 0
    opening = text[plain:subject]
    if not opening or _LEAD.fullmatch(opening):
        return plain, True
    return subject, bool(_ACCORDING.fullmatch(opening))


def _relative_end(text: str, verb: int, end: int) -> int:
    """Return where a clause with "which" ends: with its day, else at the next comma."""
    day = next((each for each in days(text[verb:end]) if _DAY_BEHIND.fullmatch(text[verb:end], 0, each.start)), None)
    comma = re.search(r"[,;.]", text[verb:end])
    return verb + (day.end if day else comma.start() if comma else end - verb)


def _made(
    text: str, sentence: int, phrase: Phrase, words: tuple[int, int], verb: re.Match[str], *, pronoun: bool
) -> Claim:
    return Claim(
        status=phrase.means,
        as_of=_day(text, words, verb, phrase.means),
        start=words[0],
        end=words[1],
        rule=phrase.name,
        confidence=min(phrase.confidence, _PRONOUN_CONFIDENCE) if pronoun else phrase.confidence,
        doubt="what the pronoun stands for was not looked up" if pronoun else "",
        reported=first("adoption-reported", text[sentence : words[0]]) is not None,
    )


def _day(text: str, words: tuple[int, int], verb: re.Match[str], status: str) -> str:
    """Return the day of a claim: that behind the verb, else another in its words; "as of" one for a lasting status."""
    found = days(text[words[0] : words[1]])
    if status in _DATED:
        found.sort(key=lambda day: words[0] + day.start < verb.end())
    else:
        found = [day for day in found if _AS_OF.search(text[: words[0] + day.start])]
    return next((day.first for day in found), "")
