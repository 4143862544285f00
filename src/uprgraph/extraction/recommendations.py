"""Recommendations: what a sentence or a list recommends, item by item, and what is only a fallback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from uprgraph.extraction.phrasing import first, phrases

_PARTS = {
    "item": re.compile(r",?\s+or,?\s+(?=(?:at\s+(?:a\s+|the\s+)?(?:very\s+)?(?:minimum|least)|alternatively)\b)"),
    "infinitives": re.compile(
        r"(?:\s*[,;]\s*(?:(?:and|or|as well as)\b,?\s*)?|\s+(?:and|or|as well as),?\s+)"
        r"(?=(?:(?:at (?:a |the )?(?:very )?(?:minimum|least)|alternatively),?\s*)?to\s)"
        r"|\s*;\s*(?:and\s+)?"
    ),
    "clauses": re.compile(r"\s*[,;]?\s*\b(?:and|or|as well as)\s+(?:also\s+)?(?=that\s)|\s*[,;]\s*(?=that\s)|\s*;\s*(?:and\s+)?"),
    "gerunds": re.compile(r"\s*[,;]\s*(?:and\s+|as well as\s+)?(?=\w{3,}ing\b)|\s+(?:and|as well as)\s+(?=\w{3,}ing\b)"),
    "nouns": re.compile(r"\s*[,;]\s*(?:and\s+|as well as\s+)?(?=(?:the|a|an|to|further|more|better|\w+ing)\b)|\s+as well as\s+"),
    "lettered": re.compile(r"\s*[;.]?\s*(?:and\s+)?\b[A-Z]\.\s+"),
}
_SHOULD = re.compile(
    r"\bshould(?:\s+(?:therefore|also|thus|not|in particular|however|be|instead|either|only))*\s+\w+", re.IGNORECASE
)
_SHOULD_PARTS = re.compile(r"\s*,?\s+and\s+(?=should\s)|\s*;\s*(?:and\s+)?|\s*,\s+and\s+(?=(?:the|its|their|all|no)\s[^,;]{2,80}\sshould\s)")
_LISTED_TO = re.compile(r"[,;]\s+(?:and\s+)?to\s")
_AGAIN_TO = re.compile(r"\s+and\s*,?\s*(?:where|if|pending|in)\b[^;]{0,90},\s*(?:at least\s+)?(?=to\s)")
_TRAILING = " ,;.:”\"’“"


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
        if phrase.means == "list":
            continue
        match = phrase.pattern.search(text[start:end])
        if match:
            behind = start + match.end()
            form = _form(text[behind:end]) if phrase.means in ("any", "mixed") else phrase.means
            items = list(_items(text, behind, end, form, phrase.name))
            if items:
                return [replace(item, lead=start + match.start()) for item in items]
    return _that_should(text, start, end)


def should_be(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence says of its subject that it should do, or be given, something."""
    return _SHOULD.search(text, start, end) is not None


def _form(behind: str) -> str:
    """Return the form in which what is recommended comes, by how it begins."""
    opening = behind.lstrip()
    if opening.startswith("to ") or len(_LISTED_TO.findall(behind)) > 1:
        return "infinitives"
    if opening.startswith("that "):
        return "clauses"
    return "gerunds" if re.match(r"\w+ing\b", opening) else "nouns"


def _items(text: str, start: int, end: int, form: str, rule: str) -> Iterator[Item]:
    begin = start
    for match in [*_joints(text, start, end, form), None]:
        stop = match.start() if match else end
        item = _bare(text, begin, stop, form, rule, match_before=text[max(start, begin - 90) : begin])
        if item:
            yield item
        begin = match.end() if match else end


def _joints(text: str, start: int, end: int, form: str) -> list[re.Match[str]]:
    """Return where one thing ends and the next begins."""
    pattern = _PARTS[form]
    found = [match for match in pattern.finditer(text, start, end) if not _bracketed(text, start, match.start())]
    if form == "infinitives":
        found += [match for match in _AGAIN_TO.finditer(text, start, end)]
    found.sort(key=lambda match: match.start())
    kept: list[re.Match[str]] = []
    for match in found:
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return [match for match in kept if match.start() > start or form == "lettered"]


def _bracketed(text: str, start: int, end: int) -> bool:
    part = text[start:end]
    return part.count("(") > part.count(")")


def _bare(text: str, start: int, end: int, form: str, rule: str, match_before: str) -> Item | None:
    """Return an item without the words that only join it to others; None if nothing is left."""
    while start < end and text[start] in " ,;:“\"":
        start += 1
    fallback = _joined_as_fallback(match_before)
    opening = first("fallbacks", text[start:end])
    if opening:
        start += opening[1].end()
        fallback = True
    inner = re.search(r",?\s+or,?\s+(?:at\s+(?:a\s+|the\s+)?(?:very\s+)?(?:minimum|least)|alternatively),?\s*$", text[start:end])
    if inner:
        end = start + inner.start()
    if text[start:end].startswith("that "):
        start += len("that ")
    while end > start and text[end - 1] in _TRAILING and not text[start:end].endswith(("“", "”")):
        end -= 1
    if form == "lettered":
        end = start + len(text[start:end].rstrip(_TRAILING))
    if len(text[start:end].split()) < 2:
        return None
    return Item(start, end, rule, fallback)


def _joined_as_fallback(before: str) -> bool:
    """Tell whether the joint before an item says that it is a fallback."""
    joint = re.search(
        r"(?:\bor,?\s+(?:at\s+(?:a\s+|the\s+)?(?:very\s+)?(?:minimum|least)|alternatively)|\bwhere this is not [^,]{3,40},\s*at least),?\s*$",
        before,
    )
    return joint is not None


def _that_should(text: str, start: int, end: int) -> list[Item]:
    """Return what a sentence says that should be, item by item."""
    if not should_be(text, start, end):
        return []
    cuts = [match for match in _SHOULD_PARTS.finditer(text, start, end)]
    begin, items = start, list[Item]()
    for match in [*cuts, None]:
        stop = match.start() if match else end
        item = _bare(text, begin, stop, "clauses", "recommendations/should", "")
        if item and _SHOULD.search(text, item.start, item.end):
            items.append(item)
        begin = match.end() if match else end
    return [replace(item, lead=start) for item in items]
