"""What the bulk validation makes of shapes: each kind of constraint as pySHACL does, an error for what it cannot."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from uprgraph.errors import InvalidDataError, QueryError
from uprgraph.validation import shacl
from uprgraph.validation.bulk import BulkValidator
from uprgraph.validation.loading import DataFile, of_graph

pytestmark = pytest.mark.filterwarnings("ignore")  # rdflib warns of ill-formed literals, which are what is tested

PREFIXES = """
PREFIX ex: <urn:ex:>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
DATA = r"""
ex:Cat rdfs:subClassOf ex:Animal . ex:Animal rdfs:subClassOf ex:Thing . ex:Thing rdfs:subClassOf ex:Animal .
ex:tom a ex:Cat ; ex:name "Tom"@en , "Tommy"@en , "Thomas"@de-CH , "Tom" ;
    ex:age 5 , "five"^^xsd:integer , 07 , 3.5 ;
    ex:born "2019-01-02"^^xsd:date , "2019-13-45"^^xsd:date ; ex:died "2018-01-01"^^xsd:date , "2018" ;
    ex:owner ex:ann ;
    ex:likes ex:tom , ex:ann , ex:spot , _:b , "fish" ; ex:hates ex:spot ; ex:alive true , "yes"^^xsd:boolean .
ex:spot a ex:Dog ; ex:name "Spot"@en ; ex:age -1 , 1e400 , "1.0"^^xsd:double ; ex:owner ex:ann , ex:bob ;
    ex:likes ex:tom ; ex:next ex:rex ; ex:born "2020"^^xsd:gYear , "2020-01-01T00:00:00"^^xsd:dateTime .
ex:rex ex:next ex:max ; ex:name "" ; ex:low 3 , 9 ; ex:high 5 , 9 . ex:max ex:next ex:rex ; ex:name "Max", "m\nax" .
ex:ann a ex:Person , rdfs:Resource ; ex:name "Ann" ; ex:odd 1 .
"""
CONSTRAINTS = [
    "sh:path ex:name ; sh:minCount 2",
    "sh:path ex:name ; sh:minCount 0",
    "sh:path ex:owner ; sh:maxCount 1",
    "sh:path ex:age ; sh:maxCount 0",
    *(f"sh:path ex:age ; sh:datatype {each}" for each in ("xsd:integer", "xsd:decimal", "xsd:double")),
    *(f"sh:path ex:born ; sh:datatype xsd:{each}" for each in ("date", "gYear", "dateTime")),
    *(f"sh:path ex:name ; sh:datatype {each}" for each in ("xsd:string", "rdf:langString")),
    "sh:path ex:alive ; sh:datatype xsd:boolean",
    "sh:path ex:likes ; sh:datatype rdfs:Literal",
    *(
        f"sh:path ex:likes ; sh:nodeKind sh:{each}"
        for each in ("IRI", "Literal", "BlankNode", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
    ),
    "sh:path ex:likes ; sh:class ex:Animal",
    "sh:path ex:likes ; sh:class ex:Animal , ex:Person",
    'sh:path ex:name ; sh:pattern "^t.m" ; sh:flags "i"',
    'sh:path ex:name ; sh:pattern "^ax$" ; sh:flags "m"',
    'sh:path ex:likes ; sh:pattern "^(?!urn:ex:s)"',
    "sh:path ex:name ; sh:minLength 4",
    "sh:path ex:likes ; sh:minLength 1",
    "sh:path ex:likes ; sh:maxLength 8",
    'sh:path ex:name ; sh:languageIn ( "de" "fr" )',
    "sh:path ex:name ; sh:uniqueLang true",
    "sh:path ex:name ; sh:uniqueLang false",
    "sh:path ex:likes ; sh:in ( ex:tom ex:ann )",
    'sh:path ex:age ; sh:in ( 5 7 "five"^^xsd:integer )',
    "sh:path ex:owner ; sh:hasValue ex:bob",
    'sh:path ex:name ; sh:hasValue "Tom"@en',
    *(f"sh:path ex:age ; sh:{each} 5" for each in ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")),
    'sh:path ex:name ; sh:minInclusive "S"',
    'sh:path ex:born ; sh:maxExclusive "2019-06-01"^^xsd:date',
    "sh:path ex:likes ; sh:equals ex:hates",
    "sh:path ex:likes ; sh:disjoint ex:hates",
    "sh:path ex:born ; sh:lessThan ex:died",
    "sh:path ex:low ; sh:lessThanOrEquals ex:high",
    "sh:path ex:hates ; sh:lessThan ex:owner",
    "sh:path ex:owner ; sh:node ex:Named",
    "sh:path ex:likes ; sh:not ex:Named",
    "sh:path ex:likes ; sh:and ( ex:Named [ sh:nodeKind sh:IRI ] )",
    "sh:path ex:likes ; sh:or ( [ sh:datatype xsd:string ] [ sh:class ex:Animal ] )",
    "sh:path ex:likes ; sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:class ex:Animal ] ex:Named )",
    "sh:path ex:likes ; sh:qualifiedValueShape ex:Named ; sh:qualifiedMinCount 2",
    "sh:path ex:likes ; sh:qualifiedValueShape ex:Named ; sh:qualifiedMaxCount 1",
    "sh:path [ sh:inversePath ex:likes ] ; sh:minCount 2",
    "sh:path ( ex:owner ex:name ) ; sh:minCount 2",
    "sh:path [ sh:alternativePath ( ex:likes [ sh:inversePath ex:hates ] ) ] ; sh:minCount 3",
    "sh:path [ sh:zeroOrMorePath ex:next ] ; sh:minCount 3",
    "sh:path [ sh:oneOrMorePath ex:next ] ; sh:hasValue ex:rex",
    "sh:path [ sh:zeroOrOnePath ex:next ] ; sh:maxCount 1",
    "sh:path ex:owner ; sh:property ex:OwnerName",
    'sh:path ex:age ; sh:sparql [ sh:message "old" ; sh:select "SELECT $this ?value { $this $PATH ?value , 5 }" ]',
    'sh:path ex:age ; sh:sparql [ sh:select "SELECT $this ?value ?p { $this ?p ?value }" ]',
    'sh:path ( ex:likes ex:owner ) ; sh:sparql [ sh:select "SELECT $this ?value { $this $PATH ?value }" ]',
]
TARGETS = (
    "sh:targetClass ex:Thing",
    "sh:targetSubjectsOf ex:likes , ex:next",
    "sh:targetObjectsOf ex:likes",
    "sh:targetNode ex:tom , ex:nowhere",
)
HELPERS = """
ex:Named a sh:NodeShape ; sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:message "unnamed"@en ] .
ex:OwnerName a sh:PropertyShape ; sh:path ex:name ; sh:datatype rdf:langString ; sh:message "no language"@en .
"""


def shapes_file(turtle: str) -> DataFile:
    return DataFile(
        "shapes", "", list(Graph(bind_namespaces="none").parse(data=PREFIXES + turtle, format="turtle")), ""
    )


def found(turtle: str, data: str = DATA) -> tuple[list[str], list[str]]:
    """Return what the bulk validation finds, and what pySHACL finds, about the IRIs that the data describes."""
    shapes, quads = shapes_file(turtle), list(ox.parse(PREFIXES + data, format=ox.RdfFormat.TURTLE))
    file = of_graph("data", quads, 0)
    graph, shapes_graph = shacl.graph_of(file.triples), shacl.graph_of(shapes.triples)
    expected = shacl.violations(shacl.run(graph, shapes_graph), graph, shapes_graph, [])
    subjects = {str(subject) for subject in file.subjects}
    results = BulkValidator([shapes], ()).violations(quads)

    def lines(violations: object) -> list[str]:
        return sorted(str(each).replace("chunk-", "g0b") for each in violations)  # type: ignore[attr-defined]

    return lines(results), lines(each for each in expected if each.focus_iri in subjects)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_each_constraint_finds_what_pyshacl_finds(constraint: str, target: str) -> None:
    shape = f'ex:S a sh:NodeShape ; {target} ; sh:property ex:P . ex:P a sh:PropertyShape ; sh:message "wrong"@en ; '
    ours, expected = found(f"{HELPERS} {shape} {constraint} .")
    assert ours == expected


def test_what_cannot_be_compared_is_a_result_and_stops_nothing() -> None:
    shape = "ex:S a sh:PropertyShape ; sh:targetNode ex:x ; sh:path ex:p ; sh:message 'm' ; sh:lessThanOrEquals ex:q ."
    for values in ("ex:p '2020'^^xsd:gYear ; ex:q '2019'^^xsd:gYear", "ex:p _:b ; ex:q 5", "ex:p 5 ; ex:q ex:y"):
        quads = list(ox.parse(f"{PREFIXES} ex:x {values} .", format=ox.RdfFormat.TURTLE))
        results = BulkValidator([shapes_file(shape)], ()).violations(quads)
        assert [each.constraint for each in results] == ["LessThanOrEquals"]


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_each_constraint_finds_something_or_is_of_those_that_never_do(constraint: str) -> None:
    """With the property shape as target, and warnings instead of violations."""
    shape = f'ex:P a sh:PropertyShape ; {" ; ".join(TARGETS)} ; sh:severity sh:Warning ; sh:message "wrong" ; '
    ours, expected = found(f"{HELPERS} {shape} {constraint} .")
    assert ours == expected
    assert bool(ours) is (constraint.split("sh:", 2)[-1] not in {"minCount 0", "uniqueLang false"})


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:closed true ; sh:ignoredProperties ( rdf:type ex:name )",
        "sh:closed true ; sh:property [ sh:path ex:odd ] , [ sh:path ( ex:name ex:name ) ] ; sh:ignoredProperties ( )",
        "sh:closed false ; sh:class ex:Animal",
        'sh:pattern "ann$" ; sh:class ex:Animal',
        "sh:hasValue ex:ann ; sh:node ex:Named ; sh:disjoint ex:likes ; sh:equals ex:likes",
        'sh:sparql [ sh:select "SELECT $this { $this ex:owner ?o , ?p FILTER (?o != ?p) }" ; sh:prefixes ex: ]',
    ],
)
def test_constraints_of_node_shapes(constraint: str) -> None:
    declared = '<urn:ex:> sh:declare [ sh:prefix "ex" ; sh:namespace "urn:ex:"^^xsd:anyURI ] .'
    shape = 'ex:S a sh:NodeShape ; sh:message "wrong"@en ; sh:targetSubjectsOf ex:name , ex:likes ; '
    ours, expected = found(f"{HELPERS} {declared} {shape} {constraint} .")
    assert ours
    assert ours == expected


