from __future__ import annotations

from pathlib import Path

import pytest

from uprgraph import kept
from uprgraph.errors import ResourceError


def make(directory: Path, content: str) -> None:
    with kept.changing(directory) as made:
        (made.folder / "content").write_text(content)


def content(directory: Path) -> str:
    generation = kept.current(directory)
    assert generation is not None
    return (generation.folder / "content").read_text()


def test_what_was_built_counts_at_the_end(tmp_path: Path) -> None:
    store = tmp_path / "new" / "store"
    assert kept.current(store) is None
    make(store, "one")
    assert content(store) == "one"
    with kept.changing(store) as made:
        (made.folder / "content").write_text("two")
        assert content(store) == "one"
    assert content(store) == "two"


def test_what_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    make(tmp_path, "one")
    with pytest.raises(ResourceError), kept.changing(tmp_path) as made:
        (made.folder / "none").read_text()
    assert content(tmp_path) == "one"
    assert len(list(tmp_path.glob("generation-*"))) == 1


def test_the_generation_before_stays_for_its_readers_and_goes_next_time(tmp_path: Path) -> None:
    make(tmp_path, "one")
    first = kept.current(tmp_path)
    make(tmp_path, "two")
    assert first is not None
    assert first.folder.is_dir()
    make(tmp_path, "three")
    assert not first.folder.exists()
    assert content(tmp_path) == "three"


def test_what_a_killed_import_left_is_cleared_away(tmp_path: Path) -> None:
    make(tmp_path, "one")
    (tmp_path / "generation-abandoned").mkdir()
    (tmp_path / ".current.abandoned").touch()
    make(tmp_path, "two")
    assert not (tmp_path / "generation-abandoned").exists()
    assert not (tmp_path / ".current.abandoned").exists()


def test_a_folder_that_only_a_killed_import_has_used_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    (tmp_path / "generation-abandoned").mkdir()
    make(tmp_path, "one")
    assert content(tmp_path) == "one"


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("all of it")
    with pytest.raises(ResourceError, match="holds something else than a store of imports"):
        make(tmp_path, "one")
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]


def test_two_imports_at_once_are_refused(tmp_path: Path) -> None:
    with kept.changing(tmp_path), pytest.raises(ResourceError, match=r"another import into .* is running"):
        make(tmp_path, "two")


@pytest.mark.parametrize("name", ["generation-gone", "../elsewhere", "", "/etc"])
def test_a_store_that_names_what_is_not_there_is_damaged(tmp_path: Path, name: str) -> None:
    (tmp_path / "current").write_text(name)
    with pytest.raises(ResourceError, match="is damaged"):
        kept.current(tmp_path)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ResourceError, match="cannot be written"):
        make(tmp_path / "file", "one")
