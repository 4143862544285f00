"""`uprgraph validate`, `format` and `build` as a user meets them: what stands on which stream, and the exit code."""

import json
from pathlib import Path

import pytest

from uprgraph.cli import main
from uprgraph.cli.output import PROSE
from uprgraph.errors import UsageError
from uprgraph.validation import validate
from uprgraph.validation.formats import FORMATS, render

PREFIX = "PREFIX upr: <https://w3id.org/uprgraph/ontology#>\n"
CANONICAL = PREFIX + "\nupr:a\n    a upr:Finding ;\n.\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main([str(each) for each in arguments])
    out, err = capsys.readouterr()
    assert isinstance(caught.value.code, int)
    return caught.value.code, out, err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data.ttl"
    path.write_text(PREFIX + "\nupr:a a upr:Findin .\n")
    return path


def test_findings_go_to_stdout_with_exit_code_1(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    code, out, err = run(capsys, "validate", file)
    assert (code, err) == (1, "")
    assert out.startswith(
        f'{file}:3: violation: upr:Findin is no term of the vocabulary; did you mean "upr:Finding"?\n'
    )
    assert "  mend   correct the spelling, or define the term in ontology/upr.ttl first\n" in out


def test_a_valid_file_gives_exit_code_0(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    good = tmp_path / "good.ttl"
    good.write_text(
        PREFIX + "<https://w3id.org/uprgraph/id/cycle/9> a upr:Cycle ; upr:number 9 ;\n"
        '<http://www.w3.org/2000/01/rdf-schema#label> "ninth cycle"@en .\n'
    )
    code, out, err = run(capsys, "validate", good)
    assert (code, err) == (0, "")
    assert out.startswith("valid: 0 violations (1 file, 3 statements, ")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.ttl", None, "error: {} does not exist\n"),
        ("broken.ttl", PREFIX + "upr:a upr:b .\n", "error: {}:2:13: not valid Turtle: "),
        ("data.rdf", "", "error: {}: not a kind of file that is read here\ngive a file that ends in "),
        ("data.jsonld", "{}", "error: {}: not a kind of file that is read here\n"),
    ],
)
def test_what_cannot_be_read_gives_one_message_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    code, out, err = run(capsys, "validate", path)
    assert (code, out) == (2, "")
    assert err.startswith(message.format(path))
    assert "Traceback" not in err


def test_an_unknown_format_gives_exit_code_2(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    code, out, err = run(capsys, "validate", file, "--format", "xml")
    assert (code, out) == (2, "")
    assert "'xml' is not one of 'text', 'json', 'ttl'" in err


def test_the_report_can_be_written_to_a_file(capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert run(capsys, "validate", file, "-o", report) == (1, "", "")
    (result,) = json.loads(report.read_text())["results"]
    assert (result["line"], result["constraint"]) == (3, "DefinedTerm")
    code, _, err = run(capsys, "validate", file, "-o", tmp_path / "nowhere" / "report.txt")
    assert code == 2
    assert err.startswith("error: cannot write ")


def test_the_formats_of_the_command_are_those_of_a_report(file: Path) -> None:
    assert tuple(PROSE.values()) == FORMATS
    report = validate([file])
    assert len({render(report, each) for each in FORMATS}) == len(FORMATS)
    with pytest.raises(UsageError, match='there is no format "xml"\nthe formats are: text, json, ttl'):
        render(report, "xml")


def test_shapes_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(CANONICAL)
    shapes.write_text(
        PREFIX + "PREFIX sh: <http://www.w3.org/ns/shacl#>\n"
        "<urn:s> a sh:NodeShape ; sh:targetClass upr:Finding ; sh:property <urn:p> ."
        "<urn:p> sh:path upr:text ; sh:minCount 1 ."
    )
    code, out, _ = run(capsys, "validate", data, "--shapes", shapes)
    assert code == 1
    assert "  path   upr:text\n" in out
    assert "  mend   add upr:text to it\n" in out


def test_format_check_tells_and_format_writes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(PREFIX + "upr:a a upr:Finding .")
    assert run(capsys, "format", "--check", path) == (1, f"not in form: {path}\n", "")
    assert run(capsys, "format", path) == (0, f"formatted: {path}\n", "")
    assert path.read_text() == CANONICAL
    assert run(capsys, "format", "--check", path) == (0, "", "")


def test_format_refuses_a_comment(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    path.write_text("# why\n" + CANONICAL)
    assert run(capsys, "format", path) == (
        2,
        "",
        f"error: {path}:1: a comment, which formatting would lose\nmake it a skos:editorialNote of what it is about\n",
    )


def test_build_lists_what_it_wrote(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = run(capsys, "build", "-o", tmp_path / "bundle", "--gzip")
    assert (code, err) == (0, "")
    assert [Path(line.split()[1]).name for line in out.splitlines()] == [
        "SHA256SUMS",
        "queries.ttl",
        "uprgraph.nq.gz",
        "uprgraph.trig.gz",
        "void.ttl",
    ]


def test_build_into_a_file_is_a_mistake(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    code, out, err = run(capsys, "build", "-o", file)
    assert (code, out) == (2, "")
    assert err == f"error: {file} cannot be written: File exists\n"
