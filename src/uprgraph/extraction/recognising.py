"""From a document to a draft: what each part recognises, in one order, and what nobody understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from uprgraph.extraction import gender
from uprgraph.extraction.accounting import Taken, not_understood
from uprgraph.extraction.claims import adoption
from uprgraph.extraction.document import Document
from uprgraph.extraction.elections import elections
from uprgraph.extraction.figures import counts, figures
from uprgraph.extraction.head import header
from uprgraph.extraction.opinions import opinions as opinion_rules
from uprgraph.extraction.places import Places
from uprgraph.extraction.reader import Reader
from uprgraph.extraction.statements import Count, Draft, Recommendation, Submission
from uprgraph.extraction.summaries import summarized

PRIORITY = "priority-recommendations"


def recognise(document: Document, state: str | None = None, session: int | None = None) -> Draft:
    """Return what is recognised in a document. `state` and `session` stand for what its head does not say.

    Raises InvalidDataError where State or session are neither said nor given.
    """
    submission = header.submission(document, state=state, session=session)
    draft = summarized.draft(document, submission) if submission.symbol else _of_submission(document, submission)
    return replace(draft, not_understood=tuple(not_understood(document, draft)))


def _of_submission(document: Document, submission: Submission) -> Draft:
    found, in_opinions = opinion_rules.opinions(document, submission)
    missions, in_reports = elections.missions(document, submission)
    places = Places(document, [*in_opinions, *in_reports])
    adoptions, claims = adoption.claims(document, submission, found, places)
    audits, plans = gender.audits(document)
    draft = Draft(
        submission=submission,
        opinions=found,
        adoptions=adoptions,
        concern_claims=claims,
        counts=counts.counts(document, places),
        figures=figures.figures(document),
        missions=missions,
        audits=audits,
        plans=plans,
    )
    reader = Reader(document, places, Taken(draft), {opinion_rules.place(opinion): opinion for opinion in found})
    reader.read()
    return replace(
        draft,
        findings=tuple(reader.findings),
        recommendations=tuple(reader.recommendations),
        counts=tuple(_with_listed(each, reader.recommendations) for each in draft.counts),
        context=tuple(reader.context),
    )


def _with_listed(count: Count, recommended: Iterable[Recommendation]) -> Count:
    """Return a count of priority recommendations with how many of them the document goes on to list."""
    if count.count_of != PRIORITY:
        return count
    listed = sum(each.priority and each.place == count.place for each in recommended)
    return replace(count, listed=listed) if listed else count
