"""Recommendations that several sources have, as one: which source names it, and whose response counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from uprgraph.importing.drafts import Draft, drafts
from uprgraph.linking.matching import Candidate, Match, match
from uprgraph.sources.records import Record
from uprgraph.sources.upr_info import text_key
from uprgraph.vocabulary import expand

NAMING = ("upr-info", "wg-report", "uhri", "ohchr-matrix")
"""The sources in the order in which they name a recommendation: it keeps the IRI that the first has for it."""

ANSWERING = ("upr-info", "ohchr-matrix", "wg-report", "uhri")
"""The sources in the order in which their response is taken. That of a report may be pending still: see `response`."""

_PENDING = "code:response/pending"


@dataclass(frozen=True, slots=True)
class Link:
    """That a recommendation of another dataset is this one: by which method, and how alike the texts are, 0 to 1."""

    draft: Draft
    score: float
    method: str
    best: bool
    """Whether the other is more like this one than like any other; it adds its words and States only here."""


@dataclass(slots=True)
class Node:
    """One recommendation, `draft` as the source has it that names it; None where it is one of the shipped graph.

    `same` is what other exports of that source have under the same number, and `links` what was found to be the same.
    """

    part: str
    draft: Draft | None
    same: list[Draft] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def drafts(self) -> list[Draft]:
        """What all sources have of it, the one that names it first."""
        own = [] if self.draft is None else [self.draft]
        return [*own, *self.same, *(link.draft for link in self.links if link.best)]


def merge(records: Iterable[Record], sources: Mapping[str, str], shipped: frozenset[str]) -> list[Node]:
    """Return the recommendations of one review that records of all datasets are of.

    `shipped` are the parts of the IRIs of those recommendations of this review that the shipped graph has, by their
    text; the text itself is not in it.
    """
    by_dataset: dict[str, list[Record]] = {}
    for record in records:
        by_dataset.setdefault(record.dataset, []).append(record)
    order = sorted(by_dataset, key=lambda dataset: (NAMING.index(sources[dataset]), dataset))
    nodes: dict[str, Node] = {}
    for dataset in order:
        found = drafts(by_dataset[dataset])
        if sources[dataset] != NAMING[0]:
            _take_shipped(found, shipped, nodes)
        _add(found, nodes)
    return list(nodes.values())


def _take_shipped(found: Iterable[Draft], shipped: frozenset[str], nodes: dict[str, Node]) -> None:
    for draft in found:
        key = text_key(draft.first.text)
        if key in shipped:
            nodes.setdefault(key, Node(key, None))


def _add(found: Sequence[Draft], nodes: dict[str, Node]) -> None:
    if any(draft.first.session is None for draft in found):
        _add_numbered(found, nodes)
        return
    known = list(nodes.values())
    links: dict[int, list[Match]] = {}
    for each in match([_candidate_of(node) for node in known], [_candidate(draft) for draft in found]):
        links.setdefault(each.new, []).append(each)
    for position, draft in enumerate(found):
        matches = sorted(links.get(position, []), key=lambda each: (-each.score, each.known))
        for number, each in enumerate(matches):
            known[each.known].links.append(Link(draft, each.score, each.method, best=number == 0))
        if not matches:
            part = draft.part if draft.part not in nodes else text_key(draft.first.text)
            nodes[part] = Node(part, draft)


def _add_numbered(found: Iterable[Draft], nodes: dict[str, Node]) -> None:
    """Add recommendations of no review. Their numbers say which are the same: two committees may use the same words."""
    for draft in found:
        node = nodes.get(draft.part)
        if node is None:
            nodes[draft.part] = Node(draft.part, draft)
        else:
            node.same.append(draft)


def _candidate_of(node: Node) -> Candidate:
    if node.draft is None:
        return Candidate(node.part, None, None, frozenset())
    made_by = frozenset(each for draft in node.drafts for each in draft.recommenders)
    paragraph = next((draft.first.paragraph for draft in node.drafts if draft.first.paragraph is not None), None)
    return Candidate(text_key(node.draft.first.text), node.draft.first.text, paragraph, made_by)


def _candidate(draft: Draft) -> Candidate:
    first = draft.first
    return Candidate(text_key(first.text), first.text, first.paragraph, frozenset(draft.recommenders))


def answering(node: Node, sources: Mapping[str, str]) -> Draft | None:
    """Return what has the response that counts: the first in the order of ANSWERING that is not pending, else any."""
    given = [draft for draft in node.drafts if draft.first.response is not None]
    pending = expand(_PENDING)
    return min(
        given,
        key=lambda draft: (draft.first.response == pending, ANSWERING.index(sources[draft.first.dataset])),
        default=None,
    )
