"""`uprgraph extract`, `review` and `diff`, as processes of their own."""

from __future__ import annotations

import csv
import os
import pty
import select
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from tests.extraction.pdf_maker import make

from uprgraph import resources, validation
from uprgraph.evidence import SourceText, spans, verify
from uprgraph.extraction.reading import read_text
from uprgraph.turtle import parse


class Run(Protocol):
    """What the fixture `run` gives for a command."""

    code: int
    out: str
    err: str


Runner = Callable[..., Run]
ROOT = Path(__file__).parents[2]
KAZ = resources.data() / "odihr" / "KAZ-34"
DOCUMENTS = sorted((ROOT / "tests" / "extraction").glob("*/*/source.txt"))
SOURCES = [KAZ / "source.txt", *DOCUMENTS]
QUICK = ("KAZ-34", "BEL-38-flowing-prose", "summary-GEO-37")
CASES = [
    pytest.param(path, id=path.parent.name, marks=() if path.parent.name in QUICK else pytest.mark.thorough)
    for path in SOURCES
]
LITTLE = (
    "ODIHR Submission of Information about an OSCE participating State\n\n"
    "Participating State: Slovenia\n\nUPR Session and Date of Review: 34th Session, 2019\n\n"
    "Background\n\nSlovenia has been a participating State of the OSCE since 1992.\n\n"
    "Freedom of movement\n\nODIHR noted with concern that the law restricts the freedom of movement.\n\n"
    "ODIHR recommended to repeal the law.\n\nTable: 42 17 33\n"
)


@pytest.fixture
def little(tmp_path: Path) -> Path:
    path = tmp_path / "little.txt"
    path.write_text(LITTLE, encoding="utf-8")
    return path


@pytest.fixture
def folder(run: Runner, little: Path, tmp_path: Path) -> Path:
    assert run("extract", str(little), "-o", str(tmp_path / "SVN-34")).code in (0, 1)
    return tmp_path / "SVN-34"


@pytest.mark.parametrize("source", CASES)
def test_a_draft_passes_validation_and_rests_on_its_source(run: Runner, source: Path, tmp_path: Path) -> None:
    done = run("extract", str(source), "-o", str(tmp_path / "draft"))
    assert done.code in (0, 1), done.err
    report = validation.validate([tmp_path / "draft"])
    assert [str(each) for each in report.violations if each.severity != "warning"] == []
    graph = parse((tmp_path / "draft" / "dossier.ttl").read_text(encoding="utf-8"))
    text = (tmp_path / "draft" / "source.txt").read_text(encoding="utf-8")
    assert len(spans(graph)) > 5
    assert verify(graph, SourceText(text)) == []


@pytest.mark.thorough
def test_a_pdf_says_the_same_as_the_text_it_was_made_of(run: Runner, tmp_path: Path) -> None:
    made = make(read_text((KAZ / "source.txt").read_text(encoding="utf-8")), tmp_path / "made.pdf")
    for file, name in ((made, "pdf"), (KAZ / "source.txt", "text")):
        assert run("extract", str(file), "-o", str(tmp_path / name)).code in (0, 1)
    report = validation.validate([tmp_path / "pdf"])
    assert [str(each) for each in report.violations if each.severity != "warning"] == []
    facts = tomllib.loads((tmp_path / "pdf" / "source.toml").read_text(encoding="utf-8"))
    source = (tmp_path / "pdf" / "source.txt").read_text(encoding="utf-8")
    assert facts["file"] == "made.pdf"
    assert facts["pages"] == [0, *(place + 1 for place, letter in enumerate(source) if letter == "\f")]
    assert len(facts["pages"]) == 3
    done = run("diff", str(tmp_path / "text"), str(tmp_path / "pdf"), "--format", "csv")
    kinds = [(row["change"], row["kind"]) for row in csv.DictReader(done.out.splitlines())]
    assert [each for each in kinds if each[0] != "changed"] == []


