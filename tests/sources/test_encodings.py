from __future__ import annotations

from pathlib import Path

import pytest

from uprgraph.errors import InvalidDataError, ResourceError, UsageError
from uprgraph.sources import encodings

WORDS = "To,Text\nCôte d\u2019Ivoire,Be kind\n"


def written(folder: Path, content: bytes) -> Path:
    path = folder / "export.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [b"", b"plain", WORDS.encode(), b"\xef\xbb\xbfTo"])
def test_utf_8_needs_no_name(tmp_path: Path, content: bytes) -> None:
    assert encodings.checked(written(tmp_path, content)) == "utf-8-sig"


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252", "utf-16"])
def test_a_file_in_the_encoding_that_is_named(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, WORDS.encode(encoding))
    assert path.read_text(encoding=encodings.checked(path, encoding)) == WORDS


@pytest.mark.parametrize(
    ("encoding", "wrong", "reading"),
    [("mac_roman", "99", "C\u00f4te d\u2019Ivoire"), ("cp1252", "F4", "C\u00f4te d\u2019Ivoire")],
)
def test_another_encoding_is_named_with_its_place_and_what_it_reads(
    tmp_path: Path, encoding: str, wrong: str, reading: str
) -> None:
    path = written(tmp_path, b"To,Text\n" + b"x,y\n" * 50_000 + "C\u00f4te d\u2019Ivoire,Be".encode(encoding))
    with pytest.raises(InvalidDataError) as caught:
        encodings.checked(path)
    assert caught.value.message == f"{path}:50002: not UTF-8 at byte 200,009: {wrong}"
    assert f'--encoding {encoding} ("' in str(caught.value.hint)
    assert reading in str(caught.value.hint)


def test_the_place_is_right_also_where_two_blocks_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "_CHUNK", 4)
    content = "añb\nñ".encode() + b"\xffcd\xc3"
    with pytest.raises(InvalidDataError, match=r"export\.csv:2: not UTF-8 at byte 7: FF"):
        encodings.checked(written(tmp_path, content))
    with pytest.raises(InvalidDataError, match=r"export\.csv:2: not UTF-8 at byte 5: C3"):
        encodings.checked(written(tmp_path, b"abc\nd\xc3"))


def test_utf_16_is_known_by_its_beginning(tmp_path: Path) -> None:
    with pytest.raises(InvalidDataError) as caught:
        encodings.checked(written(tmp_path, WORDS.encode("utf-16")))
    assert caught.value.hint == "the file begins as one in UTF-16 does: say --encoding utf-16"


def test_a_named_encoding_that_is_not_that_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidDataError, match=r"export\.csv:1: not ascii at byte 1: C3"):
        encodings.checked(written(tmp_path, "Côte".encode()), "ascii")


@pytest.mark.parametrize("encoding", ["latin-9-and-a-half", "rot13", "zlib", "hex", "undefined", "", "a\0b", "\ud800"])
def test_what_is_no_encoding_of_text(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UsageError, match="is not the name of an encoding"):
        encodings.checked(written(tmp_path, b"x"), encoding)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="cannot read"):
        encodings.checked(tmp_path / "none")
