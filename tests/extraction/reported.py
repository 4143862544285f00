"""The documents for testing as they are read, a document written in a test, and where its sentences are stated."""

from __future__ import annotations

from functools import cache

from bench.extraction_expected import expected

from uprgraph.extraction.document import Document
from uprgraph.extraction.elections import elections
from uprgraph.extraction.places import Places
from uprgraph.extraction.reading import read, read_text
from uprgraph.extraction.statements import SUMMARY, Basis, Mission, Submission


@cache
def document(name: str) -> Document:
    """Return a document for testing, or the seed, as it is read."""
    return read(expected(name).source)


def submission(name: str) -> Submission:
    """Return what is expected of a document as a whole."""
    return expected(name).draft.submission


def places(document: Document, submission: Submission) -> Places:
    """Return where the sentences of a document are stated, as far as elections say."""
    return Summary(document) if submission.symbol else Places(document, elections.missions(document, submission)[1])


class Summary(Places):
    """The places of a summary: all is stated in it."""

    def __init__(self, document: Document) -> None:
        super().__init__(document, ())

    def at(self, paragraph: int, offset: int = 0) -> str:
        return SUMMARY


def written(*paragraphs: str, heading: str = "Election-related activities") -> Document:
    """Return a document of one section with these paragraphs."""
    return read_text("\n\n".join([heading, *paragraphs]) + "\n")


def observed(*paragraphs: str, heading: str = "Election-related activities") -> tuple[Mission, ...]:
    """Return the missions of a document of one section with these paragraphs."""
    return elections.missions(written(*paragraphs, heading=heading), NOBODY)[0]


NOBODY = Submission("XXX", 1, Basis(rule="test", words=()))
