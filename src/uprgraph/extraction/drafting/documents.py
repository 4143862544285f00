"""The document itself, the opinions it reports, and the legal texts that these review."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDF, Graph, Literal, URIRef

from uprgraph.extraction.drafting import known
from uprgraph.extraction.drafting.drafter import ODIHR, Drafter
from uprgraph.extraction.drafting.naming import opinion_key, slug
from uprgraph.extraction.drafting.triples import add, code, day_or_year, english, node, term
from uprgraph.extraction.statements import SUBMISSION, SUMMARY, Membership, Opinion
from uprgraph.sources.sessions import ordinal
from uprgraph.wording import fold_space

_DESCRIPTIVE = "A descriptive title, made when the draft was."
_SUMMARY_OF = "Summary of stakeholders\N{RIGHT SINGLE QUOTATION MARK} submissions on"
_LENGTH_OF_DAY = len("2016-10-06")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The texts that an opinion reviews, in the order in which the document names them."""

    opinion: Opinion
    iri: URIRef
    texts: tuple[URIRef, ...]


def describe(drafter: Drafter) -> None:
    """Add the document, its review, and the State's membership of the OSCE."""
    submission = drafter.submission
    drafter.documents[SUBMISSION] = drafter.documents[SUMMARY] = [drafter.iri]
    where = f"{drafter.state_name}, {ordinal(submission.session)} session"
    if drafter.is_summary:
        drafter.thing(
            drafter.iri,
            "upr:StakeholderSummary",
            submission.basis,
            {
                "rdfs:label": english(f"{_SUMMARY_OF} {where}"),
                "dcterms:title": english(f"{_SUMMARY_OF} {drafter.state_name}"),
                "dcterms:identifier": Literal(submission.symbol),
                "upr:issuedBy": term("organisation:OHCHR"),
                "upr:reportsOn": drafter.review,
                "upr:concernsState": drafter.state,
            },
        )
    else:
        drafter.thing(
            drafter.iri,
            "upr:Submission",
            submission.basis,
            {
                "rdfs:label": english(f"ODIHR submission for the review of {where}"),
                "dcterms:title": english(
                    f"ODIHR submission of information for the Universal Periodic Review of {drafter.state_name}"
                ),
                "upr:submittedBy": term(ODIHR),
                "upr:submittedFor": drafter.review,
                "upr:concernsState": drafter.state,
            },
        )
    drafter.note(drafter.iri, _DESCRIPTIVE)
    _review(drafter)
    if submission.membership:
        _membership(drafter, submission.membership)


def _review(drafter: Drafter) -> None:
    for passage in drafter.passages.of(drafter.submission.basis):
        drafter.graph.add((drafter.review, term("upr:evidence"), passage))
    if not drafter.reference.has_review:
        add(
            drafter.graph,
            drafter.review,
            {
                "rdf:type": term("upr:Review"),
                "rdfs:label": english(drafter.reference.review_label),
                "upr:inSession": term(f"session:{drafter.submission.session}"),
                "upr:stateUnderReview": drafter.state,
            },
        )


def _membership(drafter: Drafter, membership: Membership) -> None:
    """Let the membership rest on the words, and say where they differ from what is known of it."""
    iri = term(f"membership:OSCE-{drafter.submission.state}")
    for passage in drafter.passages.of(membership.basis):
        drafter.graph.add((iri, term("upr:evidence"), passage))
    shipped = drafter.reference.membership
    since = membership.since[:4]
    if shipped is None:
        add(
            drafter.graph,
            iri,
            {
                "rdf:type": term("upr:Membership"),
                "org:member": drafter.state,
                "org:organization": term("organisation:OSCE"),
                "org:role": code("membership-role", membership.role),
                "upr:since": day_or_year(since) if since else None,
            },
        )
        return
    role, known_since = shipped
    if role != membership.role:
        drafter.note(iri, f"The source says: {membership.role}.")
    if since and since != known_since:
        drafter.note(iri, f"The source says: since {since}.")


