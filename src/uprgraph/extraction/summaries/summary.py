"""What ODIHR says in a summary of stakeholders' submissions by OHCHR: findings and recommendations.

Only what the summary reports as said by ODIHR becomes a statement, never what others say of it. Who makes a
recommendation too is named beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from uprgraph.extraction import findings, recommendations
from uprgraph.extraction.document import Document, Kind, Words
from uprgraph.extraction.phrasing import first
from uprgraph.extraction.recommendations import Item
from uprgraph.extraction.statements import SUMMARY, Basis, Finding, Recommendation, Submission
from uprgraph.extraction.summaries.parts import Part, parts, told_by_odihr
from uprgraph.extraction.summaries.speeches import speeches
from uprgraph.extraction.topics.topics import topics

_SHARE = re.compile(r"\d\s*(?:per\s?cent|percent|%)")
_SHOULD = "should/should"
"""The rule of what is said that it should be."""
_JOINT = re.compile(r",?\s+(?:and|but)(?:\s+that)?\s+$")
_LEAST_LETTERED = 2
_LEAST_WORDS = 2
_LETTERED = re.compile(r"(?:^|[:;,.]?\s+(?:and\s+)?)\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+")


def statements(document: Document, submission: Submission) -> tuple[tuple[Finding, ...], tuple[Recommendation, ...]]:  # noqa: ARG001
    """Return what ODIHR finds and recommends in the numbered paragraphs of a summary.

    Recommendations are counted in each paragraph. `submission` is the summary itself.
    """
    found: list[Finding] = []
    recommended: list[Recommendation] = []
    positions: Counter[str] = Counter()
    listing: Part | None = None
    for speech in speeches(document):
        if not speech.odihr:
            listing = None
            continue
        if speech.paragraph.kind is Kind.ITEM:
            if listing:
                part = Part(speech, speech.start, speech.end, speech.start, listing.others)
                items = recommendations.item_of_list(part.text)
                recommended += _recommendations(part, items, positions, [_lead(listing)])
            continue
        for part in parts(speech):
            items = _items(part)
            recommended += _recommendations(part, items, positions, [])
            listing = part if not items and _announces(part) else None
            if not listing:
                found += _findings(_without(part, items))
    return tuple(found), tuple(recommended)


def _items(part: Part) -> list[Item]:
    """Return what a part recommends."""
    start = part.verb if part.urges() else part.start
    items = recommendations.in_sentence(part.text, start, part.end)
    if items and items[0].rule == _SHOULD:
        items = recommendations.in_sentence(part.text, part.behind(), part.end)
    lettered = _lettered(part) if part.urges() else []
    return lettered or items


def _without(part: Part, items: list[Item]) -> Part:
    """Return what a part says before it recommends, with its end at its beginning where that is nothing.

    Only where something "should be" is there more than words that lead up to it.
    """
    if not items:
        return part
    if items[0].rule != _SHOULD:
        return replace(part, end=part.start)
    before = _JOINT.sub("", part.text[part.start : items[0].start])
    return replace(part, end=part.start + len(before))


def _lettered(part: Part) -> list[Item]:
    """Return the items of a list with letters or numbers inside a sentence."""
    marks = list(_LETTERED.finditer(part.text, part.verb, part.end))
    if len(marks) < _LEAST_LETTERED:
        return []
    ends = [*(match.start() for match in marks[1:]), part.end]
    items = []
    for match, end in zip(marks, ends, strict=True):
        reached = match.end() + len(part.text[match.end() : end].rstrip(" ,;.:"))
        items.append(Item(match.end(), reached, "summary/lettered"))
    return items


def _announces(part: Part) -> bool:
    """Tell whether a list of recommendations follows in paragraphs of its own."""
    words = part.text[part.start : part.end].rstrip()
    lead = recommendations.leads_to_list(part.text, part.start, part.end)
    return lead is not None or (part.urges() and words.endswith(":"))


def _recommendations(
    part: Part, items: list[Item], positions: Counter[str], beside: list[Words]
) -> Iterator[Recommendation]:
    paragraph = part.speech.paragraph
    last: int | None = None
    for item in items:
        positions[paragraph.number] += 1
        position = positions[paragraph.number]
        words = paragraph.words.cut(item.start, item.end)
        rights, principles = topics(words.text)
        fallback = last if item.fallback else None
        lead = [paragraph.words.cut(part.start, items[0].start)] if items[0].start > part.start else []
        yield Recommendation(
            place=SUMMARY,
            position=position,
            text=words.text,
            basis=_basis(part, item.rule, (words, *lead, *beside), item.confidence),
            priority=recommendations.is_priority(part.text[part.start : items[0].start]),
            fallback_for=fallback,
            rights=rights,
            principles=principles,
            others=part.others,
            paragraph=paragraph.number,
        )
        last = last if fallback else position


def _findings(part: Part) -> Iterator[Finding]:
    """Yield what a part finds, if it is no mere report of what ODIHR has done."""
    paragraph = part.speech.paragraph
    if len(part.text[part.behind() : part.end].split()) < _LEAST_WORDS:
        return
    if first("summary-nothing", part.text[part.start : part.end]):
        return
    reached = part.start
    told, beginning = told_by_odihr(part)
    for each in findings.assertions(told, beginning, part.end + 1):
        start = each.start if each.start >= part.verb else part.start
        words = paragraph.words.cut(start, each.end)
        if each.type == "observation" and _SHARE.search(words.text):
            continue
        rights, principles = topics(words.text)
        lead = [paragraph.words.cut(reached, start)] if part.text[reached:start].strip(" ,;") else []
        reached = each.end
        yield Finding(
            place=SUMMARY,
            type=each.type,
            text=words.text,
            basis=_basis(part, each.rule, (words, *lead), each.confidence),
            rights=rights,
            principles=principles,
            reporting="summary",
            paragraph=paragraph.number,
        )


def _lead(part: Part) -> Words:
    return part.speech.paragraph.words.cut(part.start, part.end)


def _basis(part: Part, rule: str, words: tuple[Words, ...], confidence: float) -> Basis:
    return Basis(rule, words, confidence, section=part.speech.paragraph.section)
