"""Damaged and hostile exports: records and problems or an error of ours, in bounded time and memory, never a crash."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uprgraph.errors import UprGraphError
from uprgraph.sources import uhri, upr_info
from uprgraph.sources.known import Known
from uprgraph.sources.records import Problem, Reading, Record

KNOWN = Known.load()
SECONDS = 10
ROWS = [
    ["To", "Text", "From", "Response", "Action", "Issue", "Session"],
    ["Kazakhstan", "Teach children to swim, daily", "Spain", "Accepted", "4", "Justice", "20"],
    ["Côte d'Ivoire", 'Say "please"', "Hungary", "Noted", "2", "Justice,Women's rights", "18"],
    ["Albania", "Plant trees", "(Unknown)", "Accepted", "1", "Justice", "19"],
]
ANNOTATIONS = [
    {
        "AnnotationId": f"a-{number}",
        "Symbol": "A/HRC/43/15",
        "TextPlainRaw": f"121.{number} Teach every child to swim (France);",
        "PublicationDate": "2019-12-30",
        "AnnotationType": "Recommendations",
        "Countries": ["Slovenia"],
        "Themes": ["Right to education"],
        "Sdgs": ["16 - PEACE"],
        "Body": "UPR",
        "UprSession": "34",
        "UprRecommendingStates": ["France"],
        "UprPosition": "Supported",
    }
    for number in range(1, 5)
]


def csv_export() -> bytes:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ROWS]
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def workbook(folder: Path) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(folder / "good.xlsx")
    return (folder / "good.xlsx").read_bytes()


def outcome(reading: Callable[[], Reading]) -> list[Record | Problem] | UprGraphError:
    """Return what a reader gives or says, which it must within bounded time."""
    begin = time.monotonic()
    found: list[Record | Problem] | UprGraphError
    try:
        found = list(reading())
    except UprGraphError as error:
        found = error
    assert time.monotonic() - begin < SECONDS
    if isinstance(found, list):
        assert all(isinstance(each, (Record, Problem)) for each in found)
        for each in found:
            if isinstance(each, Record):
                each.text.encode()
                assert each.text
    return found


def damaged(content: bytes, seed: int, number: int) -> Iterator[bytes]:
    """Yield the file with bytes changed, cut out, doubled and cut off."""
    chance = random.Random(seed)  # noqa: S311 - the same damage each time
    for _ in range(number):
        changed = bytearray(content)
        for _ in range(chance.randint(1, 6)):
            place, length = chance.randrange(len(changed)), chance.randint(1, 20)
            match chance.randrange(4):
                case 0:
                    changed[place] = chance.randrange(256)
                case 1:
                    del changed[place : place + length]
                case 2:
                    changed[place:place] = changed[place : place + length]
                case _:
                    changed[place:place] = chance.choice([b'"', b"\0", b"[", b"{", b",", b"\n", b"\xff", b"\\"])
            changed = changed or bytearray(b" ")
        yield bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.2 else changed)


def test_damage_to_csv(folder: Path) -> None:
    path = folder / "damaged.csv"
    read = failed = 0
    for content in damaged(csv_export(), 1, 300):
        path.write_bytes(content)
        found = outcome(lambda: upr_info.read(path, KNOWN))
        read += isinstance(found, list) and any(isinstance(each, Record) for each in found)
        failed += isinstance(found, UprGraphError)
    assert read > 50
    assert failed > 20


def test_damage_to_json(folder: Path) -> None:
    path = folder / "damaged.json"
    read = failed = 0
    for content in damaged(json.dumps(ANNOTATIONS).encode(), 2, 300):
        path.write_bytes(content)
        found = outcome(lambda: uhri.read(path, KNOWN))
        read += isinstance(found, list) and any(isinstance(each, Record) for each in found)
        failed += isinstance(found, UprGraphError)
    assert read > 50
    assert failed > 10


def test_damage_to_a_workbook(folder: Path, workbook: bytes) -> None:
    path = folder / "damaged.xlsx"
    failed = 0
    for content in damaged(workbook, 3, 100):
        path.write_bytes(content)
        failed += isinstance(outcome(lambda: upr_info.read(path, KNOWN)), UprGraphError)
    assert failed > 50


def test_damage_to_the_parts_of_a_workbook(folder: Path, workbook: bytes) -> None:
    (folder / "good.xlsx").write_bytes(workbook)
    with zipfile.ZipFile(folder / "good.xlsx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    path = folder / "parts.xlsx"
    failed = 0
    for seed, name in enumerate(parts):
        for content in damaged(parts[name], seed, 12):
            with zipfile.ZipFile(path, "w") as package:
                for each, original in parts.items():
                    package.writestr(each, content if each == name else original)
            failed += isinstance(outcome(lambda: upr_info.read(path, KNOWN)), UprGraphError)
    assert failed > 20


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_after_a_header(folder: Path, content: bytes) -> None:
    path = folder / "any.csv"
    path.write_bytes(b"To,Text,From,Response,Session\n" + content)
    outcome(lambda: upr_info.read(path, KNOWN))
    outcome(lambda: upr_info.read(path, KNOWN, "latin-1"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=8), min_size=5, max_size=5)))
def test_any_text_in_any_cell(folder: Path, rows: list[list[str]]) -> None:
    path = folder / "cells.csv"
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    content = "\n".join(["To,Text,From,Response,Session", *lines]).encode("utf-8", "surrogatepass")
    path.write_bytes(content)
    outcome(lambda: upr_info.read(path, KNOWN))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(ANNOTATIONS[0])), st.recursive(st.none() | st.text(max_size=9) | st.floats(), st.lists))
def test_any_value_in_any_field(folder: Path, field: str, value: object) -> None:
    path = folder / "fields.json"
    path.write_text(json.dumps([ANNOTATIONS[0] | {field: value}, ANNOTATIONS[1]]), encoding="utf-8")
    found = outcome(lambda: uhri.read(path, KNOWN))
    assert isinstance(found, list)
    assert any(isinstance(each, Record) and each.part == "a-2" for each in found)


CHILD = """
import resource, sys
from pathlib import Path
from uprgraph.errors import UprGraphError
from uprgraph.sources import uhri, upr_info
from uprgraph.sources.known import Known
path, known = Path(sys.argv[1]), Known.load()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    number = sum(1 for _ in (upr_info if sys.argv[2] == "upr-info" else uhri).read(path, known))
    print("read", number)
