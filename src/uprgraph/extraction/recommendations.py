"""Recommendations: what a sentence or a list recommends, item by item, and what is only a fallback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from uprgraph.extraction.phrasing import first, phrases
from uprgraph.extraction.sentences import bracket_is_open
from uprgraph.wording import QUOTATION_MARKS

_LISTED_TO = re.compile(r"[,;]\s+(?:and\s+)?to\s")
_DANGLING = re.compile(r"[;,]\s+(?:and|or)[\s,;]*$")
_GERUND = re.compile(r"\w+ing\b")
_AROUND = " ,;:." + QUOTATION_MARKS
_LEAST_WORDS = 2
_BEFORE = 90
"""How many characters before an item are looked at for words that make it a fallback."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing recommended: offsets in the words of its paragraph; `fallback` if it is one for the item before.

    `lead` is where the words begin that lead up to it, before which a sentence may say something else.
    """

    start: int
    end: int
    rule: str
    fallback: bool = False
    confidence: float = 0.95
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Lead:
    """Words that lead up to a list of recommendations in paragraphs of their own."""

    rule: str
    priority: bool


def leads_to_list(text: str, start: int, end: int) -> Lead | None:
    """Tell whether a sentence announces a list of recommendations below it."""
    for phrase in phrases("recommending"):
        if phrase.means == "list" and phrase.pattern.search(text[start:end]):
            return Lead(phrase.name, is_priority(text[start:end]))
    return None


def is_priority(text: str) -> bool:
    """Tell whether the recommendations of a sentence are said to be priorities."""
    return "priorit" in text.lower()


def item_of_list(text: str) -> list[Item]:
    """Return what an item of a list recommends: one thing, or one and its fallback."""
    return list(_items(text, 0, len(text), "item", "recommendations/list-item"))


def in_sentence(text: str, start: int, end: int) -> list[Item]:
    """Return what the sentence between two offsets recommends; nothing if it recommends nothing."""
    for phrase in phrases("recommending"):
        match = phrase.pattern.search(text[start:end])
        if match and phrase.means != "list":
            behind = start + match.end()
            form = _form(text[behind:end]) if phrase.means in ("any", "mixed") else phrase.means
            items = list(_items(text, behind, end, form, phrase.name))
            if items:
                return [replace(item, lead=start + match.start()) for item in items]
    items = [item for item in _items(text, start, end, "should", "should/should") if _should(text, item)]
    return [replace(item, lead=items[0].start) for item in items]


def _should(text: str, item: Item) -> bool:
    return first("should", text[item.start : item.end]) is not None


def _form(behind: str) -> str:
    """Return the form in which what is recommended comes, by how it begins."""
    opening = behind.lstrip()
    if opening.startswith("to ") or len(_LISTED_TO.findall(behind)) > 1:
        return "infinitives"
    if opening.startswith("that "):
        return "clauses"
    return "gerunds" if _GERUND.match(opening) else "nouns"


def _items(text: str, start: int, end: int, form: str, rule: str) -> Iterator[Item]:
    begin = start
    for stop, next_begin in [*_joints(text, start, end, form), (end, end)]:
        item = _item(text, begin, stop, rule)
        if item:
            before = text[max(start, item.start - _BEFORE) : item.start]
            yield replace(item, fallback=item.fallback or _fallback("before", before) is not None)
        begin = next_begin


def _joints(text: str, start: int, end: int, form: str) -> list[tuple[int, int]]:
    """Return where one thing ends and where the next begins, in their order."""
    found = sorted(
        (match.start(), match.end())
        for phrase in phrases("joints")
        if phrase.means == form
        for match in phrase.pattern.finditer(text, start, end)
        if not bracket_is_open(text, start, match.start())
    )
    kept: list[tuple[int, int]] = []
    for joint in found:
        if not kept or joint[0] >= kept[-1][1]:
            kept.append(joint)
    return kept


def _item(text: str, start: int, end: int, rule: str) -> Item | None:
    """Return an item without the words that only join it to others; None if nothing is left."""
    opening = _fallback("opening", text[start:end])
    if opening:
        start += opening.end()
    behind = _fallback("behind", text[start:end])
    if behind:
        end = start + behind.start()
    words = text[start:end]
    start += len(words) - len(words.lstrip(" ,;:"))
    if text.startswith("that ", start, end):
        start += len("that ")
    end = start + len(_without_end(_DANGLING.sub("", text[start:end])))
    return Item(start, end, rule, opening is not None) if len(text[start:end].split()) >= _LEAST_WORDS else None


def _without_end(words: str) -> str:
    """Return words without punctuation at their end; a quotation mark stays where one was opened in them."""
    bare = words.rstrip(_AROUND)
    opened = words.count("\N{LEFT DOUBLE QUOTATION MARK}", 0, len(bare))
    closing = "\N{RIGHT DOUBLE QUOTATION MARK}"
    if opened > words.count(closing, 0, len(bare)) and words.startswith(closing, len(bare)):
        return bare + closing
    return bare


def _fallback(where: str, text: str) -> re.Match[str] | None:
    for phrase in phrases("fallbacks"):
        if phrase.means == where:
            return phrase.pattern.search(text)
    return None
