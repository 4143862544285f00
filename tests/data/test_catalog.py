"""The catalogue lists every data file once, and describes each graph."""

from __future__ import annotations

from rdflib import RDF, Graph, URIRef

from uprgraph import resources
from uprgraph.vocabulary import expand

CATALOGUE = Graph().parse(resources.catalogue_file())


def test_every_file_of_the_ontology_and_the_data_is_in_one_graph() -> None:
    there = {
        path for folder in (resources.ontology(), resources.data()) for path in folder.rglob("*.ttl") if path.is_file()
    }
    listed = [entry.path for entry in resources.graph_files()]
    assert sorted(listed) == sorted(there)
    assert len({entry.graph for entry in resources.graph_files()}) == len(listed)


def test_every_graph_is_described() -> None:
    for entry in resources.graph_files():
        graph = URIRef(entry.graph)
        assert entry.graph.startswith(expand("graph:"))
        for kind in ("dcat:Dataset", "void:Dataset", "sd:NamedGraph"):
            assert (graph, RDF.type, URIRef(expand(kind))) in CATALOGUE, entry.graph
        for name in ("dcterms:title", "dcterms:license", "dcterms:publisher"):
            assert CATALOGUE.value(graph, URIRef(expand(name))) is not None, (entry.graph, name)
        assert (None, URIRef(expand("dcat:dataset")), graph) in CATALOGUE


def test_no_data_has_blank_nodes() -> None:
    from rdflib import BNode

    for entry in resources.graph_files():
        if entry.path.name == "upr.ttl":
            continue  # the axioms of disjoint classes have no other form in RDF
        graph = Graph().parse(entry.path)
        assert not [node for triple in graph for node in triple if isinstance(node, BNode)], entry.path


def test_a_linkset_links_what_it_says() -> None:
    linksets = list(CATALOGUE.subjects(RDF.type, URIRef(expand("void:Linkset"))))
    assert linksets
    files = {entry.graph: entry.path for entry in resources.graph_files()}
    for linkset in linksets:
        stated = set(CATALOGUE.objects(linkset, URIRef(expand("void:linkPredicate"))))
        skos = expand("skos:")
        found = {p for p in Graph().parse(files[str(linkset)]).predicates() if str(p).startswith(skos) and "Match" in p}
        assert stated == found != set()
