"""What the words of a line look like: a bullet, the end of a sentence, the title of an opinion."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BULLET = re.compile(
    "[\uf0a7\uf0b7\uf0d8\uf02d\u2022\u2023\u2043\u25aa\u25cb\u25cf\u25e6\u27a2\u2713\u00b7]\\s*(?=\\S)"
)
_UNKNOWN_BULLET = re.compile("[\ufffd\ue000-\uf8ff]\\s+(?=\\S)")
_DASH = re.compile(r"(?:[-*\u2010-\u2015]|o(?=\s+to\s))\s+(?=\S)")
_LABEL = re.compile(r"\(?([a-z]|[ivx]{1,5}|\d{1,2})\)\s+(?=\S)")
_NUMBERED = re.compile(r"\d{1,3}\.\s+(?=\S)")
_CLOSING = r"[\u201d\"\u2019')\]]*\Z"
_SENTENCE_END = re.compile(r"[.!?:\u2026]" + _CLOSING)
_ABOVE_ITEM = re.compile(r"[.!?:;,\u2026]" + _CLOSING + r"|[;,]\s*(?:and|or)\Z")
_OPENS_ITEM = re.compile(r"[:;]\Z|[;,]\s*(?:and|or)\Z")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_LABELLED = re.compile(r"[A-Z][\w/]{0,20}(?: [\w/]{1,20}){0,6}:\s+\S")
_OF_REVIEW = re.compile(r"\b(?:state|country|session|review)\b", re.IGNORECASE)
_DAY_AT_END = re.compile(rf"\b(?:{_MONTHS})\s+(?:19|20)\d\d\Z")
_OPINION_NUMBER = re.compile(r"\d/(?:19|20)\d\d\b")
_OPINION = re.compile(r"(?:[A-Z][\w/-]{0,30}\s+){0,4}(?:Opinion|Comments?|Note|Brief|Review|Assessment|Guidelines)\b")
_SENTENCE_WITHIN = re.compile(r"[a-z]{3}[.!?]\s+[A-Z]")
_LONGEST_TITLE = 900
_LONGEST_LINE = 60
_ROMAN = frozenset("ivx")


def bullet(text: str) -> int:
    """Return the length of the bullet with which a text begins, 0 if it begins with none."""
    match = _BULLET.match(text) or _UNKNOWN_BULLET.match(text)
    return match.end() if match else 0


def dash(text: str) -> int:
    """Return the length of the dash, asterisk or letter o that may be a bullet, 0 if a text begins with none."""
    match = _DASH.match(text)
    return match.end() if match else 0


def label(text: str) -> tuple[str, int]:
    """Return the label with which an item begins ("a" of "a)" and "(a)"), and the length of all of it, or 0."""
    match = _LABEL.match(text)
    return (match[1], match.end()) if match else ("", 0)


def comes_after(found: str, before: str) -> bool:
    """Tell whether a label is the first of a list, or comes after that of the item before: "b" after "a"."""
    if found in ("a", "i", "1"):
        return True
    if found.isdigit() or before.isdigit():
        return found.isdigit() and before.isdigit() and int(found) == int(before) + 1
    if len(found) == len(before) == 1 and ord(found) == ord(before) + 1:
        return True
    return bool(before) and set(found) <= _ROMAN and set(before) <= _ROMAN


def may_end_above_item(end: str) -> bool:
    """Tell whether an item of a list may follow what ends so, rather than a wrapped sentence go on."""
    return _ABOVE_ITEM.search(end) is not None


def opens_item(end: str) -> bool:
    """Tell whether what ends so announces an item of a list."""
    return _OPENS_ITEM.search(end) is not None


def ends_sentence(end: str) -> bool:
    """Tell whether what ends so is a whole sentence, or the words above a list."""
    return _SENTENCE_END.search(end) is not None


def is_numbered(text: str) -> bool:
    """Tell whether a text begins with the number of a paragraph or heading ("12. ")."""
    return _NUMBERED.match(text) is not None


def is_labelled(text: str) -> bool:
    """Tell whether a line of the front matter begins here, which says what State or session is meant."""
    match = _LABELLED.match(text)
    return match is not None and _OF_REVIEW.search(match[0]) is not None


def is_bracketed(texts: Sequence[str]) -> bool:
    """Tell whether the lines of a text are one remark in square brackets."""
    return texts[0].startswith("[") and texts[-1].endswith("]")


def begins_opinion_title(texts: Sequence[str]) -> bool:
    """Tell whether the first of these lines begins the title of an opinion, which one of them ends."""
    if not texts or not _OPINION.match(texts[0]):
        return False
    return any(is_opinion_title(texts[:number], sum(map(len, texts[:number]))) for number in range(1, len(texts) + 1))


def is_opinion_title(texts: Sequence[str], length: int) -> bool:
    """Tell whether lines are the title of an opinion, with its number and its day at the end, and nothing else."""
    if length > _LONGEST_TITLE or not _DAY_AT_END.search(" ".join(texts[-2:])[-_LONGEST_LINE:]):
        return False
    text = " ".join(texts)
    return _OPINION_NUMBER.search(text) is not None and _SENTENCE_WITHIN.search(text) is None and text[:1].isupper()