@pytest.mark.parametrize(
    ("shape", "complaint"),
    [
        ("sh:mincount 1", "sh:mincount"),
        ("sh:qualifiedValueShapesDisjoint true", "sh:qualifiedValueShapesDisjoint"),
        ("sh:deactivated true", "sh:deactivated"),
        ("sh:flags 'i'", "without sh:pattern"),
        ("sh:pattern 'a' ; sh:flags 'x'", "sh:pattern"),
        ("sh:pattern '('", "sh:pattern"),
        ("sh:minCount 1 , 2", "more than once"),
        ("sh:minCount -1", "sh:minCount"),
        ("sh:minCount 'many'", "sh:minCount"),
        ("sh:nodeKind sh:Iri", "sh:nodeKind"),
        ("sh:in ex:list", "no list"),
        ("sh:node ex:S", "recursion"),
        ("sh:target [ ]", "sh:target"),
        ("sh:path [ sh:inversePath ( ex:a ex:b ) ]", "path"),
        ("a rdfs:Class", "a class"),
        ("sh:sparql [ ]", "sh:select"),
        ("sh:sparql [ sh:select 'SELECT $this' ]", "SPARQL"),
        ("sh:sparql [ sh:select 'SELECT $this { $this $PATH ?x }' ]", "no path"),
        ("sh:sparql [ sh:select 'SELECT $this { VALUES $this { 1 } }' ]", "VALUES"),
        ("sh:sparql [ sh:select 'SELECT $this ?path { $this ?path ?x }' ]", "?path"),
        ("sh:sparql [ sh:select 'SELECT $this { $this ?p ?x }' ; sh:message 'has {?x}' ]", "message"),
    ],
)
def test_what_is_not_supported_is_an_error_before_anything_is_judged(shape: str, complaint: str) -> None:
    with pytest.raises(InvalidDataError) as error:
        BulkValidator([shapes_file(f"ex:S a sh:NodeShape ; sh:targetNode ex:x ; sh:message 'm' ; {shape} .")], ())
    assert complaint in str(error.value)


