"""What a submission claims of the texts that opinions reviewed: that they were adopted or not; and of the concerns."""

from __future__ import annotations

from uprgraph.extraction.claims.concerns import concern_claims
from uprgraph.extraction.claims.laws import Claim, claimed
from uprgraph.extraction.document import Document
from uprgraph.extraction.opinions.opinions import place
from uprgraph.extraction.opinions.told import Stated, stated
from uprgraph.extraction.places import Places
from uprgraph.extraction.statements import Adoption, Basis, ConcernClaim, Opinion, Submission


def claims(
    document: Document, submission: Submission, opinions: tuple[Opinion, ...], place_of: Places
) -> tuple[tuple[Adoption, ...], tuple[ConcernClaim, ...]]:
    """Return what is claimed of the texts that opinions reviewed, and of the concerns of these opinions."""
    found = list(stated(document, opinions, place_of))
    adoptions = (
        _adoption(submission, each, claim) for each in found for claim in claimed(each.words.text, each.start, each.end)
    )
    return tuple(dict.fromkeys(adoptions)), concern_claims(document, submission, opinions, found)


def _adoption(submission: Submission, sentence: Stated, claim: Claim) -> Adoption:
    """Return a claim as a statement: of the day it names, else that of the opinion it reports, else of the review."""
    words = sentence.words.cut(claim.start, claim.end)
    return Adoption(
        opinion=place(sentence.opinion),
        status=claim.status,
        as_of=claim.as_of or (sentence.opinion.issued if claim.reported else "") or submission.year,
        text=words.text,
        basis=Basis(claim.rule, (words,), claim.confidence, claim.doubt, sentence.section, sentence.footnote),
    )
