"""The parts of what ODIHR says in a sentence of a summary, each with its verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from uprgraph.extraction.document import Paragraph, Words
from uprgraph.extraction.phrasing import compiled, phrases
from uprgraph.extraction.summaries.speakers import together
from uprgraph.extraction.summaries.speeches import Speech

_URGES = compiled(r"(?:{{urging}})\b")
_TELLS = compiled(r"(?:{{telling}})\s+(?:(?:{{adverb}})\s+)?(?:that\s+)?")
_ODIHR = "ODIHR "


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what ODIHR says that has one verb of speaking, which begins at `verb`."""

    speech: Speech
    start: int
    end: int
    verb: int
    others: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the words of the paragraph."""
        return self.speech.paragraph.words.text

    def urges(self) -> bool:
        """Tell whether the verb recommends."""
        return _URGES.match(self.text, self.verb, self.end) is not None

    def behind(self) -> int:
        """Return where the words behind the verb begin, and behind "that"."""
        match = _TELLS.match(self.text, self.verb, self.end)
        return match.end() if match else self.verb


def parts(speech: Speech) -> Iterator[Part]:
    """Yield the parts of what is said at once, each with its verb: "noted that ... and recommended that ..."."""
    text = speech.paragraph.words.text
    start, verb, others = speech.said, speech.verb, speech.others
    for phrase in phrases("summary-verbs"):
        for match in phrase.pattern.finditer(text, speech.verb + 1, speech.end):
            yield Part(speech, start, match.start(), verb, others)
            start, verb = match.start(), match.start("verb")
            others = (*speech.others, *_joining(text[start : verb + len(match["verb"])]))
    yield Part(speech, start, speech.end, verb, others)


def _joining(words: str) -> Iterator[str]:
    """Yield those together with whom ODIHR goes on."""
    for phrase in phrases("summary-asides"):
        if phrase.means == "together":
            for match in phrase.pattern.finditer(words):
                yield from together(match["who"])


def told_by_odihr(part: Part) -> tuple[Paragraph, int]:
    """Return the paragraph as the rules for findings know it, and where the part begins in it.

    It ends with the part, in a full stop, and whatever ODIHR is called in it, and whoever says the same, is "ODIHR".
    Offsets stay the same.
    """
    words = part.speech.paragraph.words
    text, begin = part.text[: part.end] + ".", part.verb
    if part.start == part.speech.said:
        begin = part.start
        if part.verb - part.start >= len(_ODIHR) and not part.text[: part.verb].endswith(" not "):
            begin = part.verb - len(_ODIHR)
            text = text[:begin] + _ODIHR + text[part.verb :]
    last = words.places[min(part.end, len(words.places) - 1)]
    return replace(part.speech.paragraph, words=Words(text, (*words.places[: part.end], last))), begin
