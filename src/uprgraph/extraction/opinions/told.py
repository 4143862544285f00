"""The sentences that a submission states on an opinion, in its text and in footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from uprgraph.extraction.document import Document, Kind, Words
from uprgraph.extraction.opinions.opinions import place
from uprgraph.extraction.places import Places
from uprgraph.extraction.sentences import sentences
from uprgraph.extraction.statements import Opinion


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence on an opinion: words, its offsets in them, its section, and the footnote that it stands in, if any."""

    opinion: Opinion
    words: Words
    start: int
    end: int
    section: str
    footnote: str = ""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.words.text[self.start : self.end]


def stated(document: Document, opinions: Iterable[Opinion], place_of: Places) -> Iterator[Stated]:
    """Yield the sentences on opinions, without their titles; those of a footnote follow the paragraph with its mark."""
    by_place = {place(opinion): opinion for opinion in opinions}
    titles = {at for opinion in by_place.values() for at in opinion.basis.words[0].places}
    seen: set[str] = set()
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.kind is not Kind.HEADING:
            for start, end in sentences(paragraph.words.text):
                opinion = by_place.get(place_of.at(number, start))
                if opinion and paragraph.words.places[start] not in titles:
                    yield Stated(opinion, paragraph.words, start, end, paragraph.section)
        for mark in paragraph.marks:
            note = document.footnotes.get(mark.number)
            opinion = by_place.get(place_of.at(number, max(0, mark.offset - 1)))
            if note is None or opinion is None or mark.number in seen:
                continue
            seen.add(mark.number)
            for start, end in sentences(note.words.text):
                yield Stated(opinion, note.words, start, end, paragraph.section, note.number)
