"""The legal opinions that a submission tells of, and from where on its sentences are those of an opinion."""

from __future__ import annotations

from collections.abc import Iterator

from uprgraph.extraction.document import Document, Footnote, Kind
from uprgraph.extraction.legal_texts import reviewed, underlying
from uprgraph.extraction.opinion_names import joint_authors, type_of
from uprgraph.extraction.opinion_notes import reference, tells_where
from uprgraph.extraction.opinion_telling import Told, same, told
from uprgraph.extraction.opinion_titles import Mention, mentions
from uprgraph.extraction.opinion_transitions import transitions
from uprgraph.extraction.phrasing import first
from uprgraph.extraction.places import Places, Transition
from uprgraph.extraction.sentences import sentences
from uprgraph.extraction.statements import Basis, LegalText, Opinion, Submission
from uprgraph.extraction.urls import address

_NO_NUMBER = 0.8
_IN_NOTE = 0.7
_VENICE = "Venice Commission"


def place(opinion: Opinion) -> str:
    """Return the place of the statements of an opinion: its number, or its title where it has none."""
    return opinion.number or opinion.title


def opinions(document: Document, submission: Submission) -> tuple[tuple[Opinion, ...], tuple[Transition, ...]]:
    """Return the opinions in the order in which the document tells of them, and where their statements begin."""
    del submission  # opinions of no State, and of other States, are told of too
    found_told = told(document)
    found = transitions(document, [(each.key, each.places) for each in found_told])
    place_of = Places(document, found)
    return tuple(_opinion(document, each, place_of) for each in found_told), found


def _opinion(document: Document, named: Told, place_of: Places) -> Opinion:
    mention = named.mention
    authors = joint_authors(mention.told + (f" {_VENICE}" if mention.venice else ""))
    kind, exact = type_of(mention.type, joint=bool(authors))
    note, url = _published(document, named, place_of)
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
        reviewed=_reviewed(document, named, place_of),
    )


def _published(document: Document, named: Told, place_of: Places) -> tuple[Footnote | None, str]:
    """Return the footnote that says where an opinion is published, if one does, and the address."""
    for note in [*named.notes, *_notes_within(document, named.key, place_of), *_notes_naming(document, named.mention)]:
        found = address(note.words.text)
        if found:
            return note, found
    return None, named.inline


def _notes_within(document: Document, key: str, place_of: Places) -> Iterator[Footnote]:
    """Yield the notes to the statements of an opinion that say where it is published."""
    for number, paragraph in enumerate(document.paragraphs):
        for mark in paragraph.marks:
            note = document.footnotes.get(mark.number)
            if note and place_of.at(number, max(0, mark.offset - 1)) == key and tells_where(note):
                yield note


def _notes_naming(document: Document, mention: Mention) -> Iterator[Footnote]:
    for note in document.footnotes.values():
        text = note.words.text
        if (mention.number and mention.number in text) or any(same(mention, each) for each in mentions(text)[:1]):
            yield note


def _reviewed(document: Document, named: Told, place_of: Places) -> tuple[LegalText, ...]:
    """Return the texts that the title names, and one that a commentary is on if the opinion says it reviewed it."""
    found = list(reviewed(named.mention.subject))
    for text in filter(None, map(underlying, tuple(found))):
        noun = text.kind.replace("-", " ")
        for number, paragraph in enumerate(document.paragraphs):
            if paragraph.kind is Kind.HEADING or place_of.at(number) != named.key or text in found:
                continue
            for start, end in sentences(paragraph.words.text):
                doing = first("opinion-reviewing", paragraph.words.text[start:end])
                if doing and noun in paragraph.words.text[start + doing[1].end() : end].lower():
                    found = [*found, *([] if text in found else [text])]
    return tuple(found)
