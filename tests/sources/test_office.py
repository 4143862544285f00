from __future__ import annotations

import random
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from uprgraph.errors import InvalidDataError, ResourceError, UprGraphError
from uprgraph.sources import office

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
PARTS = {"[Content_Types].xml": TYPES, "xl/workbook.xml": "<workbook/>", "xl/media/image1.png": b"\x89PNG\r\n"}


def package(path: Path, **parts: str | bytes) -> Path:
    """Write a package with the usual parts and `parts`, whose names have _ for / and end in .xml."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in PARTS.items():
            written.writestr(name, content)
        for name, content in parts.items():
            written.writestr(f"{name.replace('_', '/')}.xml", content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InvalidDataError) as caught:
        office.check(path)
    assert caught.value.message.startswith(str(path))
    return caught.value.message


def test_a_package_is_let_through(tmp_path: Path) -> None:
    office.check(package(tmp_path / "a.xlsx", xl_sheet="<?xml version='1.0'?>\n<!-- made by hand -->\n<worksheet/>"))


def test_what_openpyxl_and_docx_write_is_let_through(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    docx = pytest.importorskip("docx")
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    docx.Document().save(str(tmp_path / "a.docx"))
    office.check(tmp_path / "a.xlsx")
    office.check(tmp_path / "a.docx")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "does not begin as a ZIP"),
        (b"To,From\nHungary,Austria\n", "does not begin as a ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted, or in the format of Office before 2007"),
        (b"PK\x03\x04" + bytes(600), "truncated"),
        (b"PK", "truncated"),
    ],
)
def test_what_is_no_package(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert reason in refusal(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="cannot read"):
        office.check(tmp_path / "none.xlsx")
    with pytest.raises(ResourceError, match="cannot read"):
        office.check(tmp_path)


def test_a_truncated_package(tmp_path: Path) -> None:
    whole = package(tmp_path / "a.xlsx").read_bytes()
    path = tmp_path / "cut.xlsx"
    for end in range(4, len(whole), 7):
        path.write_bytes(whole[:end])
        assert "truncated" in refusal(path)


def test_a_zip_that_is_no_office_package(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as written:
        written.writestr("readme.txt", "nothing")
    assert "no office package" in refusal(path)


def test_an_encrypted_part(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx")
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "xl/media/image1.png is encrypted" in refusal(path)


def test_too_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = package(tmp_path / "a.xlsx")
    monkeypatch.setattr(office, "MOST_PARTS", 2)
    assert "3 parts" in refusal(path)


def test_a_directory_that_claims_to_be_huge_is_not_read(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx")
    content = bytearray(path.read_bytes())
    content[-10:-6] = struct.pack("<I", 1 << 30)
    path.write_bytes(content)
    assert "more parts than any" in refusal(path)


def test_two_parts_of_one_name(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as written, pytest.warns(UserWarning, match="Duplicate name"):
        written.writestr("xl/workbook.xml", "<other/>")
    assert "two parts of one name" in refusal(path)


def test_a_bomb_is_refused_in_little_time_and_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    block = bytes(1 << 20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("[Content_Types].xml", TYPES)
        with written.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(b"<worksheet>")
            for _ in range(200):
                part.write(block)
    assert path.stat().st_size < 1 << 20
    tracemalloc.start()
    begin = time.monotonic()
    try:
        assert "unpacks to more than any honest document" in refusal(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert time.monotonic() - begin < 5
    assert peak < 4 << 20


def test_a_bomb_that_declares_a_small_size(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", xl_sheet="<worksheet>" + " " * (1 << 20) + "</worksheet>")
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", (1 << 20) + 23), struct.pack("<I", 5000)))
    assert "damaged" in refusal(path)


def test_many_parts_that_are_each_small_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MOST_UNPACKED", 10_000)
    parts = {f"xl_sheet{number}": "<worksheet>" + "x" * 4000 + "</worksheet>" for number in range(3)}
    assert "sheet2.xml unpacks to more" in refusal(package(tmp_path / "a.xlsx", **parts))


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        f'<?xml version="1.0"?><!-- {"x" * 30000} -->{BOMB}',
        ('<?xml version="1.0" encoding="UTF-16"?>' + BOMB).encode("utf-16"),
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    ],
)
def test_a_document_type_is_refused(tmp_path: Path, content: str | bytes) -> None:
    path = package(tmp_path / "a.xlsx", xl_sheet=content)
    assert "xl/sheet.xml declares a document type" in refusal(path)


def test_a_document_type_is_refused_whatever_the_part_is_called(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as written:
        written.writestr("xl/sheet.bin", BOMB)
    assert "xl/sheet.bin declares a document type" in refusal(path)


@pytest.mark.parametrize(
    "content", ["", "no markup", "<!--" + "x" * 70_000 + "--><x/>", "<?xml version='1.0' encoding='ibm037'?><x/>"]
)
def test_a_part_called_xml_that_does_not_begin_as_such(tmp_path: Path, content: str) -> None:
    assert "the part xl/sheet.xml " in refusal(package(tmp_path / "a.xlsx", xl_sheet=content))


def test_any_damage_is_let_through_or_refused(tmp_path: Path) -> None:
    whole = package(tmp_path / "a.xlsx", xl_sheet="<worksheet>" + "".join(map(str, range(500))) + "</worksheet>")
    content = whole.read_bytes()
    chance = random.Random(4)  # noqa: S311 - the same damage each time
    refused = 0
    for _ in range(400):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        whole.write_bytes(damaged)
        try:
            office.check(whole)
        except UprGraphError:
            refused += 1
    assert 100 < refused < 400
