from __future__ import annotations

from pathlib import Path

import pytest

from uprgraph.errors import InvalidDataError, ResourceError
from uprgraph.sources import tables


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_row_knows_the_line_it_starts_on_also_after_a_cell_of_several_lines(tmp_path: Path) -> None:
    rows = list(tables.read(written(tmp_path, 'a,b\n"x\ny", 1\nz,\n'), ("a", "b")))
    assert [(row.line, row["a"], row["b"]) for row in rows] == [(2, "x\ny", "1"), (4, "z", "")]


def test_a_byte_order_mark_is_not_part_of_the_first_column(tmp_path: Path) -> None:
    assert next(tables.read(written(tmp_path, b"\xef\xbb\xbfa\n1\n"), ("a",)))["a"] == "1"


def test_further_columns_are_read_where_they_are_allowed(tmp_path: Path) -> None:
    assert next(tables.read(written(tmp_path, "a,c\n1,2\n"), ("a",), others=True))["c"] == "2"


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("a\n1\n", 1, "there is no column b"),
        ("", 1, "there is no column a, b"),
        ("a,b,c\n1,2,3\n", 1, "unknown column c"),
        ("a,b,a\n1,2,3\n", 1, "two columns have the same name"),
        ("a,b\n1,2\n3\n", 3, "the row has 1 values, and there are 2 columns"),
        ('a,b\n1,"2"3\n', 2, "not valid CSV"),
        (b"a,b\n1,\xff\n", 1, "not UTF-8"),
    ],
)
def test_a_table_of_another_form_is_refused(tmp_path: Path, content: str | bytes, line: int, message: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(InvalidDataError) as caught:
        list(tables.read(path, ("a", "b")))
    assert caught.value.message.startswith(f"{path}:{line}: {message}")


def test_an_empty_cell_where_a_value_is_required(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n ,2\n")
    with pytest.raises(InvalidDataError) as caught:
        next(tables.read(path, ("a", "b"))).required("a")
    assert caught.value.message == f'{path}:2: column "a" is empty'


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"nowhere\.csv is not a file"):
        list(tables.read(tmp_path / "nowhere.csv", ("a",)))
