"""From where on the sentences of a submission are statements of an opinion, and where they are so no longer."""

from __future__ import annotations

from collections.abc import Sequence

from uprgraph.extraction.document import Document, Kind, Paragraph
from uprgraph.extraction.opinions.telling import plain
from uprgraph.extraction.opinions.titles import Mention, numbers
from uprgraph.extraction.phrasing import first
from uprgraph.extraction.places import Transition
from uprgraph.extraction.sentences import sentences
from uprgraph.extraction.statements import SUBMISSION

Named = tuple[str, Sequence[tuple[int, Mention]]]
"""The place of an opinion, and its mentions, each with its paragraph."""


def transitions(document: Document, told: Sequence[Named]) -> tuple[Transition, ...]:
    """Return where the statements of each opinion begin.

    Behind a title in a line of its own, they go on up to the next title or section. Those of an opinion told within a
    sentence go on while paragraphs do that speak of "the Opinion", and lists.
    """
    starts = _starts(document, told)
    found: list[Transition] = []
    standing, running = SUBMISSION, False
    for number, paragraph in enumerate(document.paragraphs):
        here = sorted((each for each in starts if each[0] == number), key=lambda each: each[1])
        if paragraph.kind is Kind.HEADING:
            standing, running = SUBMISSION, False
        elif running and not _goes_on(paragraph):
            found.append(Transition(number, 0, standing))
            running = False
        for _, offset, place, heading in here:
            found.append(Transition(number, offset, place))
            standing, running = (place, False) if heading else (standing, True)
    return tuple(found)


def _starts(document: Document, told: Sequence[Named]) -> list[tuple[int, int, str, bool]]:
    """Return the paragraph and offset at which statements begin, their place, and whether a title stands there."""
    found = [
        (number, mention.start if mention.heading else mention.sentence[0], place, mention.heading)
        for place, mentions in told
        for number, mention in mentions
    ]
    known = {plain(place): place for place, _ in told}
    taken = {(number, offset) for number, offset, *_ in found}
    for number, paragraph in enumerate(document.paragraphs):
        for start, end in sentences(paragraph.words.text):
            named = [known[each] for each in map(plain, numbers(paragraph.words.text[start:end])) if each in known]
            if len(set(named)) == 1 and not any((number, at) in taken for at in range(start, end)):
                found.append((number, start, named[0], False))
    return found


def _goes_on(paragraph: Paragraph) -> bool:
    return paragraph.kind is Kind.ITEM or first("opinion-continues", paragraph.words.text) is not None
