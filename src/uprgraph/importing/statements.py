"""What is stated of recommendations, each statement in the graph of the dataset that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from uprgraph.importing.drafts import Draft
from uprgraph.importing.merging import Link, Node, answering
from uprgraph.linking.matching import EXACT
from uprgraph.resources import BASE
from uprgraph.sources.records import Quote, Record
from uprgraph.sources.sessions import review_of
from uprgraph.sources.statements import LABEL, RDF_TYPE, SOURCE, node, term, text, typed

_CLASSES = {
    "review": "upr:ReviewRecommendation",
    "treaty-body": "upr:TreatyBodyRecommendation",
    "special-procedure": "upr:SpecialProcedureRecommendation",
}
_MANY = {
    "recommenders": "upr:madeBy",
    "issues": "upr:sourceIssue",
    "themes": "upr:sourceTheme",
    "goals": "upr:concernsGoal",
    "affected": "upr:affects",
}

DOCUMENTS = frozenset({"wg-report", "ohchr-matrix"})
"""The sources whose datasets are documents."""

_named = lru_cache(maxsize=65_536)(NamedNode)
_term = lru_cache(maxsize=1_024)(term)


@lru_cache(maxsize=1_024)
def graph_of(dataset: str) -> NamedNode:
    """Return the named graph of a dataset, given by its key."""
    return node(f"graph/{dataset}")


@lru_cache(maxsize=1_024)
def dataset_of(dataset: str, source: str) -> NamedNode:
    """Return the node of a dataset, given by its key and the source that it is of: a document, or an export."""
    return node(f"id/{'document' if source in DOCUMENTS else 'dataset'}/{dataset}")


def document(symbol: str) -> NamedNode:
    """Return the node of a document of the United Nations, given by its symbol."""
    return node(f"id/document/{symbol.replace('/', '-')}")


class Writer:
    """Writes what is stated of recommendations; `sources` gives the source of each dataset, such as "upr-info"."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def statements(self, found: Node, prefix: str) -> Iterator[Quad]:
        """Yield what is stated of a recommendation, whose IRI begins with `prefix`."""
        subject = _named(prefix + found.part)
        if found.draft is not None:
            yield from _kind(subject, found.draft)
            yield from self._answer(subject, found, prefix, found.draft)
        for draft in found.drafts:
            yield from self._of_dataset(subject, draft, named=draft is found.draft)
        for link in found.links:
            yield from self._link(subject, prefix, link)

    def _answer(self, subject: NamedNode, found: Node, prefix: str, own: Draft) -> Iterator[Quad]:
        """Yield the response that counts, and, where it is another's, what the source says that names it."""
        draft = answering(found, self._sources)
        if draft is not None:
            yield from _response(subject, draft.first, graph_of(draft.first.dataset))
        if draft is not own and own.first.response is not None:
            yield from self._link(subject, prefix, Link(own, 1.0, EXACT, best=True))

    def _of_dataset(self, subject: NamedNode, draft: Draft, *, named: bool) -> Iterator[Quad]:
        """Yield what a dataset adds; its own numbers only if it names the recommendation."""
        first, graph = draft.first, graph_of(draft.first.dataset)
        yield Quad(subject, SOURCE, self._dataset(first), graph)
        if named and first.paragraph is not None:
            yield Quad(subject, _term("upr:paragraph"), Literal(first.paragraph), graph)
        if first.action is not None:
            yield Quad(subject, _term("upr:actionCategory"), _named(first.action), graph)
        if first.action is not None or any(record.issues for record in draft.records):
            yield Quad(subject, _term("upr:categorisedBy"), _term("organisation:UPR-Info"), graph)
        for record in draft.records:
            yield from _of_record(subject, record, graph)
            if named and record.row is not None:
                yield Quad(subject, _term("upr:sourceRow"), typed(str(record.row), "xsd:integer"), graph)
            if record.quote is not None:
                yield from _evidence(subject, self._dataset(record), record, record.quote)

    def _link(self, subject: NamedNode, prefix: str, link: Link) -> Iterator[Quad]:
        first = link.draft.first
        graph = graph_of(first.dataset)
        where = review_of(first.state, first.session).value.rpartition("/")[2] if first.session is not None else ""
        ends = f"{where}/{link.draft.part}/{subject.value.removeprefix(prefix)}"
        match = NamedNode(f"{BASE}id/match/{first.dataset}/{ends}")
        yield Quad(match, RDF_TYPE, _term("upr:SourceMatch"), graph)
        yield Quad(match, _term("upr:matchOf"), subject, graph)
        yield Quad(match, _term("upr:matchedAs"), _named(prefix + link.draft.part), graph)
        yield Quad(match, SOURCE, self._dataset(first), graph)
        yield Quad(match, _term("upr:matchMethod"), _term(f"code:match-method/{link.method}"), graph)
        yield Quad(match, _term("upr:matchScore"), typed(f"{link.score:.3f}", "xsd:decimal"), graph)
        yield from _response(match, first, graph)

    def _dataset(self, record: Record) -> NamedNode:
        return dataset_of(record.dataset, self._sources[record.dataset])


