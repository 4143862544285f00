"""src/uprgraph/results/linked.py"""

from __future__ import annotations

import json

import pyoxigraph as ox

from uprgraph.engines.terms import RDF_LANG_STRING, XSD, BlankNode, Iri, Literal, Triple
from uprgraph.results.linked import json_ld, n_triples

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
UPR = "https://w3id.org/uprgraph/ontology#"
THING = Iri("https://w3id.org/uprgraph/id/state/KAZ")
TRIPLES: list[Triple] = [
    (THING, Iri(f"{RDF}type"), Iri(f"{UPR}State")),
    (THING, Iri(f"{RDF}type"), Iri("http://example.org/Class")),
    (THING, Iri(f"{UPR}iso3"), Literal("KAZ")),
    (THING, Iri("http://example.org/p"), Literal('a "b"\\\n<script>\u2028', RDF_LANG_STRING, "en-GB")),
    (THING, Iri("http://example.org/p"), Literal("2016-10-06", f"{XSD}date")),
    (THING, Iri("http://example.org/p"), Literal("x", "http://example.org/type")),
    (THING, Iri("http://example.org/p"), BlankNode("b1")),
    (BlankNode("b1"), Iri(f"{UPR}concernsState"), THING),
    (BlankNode("b1"), Iri(f"{RDF}type"), BlankNode("b1")),
]


def parsed(content: str, form: ox.RdfFormat) -> ox.Dataset:
    found = ox.Dataset(ox.Quad(each.subject, each.predicate, each.object) for each in ox.parse(content, form))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return found


def test_both_forms_are_the_same_graph() -> None:
    graphs = parsed(json_ld(TRIPLES), ox.RdfFormat.JSON_LD), parsed(n_triples(TRIPLES), ox.RdfFormat.N_TRIPLES)
    assert graphs[0] == graphs[1]
    assert len(graphs[0]) == len(TRIPLES)


def test_properties_and_classes_have_prefixes_and_things_are_written_in_full() -> None:
    document = json.loads(json_ld(TRIPLES[:3]))
    assert document["@context"] == {"upr": UPR}
    assert document["@graph"] == [
        {"@id": THING.value, "@type": ["upr:State", "http://example.org/Class"], "upr:iso3": {"@value": "KAZ"}}
    ]


def test_a_prefix_that_is_the_scheme_of_an_iri_is_not_used() -> None:
    triples: list[Triple] = [(Iri("upr:something"), Iri(f"{UPR}iso3"), Literal("KAZ"))]
    document = json_ld(triples)
    assert "upr" not in json.loads(document)["@context"]
    assert parsed(document, ox.RdfFormat.JSON_LD) == parsed(n_triples(triples), ox.RdfFormat.N_TRIPLES)


def test_nothing_is_a_document_too() -> None:
    assert json.loads(json_ld([])) == {"@context": {}, "@graph": []}
    assert n_triples([]) == ""
