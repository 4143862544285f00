"""The codelists say what they must: labels that lead to one concept, sound hierarchies, links that lead somewhere."""

import csv
import html
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import RDFS, SKOS, XSD

from uprgraph import resources, vocabulary

SHARED = Path(__file__).parents[3] / "shared" / "data"
SCHEMES = {
    "action-category": 5,
    "adoption-status": 5,
    "affected-persons": 26,
    "benchmark-kind": 2,
    "concern-status": 3,
    "confidentiality": 2,
    "count-kind": 2,
    "count-qualifier": 4,
    "election-kind": 6,
    "field": 5,
    "finding-type": 3,
    "indicator": 1,
    "instrument-kind": 6,
    "legal-text-kind": 8,
    "membership-role": 3,
    "match-method": 3,
    "mission-kind": 5,
    "opinion-type": 17,
    "principle": 39,
    "regional-group": 5,
    "reporting": 2,
    "requester-kind": 3,
    "response": 4,
    "review-status": 4,
    "right": 60,
    "topic-code": 8,
    "uhri-theme": 112,
    "unit": 1,
    "upr-info-issue": 54,
}
PUBLISHED = ("affected-persons", "uhri-theme", "upr-info-issue")
"""The lists of others, whose notations are the labels as published."""
MAPPINGS = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
CODE = vocabulary.prefixes()["code"]
RIGHT = vocabulary.prefixes()["right"]
UPR = vocabulary.prefixes()["upr"]
PROTECTED_BY = URIRef(UPR + "protectedBy")


@cache
def codelist(scheme: str) -> Graph:
    graph = Graph(bind_namespaces="none")
    graph.parse(resources.ontology() / "codelists" / f"{scheme}.ttl")
    return graph


@cache
def instruments() -> Graph:
    graph = Graph(bind_namespaces="none")
    graph.parse(resources.data() / "reference" / "instruments.ttl")
    return graph


def alignment(name: str) -> Graph:
    graph = Graph(bind_namespaces="none")
    graph.parse(resources.ontology() / "alignments" / f"{name}.ttl")
    return graph


def concepts(graph: Graph) -> list[URIRef]:
    return sorted(each for each in graph.subjects(RDF.type, SKOS.Concept) if isinstance(each, URIRef))


