"""The legal opinions that a submission tells of, and from where on its sentences are those of an opinion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from uprgraph.extraction.document import Document, Footnote, Paragraph
from uprgraph.extraction.opinions.legal_texts import reviewed, underlying
from uprgraph.extraction.opinions.names import joint_authors, type_of
from uprgraph.extraction.opinions.notes import reference, tells_where
from uprgraph.extraction.opinions.telling import Told, keys, plain, same, told
from uprgraph.extraction.opinions.titles import Mention, mentions, numbers
from uprgraph.extraction.opinions.transitions import transitions
from uprgraph.extraction.phrasing import first
from uprgraph.extraction.places import Places, Transition
from uprgraph.extraction.sentences import sentences
from uprgraph.extraction.statements import Basis, LegalText, Opinion, Submission
from uprgraph.extraction.urls import address

_NO_NUMBER = 0.8
_IN_NOTE = 0.7
_MOST = 20
"""Footnotes that name one opinion which are looked at."""
_VENICE = "Venice Commission"


def place(opinion: Opinion) -> str:
    """Return the place of the statements of an opinion: its number, or its title where it has none."""
    return opinion.number or opinion.title


def opinions(document: Document, submission: Submission) -> tuple[tuple[Opinion, ...], tuple[Transition, ...]]:
    """Return the opinions in the order in which the document tells of them, and where their statements begin."""
    del submission  # opinions of no State, and of other States, are told of too
    found_told = told(document)
    found = transitions(document, [(each.key, each.places) for each in found_told])
    around = _around(document, Places(document, found))
    return tuple(_opinion(each, around) for each in found_told), found


@dataclass(slots=True)
class _Around:
    """What the document has beside titles: paragraphs and footnotes by the place they belong to, and named in notes."""

    paragraphs: dict[str, list[Paragraph]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[str, list[Footnote]] = field(default_factory=lambda: defaultdict(list))
    named: dict[str, list[tuple[Footnote, Mention | None]]] = field(default_factory=lambda: defaultdict(list))


def _around(document: Document, place_of: Places) -> _Around:
    found = _Around()
    for number, paragraph in enumerate(document.paragraphs):
        found.paragraphs[place_of.at(number)].append(paragraph)
        for mark in paragraph.marks:
            note = document.footnotes.get(mark.number)
            if note and tells_where(note):
                found.notes[place_of.at(number, max(0, mark.offset - 1))].append(note)
    for note in document.footnotes.values():
        if address(note.words.text):
            other = next(iter(mentions(note.words.text)), None)
            for key in {*map(plain, numbers(note.words.text)), *(keys(other) if other else ())}:
                found.named[key].append((note, other))
    return found


def _opinion(named: Told, around: _Around) -> Opinion:
    mention = named.mention
    authors = joint_authors(mention.told + (f" {_VENICE}" if mention.venice else ""))
    kind, exact = type_of(mention.type, joint=bool(authors))
    note, url = _published(named, around)
    doubts = ["the source gives no number"] * (not mention.number) + ["its type is no other in the list"] * (not exact)
    return Opinion(
        number=mention.number,
        title=mention.title,
        type=kind,
        basis=Basis(
            rule="opinion-titles/title",
            words=(named.words, *([reference(note)] if note and note.number != named.in_note else [])),
            confidence=_IN_NOTE if named.in_note else 1.0 if mention.number else _NO_NUMBER,
            doubt="; ".join(doubts),
            section=named.section,
            footnote=named.in_note,
        ),
        issued=mention.issued,
        url=url,
        joint=authors,
        other_numbers=mention.others,
        reviewed=_reviewed(named, around),
    )


def _published(named: Told, around: _Around) -> tuple[Footnote | None, str]:
    """Return the footnote that says where an opinion is published, if one does, and the address.

    It is a note to the title, to what is told of the opinion, or, should its mark be lost, any that names the opinion.
    """
    for note in (*named.notes, *around.notes.get(named.key, ()), *_naming(named.mention, around)):
        found = address(note.words.text)
        if found:
            return note, found
    return None, named.inline


def _naming(mention: Mention, around: _Around) -> Iterator[Footnote]:
    for key in keys(mention):
        for note, other in around.named.get(key, [])[:_MOST]:
            if mention.number in numbers(note.words.text) or (other and same(mention, other)):
                yield note


def _reviewed(named: Told, around: _Around) -> tuple[LegalText, ...]:
    """Return the texts that the title names, and one that a commentary is on if the opinion says it reviewed it."""
    found = reviewed(named.mention.subject)
    under = [text for text in map(underlying, found) if text and text not in found]
    paragraphs = around.paragraphs.get(named.key, ()) if under else ()
    said = [text for text in under if any(_reviews(paragraph.words.text, text) for paragraph in paragraphs)]
    return (*found, *said)


def _reviews(words: str, text: LegalText) -> bool:
    """Tell whether a sentence says that a text of this kind was reviewed."""
    for start, end in sentences(words):
        doing = first("opinion-reviewing", words[start:end])
        if doing and text.kind.replace("-", " ") in words[start + doing[1].end() : end].lower():
            return True
    return False
