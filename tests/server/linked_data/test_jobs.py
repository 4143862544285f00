"""The jobs behind linked data, over small graphs and over an endpoint, and their queries."""

from __future__ import annotations

import gzip
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.server.inprocess import dataset
from tests.servers import start

from uprgraph import resources
from uprgraph.catalog.binding import bind
from uprgraph.catalog.catalogue import system
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import Iri
from uprgraph.errors import UnknownValueError
from uprgraph.graph import Graph, open_graph
from uprgraph.resources import BASE
from uprgraph.results.rows import Results
from uprgraph.server.jobs import Dataset, datasets, descriptions, vocabularies
from uprgraph.server.outlines import concepts, terms

Make = Callable[[str], EmbeddedEngine]
THING = f"{BASE}id/opinion/A"
TERMS = """
@prefix here: <https://w3id.org/uprgraph/> .
here:ontology a owl:Ontology .
upr:B a owl:Class ; rdfs:label "b"@en, "bé"@fr ; skos:definition "Second."@en ;
  rdfs:isDefinedBy here:ontology ;
  rdfs:subClassOf upr:A, schema:Thing, [ a owl:Restriction ] ; skos:example "one", "two" .
upr:A a owl:Class ; rdfs:label "a"@en ; skos:definition "First."@en ; rdfs:isDefinedBy here:ontology ;
  upr:servesQuestion "Which?"@en .
upr:p a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:label "p"@en ; skos:definition "Relates."@en ;
  rdfs:isDefinedBy here:ontology ; rdfs:subPropertyOf dcterms:relation .
upr:foreign a owl:Class ; rdfs:label "f"@en ; skos:definition "Of another."@en ; rdfs:isDefinedBy <http://x/> .
"""
ENTRIES = """
@prefix code: <https://w3id.org/uprgraph/code/> .
code:right a skos:ConceptScheme ; skos:prefLabel "Rights"@en .
right:top a skos:Concept ; skos:inScheme code:right ; skos:prefLabel "top"@en, "haut"@fr ;
  skos:notation "T" ; skos:definition "All."@en .
right:middle a skos:Concept ; skos:inScheme code:right ; skos:prefLabel "middle"@en ; skos:broader right:top .
right:low a skos:Concept ; skos:inScheme code:right ; skos:prefLabel "low"@en ;
  skos:broader right:top, right:middle, <http://elsewhere/wide> .
right:other a skos:Concept ; skos:inScheme code:other ; skos:prefLabel "other"@en .
"""
THINGS = """
@prefix opinion: <https://w3id.org/uprgraph/id/opinion/> .
opinion:A a upr:LegalOpinion ; rdfs:label "A"@en ; upr:concernsState state:KAZ .
state:KAZ a upr:State ; rdfs:label "Kazakhstan"@en, "Казахстан"@ru ; upr:iso3 "KAZ" .
upr:concernsState rdfs:label "concerns State"@en .
<https://w3id.org/uprgraph/id/opinion/A/finding/1> upr:statedIn opinion:A ; dcterms:title "Finding"@en .
<https://w3id.org/uprgraph/id/x> a [ a owl:Class ] .
"""


def served(engine: EmbeddedEngine) -> Dataset:
    """Return a dataset without an index."""
    return Dataset(Graph(engine, ()), None, "test")


def rows(engine: EmbeddedEngine, name: str, **values: str) -> list[tuple[str | None, ...]]:
    """Return the rows of one of the package's own queries."""
    found = engine.select(bind(system(name), {each: [Iri(value)] for each, value in values.items()}))
    return [tuple(None if term is None else term.value for term in row) for row in found.rows]


def test_terms_are_listed_by_kind_with_what_they_are_a_case_of(engine_of: Make) -> None:
    _, found = vocabularies.terms(served(engine_of(TERMS)), iri=f"{BASE}ontology")
    kinds = terms(found)
    assert {kind: [each.anchor for each in listed] for kind, listed in kinds.items()} == {
        "Classes": ["A", "B"],
        "Properties that relate things": ["p"],
    }
    a, b = kinds["Classes"]
    assert (a.label, a.definition, a.questions, a.parents) == ("a", "First.", ("Which?",), ())
    assert (b.name, b.label, b.examples) == ("upr:B", "b", ("one", "two"))
    assert b.parents == ("https://schema.org/Thing", f"{BASE}ontology#A")


def test_entries_stand_below_each_wider_entry_of_the_list(engine_of: Make) -> None:
    about, found = vocabularies.entries(served(engine_of(ENTRIES)), iri=f"{BASE}code/right")
    assert about.label == "Rights"
    (top,) = concepts(found)
    assert (top.label, top.code, top.definition) == ("top", "T", "All.")
    assert [each.label for each in top.narrower] == ["low", "middle"]
    assert [each.label for each in top.narrower[1].narrower] == ["low"]


def test_entries_that_are_wider_than_themselves_end(engine_of: Make) -> None:
    engine = engine_of(ENTRIES + "right:low skos:broader right:low . right:middle skos:broader right:low .")
    found = Results.of(engine.select(system("entries-of-scheme").sparql))
    assert [each.label for each in concepts(found)] == ["top"]


