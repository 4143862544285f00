"""What a State is to the OSCE, and since when, in the words of a submission."""

from __future__ import annotations

from uprgraph.extraction.document import Document, Kind, Paragraph
from uprgraph.extraction.head import state_names
from uprgraph.extraction.phrasing import first
from uprgraph.extraction.sentences import sentences
from uprgraph.extraction.statements import Basis, Membership


def membership(document: Document, state: str) -> Membership | None:
    """Return the membership of a State (ISO alpha-3) that the document states first, with a year if one does."""
    found = [
        each
        for paragraph in document.paragraphs
        if paragraph.kind is not Kind.HEADING
        for start, end in sentences(paragraph.words.text)
        if (each := _stated(paragraph, start, end, state))
    ]
    return next((each for each in found if each.since), found[0] if found else None)


def _stated(paragraph: Paragraph, start: int, end: int, state: str) -> Membership | None:
    sentence = paragraph.words.text[start:end]
    role = first("membership", sentence)
    if role is None or not state_names.pattern(state).search(sentence, 0, role[1].start()):
        return None
    since = first("membership-since", sentence)
    stop = max(role[1].end(), since[1].end() if since else 0)
    words = paragraph.words.cut(start, start + stop)
    basis = Basis(role[0].name, (words,), role[0].confidence, section=paragraph.section)
    return Membership(role[0].means, since[1]["year"] if since else "", basis)
