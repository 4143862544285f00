"""The curated dossier of the seed as a `Draft`: what its submission states, as extraction would find it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from uprgraph.extraction import statements as said
from uprgraph.vocabulary import expand

NOTHING = said.Basis(rule="expected", words=())


def seed_draft(path: Path, memberships: Path) -> said.Draft:
    """Return the statements of a dossier in Turtle. Curators' additions, such as who set an average, are left out.

    What the submission says of a membership stands in the file of `memberships`, the dossier has the evidence for it.
    """
    return _Dossier(Graph().parse(path, format="turtle").parse(memberships, format="turtle")).draft()


class _Dossier:
    """A dossier, read by what its things are."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._submission = next(self._all("upr:Submission"))

    def draft(self) -> said.Draft:
        """Return all of it."""
        return said.Draft(
            submission=self._of_submission(),
            opinions=tuple(self._opinion(each) for each in self._all("upr:LegalOpinion")),
            adoptions=tuple(self._adoptions()),
            concern_claims=tuple(self._concern_claims()),
            findings=tuple(self._finding(each) for each in self._all("upr:Finding")),
            recommendations=tuple(self._recommendation(each) for each in self._all("upr:Recommendation")),
            counts=tuple(dict.fromkeys(self._count(each) for each in self._all("upr:StatedCount"))),
            figures=tuple(
                self._figure(each) for kind in ("Statistic", "Benchmark") for each in self._all(f"upr:{kind}")
            ),
            missions=tuple(self._mission(each) for each in self._all("upr:ElectionObservation")),
            audits=tuple(self._audit(each) for each in self._all("upr:GenderAudit")),
            plans=tuple(self._plan(each) for each in self._all("upr:ActionPlan")),
        )

    def _all(self, kind: str) -> Iterator[Node]:
        yield from sorted(self._graph.subjects(RDF.type, URIRef(expand(kind))), key=str)

    def _nodes(self, subject: Node, name: str) -> list[Node]:
        return sorted(self._graph.objects(subject, URIRef(expand(name))), key=str)

    def _text(self, subject: Node, name: str) -> str:
        found = self._nodes(subject, name)
        return str(found[0]) if found else ""

    def _code(self, subject: Node, name: str) -> str:
        return _last(self._text(subject, name))

    def _topics(self, subject: Node, name: str) -> tuple[said.Topic, ...]:
        return tuple(said.Topic(_last(str(each)), "") for each in self._nodes(subject, name))

    def _place(self, subject: Node) -> str:
        """Return the place of a statement: the number of an opinion, the election or year of a report."""
        document = self._nodes(subject, "upr:statedIn")[0]
        number = self._text(document, "upr:opinionNumber")
        if number:
            return number
        report = re.search(r"/(election|gender-audit)-report/[A-Z]{3}-(\d{4}-\d\d-\d\d|\d{4})", str(document))
        if not report:
            return said.SUBMISSION
        return f"{report[1].removeprefix('gender-')}-report/{report[2]}"

    def _of_submission(self) -> said.Submission:
        state, session = _last(self._text(self._submission, "upr:submittedFor")).split("-")
        membership = next(each for each in self._all("upr:Membership") if self._nodes(each, "upr:evidence"))
        return said.Submission(
            state=state,
            session=int(session),
            basis=NOTHING,
            year=self._text(next(self._all("upr:Statistic")), "upr:period"),
            membership=said.Membership(
                self._code(membership, "org:role"), self._text(membership, "upr:since"), NOTHING
            ),
        )

    def _opinion(self, node: Node) -> said.Opinion:
        return said.Opinion(
            number=self._text(node, "upr:opinionNumber"),
            title=self._text(node, "dcterms:title"),
            type=self._code(node, "upr:opinionType"),
            basis=NOTHING,
            issued=self._text(node, "dcterms:issued"),
            url=self._text(node, "upr:sourceUrl"),
            reviewed=tuple(
                said.LegalText(self._text(each, "dcterms:title"), self._code(each, "upr:legalTextKind"))
                for each in self._nodes(node, "upr:reviews")
            ),
        )

    def _adoptions(self) -> Iterator[said.Adoption]:
        for opinion in self._all("upr:LegalOpinion"):
            for text in self._nodes(opinion, "upr:reviews"):
                for status in self._nodes(text, "upr:hasAdoptionStatus"):
                    yield said.Adoption(self._text(opinion, "upr:opinionNumber"), *self._claim(status), NOTHING)

    def _concern_claims(self) -> Iterator[said.ConcernClaim]:
        for opinion in self._all("upr:LegalOpinion"):
            for status in self._nodes(opinion, "upr:hasConcernStatus"):
                yield said.ConcernClaim(self._text(opinion, "upr:opinionNumber"), *self._claim(status), NOTHING)

    def _claim(self, node: Node) -> tuple[str, str, str]:
        return self._code(node, "upr:status"), self._text(node, "upr:asOf"), self._text(node, "upr:text")

    def _finding(self, node: Node) -> said.Finding:
        return said.Finding(
            place=self._place(node),
            type=self._code(node, "upr:findingType"),
            text=self._text(node, "upr:text"),
            basis=NOTHING,
            rights=self._topics(node, "upr:concernsRight"),
            principles=self._topics(node, "upr:concernsPrinciple"),
            reporting=self._code(node, "upr:reportedAs"),
        )

    def _recommendation(self, node: Node) -> said.Recommendation:
        fallback = self._nodes(node, "upr:fallbackFor")
        return said.Recommendation(
            place=self._place(node),
            position=int(self._text(node, "upr:position")),
            text=self._text(node, "upr:text"),
            basis=NOTHING,
            priority=self._text(node, "upr:isPriority") == "true",
            fallback_for=int(self._text(fallback[0], "upr:position")) if fallback else None,
            rights=self._topics(node, "upr:concernsRight"),
            principles=self._topics(node, "upr:concernsPrinciple"),
        )

    def _count(self, node: Node) -> said.Count:
        """Return a count; one that is stated of several reports at once comes out the same for each."""
        return said.Count(
            place=self._place(node),
            count_of=self._code(node, "upr:countOf"),
            count=int(self._text(node, "upr:count")),
            qualifier=self._code(node, "upr:countQualifier"),
            text=self._text(node, "upr:text"),
            basis=NOTHING,
        )

    def _figure(self, node: Node) -> said.Figure:
        return said.Figure(
            value=float(self._text(node, "upr:value")),
            text=self._text(node, "upr:text"),
            basis=NOTHING,
            unit=self._code(node, "upr:unit"),
            indicator=self._code(node, "upr:indicator"),
            kind=self._code(node, "upr:benchmarkKind"),
        )

    def _mission(self, node: Node) -> said.Mission:
        election = self._nodes(node, "upr:observes")[0]
        reports = list(self._graph.subjects(URIRef(expand("upr:reportsOn")), node))
        return said.Mission(
            date=self._text(election, "upr:date"),
            kind=self._code(election, "upr:electionKind"),
            mission=self._code(node, "upr:missionKind"),
            basis=NOTHING,
            report_url=self._text(reports[0], "upr:sourceUrl") if reports else "",
            has_report=bool(reports),
        )

    def _audit(self, node: Node) -> said.Audit:
        return said.Audit(self._organisation(node), self._text(node, "upr:date"), NOTHING)

    def _plan(self, node: Node) -> said.Plan:
        return said.Plan(
            organisation=self._organisation(node),
            basis=NOTHING,
            created=self._text(node, "dcterms:created"),
            start=self._text(node, "upr:startDate"),
            end=self._text(node, "upr:endDate"),
        )

    def _organisation(self, node: Node) -> str:
        organisation = self._nodes(node, "upr:subjectOrganisation")[0]
        return str(self._graph.value(organisation, RDFS.label))


def _last(iri: str) -> str:
    return iri.rstrip("/").rsplit("/", 1)[-1]