def opinion(drafter: Drafter, found: Opinion) -> Reviewed:
    """Add an opinion and the texts that it reviews."""
    iri = node(f"id/opinion/{opinion_key(found.number)}")
    drafter.documents[found.number] = [iri]
    title = fold_space(found.title)
    topic = found.number.partition("/")[0].partition("-")[0].upper()
    day = len(found.issued) == _LENGTH_OF_DAY
    new = drafter.thing(
        iri,
        "upr:LegalOpinion",
        found.basis,
        {
            "rdfs:label": english(f"{found.number}: {title}"),
            "dcterms:title": english(title),
            "dcterms:issued": day_or_year(found.issued) if day else None,
            "upr:opinionNumber": Literal(found.number),
            "upr:opinionType": code("opinion-type", found.type) if found.type else None,
            "upr:topicCode": code("topic-code", topic) if topic in known.notations("topic-code") else None,
            "upr:concernsState": drafter.state,
            "upr:issuedBy": term(ODIHR),
            "upr:mentionedIn": drafter.iri,
            "upr:sourceUrl": Literal(found.url, datatype=term("xsd:anyURI")) if found.url else None,
        },
    )
    if found.issued and not day and new:
        drafter.note(iri, f"The source gives no day of issue, but {found.issued}.")
    for name in found.joint:
        add(drafter.graph, iri, {"upr:issuedBy": drafter.organisation(name, found.basis)})
    for number in found.other_numbers:
        if number != found.number:
            add(drafter.graph, iri, {"dcterms:identifier": Literal(number)})
    texts = tuple(dict.fromkeys(_legal_text(drafter, found, each.title, each.kind) for each in found.reviewed))
    for text in texts:
        add(drafter.graph, iri, {"upr:reviews": text})
    return Reviewed(found, iri, texts)


def reviewed_text(drafter: Drafter, reviewed: Reviewed) -> URIRef:
    """Return the text whose fate is told of an opinion: the first that it reviews.

    Where none is named, one is described by the title of the opinion, since a claim must be about something.
    """
    if reviewed.texts:
        return reviewed.texts[0]
    text = _legal_text(drafter, reviewed.opinion, f"text reviewed in {reviewed.opinion.title}", "")
    add(drafter.graph, reviewed.iri, {"upr:reviews": text})
    return text


def _legal_text(drafter: Drafter, found: Opinion, title: str, kind: str) -> URIRef:
    title = fold_space(title)
    iri = node(f"id/legal-text/{drafter.submission.state}-{slug(title, drafter.state_name)}")
    new = drafter.thing(
        iri,
        "upr:LegalText",
        found.basis,
        {
            "rdfs:label": english(title),
            "dcterms:title": english(title),
            "upr:concernsState": drafter.state,
            "upr:legalTextKind": code("legal-text-kind", kind) if kind else None,
        },
    )
    if not new and (iri, term("dcterms:title"), english(title)) not in drafter.graph:
        add(drafter.graph, iri, {"skos:altLabel": english(title)})
    return iri


def without_findings(graph: Graph) -> None:
    """Note of each opinion that nothing is reported of its findings, which a check would otherwise find missing."""
    stated, kind, evidence = term("upr:statedIn"), term("upr:Finding"), term("upr:evidence")
    for opinion in sorted(graph.subjects(RDF.type, term("upr:LegalOpinion")), key=str):
        annotation = URIRef(f"{opinion}/annotation/no-findings")
        graph.remove((annotation, None, None))
        if any((finding, RDF.type, kind) in graph for finding in graph.subjects(stated, opinion)):
            continue
        add(
            graph,
            annotation,
            {
                "rdf:type": term("dqv:QualityAnnotation"),
                "oa:bodyValue": english("No finding of this opinion was recognised in the source."),
                "oa:hasTarget": opinion,
                "oa:motivatedBy": term("oa:assessing"),
                "upr:acknowledges": Literal("opinions-without-findings"),
            },
        )
        for passage in graph.objects(opinion, evidence):
            graph.add((annotation, evidence, passage))
