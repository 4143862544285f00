"""Where sentences of a submission are stated: in the submission itself, or in what it reports of another document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from uprgraph.extraction.document import Document, Kind
from uprgraph.extraction.statements import SUBMISSION


@dataclass(frozen=True, slots=True, order=True)
class Transition:
    """From this offset in the words of this paragraph (counted from 0) on, sentences are statements of `place`.

    The place ends where another transition or another section begins.
    """

    paragraph: int
    offset: int
    place: str


class Places:
    """The places of a document's sentences, by its transitions."""

    def __init__(self, document: Document, transitions: Sequence[Transition]) -> None:
        ends = [
            Transition(number, 0, SUBMISSION)
            for number, paragraph in enumerate(document.paragraphs)
            if paragraph.kind is Kind.HEADING
        ]
        self._transitions = sorted([*ends, *transitions], key=lambda each: (each.paragraph, each.offset))

    def at(self, paragraph: int, offset: int = 0) -> str:
        """Return the place of what stands at an offset of a paragraph."""
        number = bisect_right(self._transitions, (paragraph, offset), key=lambda each: (each.paragraph, each.offset))
        return self._transitions[number - 1].place if number else SUBMISSION
