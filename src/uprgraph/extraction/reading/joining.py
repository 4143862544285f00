"""Words of lines put together: white space folded, marks left out, words divided at the end of a line joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from uprgraph.extraction.document import Words
from uprgraph.extraction.reading.lines import Line

_DIVIDED = re.compile(r"([^\s\-\u2010/(\[\u201c\"]*)[-\u2010\u00ad]\Z")
_COMPOUND = re.compile(r"(?<!\w)\w++(?:[-\u2010]\w++)+")
_WORD = re.compile(r"\w+")
_TAKES_HYPHEN = frozenset(
    (
        *(
            "all",
            "anti",
            "co",
            "counter",
            "cross",
            "ex",
            "far",
            "fast",
            "full",
            "half",
            "high",
            "ill",
            "intra",
            "long",
            "low",
        ),
        *(
            "lower",
            "mid",
            "multi",
            "non",
            "off",
            "one",
            "part",
            "post",
            "pre",
            "quasi",
            "self",
            "semi",
            "short",
            "single",
            "so",
        ),
        *("third", "three", "two", "upper", "vice", "well"),
    )
)
_NO_COMPOUND = {
    "anti": ("cip", "bio", "dot", "qu", "the"),
    "co": ("alition", "erc", "gent", "he", "incid", "ver"),
    "ex": ("a", "b", "c", "e", "h", "i", "p", "t", "u"),
    "multi": ("ple", "plic", "tude", "lateral"),
    "non": ("e", "sense"),
    "pre": ("am", "c", "dict", "fer", "judic", "lim", "mi", "par", "s", "tend", "text", "v"),
    "post": ("al", "er", "pon", "ur"),
    "semi": ("nar",),
    "one": ("s",),
    "so": ("ci", "lut", "me"),
}
"""Beginnings of what follows such a first part where both are one word: "ex-pression", "pre-vent"."""
_EX = ("officio", "ante", "parte", "combatant", "post", "president", "prime", "prison", "detainee", "convict", "offend")
_REACH = 80
"""Characters at the end and beginning of a line in which a divided word is looked for."""
_SUSPENDED = frozenset(("and", "or", "to"))
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hyphens:
    """What a document tells of its hyphens: the words that it writes with one, and those that it writes without."""

    compounds: frozenset[str]
    plain: frozenset[str]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Hyphens:
        """Read the words of lines."""
        compounds = {part.lower() for line in lines for found in _COMPOUND.findall(line.text) for part in _pairs(found)}
        return cls(frozenset(compounds), frozenset(word.lower() for line in lines for word in _WORD.findall(line.text)))

    def keep(self, before: str, after: str) -> bool:
        """Tell whether the hyphen stays that ends `before`, the part of the word which `after` goes on with."""
        if not before[-1:].isalpha() or not after[:1].islower():
            return True
        if f"{before}-{after}".lower() in self.compounds:
            return True
        if (before + after).lower() in self.plain:
            return False
        first = before.lower()
        if first == "ex" and after.startswith(_EX):
            return True
        return first in _TAKES_HYPHEN and not after.startswith(_NO_COMPOUND.get(first, ("\0",)))


def _pairs(compound: str) -> list[str]:
    """Return each two neighbouring parts of a word with hyphens: "a-b" and "b-c" of "a-b-c"."""
    parts = re.split(r"[-\u2010]", compound)
    return [f"{first}-{second}" for first, second in pairwise(parts)]


def dropped_hyphens(source: str, runs: Sequence[tuple[int, int]], hyphens: Hyphens) -> tuple[set[int], set[int]]:
    """Return the places of hyphens that only divide a word, and the ends after which words go on without a space.

    `runs` are the lines of a paragraph: offsets of their words in the source.
    """
    drop: set[int] = set()
    closed: set[int] = set()
    for (start, end), (following, last) in pairwise(runs):
        tail, head = source[max(start, end - _REACH) : end], source[following : min(last, following + _REACH)]
        divided, first = _DIVIDED.search(tail), _WORD.match(head)
        if divided and first and not tail[-2:-1].isspace() and len(tail) > 1:
            if tail[-1] == "\N{SOFT HYPHEN}" or not (first[0] in _SUSPENDED or hyphens.keep(divided[1], first[0])):
                drop.add(end - 1)
            if first[0] not in _SUSPENDED or tail[-1] == "\N{SOFT HYPHEN}":
                closed.add(end)
        elif _is_span_of_numbers(tail, head) or _is_divided_address(tail, head):
            closed.add(end)
    return drop, closed


def _is_span_of_numbers(tail: str, head: str) -> bool:
    return tail[-1:] == "\N{EN DASH}" and tail[-2:-1].isdigit() and head[:1].isdigit()


def _is_divided_address(tail: str, head: str) -> bool:
    return tail[-1:] in tuple("/-_=?&%") and _ADDRESS.search(tail) is not None and _goes_on(head)


def _goes_on(head: str) -> bool:
    """Tell whether what stands at the beginning of a line looks like the rest of an address."""
    word = head.split(maxsplit=1)[0] if head.split() else ""
    return bool(word) and (word[0].isdigit() or "/" in word or "." in word[:-1] or "_" in word or "=" in word)


def words(source: str, runs: Sequence[tuple[int, int]], left_out: set[int], closed: set[int]) -> Words:
    """Return the words of runs of the source; `left_out` are offsets of characters that are no words.

    White space in and between runs becomes one space, whose place is that of the first of it.
    """
    text: list[str] = []
    places: list[int] = []
    space = -1
    for start, end in runs:
        for place in range(start, end):
            character = source[place]
            if place in left_out:
                continue
            if character.isspace():
                space = place if space < 0 else space
                continue
            if space >= 0 and text:
                text.append(" ")
                places.append(space)
            space = -1
            text.append(character)
            places.append(place)
        if end not in closed and space < 0 and source[end : end + 1].isspace():
            space = end
    return Words("".join(text), tuple(places))
