"""A dossier: the statements of a draft as a graph, what source.toml says of the source, and the source itself."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Graph

from uprgraph.extraction.document import Document
from uprgraph.extraction.drafting import activities, documents, figures, mismatches, stated
from uprgraph.extraction.drafting.accounting import Account, account
from uprgraph.extraction.drafting.drafter import Drafter
from uprgraph.extraction.statements import Draft


@dataclass(frozen=True, slots=True)
class Dossier:
    """A drafted dossier. `key` is the name of its folder, `iri` the document, `account` what became of the source."""

    key: str
    iri: str
    is_summary: bool
    graph: Graph
    source: str
    account: Account


def drafted(draft: Draft, document: Document) -> Dossier:
    """Return the dossier of what was recognised in a document.

    Raises InvalidDataError for a State or session that there is not.
    """
    drafter = Drafter(document, draft.submission)
    documents.describe(drafter)
    opinions = {each.number: documents.opinion(drafter, each) for each in draft.opinions}
    activities.missions(drafter, draft.missions)
    activities.audits(drafter, draft.audits, _places(draft))
    activities.plans(drafter, draft.plans)
    stated.findings(drafter, draft.findings)
    stated.recommendations(drafter, draft.recommendations)
    stated.counts(drafter, draft.counts)
    stated.claims(drafter, draft.adoptions, draft.concern_claims, opinions)
    figures.figures(drafter, draft.figures)
    documents.without_findings(drafter.graph)
    mismatches.record(drafter.graph)
    return Dossier(
        drafter.key,
        str(drafter.iri),
        drafter.is_summary,
        drafter.graph,
        document.source,
        account(document, draft, drafter.passages.spans),
    )


def _places(draft: Draft) -> set[str]:
    """Return the places of all that is stated somewhere."""
    stating = (draft.findings, draft.recommendations, draft.counts)
    return {each.place for part in stating for each in part}
