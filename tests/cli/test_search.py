"""`uprgraph search`."""

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

import pyoxigraph
import pytest

Runner = Callable[..., Any]
FINDING = "https://w3id.org/uprgraph/id/opinion/TERR-KAZ-296-2016/finding/2"


def test_csv_elsewhere_than_on_a_terminal_and_the_total_beside_it(run: Runner) -> None:
    done = run("search", '"freedom of religion"', "--state", "Kazakhstan", "--limit", "4")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [row["rank"] for row in rows] == ["1", "2", "3", "4"]
    assert FINDING in {row["item"] for row in rows}
    assert done.code == 0
    assert done.err == "28 hits; the best 4 are shown, --limit 28 shows all\n"
    assert run("show", FINDING).code == 0


def test_words_in_several_arguments_and_filters(run: Runner) -> None:
    done = run("search", "extremism", "NOT", "law", "--kind", "recommendation", "--kind", "opinion", "--format", "json")
    found = json.loads(done.out)
    assert {each["kind"] for each in found} == {"document-recommendation"}
    assert done.err == f"{len(found)} hits\n"
    filters = ("--right", "freedom of religion", "--session", "20", "--response", "accepted", "--recommender", "SVN")
    assert run("search", "extremism", *filters).err == "0 hits\n"


@pytest.mark.thorough
def test_every_format(run: Runner, tmp_path: Path) -> None:
    for ending, beginning in (
        (".md", b"| rank |"),
        (".xlsx", b"PK"),
        (".html", b"<!doctype"),
        (".tsv", b"rank\tscore"),
    ):
        path = tmp_path / f"hits{ending}"
        done = run("search", "extremism", "-o", str(path))
        assert (done.code, done.out) == (0, "")
        assert path.read_bytes().startswith(beginning)


def test_words_stand_out_on_a_terminal() -> None:
    leader, follower = pty.openpty()
    settings = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    settings |= {"COLUMNS": "80", "TERM": "xterm"}
    command = [sys.executable, "-m", "uprgraph", "search", "circumscribe", "--limit", "1"]
    with subprocess.Popen(command, stdout=follower, stderr=subprocess.PIPE, env=settings) as process:
        assert process.wait(60) == 0
    written = os.read(leader, 65536).decode()
    os.close(leader)
    os.close(follower)
    assert "\x1b[1mcircumscribe\x1b[0m" in written


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a", "AND"), "AND at character 3 has nothing after it\nwrite words,"),
        (('"a',), "the quotation mark at character 1 is not closed\nwrite words,"),
        (("a", "--state", "Kazakstan"), 'state: "Kazakstan" is unknown\ndid you mean "Kazakhstan"'),
        (("a", "--kind", "law"), "Invalid value for '--kind'"),
        (("a", "--limit", "0"), "Invalid value for '--limit'"),
        ((), "Missing argument 'WORDS...'"),
    ],
)
def test_mistakes(run: Runner, arguments: tuple[str, ...], message: str) -> None:
    done = run("search", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: {message}")


def test_a_store_without_an_index(run: Runner, tmp_path: Path) -> None:
    pyoxigraph.Store(str(tmp_path)).flush()
    done = run("search", "a", "--store", str(tmp_path))
    assert done.code == 2
    assert done.err.startswith(f"error: {tmp_path} has no full-text index\n")


def test_help_has_examples_and_columns(run: Runner) -> None:
    shown = run("search", "--help").out
    assert "  ratif*                   words that begin so: ratify, ratification\n" in shown
    assert "  snippet: the part of its words" in shown


def test_filters_are_completed(run: Runner) -> None:
    done = run(_UPRGRAPH_COMPLETE="bash_complete", COMP_WORDS="uprgraph search x --response no", COMP_CWORD="4")
    assert done.out.split() == ["plain,not-supported", "plain,noted"]