def test_sparql_that_calls_out_is_refused() -> None:
    select = "SELECT $this { SERVICE <http://localhost/> { $this ?p ?x } }"
    with pytest.raises(QueryError):
        BulkValidator(
            [shapes_file(f"ex:S a sh:NodeShape ; sh:targetNode ex:x ; sh:sparql [ sh:select '{select}' ] .")], ()
        )


def test_shape_without_message_or_with_components_of_its_own_is_an_error() -> None:
    with pytest.raises(InvalidDataError, match="no sh:message"):
        BulkValidator([shapes_file("ex:S a sh:NodeShape ; sh:targetNode ex:x ; sh:class ex:A .")], ())
    with pytest.raises(InvalidDataError, match="of its own"):
        BulkValidator([shapes_file("ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:p ] .")], ())


def test_shapes_are_read_from_paths_and_blank_nodes_of_the_background_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    shape = "ex:S a sh:PropertyShape ; sh:targetClass ex:A ; sh:path ex:p ; sh:message 'm' ; sh:class ex:B ."
    path.write_text(f"{PREFIXES} {shape}")
    blank, a, b = ox.BlankNode("x"), ox.NamedNode("urn:ex:A"), ox.NamedNode("urn:ex:B")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    one, p = ox.NamedNode("urn:ex:one"), ox.NamedNode("urn:ex:p")
    chunk = [ox.Triple(one, kind, a), ox.Triple(one, p, blank)]
    validator = BulkValidator([path], [ox.Triple(blank, kind, b)])
    assert [each.constraint for each in validator.violations(chunk)] == ["Class"]
    assert validator.violations([*chunk, ox.Triple(blank, kind, b)]) == ()


