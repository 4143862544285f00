"""A dossier whose quotes do not stand in the source beside it is not valid."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from uprgraph import resources
from uprgraph.errors import InvalidDataError
from uprgraph.validation import validate

DOSSIER = resources.data() / "odihr" / "KAZ-34"
WORDS = "which constitutes an improvement to earlier draft versions."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("source.txt", "dossier.ttl"):
        shutil.copy(DOSSIER / name, tmp_path / name)
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    dossier = folder / "dossier.ttl"
    text = dossier.read_text(encoding="utf-8")
    assert old in text
    dossier.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_dossier_stands(folder: Path) -> None:
    assert validate([folder]).conforms


@pytest.mark.thorough
def test_a_changed_word_is_found_with_file_line_and_what_stands_there(folder: Path) -> None:
    change(folder, f'"In its Opinion ODIHR welcomed the new Draft Law, {WORDS}"', '"ODIHR welcomed it."')
    report = validate([folder])
    (wrong,) = report.violations
    assert (wrong.constraint, wrong.focus) == ("StandingQuote", "id/submission/odihr-KAZ-34/passage/foi-welcome")
    assert wrong.message.startswith(
        'The quote "ODIHR welcomed it." does not stand at its place in source.txt: '
        'there stands "In its Opinion ODIHR welcomed the new Draft Law'
    )
    assert wrong.file == folder / "dossier.ttl"
    assert wrong.line is not None
    assert "anchor_evidence.py" in wrong.mend
    assert not report.conforms


@pytest.mark.thorough
def test_a_changed_source_is_found(folder: Path) -> None:
    source = folder / "source.txt"
    source.write_text(source.read_text(encoding="utf-8").replace("24 recommendations", "25 recommendations"))
    assert {each.constraint for each in validate([folder]).violations} == {"StandingQuote"}


@pytest.mark.thorough
def test_without_a_source_beside_it_quotes_are_not_looked_at(folder: Path) -> None:
    change(folder, f"the new Draft Law, {WORDS}", "the Draft Law.")
    (folder / "source.txt").unlink()
    assert validate([folder]).conforms


@pytest.mark.thorough
def test_a_source_that_is_not_utf_8_is_refused(folder: Path) -> None:
    (folder / "source.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidDataError, match=r"source\.txt: not UTF-8"):
        validate([folder])