def test_the_report_says_what_was_found_and_what_was_not_understood(run: Runner, little: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    done = run("extract", str(little), "--report", str(report))
    assert done.code == 1
    assert "Recommendation" in done.out
    assert "% are in statements" in done.out
    assert "line 17: Table: 42 17 33" in done.out.replace("\n    ", " ")
    rows = list(csv.DictReader(report.open(encoding="utf-8", newline="")))
    assert {"problem": "not understood", "line": "17"}.items() <= rows[0].items()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["little.txt", "report.csv"]


def test_the_report_on_kazakhstan_names_the_count_that_differs(run: Runner) -> None:
    done = run("extract", str(KAZ / "source.txt"))
    assert "announces 9 priority recommendations and lists 10" in done.out.replace("\n    ", " ")


def test_a_curated_dossier_is_never_overwritten(run: Runner) -> None:
    before = (KAZ / "dossier.ttl").read_bytes()
    done = run("extract", str(KAZ / "source.txt"), "-o", str(KAZ))
    assert done.code == 2
    assert "is left as it is" in done.err
    assert (KAZ / "dossier.ttl").read_bytes() == before


def test_nothing_is_written_where_a_file_cannot_be_read(run: Runner, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nbroken")
    assert run("extract", str(broken), "-o", str(tmp_path / "out")).code == 2
    assert run("extract", str(tmp_path / "none.txt"), "-o", str(tmp_path / "out")).code == 2
    nobody = tmp_path / "nobody.txt"
    nobody.write_text("Once upon a time.\n", encoding="utf-8")
    done = run("extract", str(nobody), "-o", str(tmp_path / "out"))
    assert done.code == 2
    assert not (tmp_path / "out").exists()


def test_state_and_session_can_be_given(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "headless.txt"
    path.write_text("Background\n\nODIHR recommended to repeal the law.\n", encoding="utf-8")
    done = run("extract", str(path), "-o", str(tmp_path / "out"), "--state", "Slovenia", "--session", "34")
    assert done.code in (0, 1), done.err
    assert "submission/odihr-SVN-34" in (tmp_path / "out" / "dossier.ttl").read_text(encoding="utf-8")


def test_a_review_without_a_terminal_asks_for_decisions(run: Runner, folder: Path) -> None:
    done = run("review", str(folder), "--by", "Jane Doe")
    assert done.code == 2
    assert "--decisions" in done.err


def test_decisions_of_a_file(run: Runner, folder: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    decisions.write_text("statement,decision\nsubmission/odihr-SVN-34/recommendation/1,accept\n", encoding="utf-8")
    done = run("review", str(folder), "--by", "Jane Doe", "--decisions", str(decisions))
    assert (done.code, done.out) == (0, "")
    assert "1 decisions carried out" in done.err
    assert "Jane Doe" in (folder / "review.csv").read_text(encoding="utf-8")
    refused = run("extract", str(tmp_path / "little.txt"), "-o", str(folder))
    assert refused.code == 2
    assert "a curator" in refused.err


def on_terminal(*arguments: str, typed: list[str]) -> str:
    """Run a command on a terminal of its own, and type a line whenever it waits for one."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ |= {"NO_COLOR": "1", "COLUMNS": "100", "PYTHONPATH": str(ROOT / "src")}
        os.execv(sys.executable, [sys.executable, "-m", "uprgraph", *arguments])  # noqa: S606
    shown = b""
    lines = list(typed)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        try:
            part = os.read(terminal, 65536) if ready else b""
        except OSError:
            break
        if ready and not part:
            break
        shown += part
        if lines and shown.endswith((b" > ", b"]: ")) and not ready:
            os.write(terminal, (lines.pop(0) + "\n").encode())
            shown += b"\n"
    os.waitpid(child, 0)
    os.close(terminal)
    return shown.decode()


@pytest.mark.thorough
def test_a_review_on_a_terminal(folder: Path) -> None:
    typed = ["r", "freedom of movment", "r", "freedom of expression", "a", "q"]
    shown = on_terminal("review", str(folder), "--all", "--by", "Jane Doe", typed=typed)
    assert "[a]ccept" in shown
    assert "did you mean" in shown
    assert "right: freedom-of-expression (as a curator says)" in shown
    text = (folder / "dossier.ttl").read_text(encoding="utf-8")
    assert "review-status/changed" in text
    assert "curator/jane-doe" in text
    assert [str(each) for each in validation.validate([folder]).violations] == []
    again = on_terminal("review", str(folder), "--all", "--by", "Jane Doe", typed=["q"])
    assert "freedom-of-expression" not in again  # what is decided is not asked again


def test_diff_tells_what_differs_and_says_so_by_its_exit_code(run: Runner, folder: Path, tmp_path: Path) -> None:
    same = run("diff", str(folder), str(folder / "dossier.ttl"), "--format", "json")
    assert (same.code, same.out.strip()) == (0, "[]")
    other = tmp_path / "other.ttl"
    text = (folder / "dossier.ttl").read_text(encoding="utf-8")
    other.write_text(text.replace("finding-type/concern", "finding-type/observation"), encoding="utf-8")
    done = run("diff", str(folder), str(other), "--format", "csv")
    assert done.code == 1
    (row,) = csv.DictReader(done.out.splitlines())
    assert (row["change"], row["detail"]) == ("changed", "type concern -> observation")
    assert run("diff", str(folder), str(tmp_path / "none")).code == 2


def test_help_says_what_the_commands_do(run: Runner) -> None:
    for name in ("extract", "review", "diff"):
        assert "Usage: uprgraph" in run(name, "--help").out