def _kind(subject: NamedNode, draft: Draft) -> Iterator[Quad]:
    first, graph = draft.first, graph_of(draft.first.dataset)
    yield Quad(subject, RDF_TYPE, _term(_CLASSES[first.kind]), graph)
    yield Quad(subject, _term("upr:addressedTo"), _named(first.state), graph)
    yield Quad(subject, _term("upr:text"), text(first.text), graph)
    if first.session is not None:
        yield Quad(subject, _term("upr:inReview"), review_of(first.state, first.session), graph)
    if first.body is not None:
        yield Quad(subject, _term("upr:sourceBody"), Literal(first.body), graph)
    if first.kind != "review" and first.document is not None:
        yield Quad(subject, SOURCE, document(first.document), graph)
    if first.kind != "review" and first.date is not None:
        yield Quad(subject, _term("dcterms:issued"), typed(first.date, "xsd:date"), graph)


def _response(subject: NamedNode, record: Record, graph: NamedNode) -> Iterator[Quad]:
    if record.response is not None and record.source_response is not None:
        yield Quad(subject, _term("upr:response"), _named(record.response), graph)
        yield Quad(subject, _term("upr:sourceResponse"), Literal(record.source_response), graph)


def _of_record(subject: NamedNode, record: Record, graph: NamedNode) -> Iterator[Quad]:
    for attribute, predicate in _MANY.items():
        for value in getattr(record, attribute):
            yield Quad(subject, _term(predicate), _named(value), graph)
    for target in record.goals:
        yield Quad(subject, _term("upr:concernsGoal"), _named(_goal_of(target)), graph)


def _goal_of(target: str) -> str:
    """Return the Goal that a target is of, or the Goal itself: that of http://metadata.un.org/sdg/4.1 is .../sdg/4."""
    place, _, number = target.rpartition("/")
    return f"{place}/{number.partition('.')[0]}"


def _evidence(subject: NamedNode, document: NamedNode, record: Record, quote: Quote) -> Iterator[Quad]:
    graph = graph_of(record.dataset)
    passage = _named(f"{document.value}/passage/{record.part.replace('.', '-').lower()}")
    words, position = NamedNode(f"{passage.value}#quote"), NamedNode(f"{passage.value}#position")
    yield Quad(subject, _term("upr:evidence"), passage, graph)
    yield Quad(passage, RDF_TYPE, _term("upr:Passage"), graph)
    yield Quad(passage, _term("oa:hasSource"), document, graph)
    yield Quad(passage, _term("oa:hasSelector"), words, graph)
    yield Quad(passage, _term("oa:hasSelector"), position, graph)
    yield Quad(passage, _term("upr:section"), text(quote.section), graph)
    yield Quad(words, RDF_TYPE, _term("oa:TextQuoteSelector"), graph)
    yield Quad(words, _term("oa:exact"), Literal(quote.words), graph)
    yield Quad(position, RDF_TYPE, _term("oa:TextPositionSelector"), graph)
    yield Quad(position, _term("oa:start"), typed(str(quote.start), "xsd:integer"), graph)
    yield Quad(position, _term("oa:end"), typed(str(quote.end), "xsd:integer"), graph)


def review(found: NamedNode, record: Record, label: str) -> Iterator[Quad]:
    """Yield the description of a review that the shipped calendar does not have."""
    graph = graph_of(record.dataset)
    yield Quad(found, RDF_TYPE, _term("upr:Review"), graph)
    yield Quad(found, _term("upr:stateUnderReview"), _named(record.state), graph)
    yield Quad(found, _term("upr:inSession"), _term(f"session:{record.session}"), graph)
    yield Quad(found, LABEL, text(label), graph)
