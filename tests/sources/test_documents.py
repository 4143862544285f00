from __future__ import annotations

import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.written import pdf, word

from uprgraph.errors import InvalidDataError, MissingExtraError, ResourceError, UsageError
from uprgraph.sources import documents

SENTENCE = "Ratify the Convention (C\N{LATIN SMALL LETTER O WITH CIRCUMFLEX}te d\N{RIGHT SINGLE QUOTATION MARK}Ivoire);"


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_plain_text(tmp_path: Path) -> None:
    content = f"\N{ZERO WIDTH NO-BREAK SPACE}One\r\n{SENTENCE}\n".encode()
    assert documents.text(write(tmp_path, "a.TXT", content)) == f"One\n{SENTENCE}\n"


def test_plain_text_in_another_encoding(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", SENTENCE.encode("cp1252"))
    with pytest.raises(InvalidDataError, match=r"not UTF-8 at byte 24: F4\nsay in which encoding"):
        documents.text(path)
    assert documents.text(path, "cp1252") == SENTENCE


def test_pdf(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", pdf([["One", SENTENCE], ["Two (a) \\ b"]]))
    assert [line for line in documents.text(path).split("\n") if line] == ["One", SENTENCE, "Two (a) \\ b"]


def test_word(tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx", ["One", SENTENCE, "Two\tthree"])
    assert documents.text(path).split("\n") == ["One", SENTENCE, "Two\tthree"]


def entity_bomb(folder: Path) -> Path:
    document = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    return changed(folder, "word/document.xml", document.encode())


def zip_bomb(folder: Path) -> Path:
    return changed(folder, "word/document.xml", b"<a>" + b" " * (64 << 20) + b"</a>")


def deep(folder: Path) -> Path:
    return changed(folder, "word/document.xml", b"<a>" * 200_000 + b"</a>" * 200_000)


def changed(folder: Path, part: str, content: bytes) -> Path:
    original, path = word(folder / "original.docx", ["One"]), folder / "changed.docx"
    with zipfile.ZipFile(original) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    return path


def pdf_bomb(folder: Path) -> Path:
    """A page whose content unpacks to two gigabytes of spaces."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(2 << 10)) + packer.flush()
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    plain = pdf([["PLACE"]])
    start, end = plain.index(b"5 0 obj\n") + len(b"5 0 obj\n"), plain.index(b"\nendobj", plain.index(b"5 0 obj"))
    return write(folder, "bomb.pdf", plain[:start] + stream + plain[end:])


def endless_pdf(folder: Path) -> Path:
    """A tree of pages that is its own child."""
    return write(folder, "a.pdf", pdf([["One"]]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"))


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (entity_bomb, "document type"),
        (zip_bomb, "changed.docx: "),
        (deep, "changed.docx: "),
        (pdf_bomb, "bomb.pdf: "),
        (endless_pdf, "a.pdf: "),
        (lambda folder: write(folder, "a.docx", word(folder / "b.docx", ["One"]).read_bytes()[:-900]), "truncated"),
        (lambda folder: write(folder, "a.docx", b"PK\x03\x04"), "truncated"),
        (lambda folder: write(folder, "a.docx", b"Only text"), "no office package"),
        (lambda folder: changed(folder, "word/document.xml", b"<a><b></a>"), "damaged: "),
        (lambda folder: write(folder, "a.pdf", b"Only text"), "no PDF"),
        (lambda folder: write(folder, "a.pdf", pdf([["One"]])[:60]), "a.pdf: "),
        (lambda folder: write(folder, "a.pdf", pdf([[]])), "no page of this PDF has text"),
        (lambda folder: write(folder, "a.txt", b"One\0two"), "null characters"),
        (lambda folder: write(folder, "a.txt", b"\xff\xfeO\0n\0e\0"), "UTF-16"),
    ],
)
def test_what_cannot_be_read_is_an_error_in_bounded_time(
    tmp_path: Path, make: Callable[[Path], Path], message: str
) -> None:
    path = make(tmp_path)
    started = time.monotonic()
    with pytest.raises(InvalidDataError, match=message):
        documents.text(path)
    assert time.monotonic() - started < documents.SECONDS


def test_a_text_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_CHARACTERS", 10)
    for path in (
        write(tmp_path, "a.txt", b"12345678901"),
        word(tmp_path / "a.docx", ["12345", "678901"]),
        write(tmp_path, "a.pdf", pdf([["12345"], ["678901"]])),
    ):
        with pytest.raises(InvalidDataError, match="more than 10 characters"):
            documents.text(path)


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_BYTES", 10)
    with pytest.raises(InvalidDataError, match="larger than"):
        documents.text(write(tmp_path, "a.txt", b"12345678901"))


def test_a_reading_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "SECONDS", 0.3)
    monkeypatch.setattr("uprgraph.sources.pdf.text", lambda *_: time.sleep(20))
    with pytest.raises(InvalidDataError, match=r"a\.pdf: reading it took more than 0\.3 seconds and was stopped"):
        documents.text(write(tmp_path, "a.pdf", pdf([["One"]])))


def test_no_file_and_no_document(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="is not a file"):
        documents.text(tmp_path / "a.txt")
    with pytest.raises(UsageError, match=r"a\.odt is not a document"):
        documents.text(write(tmp_path, "a.odt", b"One"))


@pytest.mark.parametrize(("library", "module", "name"), [("docx", "word", "a.docx"), ("pypdf", "pdf", "a.pdf")])
def test_without_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, module: str, name: str
) -> None:
    import uprgraph.sources

    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"uprgraph.sources.{module}", raising=False)
    monkeypatch.delattr(uprgraph.sources, module, raising=False)
    with pytest.raises(MissingExtraError, match=r"uprgraph\[imports\]"):
        documents.text(write(tmp_path, name, b"One"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_document_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["pdf", "docx"]))
    content = bytearray(pdf([["One"]]) if kind == "pdf" else word(tmp_path / "whole.docx", ["One"]).read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = write(tmp_path, f"damaged.{kind}", bytes(content))
    with suppress(InvalidDataError):
        assert isinstance(documents.text(path), str)
