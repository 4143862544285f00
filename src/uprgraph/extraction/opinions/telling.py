"""The opinions that a document tells of, each by its first mention and by all places that name it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from uprgraph.extraction.document import Document, Footnote, Paragraph, Words
from uprgraph.extraction.figures.days import days
from uprgraph.extraction.opinions.notes import inline_address, marked, reference, tells_where
from uprgraph.extraction.opinions.titles import Mention, mentions
from uprgraph.extraction.phrasing import first
from uprgraph.extraction.sentences import sentences
from uprgraph.extraction.urls import address

_DAY = len("2019-01-01")
_MOST = 20
"""Opinions on one and the same subject that are told apart by their days."""


@dataclass(slots=True)
class Told:
    """An opinion as it is told: its first mention with title, number or day, and all places of the text that name it.

    `places` are pairs of a paragraph and a mention in it; of an opinion that only a footnote names, the mention is the
    sentence with the mark. `notes` are its footnotes, `inline` its address in the text.
    """

    mention: Mention
    words: Words
    section: str
    places: list[tuple[int, Mention]]
    notes: list[Footnote] = field(default_factory=list)
    inline: str = ""
    in_note: str = ""

    @property
    def key(self) -> str:
        """The place of its statements: its number, or its title where it has none."""
        return self.mention.number or self.mention.title


def told(document: Document) -> list[Told]:
    """Return the opinions in the order in which the document tells of them."""
    found = [each for each in _in_text(document) if _is_record(each)]
    found += _in_notes(document, found)
    return sorted(found, key=lambda each: each.places[0][0])


def _in_text(document: Document) -> list[Told]:
    found: list[Told] = []
    known = Known()
    for number, paragraph in enumerate(document.paragraphs):
        for mention in mentions(paragraph.words.text):
            notes = list(marked(document, paragraph, mention.start, mention.end))
            words = paragraph.words.cut(mention.start, mention.end)
            new = Told(_completed(mention, notes), words, paragraph.section, [(number, mention)], notes)
            new.inline = inline_address(paragraph.words.text, mention.end)
            one = known.find(new.mention)
            if one is None:
                found.append(new)
            elif _is_record(one) or not _is_record(new):
                one.mention = _filled(one.mention, new.mention)
                one.notes += notes
                one.places.append((number, mention))
            else:
                one.mention, one.words, one.section, one.places = new.mention, new.words, new.section, new.places
                one.notes, one.inline = new.notes, new.inline
            known.add(one or new)
    return found


class Known:
    """The opinions told of so far, by their numbers and by what they are on."""

    def __init__(self, told: Iterable[Told] = ()) -> None:
        self._by: dict[str, list[Told]] = defaultdict(list)
        for each in told:
            self.add(each)

    def add(self, told: Told) -> None:
        """Add an opinion, also one that is known by less than now."""
        for key in keys(told.mention):
            if len(self._by[key]) < _MOST:
                self._by[key].append(told)

    def find(self, mention: Mention) -> Told | None:
        """Return the opinion that a mention is of, if it is known."""
        return next((told for key in keys(mention) for told in self._by[key] if same(told.mention, mention)), None)


def _is_record(one: Told) -> bool:
    """Tell whether a mention names one opinion: by a number, a day, or a footnote with its address."""
    named = one.mention.title[0].isupper()
    dated = len(one.mention.issued) > len("2019") or any(
        tells_where(note) or address(note.words.text) for note in one.notes
    )
    return bool(one.mention.number) or (named and dated)


def _in_notes(document: Document, known: list[Told]) -> Iterator[Told]:
    """Yield the opinions that only a footnote names, where the sentence with its mark speaks of an opinion."""
    seen = Known(known)
    attached = {note.number for each in known for note in each.notes}
    for number, paragraph in enumerate(document.paragraphs):
        for mark in paragraph.marks:
            note = document.footnotes.get(mark.number)
            sentence = _sentence(paragraph, mark.offset)
            if note is None or sentence is None or not first("opinion-words", paragraph.words.text[slice(*sentence)]):
                continue
            for mention in mentions(note.words.text)[:1]:
                full = mention.number or (len(mention.issued) == _DAY and "guidelines" not in mention.type.lower())
                if not full or seen.find(mention):
                    continue
                if note.number in attached and not mention.number:
                    continue  # it words the title of the text differently
                where = replace(mention, start=sentence[0], end=sentence[1], sentence=sentence, heading=False)
                new = Told(mention, reference(note), paragraph.section, [(number, where)], [note])
                new.in_note = note.number
                seen.add(new)
                yield new


def _sentence(paragraph: Paragraph, offset: int) -> tuple[int, int] | None:
    return next((each for each in sentences(paragraph.words.text) if each[0] < offset <= each[1] + 1), None)


def same(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions are of one opinion: by their numbers, else by what they are on and their days."""
    if one.number and other.number:
        return plain(one.number) == plain(other.number)
    subjects = one.subject.casefold(), other.subject.casefold()
    return subjects[0] == subjects[1] and (one.issued == other.issued or not (one.issued and other.issued))


def keys(mention: Mention) -> list[str]:
    """Return by what an opinion is found again: its number without initials, and what it is on."""
    return [*([plain(mention.number)] if mention.number else []), mention.subject.casefold()]


def plain(number: str) -> str:
    """Return a number without initials."""
    return number.partition("[")[0].partition(" (")[0].replace(" ", "").upper()


def _filled(mention: Mention, other: Mention) -> Mention:
    return replace(
        mention,
        numbers=mention.numbers or other.numbers,
        venice=mention.venice or other.venice,
        issued=mention.issued or other.issued,
    )


def _completed(mention: Mention, notes: list[Footnote]) -> Mention:
    """Return a mention with the number and the day that its footnotes tell where the text does not."""
    for note in notes:
        for other in mentions(note.words.text)[:1]:
            mention = _filled(mention, other)
        full = [day.first for day in days(note.words.text) if len(day.first) == _DAY]
        if address(note.words.text) and not mention.issued and full:
            mention = replace(mention, issued=full[0])
    return mention
