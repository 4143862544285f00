"""Findings, recommendations and counts, each in the document whose statement it is; claims about laws and concerns."""

from __future__ import annotations

from collections import defaultdict

from rdflib import RDF, URIRef

from uprgraph.extraction.drafting.documents import Reviewed, reviewed_text
from uprgraph.extraction.drafting.drafter import ODIHR, Drafter, decimal
from uprgraph.extraction.drafting.triples import Value, add, code, term
from uprgraph.extraction.statements import (
    Adoption,
    ConcernClaim,
    Count,
    Finding,
    Recommendation,
    Topic,
)

_EXACTLY = "exactly"


def findings(drafter: Drafter, found: tuple[Finding, ...]) -> None:
    """Add findings, numbered in their documents in the order in which they were recognised."""
    numbers: defaultdict[URIRef, int] = defaultdict(int)
    for each in found:
        document = _one_document(drafter, each.place)
        numbers[document] += 1
        iri = URIRef(f"{document}/finding/{numbers[document]}")
        drafter.thing(
            iri,
            "upr:Finding",
            each.basis,
            {
                "upr:findingType": code("finding-type", each.type),
                "upr:madeBy": term(ODIHR) if drafter.is_summary and document == drafter.iri else None,
                "upr:position": numbers[document],
                "upr:reportedAs": _reported(drafter, document, each.reporting),
                "upr:statedIn": document,
                "upr:text": drafter.text(each.text, each.basis),
            },
        )
        _topics(drafter, iri, each.rights, each.principles)


def recommendations(drafter: Drafter, found: tuple[Recommendation, ...]) -> None:
    """Add recommendations, with the positions that they have in their documents where these are of one list."""
    by_document: defaultdict[URIRef, list[Recommendation]] = defaultdict(list)
    for each in found:
        by_document[_one_document(drafter, each.place)].append(each)
    for document, listed in by_document.items():
        plain = len({each.position for each in listed}) == len(listed) and min(each.position for each in listed) > 0
        numbers = [each.position if plain else number for number, each in enumerate(listed, 1)]
        positions = {
            (each.place, each.paragraph, each.position): number for number, each in zip(numbers, listed, strict=True)
        }
        for number, each in zip(numbers, listed, strict=True):
            stronger = positions.get((each.place, each.paragraph, each.fallback_for or 0))
            _recommendation(drafter, document, each, number, stronger if stronger and stronger < number else None)


def _recommendation(
    drafter: Drafter, document: URIRef, each: Recommendation, number: int, stronger: int | None
) -> None:
    iri = URIRef(f"{document}/recommendation/{number}")
    drafter.thing(
        iri,
        "upr:Recommendation",
        each.basis,
        {
            "upr:addressedTo": drafter.state,
            "upr:fallbackFor": URIRef(f"{document}/recommendation/{stronger}") if stronger else None,
            "upr:isPriority": True if each.priority else None,
            "upr:madeBy": term(ODIHR),
            "upr:position": number,
            "upr:reportedAs": _reported(drafter, document, "summary"),
            "upr:statedIn": document,
            "upr:text": drafter.text(each.text, each.basis),
        },
    )
    if each.others:
        drafter.note(iri, f"Made with {', '.join(each.others)}.")
    _topics(drafter, iri, each.rights, each.principles)


def _one_document(drafter: Drafter, place: str) -> URIRef:
    """Return the document of a place; the document itself where the place is of several, or was not recognised."""
    documents = drafter.places(place)
    return documents[0] if len(documents) == 1 else drafter.iri


def _reported(drafter: Drafter, document: URIRef, reporting: str) -> Value | None:
    """Return how a statement is reported: not at all where the submission makes it in its own name."""
    if document == drafter.iri and not drafter.is_summary:
        return None
    return code("reporting", reporting or "summary")


def _topics(drafter: Drafter, iri: URIRef, rights: tuple[Topic, ...], principles: tuple[Topic, ...]) -> None:
    for topics, name, scheme in (
        (rights, "upr:concernsRight", "right"),
        (principles, "upr:concernsPrinciple", "principle"),
    ):
        for topic in topics:
            concept = code(scheme, topic.code)
            add(drafter.graph, iri, {name: concept})
            if topic.matched:
                add(
                    drafter.graph,
                    URIRef(f"{iri}/topic/{scheme}-{topic.code}"),
                    {
                        "rdf:type": term("upr:TopicMatch"),
                        "upr:topicOf": iri,
                        "upr:topic": concept,
                        "upr:matchedWords": topic.matched,
                        "upr:confidence": decimal(topic.confidence),
                    },
                )


def counts(drafter: Drafter, found: tuple[Count, ...]) -> None:
    """Add stated counts; one of a place that is of several documents is one for each of them."""
    for each in found:
        for document in drafter.places(each.place):
            iri = URIRef(f"{document}/count/{each.count_of}")
            stated = drafter.graph.value(iri, term("upr:count"))
            if stated is not None and str(stated) != str(each.count):
                iri = drafter.unused(f"{str(iri).partition('.org/uprgraph/')[2]}-again")
            drafter.thing(
                iri,
                "upr:StatedCount",
                each.basis,
                {
                    "upr:count": each.count,
                    "upr:countOf": code("count-kind", each.count_of),
                    "upr:countQualifier": code("count-qualifier", each.qualifier or _EXACTLY),
                    "upr:listsAll": each.listed is not None,
                    "upr:statedIn": document,
                    "upr:text": drafter.text(each.text, each.basis),
                },
            )


def claims(
    drafter: Drafter,
    adoptions: tuple[Adoption, ...],
    concerns: tuple[ConcernClaim, ...],
    opinions: dict[str, Reviewed],
) -> None:
    """Add what is claimed of the texts that opinions review, and of the concerns of opinions."""
    for adoption in adoptions:
        if adoption.opinion in opinions:
            text = reviewed_text(drafter, opinions[adoption.opinion])
            _claim(drafter, text, adoption, ("upr:AdoptionStatus", "upr:hasAdoptionStatus", "adoption-status"))
    for concern in concerns:
        if concern.opinion in opinions:
            iri = opinions[concern.opinion].iri
            _claim(drafter, iri, concern, ("upr:ConcernStatus", "upr:hasConcernStatus", "concern-status"))


def _claim(drafter: Drafter, about: URIRef, claim: Adoption | ConcernClaim, terms: tuple[str, str, str]) -> None:
    """Add a claim. Two of one day that say the same are one; two that differ have the status in their IRIs."""
    kind, relation, scheme = terms
    as_of = drafter.date(claim.as_of)
    if as_of is None:
        return
    status = code(scheme, claim.status)
    iri = URIRef(f"{about}/{scheme}/{as_of}")
    if (iri, RDF.type, None) in drafter.graph and (iri, term("upr:status"), status) not in drafter.graph:
        iri = URIRef(f"{iri}-{claim.status}")
    add(drafter.graph, about, {relation: iri})
    drafter.thing(
        iri,
        kind,
        claim.basis,
        {
            "upr:asOf": as_of,
            "upr:claimedBy": term(ODIHR),
            "upr:claimedIn": drafter.iri,
            "upr:status": status,
            "upr:text": drafter.text(claim.text, claim.basis),
        },
    )
