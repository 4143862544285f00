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


def test_a_graph_is_described_in_the_catalogue_alone() -> None:
    graphs = {URIRef(entry.graph) for entry in resources.graph_files()}
    for entry in resources.graph_files():
        if entry.path != resources.catalogue_file():
            assert graphs & set(Graph().parse(entry.path).subjects()) == set(), entry.path


def test_a_linkset_links_from_and_to_the_data_sets_it_names() -> None:
    """Each subject and object of a link begins as the data set says that its IRIs begin."""
    files = {entry.graph: entry.path for entry in resources.graph_files()}
    for linkset in CATALOGUE.subjects(RDF.type, URIRef(expand("void:Linkset"))):
        links = Graph().parse(files[str(linkset)])
        for end, nodes in (("void:subjectsTarget", links.subjects()), ("void:objectsTarget", links.objects())):
            target = CATALOGUE.value(linkset, URIRef(expand(end)))
            space = str(CATALOGUE.value(target, URIRef(expand("void:uriSpace"))))
            assert space.startswith("http")
            assert [node for node in nodes if not str(node).startswith(space)] == [], (linkset, end)


def test_what_a_graph_is_about_begins_as_the_catalogue_says() -> None:
    for graph, space in CATALOGUE.subject_objects(URIRef(expand("void:uriSpace"))):
        found = [entry.path for entry in resources.graph_files() if entry.graph == str(graph)]
        for path in found:
            assert any(str(subject).startswith(str(space)) for subject in Graph().parse(path).subjects()), graph


def test_examples_of_the_catalogue_are_there() -> None:
    examples = set(CATALOGUE.objects(None, URIRef(expand("void:exampleResource"))))
    subjects = {subject for entry in resources.graph_files() for subject in Graph().parse(entry.path).subjects()}
    assert len(examples) > 2
    assert examples <= subjects


def test_where_others_have_rights_the_catalogue_says_so() -> None:
    lists = ("codelist/affected-persons", "codelist/uhri-theme", "codelist/upr-info-issue")
    for name in ("odihr-KAZ-34", "upr-info-KAZ", *lists, "reference/regional-groups", "reference/states"):
        statement = CATALOGUE.value(URIRef(expand(f"graph:{name}")), URIRef(expand("dcterms:rights")))
        assert CATALOGUE.value(statement, URIRef(expand("dcterms:description"))) is not None, name
