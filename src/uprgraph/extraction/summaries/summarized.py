"""The draft of a summary of stakeholders' submissions: all that ODIHR says in it, and what states nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from uprgraph.extraction.document import Document, Kind
from uprgraph.extraction.elections import elections
from uprgraph.extraction.figures import counts, figures
from uprgraph.extraction.phrasing import first
from uprgraph.extraction.places import Places, Transition
from uprgraph.extraction.statements import SUMMARY, Basis, Draft, Submission
from uprgraph.extraction.summaries import summary
from uprgraph.extraction.summaries.parts import parts
from uprgraph.extraction.summaries.speeches import speeches


def draft(document: Document, submission: Submission) -> Draft:
    """Return what ODIHR says in a summary. What is not understood is not in it yet."""
    findings, recommendations = summary.statements(document, submission)
    odihrs = told(document)
    return Draft(
        submission=submission,
        findings=findings,
        recommendations=recommendations,
        counts=counts.counts(odihrs, Places(odihrs, [Transition(0, 0, SUMMARY)])),
        figures=figures.figures(odihrs),
        missions=elections.missions(odihrs, submission)[0],
        context=(*context(document), *_around(document)),
    )


def told(document: Document) -> Document:
    """Return what is left of a summary if only ODIHR speaks in it: one paragraph for each sentence or part of one.

    Rules for what submissions say, such as those for counts and figures, find in it what ODIHR says.
    """
    paragraphs = [
        replace(speech.paragraph, words=speech.paragraph.words.cut(speech.start, speech.end), marks=())
        for speech in speeches(document)
        if speech.odihr
    ]
    return replace(document, paragraphs=tuple(paragraphs))


def context(document: Document) -> Iterator[Basis]:
    """Yield the words that report what others say, or what nobody says: understood, and no statement by ODIHR."""
    for speech in speeches(document):
        words = speech.paragraph.words.cut(speech.start, speech.end)
        if not speech.odihr:
            rule = "summary/others-speak" if speech.others else "summary/nobody-speaks"
            yield Basis(rule, (words,), section=speech.paragraph.section)
            continue
        for part in parts(speech):
            nothing = first("summary-nothing", part.text[part.start : part.end])
            if nothing:
                words = speech.paragraph.words.cut(part.start, part.end)
                yield Basis(nothing[0].name, (words,), section=speech.paragraph.section)


def _around(document: Document) -> Iterator[Basis]:
    """Yield the words of the title page and of notes that only name sources."""
    unnumbered = [each.words for each in document.paragraphs if not each.number and each.kind is Kind.TEXT]
    notes = [(each.words, each.number) for each in document.footnotes.values()]
    for words, note in [*((words, "") for words in unnumbered), *notes]:
        found = first("summary-around", words.text)
        if found:
            yield Basis(found[0].name, (words,), footnote=note)
