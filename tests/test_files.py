"""src/uprgraph/files.py and src/uprgraph/wording.py."""

from pathlib import Path

import pytest

from uprgraph import files
from uprgraph.errors import InvalidDataError, ResourceError
from uprgraph.turtle import format_files
from uprgraph.wording import did_you_mean, nearest

TRIPLE = "<http://e.org/a> <http://e.org/b> _:c .\n"


def test_walk_passes_over_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "dangling.ttl").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b.ttl").write_text("")
    (tmp_path / "a.ttl").write_text("")
    (tmp_path / "a.txt").write_text("")
    found = list(files.walk([tmp_path, tmp_path / "a.ttl"], (".ttl",)))
    assert found == [tmp_path / "a.ttl", tmp_path / "b.ttl"]
    assert format_files([tmp_path], check=True) == found


def test_walk_names_what_it_cannot_take(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(ResourceError, match=r"none does not exist"):
        list(files.walk([tmp_path / "none"], (".ttl",)))
    with pytest.raises(ResourceError, match=r"holds no file that ends in \.ttl, \.nt"):
        list(files.walk([tmp_path], (".ttl", ".nt")))
    with pytest.raises(InvalidDataError, match=r"a\.txt: not a kind of file .*\n.* ends in \.ttl"):
        list(files.walk([tmp_path / "a.txt"], (".ttl",)))


def test_reads_turtle_strictly_and_keeps_blank_nodes_apart(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(TRIPLE)
    (first,), (second,) = files.read_turtle(path), files.read_turtle(path)
    assert first.object != second.object
    path.write_text(TRIPLE + "<http://e.org/a> <http://e.org/b .\n")
    with pytest.raises(InvalidDataError, match=r"x\.ttl:2:\d+: not valid Turtle: "):
        list(files.read_turtle(path))
    for wrong in (tmp_path, tmp_path / "none.ttl"):
        with pytest.raises(ResourceError, match=f"cannot read {wrong}: "):
            list(files.read_turtle(wrong))


def test_text_is_utf_8_with_the_line_ends_it_has(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    files.write(path, "é\r\n\n")
    assert path.read_bytes() == b"\xc3\xa9\r\n\n"
    assert files.read_text(path) == "é\r\n\n"
    path.write_bytes(b"ab\xe9")
    with pytest.raises(InvalidDataError, match=r"x\.txt: not UTF-8: .* at byte 2"):
        files.read_text(path)
    with pytest.raises(ResourceError, match=r"cannot read .*: Is a directory"):
        files.read_text(tmp_path)


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"cannot write .*none/x: No such file"):
        files.write(tmp_path / "none" / "x", "text")
    assert list(tmp_path.iterdir()) == []


def test_what_may_have_been_meant() -> None:
    assert nearest("qury", {"query": 1, "show": 2}) == ["query"]
    assert did_you_mean(nearest("zzz", ["query"])) is None
    assert did_you_mean(["a", "b"]) == 'did you mean "a" or "b"?'
