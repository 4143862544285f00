"""Numbers as texts write them, in digits and in words, shares among them, and how they are qualified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from uprgraph.extraction.phrasing import compiled, phrases

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}
_PARTS = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "quarters": 4,
    **{
        word + plural: value
        for value, word in enumerate(["third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 3)
        for plural in ("", "s")
    },
}
_NUMBER = compiled("{{number}}")
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+")
_AROUND = 40
"""Characters before and behind a number in which its qualifier stands."""
_FEWEST = 5
"""Fewer things than these are no whole of which a share is stated, unless the text says "out of"."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, with the offsets of the words that state it. A share is in per cent, with one decimal if worked out."""

    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Qualifier:
    """How a number bounds the true one (count-qualifier, "" if not at all), and what of that no code can say."""

    code: str
    doubt: str = ""


def number(words: str) -> float | None:
    """Return the number that words or digits state as a whole, None if they state none."""
    text = words.strip().lower()
    if text[:1].isdigit():
        return _digits(text)
    total, group = 0.0, 0.0
    half = text.startswith("half ")
    previous = 0
    for word in re.split(r"[\s-]+", text.removeprefix("half ")):
        if word in ("a", "an", "and"):
            continue
        if word in _SCALES:
            group = (group or 1) * _SCALES[word]
            if word == "thousand":
                total, group = total + group, 0.0
            previous = 0
        elif word not in _WORDS or (previous and not (previous >= _WORDS["twenty"] and _WORDS[word] < _WORDS["ten"])):
            return None
        else:
            group += _WORDS[word]
            previous = _WORDS[word]
    return (total + group) / (2 if half else 1)


def numbers(text: str) -> Iterator[Number]:
    """Yield each number of a text, years and numbers of notes among them."""
    for match in _NUMBER.finditer(text):
        value = number(match[0])
        if value is not None:
            yield Number(value, match.start(), match.end())


def shares(text: str) -> list[Number]:
    """Return the shares of a whole that a text states, in their order: "27.1 per cent", "a third of", "one in five"."""
    found: list[Number] = []
    for phrase in phrases("shares"):
        for match in phrase.pattern.finditer(text):
            value = _share(match, phrase.means)
            if value is not None and not any(match.start() < each.end and each.start < match.end() for each in found):
                found.append(Number(value, match.start(), match.end()))
    return sorted(found, key=lambda each: each.start)


def qualifier(text: str, start: int, end: int) -> Qualifier:
    """Return how the number that stands between two offsets is qualified by the words before and behind it."""
    before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    for phrase in phrases("qualifiers"):
        side = behind if phrase.pattern.pattern.startswith("^") else before
        match = phrase.pattern.search(side)
        if match:
            words = match[0].strip()
            return Qualifier(phrase.means, "" if phrase.means else f'no qualifier of the codelist says "{words}"')
    return Qualifier("")


def _digits(text: str) -> float | None:
    if _WHOLE.match(text):
        text = text.replace(",", "")
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _share(match: re.Match[str], means: str) -> float | None:
    """Return a share in per cent; `means` is how the phrase states it."""
    if means == "fraction":
        part = number(match["n"]) if match["n"] and match["n"].lower() != "a" else 1.0
        whole: float | None = _PARTS.get(match["m"].lower())
    else:
        part = number(match["n"])
        whole = 100.0 if means == "per-cent" else number(match["m"])
    if part is None or not whole:
        return None
    if means == "per-cent":
        return part
    if part >= whole or (means == "of" and whole < _FEWEST):
        return None
    return round(100 * part / whole, 1)
