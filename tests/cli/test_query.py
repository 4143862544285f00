"""`uprgraph query` and what all commands share."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import uprgraph
from uprgraph.catalog import catalogue

Runner = Callable[..., Any]
ASK = ("query", "opinions-by-right")


def test_csv_elsewhere_than_on_a_terminal(run: Runner) -> None:
    done = run(*ASK, "--right", "freedom of religion", "--state", "KAZ")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["number"] for row in rows} == {"TERR-KAZ/296/2016", "JUD-KAZ/337/2018"}
    assert all(row["quote"] for row in rows)
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    "right",
    ["freedom of religion or belief", "freedom of religion", "freedom-of-religion-or-belief",
     "right:freedom-of-religion-or-belief", "https://w3id.org/uprgraph/code/right/freedom-of-religion-or-belief"],
)  # fmt: skip
def test_by_label_alternative_label_code_and_iri(run: Runner, right: str) -> None:
    assert run(*ASK, "--right", right).out == run(*ASK).out


def terminal(*arguments: str, **environment: str) -> str:
    """Return what a command writes to a terminal of 80 columns."""
    leader, follower = pty.openpty()
    settings = {**os.environ, "COLUMNS": "80", "TERM": "xterm", **environment}
    command = [sys.executable, "-m", "uprgraph", *arguments]
    with subprocess.Popen(command, stdout=follower, stderr=subprocess.PIPE, env=settings) as process:
        os.close(follower)
        written = b""
        while True:
            try:
                chunk = os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if not chunk:
                break
            written += chunk
        assert process.wait(60) == 0
    os.close(leader)
    return written.decode().replace("\r\n", "\n")


def test_a_table_on_a_terminal() -> None:
    plain = terminal(*ASK, NO_COLOR="1")
    assert "\x1b" not in plain
    assert max(map(len, plain.splitlines())) <= 80
    assert "number      TERR-KAZ/296/2016\n" in plain
    assert "the right to freedom of religion or belief." in " ".join(plain.split())
    assert "FOI-KAZ/268/2015" not in plain
    assert "\x1b[" in terminal(*ASK)


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "md", "html", "table"])
def test_every_format(run: Runner, name: str) -> None:
    done = run(*ASK, "--format", name)
    assert "TERR" in done.out
    assert done.code == 0


def test_the_extension_names_the_format(run: Runner, tmp_path: Path) -> None:
    assert run(*ASK, "-o", str(tmp_path / "x.json")).out == ""
    assert json.loads((tmp_path / "x.json").read_text())[0]["number"] == "TERR-KAZ/296/2016"
    run(*ASK, "-o", str(tmp_path / "x.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").active.max_row == len(uprgraph.query("opinions-by-right")) + 1
    run(*ASK, "-o", str(tmp_path / "x.json"), "--format", "csv")
    assert (tmp_path / "x.json").read_text().startswith("opinion,number")


def test_the_catalogue(run: Runner) -> None:
    done = run("query")
    assert done.code == 0
    for heading in catalogue.AREAS.values():
        assert heading in done.out
    for name in catalogue.shipped().names():
        assert f"  {name} " in done.out


def test_help_describes_the_question(run: Runner) -> None:
    done = run(*ASK, "--help")
    for part in (
        "Which opinions concern a given right?",
        "--right CONCEPT",
        "An entry of the codelist right. Default:",
        "--state STATE",
        "A State. Default: any.",
        "quote: the words on which that statement rests",
    ):
        assert part in done.out


def test_show_prints_the_bound_query(run: Runner, tmp_path: Path) -> None:
    done = run(*ASK, "--state", "Kazakhstan", "--show")
    assert "VALUES ?state { <https://w3id.org/uprgraph/id/state/KAZ> }" in done.out
    (tmp_path / "bound.rq").write_text(done.out)
    assert run("sparql", str(tmp_path / "bound.rq")).out == run(*ASK, "--state", "KAZ").out
    assert run(*ASK, "--state", "Kazakhstan", "--show", "-o", str(tmp_path / "file.rq")).out == ""
    assert (tmp_path / "file.rq").read_text() == done.out


def test_no_rows_are_said(run: Runner) -> None:
    done = run(*ASK, "--right", "freedom from torture", "--state", "KAZ")
    assert len(done.out.splitlines()) == 1
    assert done.err == "no rows (right right:freedom-from-torture; state state:KAZ)\n"
    assert done.code == 0


def test_a_check_that_finds_something_exits_with_one(run: Runner) -> None:
    found = run("query", "count-mismatches")
    assert found.code == 1
    assert len(found.out.splitlines()) > 1
    clean = run("query", "broader-cycles")
    assert (clean.code, clean.err) == (0, "no problems found\n")


ERRORS = [
    (["query", "opinions-by-rigth"], 'error: there is no question "opinions-by-rigth"', 'mean "opinions-by-right"'),
    (["query", "zzz"], 'error: there is no question "zzz"', "uprgraph query lists all questions"),
    (["qury"], 'error: there is no command "qury"', 'did you mean "query"?'),
    (["zzz"], 'error: there is no command "zzz"', "the commands are: query, sparql, show"),
    ([*ASK, "--right", "freedm of religon"], 'error: right: "freedm of religon" is unknown',
     'did you mean "freedom of religion or belief" or "freedom of expression"?\n'),
    ([*ASK, "--right", '" } ; DROP ALL #'], 'error: right: "" } ; DROP ALL #" is unknown', "it must be"),
    ([*ASK, "--right", "x> <y"], 'error: right: "x> <y" is unknown', "it must be"),
    ([*ASK, "--state", "https://w3id.org/uprgraph/id/state/ZZZ"], "is not a State", "the graph does not have this IRI"),
    ([*ASK, "--rigth", "x"], "error: No such option '--rigth'", "see uprgraph query opinions-by-right --help"),
    ([*ASK, "--right"], "error: Option '--right' requires an argument", ""),
    (["query", "--right", "x"], "error: No such option '--right'", "options stand after the name of a question"),
    ([*ASK, "more"], "error: Got unexpected extra argument (more)", "see uprgraph"),
    ([*ASK, "--format", "xml"], "error: Invalid value for '--format': 'xml' is not one of", "see uprgraph"),
    ([*ASK, "-o", ""], "error: Invalid value for '-o' / '--output': the name is empty", "see uprgraph"),
    ([*ASK, "-o", "x.foo"], 'error: the extension of "x.foo" does not name a format', "or --format"),
    ([*ASK, "-o", "/none/x.csv"], "error: cannot write /none/x.csv: No such file or directory", ""),
    ([*ASK, "--store", "/none"], "error: /none is not a store", "that of an Oxigraph store"),
    ([*ASK, "--store", "/none", "--endpoint", "http://x"], "error: --store and --endpoint name two", "one of them"),
    ([*ASK, "--endpoint", "x"], "error: --endpoint needs a URL that starts with http:// or https://", "--store DIR"),
    ([*ASK, "--endpoint", ""], "error: ", ""),
    ([*ASK, "--endpoint", "http://127.0.0.1:9/"], "error: http://127.0.0.1:9/ cannot be reached", "check the URL"),
    ([*ASK, "--timeout", "0"], "error: Invalid value for '--timeout'", ""),
    ([*ASK, "--timeout", "5"], "error: --timeout says how long an endpoint may take", "or give --endpoint URL"),
    ([*ASK, "--show", "--format", "csv"], "error: --show prints SPARQL", "leave out one of them"),
    (["validate", "--format", "xml"], "error: Invalid value for '--format': 'xml' is not one of", "see uprgraph"),
    *(([*each, "-o", name], message, hint) for each in (["show", "KAZ"], ["validate"]) for name, message, hint in [
        ("x.csv", 'error: the extension of "x.csv" does not name', "use one of .txt, .json, .ttl, or --format"),
        ("x", 'error: the extension of "x" does not name a format', "use one of .txt, .json, .ttl, or --format"),
        ("", "error: Invalid value for '-o' / '--output': the name is empty", "see uprgraph"),
    ]),
    (["build", "-o", ""], "error: Invalid value for '-o' / '--output': the name is empty", "see uprgraph build --help"),
    (["show", "KAZ", "--timeout", "5"], "error: --timeout says how long an endpoint may take", "--endpoint URL"),
    (["sparql", "-", "-o", "x.foo"], 'error: the extension of "x.foo" does not name a format', "or --format"),
    (["sparql", "-", "--endpoint", "http://x", "--memory", "400"], "error: --memory is for a query that runs here",
     "leave it out"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message", "hint"), ERRORS, ids=lambda value: str(value)[:40])
def test_mistakes(run: Runner, arguments: list[str], message: str, hint: str) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert message in done.err
    assert hint in done.err


def test_a_number_that_is_none(run: Runner) -> None:
    done = run("query", "states-at-session", "--session", "first")
    assert (done.code, done.err) == (2, 'error: session: "first" is not a whole number\n')


def test_an_endpoint_that_answers_html(run: Runner, server: Any) -> None:
    server.content_type, server.body = "text/html", b"<html>"
    done = run(*ASK, "--endpoint", server.url)
    assert done.code == 2
    assert done.err.startswith(f"error: {server.url} answers with text/html instead of SPARQL results\n")
    assert "secret" not in done.err


@pytest.mark.parametrize("status", [401, 503])
def test_an_endpoint_that_refuses(run: Runner, server: Any, status: int) -> None:
    server.status = status
    done = run(*ASK, "--endpoint", server.url)
    assert done.code == 2
    assert f"answers with HTTP status {status}" in done.err


def test_an_endpoint_that_never_answers(run: Runner, server: Any) -> None:
    server.silent = True
    done = run(*ASK, "--endpoint", server.url, "--timeout", "1")
    assert done.code == 2
    assert "did not answer within 1 seconds" in done.err


@pytest.mark.parametrize("asked", ["query recommending-states --format json", "query", "show KAZ --all", "--help"])
def test_a_reader_that_has_had_enough(asked: str) -> None:
    command = f"{sys.executable} -m uprgraph {asked} | true"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


SHELL = f"{sys.executable} -m uprgraph"


def shell(command: str, folder: Path) -> tuple[int, str, str]:
    """Run a line in bash, with $U for our command."""
    settings = {**os.environ, "U": SHELL, "PYTHONPATH": str(Path(uprgraph.__file__).parent.parent)}
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=settings, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("command", ["query", "query opinions", "show KAZ", "--help", "completion bash"])
@pytest.mark.parametrize(("place", "why"), [(">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")])
def test_output_that_cannot_be_written(tmp_path: Path, command: str, place: str, why: str) -> None:
    assert shell(f"$U {command} {place}", tmp_path) == (2, "", f"error: cannot write the output: {why}\n")


def test_streams_that_are_closed(tmp_path: Path) -> None:
    assert shell("$U query opinions -o x.csv >&- && head -c 7 x.csv", tmp_path) == (0, "opinion", "")
    assert shell("$U query nonsense 2>&-", tmp_path) == (2, "", "")
    assert shell("$U query nonsense 2>/dev/full", tmp_path) == (2, "", "")
    message = "error: cannot read standard input: Bad file descriptor\n"
    assert shell("$U sparql - <&-", tmp_path) == (2, "", message)


def test_a_link_stays_a_link_and_a_pipe_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert shell("$U query opinions -o link.csv", tmp_path) == (0, "", "")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("opinion,")
    # A name of its own, since the test of a defect here must not replace a device of the machine.
    assert shell("mkfifo f; cat f & $U query opinions --format csv -o f; wait", tmp_path)[1].startswith("opinion,")
    assert shell("$U query opinions --format csv -o - | head -c 7; ls", tmp_path)[1].startswith("opinion")
    assert not (tmp_path / "-").exists()


def test_no_arguments_are_a_call_for_help(run: Runner) -> None:
    done = run()
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: uprgraph [OPTIONS] COMMAND")


def test_completion_offers_a_value_once(run: Runner) -> None:
    done = run(_UPRGRAPH_COMPLETE="bash_complete", COMP_WORDS="uprgraph show KAZ", COMP_CWORD="2")
    assert {"plain,KAZ", "plain,KAZ-20"} <= set(done.out.split())
    assert len(done.out.split()) == len(set(done.out.split()))


def test_completion_is_silent_about_mistakes(run: Runner) -> None:
    done = run(_UPRGRAPH_COMPLETE="bash_complete", COMP_WORDS="uprgraph query nonsense --", COMP_CWORD="3")
    assert (done.out, done.err) == ("", "")


def test_version(run: Runner) -> None:
    assert run("--version").out == f"uprgraph {uprgraph.__version__}\n"


def test_help_lists_the_commands(run: Runner) -> None:
    done = run("--help")
    for name in ("query", "sparql", "show", "validate", "format", "build", "completion"):
        assert f"\n  {name} " in done.out


@pytest.mark.parametrize("name", ["query", "sparql", "show", "validate", "format", "build", "completion"])
def test_every_command_has_help(run: Runner, name: str) -> None:
    assert run(name, "--help").out.startswith(f"Usage: uprgraph {name}")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("uprgraph que", "plain,query"),
        ("uprgraph query opinions-by", "plain,opinions-by-right"),
        ("uprgraph query opinions-by-right --ri", "plain,--right"),
        ("uprgraph query opinions-by-right --right freedom-of-rel", "plain,freedom-of-religion-or-belief"),
        ("uprgraph query opinions-by-right --state kazak", "plain,KAZ"),
        ("uprgraph query opinions-by-right --right forb", "plain,freedom-of-religion-or-belief"),
        ("uprgraph query opinions-by-right --right academic", "plain,academic-freedom"),
        ("uprgraph query opinions-by-right --state 398", "plain,398"),
        ("uprgraph show TERR-KAZ/2", "plain,TERR-KAZ-296-2016"),
        ("uprgraph query opinions-by-right --endpoint http://127.0.0.1:9 --state kazak", ""),
    ],
)
def test_completion(run: Runner, words: str, expected: str) -> None:
    count = len(words.split()) - 1
    done = run(_UPRGRAPH_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(count))
    assert done.out.split() == ([expected] if expected else [])


@pytest.mark.parametrize(("shell", "word"), [("bash", "complete -o nosort"), ("zsh", "compdef"), ("fish", "complete")])
def test_completion_scripts(run: Runner, shell: str, word: str) -> None:
    done = run("completion", shell)
    assert word in done.out
    assert "_UPRGRAPH_COMPLETE" in done.out
    assert run("completion", "tcsh").code == 2