def ambiguous_labels(graph: Graph) -> dict[str, set[str]]:
    """Return each label, preferred or alternative, without case, that leads to more than one concept."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for concept, label in graph.subject_objects(predicate):
            if (concept, RDF.type, SKOS.Concept) in graph:
                owners[str(label).casefold()].add(str(concept))
    return {label: found for label, found in owners.items() if len(found) > 1}


def on_a_circle(graph: Graph) -> set[URIRef]:
    """Return the concepts that are broader than themselves."""
    return {each for each in concepts(graph) if each in ancestors(graph, each)}


def ancestors(graph: Graph, concept: URIRef) -> set[URIRef]:
    found: set[URIRef] = set()
    waiting = [concept]
    while waiting:
        for broader in graph.objects(waiting.pop(), SKOS.broader):
            assert isinstance(broader, URIRef)
            if broader not in found:
                found.add(broader)
                waiting.append(broader)
    return found


def without_top(graph: Graph) -> set[URIRef]:
    """Return the concepts from which no top concept of the scheme is reached."""
    return {
        each
        for each in concepts(graph)
        if not any((up, SKOS.topConceptOf, None) in graph for up in {each} | ancestors(graph, each))
    }


def test_every_scheme_has_its_file() -> None:
    assert {path.stem for path in (resources.ontology() / "codelists").glob("*.ttl")} == set(SCHEMES)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_concepts_are_complete(scheme: str) -> None:
    graph = codelist(scheme)
    iri = URIRef(CODE + scheme)
    assert (iri, RDF.type, SKOS.ConceptScheme) in graph
    for predicate in (SKOS.prefLabel, SKOS.definition):
        assert [value.language for value in graph.objects(iri, predicate) if isinstance(value, Literal)] == ["en"]
    found = concepts(graph)
    assert len(found) >= SCHEMES[scheme]
    for concept in found:
        assert str(concept).startswith(f"{iri}/"), concept
        assert list(graph.objects(concept, SKOS.inScheme)) == [iri], concept
        for predicate in (SKOS.prefLabel, SKOS.definition):
            values = list(graph.objects(concept, predicate))
            english = [each for each in values if isinstance(each, Literal) and each.language == "en"]
            assert len(english) == 1, f"{concept}: {len(english)} English {predicate}"
            assert str(english[0]) == str(english[0]).strip() != "", concept
        notations = list(graph.objects(concept, SKOS.notation))
        assert len(notations) == 1, concept
        slug = str(concept).removeprefix(f"{iri}/")
        if scheme in PUBLISHED:
            assert slug == re.sub(r"[^a-z0-9]+", "-", str(notations[0]).lower()).strip("-")
        else:
            assert notations == [Literal(slug)], concept
        definition = str(graph.value(concept, SKOS.definition))
        assert definition.endswith("."), concept
        assert definition[0].isupper(), concept


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_label_leads_to_one_concept(scheme: str) -> None:
    assert ambiguous_labels(codelist(scheme)) == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_hierarchy_is_sound(scheme: str) -> None:
    graph = codelist(scheme)
    assert on_a_circle(graph) == set()
    assert without_top(graph) == set()
    for narrower, broader in graph.subject_objects(SKOS.broader):
        assert (broader, RDF.type, SKOS.Concept) in graph, f"{narrower} is below {broader}, which is not there"
        assert (narrower, SKOS.topConceptOf, None) not in graph, f"{narrower} is a top concept and is not"
    assert (None, SKOS.narrower, None) not in graph
    assert (None, SKOS.hasTopConcept, None) not in graph


def test_no_broader_is_redundant_among_rights() -> None:
    """A right is not filed both under a heading and under something below that heading."""
    graph = codelist("right")
    redundant = [
        (right, above)
        for right in concepts(graph)
        for above in graph.objects(right, SKOS.broader)
        for other in graph.objects(right, SKOS.broader)
        if isinstance(other, URIRef) and other != above and above in ancestors(graph, other)
    ]
    assert redundant == []


def test_the_checks_can_fail() -> None:
    graph = Graph(bind_namespaces="none")
    graph.parse(
        format="turtle",
        data="""
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        PREFIX : <http://example.org/>
        :a a skos:Concept ; skos:prefLabel "Freedom of speech"@en ; skos:broader :b .
        :b a skos:Concept ; skos:prefLabel "expression"@en ; skos:altLabel "freedom of Speech"@en ; skos:broader :a .
        :c a skos:Concept ; skos:prefLabel "life"@en ; skos:topConceptOf :scheme .
        """,
    )
    a, b = (URIRef(f"http://example.org/{name}") for name in "ab")
    assert ambiguous_labels(graph) == {"freedom of speech": {str(a), str(b)}}
    assert on_a_circle(graph) == {a, b}
    assert without_top(graph) == {a, b}


def named(label: str) -> str:
    """Return the slug of the right that a person means who types `label`."""
    wanted = label.casefold()
    graph = codelist("right")
    (right,) = {
        right
        for predicate in (SKOS.prefLabel, SKOS.altLabel)
        for right, text in graph.subject_objects(predicate)
        if str(text).casefold() == wanted
    }
    return str(right).removeprefix(RIGHT)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("freedom of religion", "freedom-of-religion-or-belief"),
        ("Religious freedom", "freedom-of-religion-or-belief"),
        ("FoRB", "freedom-of-religion-or-belief"),
        ("freedom of thought, conscience and religion", "freedom-of-religion-or-belief"),
        ("свобода религии или убеждений", "freedom-of-religion-or-belief"),
        ("freedom of speech", "freedom-of-expression"),
        ("FOI", "access-to-information"),
        ("fair trial", "fair-trial"),
        ("nullum crimen sine lege", "no-punishment-without-law"),
        ("gender equality", "equality-of-women-and-men"),
        ("torture", "freedom-from-torture"),
        ("right to be elected", "right-to-stand-for-election"),
        ("election observation", "observe-elections"),
        ("death penalty", "freedom-from-the-death-penalty"),
        ("women's rights", "rights-of-women"),
    ],
)
def test_what_people_type_finds_the_right(typed: str, slug: str) -> None:
    assert named(typed) == slug


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("freedom-of-thought-and-conscience", "freedom-of-religion-or-belief"),
        ("conscientious-objection", "freedom-of-religion-or-belief"),
        ("access-to-information", "freedom-of-expression"),
        ("access-to-the-internet", "freedom-of-opinion-and-expression"),
        ("freedom-to-choose-residence", "freedom-of-movement"),
        ("independent-and-impartial-tribunal", "fair-trial"),
        ("observe-elections", "participation-in-public-affairs"),
        ("political-participation-of-women", "equality-of-women-and-men"),
        ("political-participation-of-women", "civil-and-political-rights"),
    ],
)
def test_rights_are_below_what_holds_them(narrow: str, wide: str) -> None:
    assert URIRef(RIGHT + wide) in ancestors(codelist("right"), URIRef(RIGHT + narrow))


def test_access_to_information_is_not_freedom_of_religion() -> None:
    above = ancestors(codelist("right"), URIRef(RIGHT + "access-to-information"))
    assert URIRef(RIGHT + "freedom-of-religion-or-belief") not in above


def test_rights_name_provisions_that_exist_and_every_provision_is_named() -> None:
    rights, known = codelist("right"), instruments()
    kinds = {URIRef(UPR + "Instrument"), URIRef(UPR + "Provision")}
    there = {each for kind in kinds for each in known.subjects(RDF.type, kind)}
    protecting = set(rights.objects(None, PROTECTED_BY))
    assert protecting - there == set()
    assert set(known.subjects(RDF.type, URIRef(UPR + "Provision"))) - protecting == set()
    headings = {"rights-of-specific-groups", "rights-of-peoples"}
    bare = {right for right in concepts(rights) if (right, PROTECTED_BY, None) not in rights}
    assert bare == {URIRef(RIGHT + slug) for slug in headings}


@pytest.mark.parametrize(
    ("slug", "provision"),
    [
        ("freedom-of-religion-or-belief", "ICCPR/article/18"),
        ("freedom-of-religion-or-belief", "COPENHAGEN-1990/paragraph/9.4"),
        ("freedom-of-religion-or-belief", "HELSINKI-1975/principle/VII"),
        ("no-punishment-without-law", "ICCPR/article/15"),
        ("freedom-of-movement", "ICCPR/article/12"),
        ("fair-trial", "ICCPR/article/14"),
        ("freedom-from-torture", "CAT/article/2"),
        ("secrecy-of-the-vote", "COPENHAGEN-1990/paragraph/7.4"),
        ("observe-elections", "COPENHAGEN-1990/paragraph/8"),
        ("political-participation-of-women", "CEDAW/article/7"),
    ],
)
def test_provisions_protect_what_they_say(slug: str, provision: str) -> None:
    target = URIRef(vocabulary.prefixes()["instrument"] + provision)
    assert (URIRef(RIGHT + slug), PROTECTED_BY, target) in codelist("right")


def test_instruments_are_complete() -> None:
    graph = instruments()
    kinds = set(concepts(codelist("instrument-kind")))
    found = set(graph.subjects(RDF.type, URIRef(UPR + "Instrument")))
    assert len(found) >= 19
    for instrument in found:
        assert graph.value(instrument, RDFS.label), instrument
        assert graph.value(instrument, URIRef(UPR + "instrumentKind")) in kinds, instrument
        for date in graph.objects(instrument, URIRef(UPR + "date")):
            assert isinstance(date, Literal)
            assert date.datatype in {XSD.date, XSD.gYear}, instrument
            pattern = r"\d{4}-\d{2}-\d{2}" if date.datatype == XSD.date else r"\d{4}"
            assert re.fullmatch(pattern, str(date)), instrument
    for provision in graph.subjects(RDF.type, URIRef(UPR + "Provision")):
        whole, number = graph.value(provision, URIRef(UPR + "partOf")), graph.value(provision, URIRef(UPR + "article"))
        assert whole in found, provision
        assert str(provision).startswith(f"{whole}/")
        assert str(provision).endswith(f"/{number}")
        assert str(graph.value(provision, RDFS.label)).endswith(f" {number}"), provision


def mappings(graph: Graph) -> Iterator[tuple[URIRef, URIRef, URIRef]]:
    for predicate in MAPPINGS:
        for subject, target in graph.subject_objects(predicate):
            assert isinstance(subject, URIRef)
            assert isinstance(target, URIRef)
            yield subject, predicate, target


@pytest.mark.parametrize("scheme", ["uhri-theme", "upr-info-issue"])
def test_issues_and_themes_map_to_rights_or_say_why_not(scheme: str) -> None:
    graph = codelist(scheme)
    rights = set(concepts(codelist("right")))
    mapped = set()
    pairs = set()
    for issue, _, right in mappings(graph):
        assert right in rights, f"{issue} maps to {right}, which is no right"
        assert (issue, right) not in pairs, f"{issue} maps to {right} in two ways"
        pairs.add((issue, right))
        mapped.add(issue)
    for issue in set(concepts(graph)) - mapped:
        note = str(graph.value(issue, SKOS.editorialNote))
        assert note.startswith("Mapped to no right: "), f"{issue} maps to no right and does not say why"


def test_issues_are_those_of_the_export() -> None:
    export = SHARED / "upr-info" / "recommendations-s01-20.csv"
    if not export.exists():
        pytest.skip(f"the UPR Info export is not at {export}")
    with export.open(encoding="utf-8", newline="") as lines:
        printed = {label.strip() for row in csv.DictReader(lines) for label in row["Issue"].split(",")}
    graph = codelist("upr-info-issue")
    assert {str(label) for label in graph.objects(None, SKOS.notation)} == printed


def thematic_list() -> tuple[set[str], set[str]]:
    """Return the themes and the groups of persons that OHCHR's thematic list names, each under its heading."""
    path = SHARED / "ohchr-matrix" / "slovenia-2019.txt"
    if not path.exists():
        pytest.skip(f"the thematic list is not at {path}")
    found: dict[str, set[str]] = {"themes": set(), "SDGs:": set(), "Affected persons:": set()}
    under = "themes"
    for line in html.unescape(path.read_text(encoding="utf-8")).splitlines():
        label = line.strip()
        if label.startswith("Theme: "):
            found["themes"].add(label.removeprefix("Theme: "))
        elif label.startswith("- "):
            found[under].add(label.removeprefix("- "))
        else:
            under = label if label in found else "themes"
    assert all(found.values())
    return found["themes"], found["Affected persons:"]


