"""`uprgraph import`, as a process of its own."""

from __future__ import annotations

import csv
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest


class Run(Protocol):
    """What the fixture `run` gives for a command."""

    code: int
    out: str
    err: str


Runner = Callable[..., Run]
HEADER = "To,Text,From,Response,Action,Issue,Session\n"
GOOD = "Afghanistan,Do this.,Austria,Accepted,4,Justice,5\n"
BAD = "Atlantis,Do that.,Austria,Accepted,4,Justice,5\n"


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., str]:
    def make(*rows: str, name: str = "export.csv", encoding: str = "utf-8") -> str:
        path = tmp_path / name
        path.write_text(HEADER + "".join(rows), encoding=encoding)
        return str(path)

    return make


def test_a_store_is_made_and_asked(run: Runner, export: Callable[..., str], tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    done = run("import", "upr-info", export(GOOD), "--store", store)
    assert (done.code, done.out) == (0, "")
    assert "read 1 records of upr-info-s05-05" in done.err
    asked = run("query", "acceptance-by-session", "--state", "AFG", "--store", store, "--format", "csv")
    assert asked.out.splitlines()[1].startswith("5,1,1,1,1,1,0")
    found = run("search", "do", "--store", store, "--state", "AFG", "--format", "csv")
    assert "Do this." in found.out
    shown = run("show", found.out.splitlines()[1].split(",")[3], "--store", store)
    assert "Do this." in shown.out


def test_a_bad_row_is_reported_and_stops_nothing(run: Runner, export: Callable[..., str], tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    done = run("import", "upr-info", export(BAD, GOOD), "-o", str(tmp_path / "out.nq.gz"), "--report", str(report))
    assert done.code == 1
    (problem,) = csv.DictReader(report.open(encoding="utf-8"))
    assert (problem["row"], problem["column"], problem["value"]) == ("2", "To", "Atlantis")
    assert problem["outcome"] == "row left out"
    assert (tmp_path / "out.nq.gz").is_file()
    assert "1 problem, see" in done.err


def test_strict_changes_nothing(run: Runner, export: Callable[..., str], tmp_path: Path) -> None:
    done = run("import", "upr-info", export(BAD, GOOD), "-o", str(tmp_path / "out.nq"), "--strict")
    assert done.code == 1
    assert "nothing was changed" in done.err
    assert not (tmp_path / "out.nq").exists()


def test_a_report_is_safe_in_a_spreadsheet(run: Runner, export: Callable[..., str], tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    row = GOOD.replace("Justice", '"=HYPERLINK(""http://x"")"')
    run("import", "upr-info", export(row), "-o", str(tmp_path / "out.nq"), "--report", str(report))
    (problem,) = csv.DictReader(report.open(encoding="utf-8"))
    assert problem["value"].startswith("'=")


def test_another_encoding_is_named_and_can_be_given(run: Runner, export: Callable[..., str], tmp_path: Path) -> None:
    path = export(GOOD.replace("Austria", "Côte d'Ivoire"), encoding="mac_roman")
    target = ("-o", str(tmp_path / "out.nq"))
    done = run("import", "upr-info", path, *target)
    assert done.code == 2
    assert "not UTF-8" in done.err
    assert "--encoding" in done.err
    assert run("import", "upr-info", path, *target, "--encoding", "mac_roman").code == 0


MISTAKES = [
    (["import"], "SOURCE"),
    (["import", "upr-info"], "FILE"),
    (["import", "upr-info", "{file}"], "give --store DIR or -o FILE.nq.gz"),
    (["import", "upr-info", "{file}", "--store", "{none}", "-o", "{out}"], "one of them"),
    (["import", "upr-infos", "{file}", "-o", "{out}"], "upr-info"),
    (["import", "upr-info", "{none}", "-o", "{out}"], "is not a file"),
    (["import", "upr-info", "{file}", "-o", "{out}", "--report", "{none}/x.csv"], "cannot write"),
    (["import", "upr-info", "{file}", "-o", "{out}", "--report", "x.pdf"], "pdf"),
    (["import", "upr-info", "{file}", "-o", "{none}/out.nq"], "cannot write"),
    (["import", "upr-info", "{file}", "-o", "{out}", "--encoding", "klingon"], "klingon"),
    (["import", "upr-info", "{file}", "-o", "{out}", "--workers", "0"], "workers"),
    (["import", "upr-info", "{file}", "-o", "{out}", "--workers", "2", "--dask", "tcp://x"], "give one of them"),
    (["import", "wg-report", "{file}", "-o", "{out}"], "is not a document that can be read"),
    (["import", "uhri", "{file}", "-o", "{out}"], "export.csv"),
    (["import", "ohchr-matrix", "{file}", "-o", "{out}"], "--state"),
    (["import", "ohchr-matrix", "{file}", "-o", "{out}", "--state", "Slowenien", "--session", "34"], "Slowenien"),
    (["import", "ohchr-matrix", "{file}", "-o", "{out}", "--state", "SVN", "--session", "34"], "is not a document"),
]


@pytest.mark.parametrize(("arguments", "message"), MISTAKES, ids=lambda value: " ".join(value)[:60])
def test_mistakes(run: Runner, export: Callable[..., str], tmp_path: Path, arguments: list[str], message: str) -> None:
    places = {"file": export(GOOD), "none": str(tmp_path / "none"), "out": str(tmp_path / "out.nq")}
    done = run(*(each.format(**places) for each in arguments))
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err
    assert done.out == ""
    assert not (tmp_path / "out.nq").exists()


def test_a_folder_of_something_else_is_left_alone(run: Runner, export: Callable[..., str], tmp_path: Path) -> None:
    done = run("import", "upr-info", export(GOOD), "--store", str(tmp_path))
    assert done.code == 2
    assert "holds something else" in done.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["export.csv"]


@pytest.mark.thorough
def test_progress_shows_on_a_terminal_only(export: Callable[..., str], tmp_path: Path) -> None:
    from bench import export as generated

    path = tmp_path / "large.csv"
    generated.write(path, 6_000)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "uprgraph", "import", "upr-info", str(path), "-o", str(tmp_path / "out.nq")]
    with subprocess.Popen([*command, "--workers", "1"], stderr=theirs, env=os.environ | {"TERM": "xterm"}) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 65_536)
            except OSError:
                break
    assert process.returncode == 0
    assert b"reviews converted" in shown
