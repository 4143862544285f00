from __future__ import annotations

import random
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas
from tests.extraction.reading.test_text import hold
from tests.sources.written import pdf

from uprgraph.errors import InvalidDataError, MissingExtraError, ResourceError, UsageError
from uprgraph.extraction.reading import read, read_text
from uprgraph.sources import documents

_SECONDS = 3.0


def write(folder: Path, content: bytes, name: str = "a.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def with_content(folder: Path, content: bytes, more: bytes = b"") -> Path:
    """Write a PDF of one page whose content is the given stream, with more entries in the dictionary of that."""
    stream = b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)
    plain = pdf([["PLACE"]])
    start, end = plain.index(b"5 0 obj\n") + len(b"5 0 obj\n"), plain.index(b"\nendobj", plain.index(b"5 0 obj"))
    return write(folder, plain[:start] + stream + plain[end:])


def encrypted(folder: Path) -> Path:
    canvas = Canvas(str(folder / "a.pdf"), encrypt="secret")
    canvas.drawString(100, 100, "One")
    canvas.save()
    return folder / "a.pdf"


def scanned(folder: Path) -> Path:
    canvas = Canvas(str(folder / "a.pdf"))
    canvas.rect(10, 10, 500, 500, fill=1)
    canvas.save()
    return folder / "a.pdf"


def many_pages(folder: Path) -> Path:
    canvas = Canvas(str(folder / "a.pdf"))
    for _ in range(5_000):
        canvas.showPage()
    canvas.save()
    return folder / "a.pdf"


@cache
def packed() -> bytes:
    """Return two gigabytes of spaces, packed."""
    packer = zlib.compressobj(1)
    part = b" " * (8 << 20)
    return b"".join(packer.compress(part) for _ in range(256)) + packer.flush()


def bomb(folder: Path) -> Path:
    return with_content(folder, packed(), b"/Filter /FlateDecode")


def bomb_in_bomb(folder: Path) -> Path:
    return with_content(folder, zlib.compress(packed(), 9), b"/Filter [/FlateDecode /FlateDecode]")


def endless_text(folder: Path) -> Path:
    content = b"BT /F1 12 Tf 10 10 Td " + b"(One) Tj " * 2_000_000 + b"ET"
    return with_content(folder, zlib.compress(content), b"/Filter /FlateDecode")


def forms_in_forms(folder: Path) -> Path:
    """Thirty forms, each of which draws the next one ten times."""
    canvas = Canvas(str(folder / "a.pdf"))
    for number in range(30, 0, -1):
        canvas.beginForm(f"form{number}")
        for _ in range(10):
            canvas.doForm(f"form{number + 1}") if number < 30 else canvas.drawString(1, 1, "One")
        canvas.endForm()
    canvas.doForm("form1")
    canvas.save()
    return folder / "a.pdf"


def changed(folder: Path, old: bytes, new: bytes) -> Path:
    content = pdf([["One"]])
    assert old in content
    return write(folder, content.replace(old, new))


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (encrypted, "an encrypted PDF"),
        (scanned, "no page of this PDF has text"),
        (many_pages, "more than 1,000 pages"),
        (bomb, ": "),
        (bomb_in_bomb, ": "),
        (endless_text, ": "),
        (forms_in_forms, ": "),
        (lambda folder: write(folder, pdf([["One"]])[:60]), ": "),
        (lambda folder: write(folder, b"%PDF-1.4\n" + random.Random(1).randbytes(1 << 20)), ": "),  # noqa: S311
        (lambda folder: write(folder, b"Only text"), "no PDF"),
        (lambda folder: write(folder, b"%PDF-1.4\n" + b"[" * 1_000_000), ": "),
        (lambda folder: with_content(folder, b"[" * 1_000_000), ": "),
        (lambda folder: with_content(folder, b"", b"/Filter 5 0 R"), ": "),
    ],
)
def test_what_cannot_be_read_is_an_error_in_bounded_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], Path], message: str
) -> None:
    path = make(tmp_path)
    monkeypatch.setattr(documents, "SECONDS", _SECONDS)
    started = time.monotonic()
    with pytest.raises(InvalidDataError, match=message):
        read(path)
    assert time.monotonic() - started < _SECONDS + 10


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
        (b"/Kids [4 0 R]", b"/Kids 2 0 R"),
        (b"/Count 1", b"/Count 1 0 R"),
        (b"/Contents 5 0 R", b"/Contents 4 0 R"),
        (b"/Parent 2 0 R", b"/Parent 4 0 R"),
    ],
)
def test_references_in_a_circle_are_followed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bytes, new: bytes
) -> None:
    path = changed(tmp_path, old, new)
    monkeypatch.setattr(documents, "SECONDS", _SECONDS)
    with suppress(InvalidDataError):
        hold(read(path))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_pdf_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(pdf([["One", "1. Two"], ["Three"]]))
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(InvalidDataError):
        hold(read(write(tmp_path, bytes(content))))


def test_no_file_and_no_document(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="is not a file"):
        read(tmp_path / "a.pdf")
    with pytest.raises(UsageError, match=r"a\.odt is not a document"):
        read(write(tmp_path, b"One", "a.odt"))


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import uprgraph.extraction.reading as package

    for name in [each for each in sys.modules if each.startswith(("pdfminer", "uprgraph.extraction.reading.pdf"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(package, "pdf", raising=False)
    monkeypatch.setitem(sys.modules, "pdfminer.converter", None)
    with pytest.raises(MissingExtraError, match=r"pdfminer\.six.*\n.*uprgraph\[imports\]"):
        read(write(tmp_path, pdf([["One"]])))


_LONG = 200_000


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text",
    [
        "a" * _LONG,
        "a-" * _LONG,
        "1 " * _LONG,
        "1" * _LONG,
        "x1 " * _LONG,
        "http://" * (_LONG // 7),
        "word\n" * (_LONG // 5),
        "Word.1\n" * (_LONG // 7) + " " * 49 + "\n1 One.\n" + "2 Two.\n" * (_LONG // 7),
        " " * 49 + "\n" + "".join(f"{number} One.\n" for number in range(1, 20_000)),
        "\f" * _LONG,
        "a\f1\n" * (_LONG // 4),
        "- \uf0b7 " * (_LONG // 4),
        "(a) " * (_LONG // 4),
        "Opinion 1/2015 " * (_LONG // 15) + "1 May 2015\nThe",
        ":\nto " * (_LONG // 5),
        "\u00ad\n" * (_LONG // 2),
        "a\u2010\n" * (_LONG // 3),
        "[" * _LONG + "]" * _LONG,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_a_long_text_is_read_in_time_that_grows_no_faster(text: str) -> None:
    started = time.process_time()
    read_text(text)
    assert time.process_time() - started < 4 * _SECONDS  # a busy machine is slow; what grows faster takes minutes