def published(scheme: str) -> set[str]:
    """Return the labels as publishers spell them."""
    graph = codelist(scheme)
    return {str(label) for predicate in (SKOS.notation, SKOS.altLabel) for label in graph.objects(None, predicate)}


def test_themes_are_those_of_the_index_and_of_the_thematic_list() -> None:
    index = SHARED / "uhri" / "uhri_themes_2026-02.csv"
    if not index.exists():
        pytest.skip(f"the themes of the index are not at {index}")
    with index.open(encoding="utf-8", newline="") as lines:
        themes = {row["theme"] for row in csv.DictReader(lines)}
    assert len(themes) == 100
    assert published("uhri-theme") == themes | thematic_list()[0]
    notations = {str(label) for label in codelist("uhri-theme").objects(None, SKOS.notation)}
    assert themes <= notations, "where the two spell a theme differently, the index gives its notation"


def test_affected_persons_are_those_of_the_thematic_list() -> None:
    notations = {str(label) for label in codelist("affected-persons").objects(None, SKOS.notation)}
    assert notations == thematic_list()[1]


def test_links_to_sdg_targets_lead_somewhere() -> None:
    known = SHARED / "sdg" / "sdg-kos-goals-targets-indicators.ttl"
    if not known.exists():
        pytest.skip(f"the SDG concepts are not at {known}")
    targets = Graph(bind_namespaces="none")
    targets.parse(known)
    kind = URIRef("http://metadata.un.org/sdg/ontology#Target")
    links = list(mappings(alignment("sdg")))
    assert len(links) > 50
    for right, predicate, target in links:
        assert predicate == SKOS.relatedMatch
        assert (right, RDF.type, SKOS.Concept) in codelist("right"), right
        assert (target, RDF.type, kind) in targets, f"{right} is linked to {target}, which is no SDG target"


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("wikidata-rights", r"http://www\.wikidata\.org/entity/Q[1-9]\d*"),
        ("eurovoc", r"http://eurovoc\.europa\.eu/(\d+|c_[0-9a-f]{8})"),
    ],
)
def test_links_to_other_vocabularies_are_well_formed(name: str, pattern: str) -> None:
    rights = set(concepts(codelist("right")))
    links = list(mappings(alignment(name)))
    assert links
    for right, predicate, target in links:
        assert right in rights, right
        assert predicate in {SKOS.exactMatch, SKOS.closeMatch}
        assert re.fullmatch(pattern, str(target)), target
    exact = [target for _, predicate, target in links if predicate == SKOS.exactMatch]
    assert len(exact) == len(set(exact)), "one concept elsewhere is the same as two rights"
