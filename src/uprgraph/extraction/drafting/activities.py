"""Elections, the missions to them and their reports; gender audits, their reports and action plans."""

from __future__ import annotations

import re

from rdflib import RDF, Literal, URIRef

from uprgraph.extraction.drafting import known
from uprgraph.extraction.drafting.drafter import ODIHR, Drafter
from uprgraph.extraction.drafting.naming import slug
from uprgraph.extraction.drafting.triples import code, day_or_year, english, in_words, is_date, node, term
from uprgraph.extraction.statements import Audit, Basis, Mission, Plan

_DESCRIPTIVE = "A descriptive title: the source gives none."
_PARTY = re.compile(r"\bpart(?:y|ies)\b", re.IGNORECASE)
_PUBLIC_BODY = re.compile(
    r"\b(?:assembly|parliament|council|ministry|government|court|office|agency|commission|secretariat)\b", re.IGNORECASE
)
_LENGTH_OF_DAY = len("2016-03-20")


def missions(drafter: Drafter, found: tuple[Mission, ...]) -> None:
    """Add elections, observations and reports; several missions to one election are several observations.

    The mission that has a report goes first, so that its identifiers are the plain ones.
    """
    for mission in sorted(found, key=lambda each: not (each.has_report or each.report_url)):
        _mission(drafter, mission)


def _mission(drafter: Drafter, mission: Mission) -> None:
    state = drafter.submission.state
    kind = known.label_of("election-kind", mission.kind) if mission.kind else "election"
    format_ = known.label_of("mission-kind", mission.mission)
    day = len(mission.date) == _LENGTH_OF_DAY
    date = mission.date if is_date(mission.date) else drafter.year
    key = f"{state}-{date}" if day else f"{state}-{date[:4]}-{mission.kind or 'election'}"
    kind_term = code("election-kind", mission.kind) if mission.kind else None
    election = node(f"id/election/{key}")
    kinds = set(drafter.graph.objects(election, term("upr:electionKind")))
    if kind_term is not None and kinds and kind_term not in kinds:  # two elections on one day
        election = node(f"id/election/{key}-{mission.kind}")
    new = drafter.thing(
        election,
        "upr:Election",
        mission.basis,
        {
            "rdfs:label": english(f"{kind[0].upper()}{kind[1:]} in {drafter.state_name}, {in_words(date)}"),
            "upr:concernsState": drafter.state,
            "upr:date": day_or_year(date),
            "upr:electionKind": kind_term,
        },
    )
    if not day and new:
        drafter.note(election, f"The source gives no day, but {mission.date or 'nothing'}.")
    observation = node(f"id/election-observation/{key}")
    if (observation, RDF.type, None) in drafter.graph:
        observation = drafter.unused(f"id/election-observation/{key}-{mission.mission or 'mission'}")
    drafter.thing(
        observation,
        "upr:ElectionObservation",
        mission.basis,
        {
            "rdfs:label": english(f"ODIHR {format_}, {kind} in {drafter.state_name}, {date[:4]}"),
            "upr:carriedOutBy": term(ODIHR),
            "upr:concernsState": drafter.state,
            "upr:missionKind": code("mission-kind", mission.mission) if mission.mission else None,
            "upr:observes": election,
        },
    )
    if mission.has_report or mission.report_url:
        _report(drafter, mission, observation, date, f"ODIHR {format_} final report on the {kind} of {in_words(date)}")


def _report(drafter: Drafter, mission: Mission, observation: URIRef, date: str, title: str) -> None:
    report = node(f"id/election-report/{drafter.submission.state}-{date}")
    if (report, RDF.type, None) in drafter.graph:
        report = URIRef(str(observation).replace("/election-observation/", "/election-report/"))
    else:
        drafter.documents[f"election-report/{mission.date}"] = [report]
    drafter.thing(
        report,
        "upr:ElectionReport",
        mission.basis,
        {
            "rdfs:label": english(f"{title} in {drafter.state_name}"),
            "dcterms:title": english(f"{title} in {drafter.state_name}"),
            "upr:concernsState": drafter.state,
            "upr:issuedBy": term(ODIHR),
            "upr:mentionedIn": drafter.iri,
            "upr:reportsOn": observation,
            "upr:sourceUrl": Literal(mission.report_url, datatype=term("xsd:anyURI")) if mission.report_url else None,
        },
    )
    drafter.note(report, _DESCRIPTIVE)


