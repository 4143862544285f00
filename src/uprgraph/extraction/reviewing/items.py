"""The drafted things of a dossier, as a curator looks at them."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from uprgraph.evidence import Span, spans
from uprgraph.extraction.drafting.description import COUNTED
from uprgraph.extraction.drafting.triples import term
from uprgraph.resources import BASE

DOUBTFUL = 0.8
"""Below this confidence a draft is doubtful."""
DESCRIPTIVE = "A descriptive title"
"""How a note begins that says of a title that it was made, which is no doubt."""
TYPES = {
    "Finding": ("upr:findingType", "finding-type"),
    "LegalOpinion": ("upr:opinionType", "opinion-type"),
    "LegalText": ("upr:legalTextKind", "legal-text-kind"),
    "AdoptionStatus": ("upr:status", "adoption-status"),
    "ConcernStatus": ("upr:status", "concern-status"),
    "StatedCount": ("upr:countOf", "count-kind"),
    "Election": ("upr:electionKind", "election-kind"),
    "ElectionObservation": ("upr:missionKind", "mission-kind"),
    "Benchmark": ("upr:benchmarkKind", "benchmark-kind"),
}
"""What the type of a thing of each kind is: its property and codelist."""
TOPICS = {"right": "upr:concernsRight", "principle": "upr:concernsPrinciple"}
"""The properties by which a statement concerns rights and principles, by the codelist."""
WITH_TOPICS = ("Finding", "Recommendation")
_DOCUMENTS = ("Submission", "StakeholderSummary")


@dataclass(frozen=True, slots=True)
class Topic:
    """A right or principle of a statement (its codelist and notation), and the words by which it was recognised."""

    scheme: str
    notation: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A drafted thing. `type` is a notation of the codelist of its kind (see TYPES), `status` one of review-status."""

    iri: str
    kind: str
    status: str
    confidence: float
    rule: str
    text: str
    type: str
    topics: tuple[Topic, ...]
    notes: tuple[str, ...]
    places: tuple[Span, ...]
    document: str

    @property
    def name(self) -> str:
        """The IRI without the base, by which a curator may name it."""
        return self.iri.removeprefix(f"{BASE}id/")

    @property
    def is_doubtful(self) -> bool:
        """Whether the rule is not sure of it, or a note says why it may be wrong."""
        return self.confidence < DOUBTFUL or any(not note.startswith(DESCRIPTIVE) for note in self.notes)

    @property
    def is_undecided(self) -> bool:
        """Whether nobody has decided about it."""
        return self.status == "draft"

    @property
    def is_document(self) -> bool:
        """Whether it is the document of the dossier, without which there is none."""
        return self.kind in _DOCUMENTS


def items(graph: Graph) -> list[Item]:
    """Return what was drafted, the least certain first and then in the order of the document."""
    places = spans(graph)
    found = [
        _item(graph, iri, places) for iri in graph.subjects(term("upr:reviewStatus"), None) if isinstance(iri, URIRef)
    ]
    return sorted(found, key=lambda each: (each.confidence, [span.start for span in each.places], each.iri))


def item(graph: Graph, iri: URIRef) -> Item:
    """Return one drafted thing."""
    return _item(graph, iri, spans(graph))


def _item(graph: Graph, iri: URIRef, places: dict[str, Span]) -> Item:
    kinds = {str(kind).rpartition("#")[2] for kind in graph.objects(iri, RDF.type)}
    kind = next((each for each in COUNTED if each in kinds), next(iter(sorted(kinds)), ""))
    evidence = [str(passage) for passage in graph.objects(iri, term("upr:evidence"))]
    return Item(
        iri=str(iri),
        kind=kind,
        status=_last(graph.value(iri, term("upr:reviewStatus"))),
        confidence=float(str(graph.value(iri, term("upr:confidence")) or 1.0)),
        rule=str(graph.value(iri, term("upr:madeByRule")) or ""),
        text=str(graph.value(iri, term("upr:text")) or graph.value(iri, term("rdfs:label")) or ""),
        type=_last(graph.value(iri, term(TYPES[kind][0]))) if kind in TYPES else "",
        topics=tuple(_topics(graph, iri)),
        notes=tuple(sorted(str(note) for note in graph.objects(iri, term("skos:editorialNote")))),
        places=tuple(sorted((places[each] for each in evidence if each in places), key=lambda span: span.start)),
        document=str(graph.value(iri, term("upr:statedIn")) or "").removeprefix(f"{BASE}id/"),
    )


def _topics(graph: Graph, iri: URIRef) -> list[Topic]:
    found = []
    for scheme, name in TOPICS.items():
        for concept in sorted(graph.objects(iri, term(name)), key=str):
            matches = [
                match
                for match in graph.subjects(term("upr:topicOf"), iri)
                if (match, term("upr:topic"), concept) in graph
            ]
            words = sorted(str(each) for match in matches for each in graph.objects(match, term("upr:matchedWords")))
            found.append(Topic(scheme, _last(concept), tuple(words)))
    return found


def _last(node: Node | None) -> str:
    return str(node).rpartition("/")[2] if node is not None else ""
