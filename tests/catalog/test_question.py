"""src/uprgraph/catalog/question.py and parameters.py."""

from pathlib import Path

import pytest

from uprgraph.catalog.parameters import Parameter
from uprgraph.catalog.question import Question, read
from uprgraph.errors import InvalidDataError, ResourceError

HEAD = "#+ summary: What?\n#+ description: One row\n#+   per thing.\n#+ columns: {thing: the thing}\n"


def question(folder: Path, text: str, area: str = "odihr") -> Question:
    path = folder / area / "example.rq"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_reads_a_header(tmp_path: Path) -> None:
    text = (
        HEAD + "#+ tags: [a, b]\n#+ params:\n#+   right: {type: concept, scheme: right, default: [x, y]}\n"
        '#+   findingType: {type: thing, class: "upr:Review", optional: true, description: "Which  one"}\n'
        "SELECT ?thing { VALUES ?right { 1 } }\n"
    )
    found = question(tmp_path, text)
    assert (found.name, found.area, found.is_check) == ("example", "odihr", False)
    assert (found.summary, found.description) == ("What?", "One row per thing.")
    assert found.tags == ("a", "b")
    assert found.columns == {"thing": "the thing"}
    assert found.sparql == text
    right, kind = found.parameters
    assert right == Parameter("right", "concept", scheme="right", defaults=("x", "y"))
    assert right.scheme_iri == "https://w3id.org/uprgraph/code/right"
    assert kind.class_iri == "https://w3id.org/uprgraph/ontology#Review"
    assert (kind.option, kind.optional, kind.description) == ("finding_type", True, "Which one")
    assert found.parameter("finding-type") is kind
    assert found.parameter("findingType") is kind
    assert found.parameter("type") is None


def test_reads_the_types_of_columns(tmp_path: Path) -> None:
    assert question(tmp_path, HEAD + "#+ types: {iri: [thing]}\nSELECT ?thing {}").types == {"thing": "iri"}
    assert question(tmp_path, HEAD + "SELECT ?thing {}").types == {}


def test_a_check_is_known_by_its_folder(tmp_path: Path) -> None:
    assert question(tmp_path, HEAD, "checks").is_check


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {}", "the header, lines that start with #[+], is missing"),
        ("#+ summary: What?\nSELECT * {}", "the header has no columns and no description"),
        (HEAD + "#+ sumary: x", "the header has unknown key sumary"),
        (HEAD + "SELECT * {}\n#+ tags: []", "a line of the header stands outside it"),
        (HEAD.replace("What?", ""), "summary must be text"),
        (HEAD.replace("What?", "[1]"), "summary must be text"),
        (HEAD.replace("{thing: the thing}", "[thing]"), "columns must say of each column what it holds"),
        (HEAD.replace("What?", "a: b: c"), "the header is not YAML"),
        (HEAD + "#+ tags: a", "tags must be a list"),
        (HEAD + "#+ prepared: perhaps", "prepared must be true or false"),
        (HEAD + "#+ types: {thing: iri}", "types must say of each type which columns are of it"),
        (HEAD + "#+ types: {uri: [thing]}", "there is no type uri\ntypes are: text, iri, "),
        (HEAD + "#+ types: {iri: [other]}", "the type of other stands twice, or there is no such column"),
        (HEAD + "#+ types: {iri: [thing], date: [thing]}", "the type of thing stands twice"),
        (HEAD + "#+ params: [right]", "and params a mapping"),
        (HEAD + "#+ params: {right: concept}", "the parameter right must be declared like"),
        (HEAD + "#+ params: {right: {type: concept}}", "needs a scheme, such as right, if and only if it is a concept"),
        (HEAD + "#+ params: {a: {type: state, scheme: right}}", "needs a scheme"),
        (HEAD + '#+ params: {a: {type: concept, scheme: "x> <y"}}', "needs a scheme"),
        (HEAD + "#+ params: {a: {type: state, class: upr:State}}", "a class, which only a thing may have"),
        (HEAD + "#+ params: {a: {type: thing, class: State}}", '"State" is not a prefixed name'),
        (HEAD + "#+ params: {a: {type: country}}", "the type of the parameter a must be one of: concept, state"),
        (HEAD + "#+ params: {a: {type: state, optionl: true}}", "the unknown key optionl"),
        (HEAD + '#+ params: {a: {type: state, optional: "yes"}}', "must be true or false"),
        (HEAD + "#+ params: {a: {type: state, default: NO}}", "the default False of the parameter a must be text"),
        (HEAD + "#+ params: {a-b: {type: state}}", "cannot be the name of a parameter"),
        (HEAD + "#+ params: {format: {type: state}}", "cannot be the name of a parameter"),
    ],
)
def test_refuses_other_headers(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidDataError, match=message) as caught:
        question(tmp_path, text)
    assert caught.value.message.startswith(str(tmp_path / "odihr" / "example.rq"))


def test_says_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="cannot read"):
        read(tmp_path / "none.rq")
    (tmp_path / "latin.rq").write_bytes(b"#+ summary: \xe9")
    with pytest.raises(InvalidDataError, match=r"latin\.rq: not UTF-8: .* at byte 12"):
        read(tmp_path / "latin.rq")