def test_nothing_of_a_chunk_stays_and_nothing_of_the_background_goes() -> None:
    shapes = """
    ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property ex:P ;
        sh:sparql [ sh:message "has q" ; sh:select "SELECT $this { $this <urn:ex:q> ?q }" ] ; sh:message "S" .
    ex:P a sh:PropertyShape ; sh:path ex:r ; sh:maxCount 1 ; sh:message "P" .
    """
    background = list(ox.parse(f"{PREFIXES} ex:x ex:r 1 . ex:y ex:q 1 .", format=ox.RdfFormat.TURTLE))
    validator = BulkValidator([shapes_file(shapes)], background)

    def constraints(chunk: str) -> list[str]:
        quads = list(ox.parse(f"{PREFIXES} {chunk}", format=ox.RdfFormat.TURTLE))
        return [each.constraint for each in validator.violations(quads)]

    assert constraints("ex:x ex:p 1 .") == []
    assert constraints("ex:x ex:p 1 ; ex:q 1 ; ex:r 2 .") == ["SPARQL", "MaxCount"]
    assert constraints("ex:x ex:p 1 .") == []
    assert constraints("ex:y ex:p 1 ; ex:q 1 .") == ["SPARQL"]
    assert constraints("ex:y ex:p 1 .") == ["SPARQL"]
