"""Who is said to speak in a sentence of a summary of stakeholders' submissions.

A stakeholder who is only mentioned ("the opinions which OSCE/ODIHR had given", "unlike JS4") does not speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from uprgraph.extraction.phrasing import compiled, phrases

LONGEST = 2_000
"""Characters of a sentence in which a speaker is looked for."""
_MOST_VERBS = 12
_JOINT = re.compile(r",\s+and\s+|,\s+|\s+and\s+|\s+&\s+")
_ODIHR = compiled(r"{{odihr}}")
_INITIALS = re.compile(r"\(([^()]{2,24})\)$")
_LEADS_OVER = compiled(r"^(?:{{adverb}}|similarly|likewise|both|finally|lastly|also|while|and|but|whereas),?\s+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: whether ODIHR does, and the others who do, as they are named; offsets of the words that say so.

    `verb` is where the verb of speaking begins. Nobody is known to speak where neither ODIHR nor others do.
    """

    odihr: bool
    others: tuple[str, ...]
    start: int
    verb: int


def speaker(text: str, start: int, end: int) -> Speaker | None:
    """Return who is said to speak in the words between two offsets; without names where a pronoun says it.

    None where nobody is.
    """
    whole = text[start : min(end, start + LONGEST)]
    part = _without_asides(whole)
    for phrase in phrases("summary-speech"):
        found = (_subject if phrase.means == "subject" else _source)(part, phrase.pattern)
        if found is not None:
            others = tuple(dict.fromkeys([*found.others, *_together(whole, found.verb)]))
            return Speaker(found.odihr, others, start + found.start, start + found.verb)
    return None


def _source(part: str, pattern: re.Pattern[str]) -> Speaker | None:
    """Return the speaker that words such as "according to" name."""
    match = pattern.search(part)
    if match is None:
        return None
    found = _named(part, match.start("who"), match.end("who"), whole=True)
    if found is None:
        return None
    behind = match.end() if match.start() == 0 else 0
    reached = behind + len(part[behind:]) - len(part[behind:].lstrip(", "))
    return replace(found, start=reached, verb=reached)


def _subject(part: str, pattern: re.Pattern[str]) -> Speaker | None:
    """Return the speaker who stands before the first verb of speaking that has one."""
    for number, match in enumerate(pattern.finditer(part)):
        if number == _MOST_VERBS:
            return None
        found = _named(part, 0, match.start("who"))
        if found is not None:
            return replace(found, verb=match.start("verb"))
    return None


def _named(part: str, start: int, end: int, *, whole: bool = False) -> Speaker | None:
    """Return the speaker whom the last words before an offset name; with `whole` only if all the words are names."""
    names: list[tuple[str, str]] = []
    end = reached = start + len(part[start:end].rstrip(" ,"))
    for piece, finish in reversed(list(_pieces(part, start, end))):
        lead = _LEADS_OVER.match(part[piece:finish])
        begin = piece + (lead.end() if lead else 0)
        if not part[begin:finish].strip():
            continue
        meant = _meant(part[begin:finish].strip())
        if meant is None:
            if whole or not names:
                return None
            break
        names.append((meant, part[begin:finish].strip()))
        reached = begin
        if lead:
            break
    if not names:
        return None
    odihr = any(meant == "odihr" for meant, _ in names)
    others = tuple(_short(name) for meant, name in reversed(names) if meant == "other")
    return Speaker(odihr, others, reached, end)


def _pieces(part: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what stands between commas and "and", the long name of ODIHR in one."""
    kept = [match.span() for match in _ODIHR.finditer(part, start, end)]
    begin = start
    for match in _JOINT.finditer(part, start, end):
        if any(left < match.start() < right for left, right in kept):
            continue
        yield begin, match.start()
        begin = match.end()
    yield begin, end


def _meant(name: str) -> str | None:
    for phrase in phrases("summary-names"):
        if phrase.pattern.search(name):
            return phrase.means
    return None


def _short(name: str) -> str:
    """Return a name by its initials where it gives them."""
    initials = _INITIALS.search(name)
    return initials[1] if initials else re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)


def _without_asides(part: str) -> str:
    """Return words of which those beside the main clause are blanked, so that offsets stay."""
    for phrase in phrases("summary-asides"):
        part = phrase.pattern.sub(lambda match: " " * len(match[0]), part)
    return part


def _together(part: str, verb: int) -> Iterator[str]:
    """Yield those together with whom somebody speaks, as far as the first verb."""
    for phrase in phrases("summary-asides"):
        if phrase.means == "together":
            for match in phrase.pattern.finditer(part[: verb + 1]):
                yield from together(match["who"])


def together(names: str) -> Iterator[str]:
    """Yield the stakeholders in words that name them."""
    for begin, end in _pieces(names, 0, len(names)):
        if _meant(names[begin:end].strip()) == "other":
            yield _short(names[begin:end].strip())