except UprGraphError as error:
    print("refused", error.message[:300])
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def in_a_child(path: Path, source: str) -> tuple[str, int]:
    """Return what a process of its own says of the file, and by how many megabytes it grew."""
    command = [sys.executable, "-c", CHILD, str(path), source]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    said, megabytes = done.stdout.splitlines()
    return said, int(megabytes)


def zip_bomb(folder: Path, workbook: bytes) -> Path:
    path = folder / "bomb.xlsx"
    path.write_bytes(workbook)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package, package.open("xl/sharedStrings.xml", "w") as part:
        part.write(b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>')
        for _ in range(300):
            part.write(b"x" * (1 << 20))
    return path


def entity_bomb(folder: Path, workbook: bytes) -> Path:
    path = folder / "entities.xlsx"
    levels = "".join(f'<!ENTITY a{each} "{f"&a{each - 1};" * 10}">' for each in range(1, 10))
    content = f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]><worksheet><x>&a9;</x></worksheet>'
    path.write_bytes(workbook)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/worksheets/sheet2.xml", content)
    return path


def deep_json(folder: Path, _: bytes) -> Path:
    path = folder / "deep.json"
    path.write_text("[" * 100_000)
    return path


def long_json(folder: Path, _: bytes) -> Path:
    path = folder / "long.json"
    path.write_text('[{"Text": "' + "x" * 50_000_000 + '"}]')
    return path


def long_line(folder: Path, _: bytes) -> Path:
    path = folder / "long.csv"
    path.write_text("To,Text,From,Response,Session\n" + "x" * 50_000_000 + "\nKazakhstan,Swim,Spain,Noted,20\n")
    return path


@pytest.mark.parametrize(
    ("make", "source", "said"),
    [
        (zip_bomb, "upr-info", "refused .* unpacks to more than any honest document does"),
        (entity_bomb, "upr-info", "refused .* declares a document type"),
        (deep_json, "uhri", "refused .* brackets stand in each other"),
        (long_json, "uhri", "refused .* a record has more than"),
        (long_line, "upr-info", "read 2"),
    ],
)
def test_a_bomb_does_no_harm(
    folder: Path, workbook: bytes, make: Callable[[Path, bytes], Path], source: str, said: str
) -> None:
    begin = time.monotonic()
    found, megabytes = in_a_child(make(folder, workbook), source)
    assert re.match(said, found)
    assert megabytes < 64
    assert time.monotonic() - begin < 2 * SECONDS
