"""The legal texts that the title of an opinion says it is on."""

from __future__ import annotations

import re

from uprgraph.extraction.head import state_names
from uprgraph.extraction.phrasing import first
from uprgraph.extraction.statements import LegalText

_JOINT = re.compile(r"(?:,\s+(?:and\s+)?|\s+and\s+)(?P<on>on\s+)?(?:the\s+)?")
_PART = re.compile(
    r"(?:certain|selected|specific|some|several)\s+(?:provisions|articles|aspects|parts)\s+of\s+(?:the\s+)?", re.I
)
_ON = re.compile(r"\s+(?:on|to)\s+(?:the\s+)?")
_OF = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?")
_DEPENDENT = ("draft-amendments", "commentary")
"""Kinds of text that are about others: "Amendments to the Civil Code and the Criminal Code" is one text."""


def kind(title: str) -> str:
    """Return the kind of a legal text by its title (legal-text-kind), empty if the title is of none."""
    found = first("legal-text-kinds", title)
    return found[0].means if found else ""


def reviewed(subject: str) -> tuple[LegalText, ...]:
    """Return the legal texts that stand in what an opinion is on; none where that is a subject and no text."""
    found: list[str] = []
    start = 0
    for joint in _JOINT.finditer(subject):
        left, right = kind(subject[start : joint.start()]), kind(subject[joint.end() :])
        if left and right and (joint["on"] or left not in _DEPENDENT or right.startswith("draft")):
            found.append(subject[start : joint.start()])
            start = joint.end()
    found.append(subject[start:])
    titles = [_PART.sub("", title, count=1) if _PART.match(title) else title for title in found]
    return tuple(LegalText(title, kind(title)) for title in titles if kind(title))


def underlying(text: LegalText) -> LegalText | None:
    """Return the text that a commentary is on, without the State: "of X" says of the commentary whose it is."""
    behind = _ON.search(text.title) if text.kind == "commentary" else None
    title = text.title[behind.end() :] if behind else ""
    for of in reversed(list(_OF.finditer(title))):
        if state_names.leading(title[of.end() :]):
            title = title[: of.start()]
            break
    return LegalText(title, kind(title)) if kind(title) else None
