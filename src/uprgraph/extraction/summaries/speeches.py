"""What is said in the paragraphs of a summary of stakeholders' submissions, and by whom.

Each sentence of such a summary names who says what it reports, or goes on with who spoke last in the same paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from uprgraph.extraction.document import Document, Kind, Paragraph
from uprgraph.extraction.phrasing import compiled
from uprgraph.extraction.sentences import sentences
from uprgraph.extraction.summaries.speakers import LONGEST, Speaker, speaker

_MARK = re.compile(r"(?<=[a-z)”]\.)\d{1,3}(?:\s+(?=[A-Z])|$)")
_TURN = compiled(
    r"(?:;\s+(?:(?:and|while|whereas|but)\s+)?|,\s+(?:and|while|whereas|but)\s+)(?P<who>(?:the\s+)?(?:{{odihr}}|(?-i:JS\d{1,2}|"
    r"(?:[A-Z][A-Za-z]{0,8}[-/]){0,2}[A-Z]{2,}[A-Za-z0-9]{0,8}))(?:(?:,\s|\sand\s)(?-i:[A-Z][\w/-]{1,14})){0,4})"
    r"\s+(?:{{adverb}}\s+)?(?:had\s+)?(?!observed?\b|found\b|considered\b)(?:{{telling}})\b"
)


@dataclass(frozen=True, slots=True)
class Speech:
    """A sentence or a part of one, between two offsets of a numbered paragraph, and who speaks in it.

    `said` is where the words that name who speaks begin, the sentence's start where it names nobody; `verb` is where
    the verb of speaking begins, the same where there is none.
    """

    paragraph: Paragraph
    start: int
    end: int
    said: int
    verb: int
    odihr: bool
    others: tuple[str, ...] = ()


def speeches(document: Document) -> Iterator[Speech]:
    """Yield what is said in the numbered paragraphs of a summary, in its order.

    The items of a list belong to who speaks in the paragraph that announces them.
    """
    last: Speech | None = None
    for paragraph in document.paragraphs:
        if paragraph.kind is Kind.ITEM and last is not None:
            item = replace(paragraph, number=last.paragraph.number)
            yield replace(last, paragraph=item, start=0, end=len(item.words.text), said=0, verb=0)
            continue
        last = None
        if paragraph.kind is Kind.TEXT and paragraph.number:
            for last in _in_paragraph(paragraph):
                yield last


def _in_paragraph(paragraph: Paragraph) -> Iterator[Speech]:
    text = paragraph.words.text
    before = Speaker(odihr=False, others=(), start=0, verb=0)
    for sentence in _sentences(text):
        for start, end in _turns(text, *sentence):
            found = speaker(text, start, end)
            if found is None:
                found = replace(before, start=start, verb=start)
            elif not found.odihr and not found.others:
                found = replace(before, start=found.start, verb=found.verb)
            before = found
            yield Speech(paragraph, start, end, found.start, found.verb, found.odihr, found.others)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence, marks of footnotes that were left behind full stops in none."""
    for start, end in sentences(text):
        begin = start
        for mark in _MARK.finditer(text, start, end):
            yield begin, mark.start()
            begin = mark.end()
        if begin < end:
            yield begin, end


def _turns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a sentence in which different stakeholders speak; one part where only one does."""
    head = speaker(text, start, end)
    begin = start
    if head is not None:
        for match in _TURN.finditer(text, head.verb, min(end, start + LONGEST)):
            yield begin, match.start()
            begin = match.start("who")
    yield begin, end
