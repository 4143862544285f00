"""What is shipped is valid; what is wrong with a file is said with node, path, value, place and what to do."""

import json
import socket
import tomllib
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, Literal, Namespace

from uprgraph import resources, validation
from uprgraph.errors import InvalidDataError, QueryError, ResourceError, UsageError
from uprgraph.validation import loading
from uprgraph.validation.formats import render
from uprgraph.validation.mending import advice

ROOT = Path(__file__).parents[2]
UPR = Namespace("https://w3id.org/uprgraph/ontology#")
HEAD = """PREFIX upr: <https://w3id.org/uprgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX shape: <https://w3id.org/uprgraph/shape/>
PREFIX state: <https://w3id.org/uprgraph/id/state/>
PREFIX right: <https://w3id.org/uprgraph/code/right/>
"""
LINES = HEAD.count("\n")
SHAPES = """
shape:Test a sh:NodeShape ; sh:targetClass upr:Finding ; sh:property shape:Test-text , shape:Test-right .
shape:Test-text a sh:PropertyShape ; sh:path upr:text ; sh:minCount 1 ; sh:maxLength 9 ; sh:severity sh:Violation ;
  sh:message "A finding has a short text."@en ; sh:description "Shorten the text."@en .
shape:Test-right a sh:PropertyShape ; sh:path upr:concernsRight ; sh:class upr:Right ; sh:severity sh:Violation ;
  sh:message "What a finding concerns is a right."@en .
"""
DATA = """
<https://w3id.org/uprgraph/id/x/1> a upr:Finding ; rdfs:label "First"@en ;
    upr:concernsRight right:freedom-of-religion-or-belief ,
        state:KAZ ;
    upr:text "far too long"@en .
"""


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    return write(tmp_path / "shapes.ttl", SHAPES)


