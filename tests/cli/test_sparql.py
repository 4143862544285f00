"""`uprgraph sparql`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Runner = Callable[..., Any]
KAZ = "<https://w3id.org/uprgraph/id/state/KAZ>"
SLOW = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_each_form(run: Runner) -> None:
    assert run("sparql", "-", stdin=b"SELECT (1 + 1 AS ?n) {}").out == "n\n2\n"
    assert run("sparql", "-", stdin=b"ASK {}").out == "answer\ntrue\n"
    assert json.loads(run("sparql", "-", "--format", "json", stdin=b"ASK { ?s <http://none> ?o }").out) == [
        {"answer": False}
    ]
    turtle = run("sparql", "-", stdin=f"CONSTRUCT WHERE {{ {KAZ} a ?c }}".encode()).out
    assert turtle.splitlines()[-1] == "state:KAZ a upr:State ."
    assert "state:KAZ a upr:State" in run("sparql", "-", stdin=f"DESCRIBE {KAZ}".encode()).out
    rows = run("sparql", "-", "--format", "csv", stdin=f"CONSTRUCT WHERE {{ {KAZ} a ?c }}".encode()).out
    assert rows.startswith("subject,predicate,object\n")


def test_from_and_to_files(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("SELECT (1 AS ?x) {}")
    done = run("sparql", str(tmp_path / "q.rq"), "-o", str(tmp_path / "x.json"))
    assert (done.code, done.out) == (0, "")
    assert json.loads((tmp_path / "x.json").read_text()) == [{"x": 1}]


def test_a_mark_at_the_start_of_a_file_is_no_character_of_the_query(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes(b"\xef\xbb\xbfSELECT (1 AS ?x) {}")
    assert run("sparql", str(tmp_path / "q.rq")).out == "x\n1\n"
    assert run("sparql", "-", stdin=b"\xef\xbb\xbfASK {}").out == "answer\ntrue\n"


def test_nothing_found_is_said(run: Runner) -> None:
    assert run("sparql", "-", stdin=b"SELECT ?s { ?s <http://none> ?o }").err == "no rows\n"
    assert run("sparql", "-", stdin=b"DESCRIBE <http://none>").err == "no triples\n"


@pytest.mark.parametrize(
    ("stdin", "message"),
    [
        (b"", "error: the query is empty\nit must start with SELECT"),
        (b"ASK {\n ?s a upr:State }", 'error: line 2, column 7: the prefix "upr:" is not declared\nadd the line'),
        (b"SELECT * { ?s ?p }", "error: line 1, column 12: not valid SPARQL at or just after"),
        (b"DROP ALL", "error: line 1, column 1: DROP changes data, and only queries are allowed here"),
        (b"ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "error: line 1, column 7: SERVICE is not allowed here"),
        (b"SELECT * " + b"{" * 5000 + b"}" * 5000, "error: line 1, column 110: brackets are nested more than 100 deep"),
        (b"SELECT * { ?s ?p \xff }", "error: standard input is not UTF-8 text: invalid start byte at byte 17"),
    ],
)  # fmt: skip
def test_mistakes(run: Runner, stdin: bytes, message: str) -> None:
    done = run("sparql", "-", stdin=stdin)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith(message)


def test_files_that_cannot_be_read(run: Runner, tmp_path: Path) -> None:
    assert run("sparql", "none.rq").err == "error: cannot read none.rq: No such file or directory\n"
    assert run("sparql", str(tmp_path)).err == f"error: cannot read {tmp_path}: Is a directory\n"
    assert run("sparql").err == "error: Missing argument 'FILE'.\nsee uprgraph sparql --help\n"


def test_a_query_that_takes_too_long(run: Runner) -> None:
    done = run("sparql", "-", "--timeout", "0.5", stdin=SLOW)
    assert done.code == 2
    assert done.err.startswith("error: the query took more than 0.5 seconds and was stopped\n")


def test_a_query_that_takes_too_much_memory(run: Runner) -> None:
    text = b"SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?e ?i"
    done = run("sparql", "-", "--memory", "400", stdin=text)
    assert done.code == 2
    assert "error: the query " in done.err
    assert "it is too large or too deep" in done.err or "MB of memory" in done.err


def test_an_endpoint(run: Runner, server: Any) -> None:
    assert run("sparql", "-", "--endpoint", server.url, stdin=b"ASK {}").code == 2
    server.body = b'{"head": {"vars": []}, "results": {"bindings": []}, "boolean": true}'
    assert run("sparql", "-", "--endpoint", server.url, stdin=b"ASK {}").out == "answer\ntrue\n"
