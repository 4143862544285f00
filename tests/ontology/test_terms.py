"""The terms of the vocabulary: defined once, used, and with examples that are really there."""

from __future__ import annotations

import re
from functools import cache

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection

from uprgraph import resources
from uprgraph.vocabulary import expand

BASE = resources.BASE
#: Terms that wait for their data: what no document has said yet, each with the reason.
WAITING = {
    **{
        f"upr:{name}": "imports make it; nothing that is shipped was imported"
        for name in (
            "SourceMatch",
            "SpecialProcedureRecommendation",
            "ThematicList",
            "TreatyBodyRecommendation",
            "WorkingGroupReport",
            "affects",
            "concernsGoal",
            "matchMethod",
            "matchOf",
            "matchScore",
            "matchedAs",
            "sourceBody",
            "sourceRow",
            "sourceTheme",
        )
    },
    **{
        f"upr:{name}": "extraction and review make it; nothing that is shipped was drafted"
        for name in (
            "Curator",
            "StakeholderSummary",
            "TopicMatch",
            "madeByRule",
            "matchedWords",
            "reviewStatus",
            "reviewedAt",
            "reviewedBy",
            "topic",
            "topicOf",
        )
    },
    "upr:paragraph": "the export of UPR Info has no paragraph numbers; the reports of the Working Group do",
    "upr:responseDate": "the export of UPR Info does not date responses; the reports of the Working Group do",
}
#: Classes that only group others.
ABSTRACT = {"upr:Document", "upr:Statement", "upr:StatusClaim"}
STANDARD = (str(RDF), str(RDFS), str(OWL))


@cache
def ontology() -> Graph:
    return Graph(bind_namespaces="none").parse(resources.ontology() / "upr.ttl")


@cache
def alignments() -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in sorted((resources.ontology() / "alignments").glob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def data() -> Graph:
    """Return everything shipped but the vocabulary and its alignments."""
    graph = Graph(bind_namespaces="none")
    for path in sorted({entry.path for entry in resources.graph_files()}):
        if path.name != "upr.ttl" and path.parent.name != "alignments":
            graph.parse(path)
    return graph


def terms() -> set[URIRef]:
    return {term for term in ontology().subjects(RDFS.isDefinedBy) if isinstance(term, URIRef)}


def test_every_term_is_used_or_says_why_not() -> None:
    used = {*data().predicates(), *data().objects(None, RDF.type), *ontology().predicates()}
    idle = {term for term in terms() if term not in used}
    assert idle == {URIRef(expand(name)) for name in {*WAITING, *ABSTRACT}}
    for name in ABSTRACT:
        assert (None, RDFS.subClassOf, URIRef(expand(name))) in ontology(), name


def test_every_class_and_property_used_is_declared() -> None:
    """Borrowed ones too: `skos:preflabel` would be found here."""
    everything = ontology() + alignments() + data()
    used = {*everything.predicates(), *everything.objects(None, RDF.type)}
    assert {
        str(term) for term in used if not str(term).startswith(STANDARD) and (term, RDF.type, None) not in everything
    } == set()


def test_examples_are_real() -> None:
    """Each identifier in an example is that of something shipped."""
    known = {str(subject) for subject in data().subjects()}
    named = [
        (str(term), BASE + path.rstrip("."))
        for term, example in ontology().subject_objects(SKOS.example)
        for path in re.findall(r"(?<![\w/])(?:id|code)/[\w./-]+", str(example))
    ]
    assert len(named) > 50
    assert [pair for pair in named if pair[1] not in known] == []


def test_definitions_are_of_one_term_each_and_do_not_begin_with_it() -> None:
    definitions = {str(value): term for term, value in ontology().subject_objects(SKOS.definition)}
    assert len(definitions) == len(terms())
    for definition, term in definitions.items():
        label = str(ontology().value(term, RDFS.label)).casefold()
        assert not re.match(rf"(?:an? |the )?{re.escape(label)}\b", definition.casefold()), term


def test_disjoint_classes_are_classes_and_have_no_member_in_common() -> None:
    subclasses = ontology() + alignments()
    for axiom in ontology().subjects(RDF.type, OWL.AllDisjointClasses):
        members: dict[object, object] = {}
        head = ontology().value(axiom, OWL.members)
        assert head is not None
        listed = list(Collection(ontology(), head))
        assert len(listed) > 2
        for each in listed:
            assert (each, RDF.type, OWL.Class) in ontology()
            for kind in subclasses.transitive_subjects(RDFS.subClassOf, each):
                for thing in data().subjects(RDF.type, kind):
                    assert members.setdefault(thing, each) == each, thing


def test_the_version_iri_ends_in_the_version() -> None:
    header = URIRef(BASE + "ontology")
    version = ontology().value(header, OWL.versionInfo)
    assert isinstance(version, Literal)
    assert ontology().value(header, OWL.versionIRI) == URIRef(f"{BASE}ontology/{version}")


def test_the_header_is_complete() -> None:
    header = URIRef(BASE + "ontology")
    needed = {"title", "abstract", "description", "creator", "publisher", "license", "created", "bibliographicCitation"}
    assert {name for name in needed if (header, DCTERMS[name], None) not in ontology()} == set()