def write(path: Path, text: str) -> Path:
    path.write_text(HEAD + text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shipped() -> validation.Report:
    return validation.validate_shipped()


def test_everything_shipped_is_valid(shipped: validation.Report) -> None:
    assert render(shipped, "text").splitlines()[-1].startswith("valid: 0 violations")
    assert shipped.conforms
    assert shipped.violations == ()
    assert shipped.triples > 15_000
    assert shipped.shapes > 50
    assert {each.resolve() for each in shipped.files} == {path.resolve() for _, path in resources.graph_files()}


def test_every_shape_tests_something_that_is_shipped(shipped: validation.Report) -> None:
    assert shipped.idle_shapes == ()


def test_the_mismatch_that_an_annotation_acknowledges_is_known(shipped: validation.Report) -> None:
    check = next(each for each in shipped.checks if each.name == "count-mismatches")
    assert [(row.known, row.cells["stated"], row.cells["listed"]) for row in check.rows] == [(True, "9", "10")]
    assert len(shipped.checks) >= 20


def test_a_shape_that_tests_nothing_is_a_fault(tmp_path: Path) -> None:
    idle = "shape:Idle a sh:NodeShape ; sh:targetClass upr:Opinoin ."
    idle += "shape:Other a sh:NodeShape ; sh:targetNode upr:State ."
    idle += "shape:Waiting a sh:NodeShape ; sh:targetClass upr:SourceMatch ; skos:scopeNote 'Imports make these.'@en ."
    report = validation.validate_shipped([write(tmp_path / "idle.ttl", idle)])
    assert report.idle_shapes == ("shape:Idle",)
    assert not report.conforms
    assert "violation: shape:Idle tests nothing" in render(report, "text")


def test_says_node_label_path_value_place_and_what_to_do(tmp_path: Path, shapes: Path) -> None:
    file = write(tmp_path / "data.ttl", DATA)
    report = validation.validate([file], [shapes])
    wrong_class, too_long = report.violations
    assert too_long == validation.Violation(
        focus="id/x/1",
        focus_iri="https://w3id.org/uprgraph/id/x/1",
        label="First",
        path="upr:text",
        value='"far too long"@en',
        message="A finding has a short text.",
        severity="violation",
        shape="shape:Test-text",
        constraint="MaxLength",
        file=file,
        line=LINES + 5,
        mend="Shorten the text.",
    )
    assert (wrong_class.value, wrong_class.constraint, wrong_class.line) == ("state:KAZ", "Class", LINES + 4)
    assert wrong_class.mend == advice("Class", "upr:concernsRight")
    assert not report.conforms


def test_the_text_form(tmp_path: Path, shapes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "data.ttl", DATA.replace("state:KAZ", "right:freedom-of-expression"))
    assert render(validation.validate([Path("data.ttl")], [shapes]), "text") == (
        f"data.ttl:{LINES + 5}: violation: A finding has a short text.\n"
        '  node   id/x/1 "First"\n'
        "  path   upr:text\n"
        '  value  "far too long"@en\n'
        "  shape  shape:Test-text (MaxLength)\n"
        "  mend   Shorten the text.\n"
        "\n"
        "not valid: 1 violation (1 file, 5 statements, 1 shape)\n"
    )


def test_the_json_form(tmp_path: Path, shapes: Path) -> None:
    report = validation.validate([write(tmp_path / "data.ttl", DATA)], [shapes])
    read = json.loads(render(report, "json"))
    assert read["conforms"] is False
    assert [(each["path"], each["line"], each["severity"]) for each in read["results"]] == [
        ("upr:concernsRight", LINES + 4, "violation"),
        ("upr:text", LINES + 5, "violation"),
    ]


def test_the_turtle_form_is_a_shacl_report(tmp_path: Path, shapes: Path) -> None:
    report = validation.validate([write(tmp_path / "data.ttl", DATA)], [shapes])
    graph = Graph().parse(data=render(report, "ttl"), format="turtle")
    (head,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(head, SH.conforms) == Literal(False)
    assert {graph.value(each, SH.resultPath) for each in graph.objects(head, SH.result)} == {
        UPR.text,
        UPR.concernsRight,
    }


def test_a_shape_that_starts_from_a_code_of_ours_judges_what_has_that_code(tmp_path: Path) -> None:
    path = resources.shapes() / "statistics.ttl"
    per_cent = "upr:unit <https://w3id.org/uprgraph/code/unit/per-cent>"
    file = write(tmp_path / "data.ttl", f"<https://w3id.org/uprgraph/id/statistic/x> {per_cent} ;\n upr:value 150.0 .")
    report = validation.validate([file], [path])
    assert "The percentage is less than 0 or more than 100." in {each.message for each in report.violations}
    assert {each.file for each in report.violations} == {file}


def test_a_valid_file_is_told_so(tmp_path: Path, shapes: Path) -> None:
    file = write(tmp_path / "data.ttl", '<urn:x:1> a upr:Finding ; upr:text "short"@en .')
    report = validation.validate([file], [shapes])
    assert report.conforms
    assert render(report, "text") == "valid: 0 violations (1 file, 2 statements, 1 shape)\n"


def test_a_file_that_no_shape_looks_at_is_noted(tmp_path: Path, shapes: Path) -> None:
    file = write(tmp_path / "data.ttl", '<urn:x:1> rdfs:label "a thing without a class"@en .')
    report = validation.validate([file], [shapes])
    assert report.conforms
    assert f"note: no shape looks at anything in {file}\n" in render(report, "text")


def test_a_misspelt_term_is_found_and_guessed(tmp_path: Path, shapes: Path) -> None:
    file = write(tmp_path / "data.ttl", '<urn:x:1> a upr:Findin ;\n upr:tekst "short"@en .')
    report = validation.validate([file], [shapes])
    assert [(each.message, each.line) for each in report.violations] == [
        ('upr:Findin is no term of the vocabulary; did you mean "upr:Finding"?', LINES + 1),
        ('upr:tekst is no term of the vocabulary; did you mean "upr:text"?', LINES + 2),
    ]


def test_warnings_are_shown_and_do_not_fail(tmp_path: Path) -> None:
    mild = SHAPES.replace("sh:severity sh:Violation", "sh:severity sh:Warning")
    report = validation.validate([write(tmp_path / "data.ttl", DATA)], [write(tmp_path / "mild.ttl", mild)])
    assert report.conforms
    assert render(report, "text").endswith("valid: 0 violations, 2 warnings (1 file, 5 statements, 1 shape)\n")


def test_things_that_only_the_background_describes_are_not_reported(tmp_path: Path) -> None:
    strict = "shape:S a sh:NodeShape ; sh:targetClass upr:State ; sh:property shape:S-x ."
    strict += "shape:S-x sh:path upr:text ; sh:minCount 1 ."
    file = write(tmp_path / "data.ttl", "state:ZZZ a upr:State .")
    report = validation.validate([file], [write(tmp_path / "strict.ttl", strict)])
    assert [each.focus for each in report.violations] == ["state:ZZZ"]


def test_nodes_reached_from_the_file_are_judged_too(tmp_path: Path) -> None:
    """pySHACL's own way of validating some nodes only takes every other node for valid."""
    nested = """shape:S a sh:NodeShape ; sh:targetClass upr:Finding ; sh:property shape:S-x .
    shape:S-x sh:path upr:concernsRight ; sh:node shape:Impossible . shape:Impossible sh:in ( right:none ) ."""
    file = write(tmp_path / "data.ttl", "<urn:x:1> a upr:Finding ; upr:concernsRight right:freedom-of-expression .")
    report = validation.validate([file], [write(tmp_path / "nested.ttl", nested)])
    assert [each.constraint for each in report.violations] == ["Node"]


@pytest.mark.thorough
def test_a_shape_that_is_a_class_has_its_members_as_targets(tmp_path: Path) -> None:
    implicit = (
        "upr:Finding a sh:NodeShape , rdfs:Class ; sh:property shape:F . shape:F sh:path upr:text ; sh:minCount 1 ."
    )
    file = write(tmp_path / "data.ttl", "<urn:x:1> a upr:Finding .")
    report = validation.validate([file], [write(tmp_path / "implicit.ttl", implicit)])
    assert [each.focus for each in report.violations] == ["urn:x:1"]


def test_a_newer_version_of_a_shipped_file_stands_in_its_place(tmp_path: Path) -> None:
    text = (resources.data() / "reference" / "sessions.ttl").read_text()
    needed = "shape:N a sh:NodeShape ; sh:targetClass upr:Session ; sh:property shape:N-n ."
    needed += "shape:N-n sh:path upr:number ; sh:minCount 1 ."
    file = tmp_path / "sessions.ttl"
    assert "    upr:number 34 ;\n" in text
    file.write_text(text.replace("    upr:number 34 ;\n", ""))
    report = validation.validate([file], [write(tmp_path / "needed.ttl", needed)])
    assert [(each.focus, each.path) for each in report.violations] == [("session:34", "upr:number")]


def test_blank_nodes_of_a_file_have_lines_where_they_have_names(tmp_path: Path, shapes: Path) -> None:
    file = write(tmp_path / "data.ttl", "_:one a upr:Finding .\n[] a upr:Finding .")
    lines = {each.line for each in validation.validate([file], [shapes]).violations}
    assert lines == {LINES + 1, None}


@pytest.mark.thorough
@pytest.mark.parametrize("suffix", [".nt", ".nq", ".trig"])
def test_relatives_of_turtle_are_read(tmp_path: Path, shapes: Path, suffix: str) -> None:
    file = tmp_path / f"data{suffix}"
    finding = f"<urn:x:1> <{RDF.type}> <{UPR.Finding}>"
    file.write_text(
        {".nt": f"\n{finding} .\n", ".nq": f"\n{finding} <urn:g> .\n", ".trig": f"<urn:g> {{\n {finding} }}\n"}[suffix]
    )
    (violation,) = validation.validate([file], [shapes]).violations
    assert (violation.constraint, violation.line) == ("MinCount", 2)


def test_a_syntax_error_has_its_place(tmp_path: Path, shapes: Path) -> None:
    file = write(tmp_path / "data.ttl", "state:KAZ a upr:State\nstate:UZB a upr:State .")
    with pytest.raises(InvalidDataError, match=rf"data\.ttl:{LINES + 2}:\d+: not valid Turtle: .*") as caught:
        validation.validate([file], [shapes])
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["data.jsonld", "data.rdf", "data.owl", "data"])
def test_formats_that_reach_out_or_blow_up_are_refused(tmp_path: Path, shapes: Path, name: str) -> None:
    file = write(tmp_path / name, "")
    with pytest.raises(InvalidDataError, match=r"not a kind of file that is read here\ngive a file that ends in \.ttl"):
        validation.validate([file], [shapes])


def test_a_missing_path_and_an_empty_folder_are_errors(tmp_path: Path, shapes: Path) -> None:
    with pytest.raises(ResourceError, match=r"nowhere\.ttl does not exist"):
        validation.validate([tmp_path / "nowhere.ttl"], [shapes])
    (tmp_path / "empty").mkdir()
    with pytest.raises(ResourceError, match="empty holds no file that ends in"):
        validation.validate([tmp_path / "empty"], [shapes])
    with pytest.raises(UsageError, match="no file to validate"):
        validation.validate([])


def test_a_file_over_the_size_that_is_read_is_refused(
    tmp_path: Path, shapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "MAX_BYTES", 300)
    with pytest.raises(InvalidDataError, match="bytes; at most 300 are read"):
        validation.validate([write(tmp_path / "data.ttl", DATA)], [shapes])


def test_deeply_nested_turtle_does_not_end_the_process(tmp_path: Path, shapes: Path) -> None:
    depth = 1_000
    file = write(tmp_path / "data.ttl", "<urn:x:1> upr:p " + "[ upr:p " * depth + "1" + " ]" * depth + " .")
    with pytest.raises(InvalidDataError, match=rf"data\.ttl:{LINES + 1}: brackets nested more than 50 deep"):
        validation.validate([file], [shapes])


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    imports = "<urn:o> a <http://www.w3.org/2002/07/owl#Ontology> ;"
    imports += "<http://www.w3.org/2002/07/owl#imports> <http://example.org/o.ttl> ."
    file = write(tmp_path / "data.ttl", DATA + imports)
    shapes_file = write(tmp_path / "shapes.ttl", SHAPES + imports.replace("urn:o", "urn:s"))
    assert len(validation.validate([file], [shapes_file]).violations) == 2


SPARQL = """shape:Test a sh:NodeShape ; sh:targetClass upr:Finding ; sh:sparql shape:rule .
shape:rule a sh:SPARQLConstraint ; sh:select \"\"\"%s\"\"\" ."""


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { SERVICE <http://example.org/sparql> { $this ?p ?o } }",
        "SELECT $this FROM <http://example.org/data.ttl> WHERE { $this ?p ?o }",
        "SELECT $this FROM <file:///etc/passwd> WHERE { $this ?p ?o }",
    ],
)
def test_shapes_whose_sparql_reaches_out_are_refused(tmp_path: Path, query: str) -> None:
    file = write(tmp_path / "data.ttl", DATA)
    with pytest.raises(QueryError):
        validation.validate([file], [write(tmp_path / "shapes.ttl", SPARQL % query)])


def test_shapes_whose_sparql_is_wrong_are_an_error(tmp_path: Path) -> None:
    file = write(tmp_path / "data.ttl", DATA)
    with pytest.raises(InvalidDataError, match="the SPARQL of shape:rule is wrong: "):
        validation.validate([file], [write(tmp_path / "shapes.ttl", SPARQL % "SELECT $this WHERE { $this nope:p ?o }")])


def test_shapes_that_are_no_shacl_are_an_error(tmp_path: Path) -> None:
    file = write(tmp_path / "data.ttl", DATA)
    wrong = 'shape:Test a sh:NodeShape ; sh:targetClass upr:Finding ; sh:minLength "many" , "few" .'
    with pytest.raises(InvalidDataError, match="the shapes cannot be read: "):
        validation.validate([file], [write(tmp_path / "shapes.ttl", wrong)])


def test_there_is_advice_for_every_constraint_that_our_shapes_use() -> None:
    listed = tomllib.loads((ROOT / "tests" / "shapes" / "reasons.toml").read_text())["parameters"]
    assert [each for each in listed.values() if advice(each, None) == advice("Unheard", None)] == []
    assert advice("MinCount", "upr:iso3") == "add upr:iso3 to it"
