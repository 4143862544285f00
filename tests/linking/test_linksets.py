"""src/uprgraph/linking/linksets.py: sets of links, their links and their descriptions."""

from decimal import Decimal

import pyoxigraph
import pytest

from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.rdflib_engine import RdflibEngine
from uprgraph.engines.terms import Iri, Literal
from uprgraph.errors import UnknownValueError, UsageError
from uprgraph.linking import linksets
from uprgraph.linking.linksets import Linkset
from uprgraph.vocabulary import expand, prefixes

DATA = """
GRAPH graph:catalog {
  <urn:links/places> a void:Linkset ; void:subjectsTarget <urn:ours> ; void:objectsTarget <urn:theirs> ;
    void:linkPredicate skos:exactMatch , skos:closeMatch .
}
GRAPH <urn:links/places> {
  <urn:a> skos:exactMatch <urn:x> . <urn:b> skos:exactMatch <urn:y> . <urn:c> skos:closeMatch <urn:z> ; rdfs:label "c" .
}
GRAPH <urn:codes/issue> {
  <urn:i> skos:inScheme <urn:issues> ; skos:broadMatch <urn:r> ; skos:exactMatch <urn:elsewhere> ;
    skos:broader <urn:j> .
  <urn:j> skos:inScheme <urn:issues> ; skos:closeMatch <urn:i> .
}
GRAPH <urn:codes/right> { <urn:r> skos:inScheme <urn:rights> . }
GRAPH graph:export {
  <urn:1> upr:addressedTo state:KAZ ; dcterms:source <urn:data/export> .
  <urn:2> upr:addressedTo state:KAZ ; dcterms:source <urn:data/export> .
  <urn:match/0> a upr:SourceMatch ; upr:matchOf <urn:1> ; upr:matchedAs <urn:1> ; dcterms:source <urn:data/export> ;
    upr:matchMethod <https://w3id.org/uprgraph/code/match-method/exact-text> ; upr:matchScore 1.000 .
}
GRAPH graph:report {
  <urn:1> dcterms:source <urn:data/report> .
  <urn:match/1> a upr:SourceMatch ; upr:matchOf <urn:1> ; upr:matchedAs <urn:1.1> ; dcterms:source <urn:data/report> ;
    upr:matchMethod <https://w3id.org/uprgraph/code/match-method/exact-text> ; upr:matchScore 1.000 .
  <urn:match/2> a upr:SourceMatch ; upr:matchOf <urn:2> ; upr:matchedAs <urn:1.2> ; dcterms:source <urn:data/report> ;
    upr:matchMethod <https://w3id.org/uprgraph/code/match-method/fuzzy-text> ; upr:matchScore 0.961 .
  <urn:match/3> a upr:SourceMatch ; upr:matchOf <urn:2> ; upr:matchedAs <urn:1.3> ; dcterms:source <urn:data/report> ;
    upr:matchMethod <https://w3id.org/uprgraph/code/match-method/partial-text> ; upr:matchScore 0.412 .
}
"""


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    head = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in prefixes().items())
    store = pyoxigraph.Store()
    store.load((head + DATA).encode(), format=pyoxigraph.RdfFormat.TRIG)
    return EmbeddedEngine(store)


@pytest.fixture
def places(engine: EmbeddedEngine) -> Linkset:
    return linksets.called("places", linksets.linksets(engine))


@pytest.fixture
def matches(engine: EmbeddedEngine) -> Linkset:
    return linksets.called("report-to-export", linksets.linksets(engine))


def shown(found: list[Linkset]) -> list[tuple[str, str, str, str]]:
    table = linksets.table(found)
    return [(row["name"], row["predicate"].rpartition("#")[2], row["links"], row["minScore"]) for row in table]  # type: ignore[misc,union-attr]


def test_declared_sets_mappings_of_concepts_and_matches_are_found(engine: EmbeddedEngine) -> None:
    assert shown(linksets.linksets(engine)) == [
        ("issue-to-right", "broadMatch", 1, None),
        ("places", "closeMatch", 1, None),
        ("places", "exactMatch", 2, None),
        ("report-to-export", "sameAs", 1, Decimal(1)),
        ("report-to-export", "closeMatch", 1, Decimal("0.961")),
        ("report-to-export", "relatedMatch", 1, Decimal("0.412")),
    ]


@pytest.mark.thorough
def test_rdflib_finds_the_same_sets_in_the_shipped_graph() -> None:
    found = linksets.linksets(EmbeddedEngine.shipped())
    assert {"m49", "upr-info-issue-to-right"} <= {each.name for each in found}
    assert found == linksets.linksets(RdflibEngine.shipped())


def test_the_links_of_each_kind(engine: EmbeddedEngine) -> None:
    found = {
        each.name: [(str(subject), str(thing)) for subject, _, thing in linksets.triples(linksets.links(engine, each))]
        for each in linksets.linksets(engine)
    }
    assert found == {
        "issue-to-right": [("urn:i", "urn:r")],
        "places": [("urn:a", "urn:x"), ("urn:b", "urn:y"), ("urn:c", "urn:z")],
        "report-to-export": [("urn:1.1", "urn:1"), ("urn:1.2", "urn:2"), ("urn:1.3", "urn:2")],
    }


def test_the_least_score(engine: EmbeddedEngine, matches: Linkset) -> None:
    found = linksets.links(engine, matches, Decimal("0.961"))
    assert found.column("score") == [Decimal(1), Decimal("0.961")]
    assert len(linksets.links(engine, matches, Decimal("0.962"))) == 1


def test_links_without_scores_have_no_least_one(engine: EmbeddedEngine, places: Linkset) -> None:
    with pytest.raises(UsageError, match="the links of places have no scores"):
        linksets.links(engine, places, Decimal("0.5"))


def test_an_unknown_name_gets_the_nearest(engine: EmbeddedEngine) -> None:
    with pytest.raises(UnknownValueError, match='there is no linkset "palaces"') as caught:
        linksets.called("palaces", linksets.linksets(engine))
    assert list(caught.value.suggestions) == ["places"]


def test_the_description_counts_links_by_predicate(places: Linkset) -> None:
    described = set(linksets.description(places))
    part = Iri("urn:links/places#skos-exactMatch")
    two, three = (Literal(number, expand("xsd:integer")) for number in "23")
    assert (places.iri, Iri(expand("rdf:type")), Iri(expand("void:Linkset"))) in described
    assert (places.iri, Iri(expand("void:subjectsTarget")), Iri("urn:ours")) in described
    assert (places.iri, Iri(expand("void:objectsTarget")), Iri("urn:theirs")) in described
    assert (places.iri, Iri(expand("void:triples")), three) in described
    assert (places.iri, Iri(expand("void:propertyPartition")), part) in described
    assert {
        (part, Iri(expand("void:property")), Iri(expand("skos:exactMatch"))),
        (part, Iri(expand("void:triples")), two),
    } <= described
