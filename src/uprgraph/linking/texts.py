"""How alike two texts of recommendations are, and whether one holds the other."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import Indel

_WORD = re.compile(r"\w+")
_LEADING_TO = re.compile(r"\W*to\s+")
_MARK = re.compile(r"\b(?:[A-Z]{2,}|\d)[A-Z\d]*(?:[-./][A-Z\d]+)*\b")
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth)\b")
_SMALL = frozenset(
    _WORD.findall(
        "a an and any are as at be been by for from has have his in into is it its of on or other such that the their "
        "them these this those to well which with"
    )
)
"""Words that say nothing of what is recommended."""

_LONGEST = 3_000
"""Texts with more letters are compared as wholes only; the longest of UPR Info has 781."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a recommendation, made ready to be compared.

    `letters` are its letters and digits in lower case, without a leading "to": words may be joined or not
    ("ill-treatment", "illtreatment"). `words` counts its words without an "s" at the end, but for such as "and" and
    "its". `marks` are what a change of few letters turns into something else: abbreviations, numbers, "first".
    """

    letters: str
    words: Counter[str]
    marks: frozenset[str]


def read(text: str) -> Text:
    """Return a text made ready to be compared."""
    plain = unicodedata.normalize("NFKC", text)
    lower = _LEADING_TO.sub("", plain.casefold(), count=1) if _LEADING_TO.match(plain.casefold()) else plain.casefold()
    words = [word.replace("_", "") for word in _WORD.findall(lower)]
    marks = {re.sub(r"\W", "", mark) for mark in _MARK.findall(plain)} | set(_ORDINAL.findall(lower))
    telling = Counter(word.removesuffix("s") for word in words if word not in _SMALL)
    return Text("".join(words), telling, frozenset(marks))


def likeness(one: Text, other: Text, least: float = 0.0) -> float:
    """Return the share of letters that two texts have in common and in the same order, 0 if it is below `least`.

    It is 0 too for texts without letters or of more than 3,000.
    """
    if not (one.letters and other.letters) or max(len(one.letters), len(other.letters)) > _LONGEST:
        return 0.0
    return Indel.normalized_similarity(one.letters, other.letters, score_cutoff=least)


def contradict(one: Text, other: Text) -> bool:
    """Tell whether each text has an abbreviation or number that the other has not, as "CAT" and "CEDAW"."""
    return bool(one.marks - other.marks and other.marks - one.marks)


def held(one: Text, other: Text) -> float:
    """Return the share of the words of the shorter text that the longer one has too, in whatever order.

    Small words do not count. It is 0 if the shorter has an abbreviation or number that the longer has not.
    """
    shorter, longer = sorted((one, other), key=lambda each: each.words.total())
    if not shorter.words or shorter.marks - longer.marks:
        return 0.0
    return (shorter.words & longer.words).total() / shorter.words.total()