def audits(drafter: Drafter, found: tuple[Audit, ...], places: set[str]) -> None:
    """Add gender audits, and the report of each that is said to be confidential or to state something (`places`)."""
    for audit in found:
        year = audit.year if is_date(audit.year) else drafter.year
        organisation, name = _organisation(drafter, audit.organisation, audit.basis)
        key = f"{drafter.submission.state}-{year[:4]}-{slug(name, drafter.state_name)}"
        iri = node(f"id/gender-audit/{key}")
        drafter.thing(
            iri,
            "upr:GenderAudit",
            audit.basis,
            {
                "rdfs:label": english(f"Gender audit of {name}, {year[:4]}"),
                "upr:carriedOutBy": term(ODIHR),
                "upr:concernsState": drafter.state,
                "upr:date": day_or_year(year),
                "upr:subjectOrganisation": organisation,
            },
        )
        place = f"audit-report/{audit.year}"
        if audit.confidential or place in places:
            report = node(f"id/gender-audit-report/{key}")
            drafter.documents.setdefault(place, []).append(report)
            title = english(f"Gender audit report of {name}")
            drafter.thing(
                report,
                "upr:GenderAuditReport",
                audit.basis,
                {
                    "rdfs:label": title,
                    "dcterms:title": title,
                    "upr:concernsState": drafter.state,
                    "upr:confidentiality": code("confidentiality", "confidential") if audit.confidential else None,
                    "upr:issuedBy": term(ODIHR),
                    "upr:mentionedIn": drafter.iri,
                    "upr:reportsOn": iri,
                },
            )
            drafter.note(report, _DESCRIPTIVE)


def plans(drafter: Drafter, found: tuple[Plan, ...]) -> None:
    """Add action plans, each based on the report of the audit of the same organisation if there is one."""
    for plan in found:
        organisation, name = _organisation(drafter, plan.organisation, plan.basis)
        year = next((each for each in (plan.created, plan.start, plan.end, drafter.year) if is_date(each)), "")
        iri = node(f"id/action-plan/{drafter.submission.state}-{year[:4]}-{slug(name, drafter.state_name)}")
        period = "-".join(dict.fromkeys(each[:4] for each in (plan.start, plan.end) if each))
        drafter.thing(
            iri,
            "upr:ActionPlan",
            plan.basis,
            {
                "rdfs:label": english(f"Gender action plan of {name}" + (f", {period}" if period else "")),
                "dcterms:created": day_or_year(plan.created) if is_date(plan.created) else None,
                "upr:basedOn": _audit_report(drafter, organisation),
                "upr:concernsState": drafter.state,
                "upr:endDate": day_or_year(plan.end) if is_date(plan.end) else None,
                "upr:startDate": day_or_year(plan.start) if is_date(plan.start) else None,
                "upr:subjectOrganisation": organisation,
            },
        )


def _audit_report(drafter: Drafter, organisation: URIRef) -> URIRef | None:
    for audit in drafter.graph.subjects(term("upr:subjectOrganisation"), organisation):
        for report in drafter.graph.subjects(term("upr:reportsOn"), audit):
            if isinstance(report, URIRef):
                return report
    return None


def _organisation(drafter: Drafter, name: str, basis: Basis) -> tuple[URIRef, str]:
    """Return an organisation and its name: a party where the words speak of parties and it is no public body."""
    spoken_of = any(_PARTY.search(words.text) for words in basis.words) and not _PUBLIC_BODY.search(name)
    return drafter.organisation(name, basis, "upr:PoliticalParty" if spoken_of else "upr:Organisation"), name
