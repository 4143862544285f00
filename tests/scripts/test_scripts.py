"""The scripts of scripts/ are short and behave alike."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "scripts").glob("[!_]*.py"))
PAGE = ROOT / "docs" / "queries.md"


def run(script: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, str(script), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_there_are_scripts_and_each_is_in_the_guide() -> None:
    assert len(SCRIPTS) >= 4
    guide = (ROOT / "CONTRIBUTING.md").read_text()
    for script in SCRIPTS:
        assert f"scripts/{script.name}" in guide


@pytest.mark.parametrize("script", sorted((ROOT / "scripts").glob("*.py")), ids=lambda path: path.stem)
def test_a_script_is_short(script: Path) -> None:
    assert len(script.read_text().splitlines()) < 50


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_wrong_use_is_answered_with_the_usage(script: Path) -> None:
    code, out, err = run(script, "one", "two")
    assert (code, out) == (2, "")
    assert f"Usage: scripts/{script.name}" in err
    assert "Traceback" not in err
    assert run(script, "--help") == (0, err, "")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("anchor_evidence.py", "cannot read none/dossier.ttl: No such file or directory"),
        ("make_reference.py", "none has no states/country-codes.csv and no states/osce_"),
        ("make_upr_info.py", "none is not a file\nCONTRIBUTING.md"),
    ],
)
def test_what_is_not_there_is_one_message(name: str, message: str) -> None:
    code, out, err = run(ROOT / "scripts" / name, "none")
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert message in err
    assert "Traceback" not in err


def test_a_script_that_works(tmp_path: Path) -> None:
    for name in ("dossier.ttl", "source.txt"):
        shutil.copy(ROOT / "data" / "odihr" / "KAZ-34" / name, tmp_path)
    before = (tmp_path / "dossier.ttl").read_text()
    code, out, err = run(ROOT / "scripts" / "anchor_evidence.py", str(tmp_path))
    assert (code, out) == (0, "")
    assert err.endswith(" passages anchored\n")
    assert (tmp_path / "dossier.ttl").read_text() == before


def test_no_script_writes_beside_another_checkout(tmp_path: Path) -> None:
    """As where uprgraph comes from an installed wheel: its files are not those of the scripts."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    before = PAGE.stat().st_mtime_ns
    code, out, err = run(tmp_path / "scripts" / "make_query_page.py")
    assert (code, out) == (2, "")
    assert err.startswith(f"error: uprgraph is installed in {ROOT}, not from {tmp_path}\nrun the script with .venv/")
    assert PAGE.stat().st_mtime_ns == before