def test_what_is_not_there_is_unknown(engine_of: Make) -> None:
    nothing = served(engine_of(""))
    for iri in (THING, "no iri", f"{BASE}{'x' * 9_000}", f"{BASE}id/a b", f"{BASE}id/\ud800"):
        assert not descriptions.is_known(nothing, iri=iri)
        for work in (
            lambda iri=iri: descriptions.describe(nothing, iri=iri, document=iri, form="nt"),
            lambda iri=iri: descriptions.graph(nothing, iri=iri, form="nt"),
            lambda iri=iri: descriptions.scheme(nothing, iri=iri, form="nt"),
            lambda iri=iri: vocabularies.entries(nothing, iri=iri),
        ):
            with pytest.raises(UnknownValueError):
                work()


def test_labels_are_those_of_properties_values_and_subjects(engine_of: Make) -> None:
    text = bind(system("labels-around-thing"), {"thing": [Iri(THING)]})
    found = {(str(thing), str(name)) for thing, _, name in engine_of(THINGS).construct(text)}
    assert found == {
        (f"{BASE}id/state/KAZ", "Kazakhstan"),
        (f"{BASE}id/state/KAZ", "Казахстан"),
        (f"{BASE}ontology#concernsState", "concerns State"),
        (f"{THING}/finding/1", "Finding"),
    }


def test_a_description_names_the_graphs_it_is_taken_from(engine_of: Make) -> None:
    engine = engine_of(THINGS)
    assert rows(engine, "graphs-of-thing", thing=THING) == [(f"{BASE}graph/test",)]
    found = descriptions.describe(served(engine), iri=THING, document=f"{BASE}data/x", form="nt").decode()
    assert f"<{BASE}data/x> <http://www.w3.org/ns/prov#wasDerivedFrom> <{BASE}graph/test> .\n" in found
    assert f'<{THING}> <http://www.w3.org/2000/01/rdf-schema#label> "A"@en .\n' in found


def test_counts(engine_of: Make) -> None:
    engine = engine_of(THINGS)
    assert rows(engine, "counts-by-class") == [
        ("http://www.w3.org/2002/07/owl#Class", "1"),
        (f"{BASE}ontology#LegalOpinion", "1"),
        (f"{BASE}ontology#State", "1"),
    ]
    assert (f"{BASE}ontology#concernsState", "1", "1", "1") in rows(engine, "counts-by-property")
    assert ("http://www.w3.org/2000/01/rdf-schema#label", "4", "3", "4") in rows(engine, "counts-by-property")
    assert rows(engine, "counts-of-all") == [("12", "6", "12")]
    assert rows(engine, "counts-by-graph") == [(f"{BASE}graph/test", "12", "6", "6")]


def test_links_are_counted_by_property(tmp_path: Path) -> None:
    texts = {
        "catalog": "<https://w3id.org/uprgraph/graph/links> a <http://rdfs.org/ns/void#Linkset> .",
        "links": "<http://a> <http://p> <http://b>, <http://c> . <http://a> <http://q> <http://b> .",
        "other": "<http://a> <http://p> <http://d> .",
    }
    files = []
    for name, text in texts.items():
        (tmp_path / f"{name}.ttl").write_text(text, encoding="utf-8")
        files.append(resources.GraphFile(f"{BASE}graph/{name}", tmp_path / f"{name}.ttl"))
    engine = EmbeddedEngine.of_files(files)
    links = f"{BASE}graph/links"
    assert rows(engine, "counts-of-links") == [(links, "http://p", "2"), (links, "http://q", "1")]
    assert len(list(engine.construct(bind(system("statements-of-graph"), {"graph": [Iri(links)]})))) == 3


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld"])
def test_a_large_graph_is_given_as_it_is_held(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    iri = f"{BASE}graph/odihr-KAZ-34"
    formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}
    small = descriptions.graph(dataset(), iri=iri, form=form)
    monkeypatch.setattr(descriptions, "_LARGE", 10)
    large = descriptions.graph(dataset(), iri=iri, form=form)
    assert isinstance(small, bytes)
    assert isinstance(large, descriptions.Packed)
    unpacked = gzip.decompress(large.content)
    assert len(unpacked) == large.size
    statements = [{str(each) for each in ox.parse(text, formats[form])} for text in (small, unpacked)]
    assert len(statements[0]) > 1_000
    assert statements[0] == statements[1]


@pytest.mark.server
def test_an_endpoint_is_described_like_the_graph_that_it_holds(tmp_path: Path) -> None:
    """Over a real server, whose default graph is not the union of the others."""
    with start("oxigraph", tmp_path / "triplestore") as server:
        for graph, path in resources.graph_files():
            request = urllib.request.Request(f"{server.graph_store_url}?graph={graph}", path.read_bytes(), method="PUT")
            request.add_header("Content-Type", "text/turtle")
            urllib.request.urlopen(request, timeout=30).close()
        remote = Dataset(open_graph(server.query_url), None, "remote")
        iri, scheme, graph = f"{BASE}id/opinion/TERR-KAZ-296-2016", f"{BASE}code/right", f"{BASE}graph/odihr-KAZ-34"
        for held in (
            lambda each: descriptions.describe(each, iri=iri, document=f"{BASE}data/x", form="nt"),
            lambda each: descriptions.graph(each, iri=graph, form="nt"),
            lambda each: descriptions.scheme(each, iri=scheme, form="nt"),
            lambda each: datasets.describe(each, iri=f"{BASE}catalog", site="http://localhost", form="nt"),
            lambda each: vocabularies.entries(each, iri=scheme)[1].terms,
        ):
            assert held(remote) == held(dataset())
