from __future__ import annotations

import datetime
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from uprgraph.errors import InvalidDataError, MissingExtraError, ResourceError, UsageError
from uprgraph.sources import csv_cells, exports
from uprgraph.sources.exports import Columns
from uprgraph.sources.records import Problem
from uprgraph.sources.tables import Row

COLUMNS = Columns(required=("To", "Text"), optional=("Note",), set_aside=("Group",), aliases={"Whom": "To"})


def csv_file(folder: Path, content: str | bytes) -> Path:
    path = folder / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path) -> tuple[list[tuple[int, str, str]], list[Problem]]:
    """Return line, addressee and text of the rows, and the problems."""
    found = list(exports.read(path, COLUMNS))
    rows = [(each.line, each["To"], each["Text"]) for each in found if isinstance(each, Row)]
    return rows, [each for each in found if isinstance(each, Problem)]


@pytest.mark.parametrize(
    "header", ["To,Text,Note,Group", "TO ,  text,note,group", "Whom,Text,Note,Group", "\ufeffTo,Text,Note,Group"]
)
def test_names_of_columns_as_people_write_them(tmp_path: Path, header: str) -> None:
    assert read(csv_file(tmp_path, f"{header}\na,b,c,d\n")) == ([(2, "a", "b")], [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_divides_the_cells(tmp_path: Path, delimiter: str) -> None:
    content = f'Text{delimiter}To\r\n"b; c, d\te"{delimiter}a\r\n'
    assert read(csv_file(tmp_path, content)) == ([(2, "a", "b; c, d\te")], [])


def test_a_column_that_an_export_need_not_have_is_empty(tmp_path: Path) -> None:
    (row,) = exports.read(csv_file(tmp_path, "To,Text\na,b\n"), COLUMNS)
    assert isinstance(row, Row)
    assert row.values == {"To": "a", "Text": "b", "Note": ""}


def test_a_column_that_is_not_known_is_said_once(tmp_path: Path) -> None:
    rows, problems = read(csv_file(tmp_path, "To,Colour,Text,\na,red,b,x\nc,blue,d,\n"))
    assert [row[1:] for row in rows] == [("a", "b"), ("c", "d")]
    assert [(each.row, each.column, each.outcome) for each in problems] == [
        (None, "Colour", "value left out"),
        (None, "(column 4, which has no name)", "value left out"),
    ]


@pytest.mark.parametrize(
    ("content", "lines", "bad", "reason"),
    [
        ("a\nc,d\n", [3], [2], "the row has 1 values, and there are 2 columns"),
        ("a,b,c\nc,d\n", [3], [2], "the row has 3 values, and there are 2 columns"),
        ('a,"b"x\nc,d\n', [3], [2], "not valid CSV"),
        ('a,"b\nc,d\ne,"f"\n', [3, 4], [2], "not valid CSV"),
        ('a,"b\nc,d\n', [3], [2], "not valid CSV: unexpected end of data"),
        ("a,b\0\nc,d\n", [3], [2], "the line has a NUL byte"),
        (f"a,{'x' * 200_000}\nc,d\n", [3], [2], "the line has more than 100,000 characters"),
        (f"a,{'x' * 40_000}\nc,d\n", [3], [2], "a cell has 40,000 characters"),
        ('a,"b' + "\nc,d" * 1500 + "\n", list(range(3, 1503)), [2], "a quote is opened and not closed"),
        ('a,",b\nc,",d\ne,f\n', [4], [2, 3], "the row has 3 values"),
    ],
)
def test_a_broken_row_does_not_stop_those_after_it(
    tmp_path: Path, content: str, lines: list[int], bad: list[int], reason: str
) -> None:
    rows, problems = read(csv_file(tmp_path, f"To,Text\n{content}"))
    assert [row[0] for row in rows] == lines
    assert [each.row for each in problems] == bad
    assert {each.outcome for each in problems} == {"row left out"}
    assert reason in problems[0].reason
    assert all(len(each.value) <= 200 for each in problems)


def test_cells_of_several_lines_are_no_mistake(tmp_path: Path) -> None:
    assert read(csv_file(tmp_path, 'To,Text\na,"b\nb"\n\n,\nc,d\n')) == ([(2, "a", "b\nb"), (6, "c", "d")], [])


@pytest.mark.thorough
@pytest.mark.parametrize("line", ['x","\n', '"\n', 'a,"b""\n', '""\n'])
def test_quotes_that_are_not_closed_take_no_square_of_time(tmp_path: Path, line: str) -> None:
    path = csv_file(tmp_path, 'To,Text\n"' + line * 100_000)
    begin = time.monotonic()
    _, problems = read(path)
    assert time.monotonic() - begin < 20
    assert problems


def test_what_is_passed_over_after_too_many_broken_rows_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_cells, "MOST_READ_AGAIN", 0)
    rows, problems = read(csv_file(tmp_path, 'To,Text\na,"b\nc,d\ne,f\n'))
    assert rows == []
    assert problems[0].reason.endswith("; the lines up to 4 are left out too")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "export.csv:1: there is no column To, Text"),
        ("Text\nb\n", "export.csv:1: there is no column To"),
        ("To,Text,Whom\n", "export.csv:1: two columns are called To"),
        (b"\xff\xfeT\0o\0", "export.csv:1: not UTF-8 at byte 0: FF"),
        ("<html><body>Not found</body></html>", "export.csv:1: there is no column To, Text"),
    ],
)
def test_a_file_that_is_no_such_export(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(InvalidDataError) as caught:
        read(csv_file(tmp_path, content))
    assert caught.value.message == f"{tmp_path}/{message}"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"none\.csv is not a file"):
        read(tmp_path / "none.csv")
    with pytest.raises(ResourceError, match=r"cannot read .*none\.xlsx"):
        read(tmp_path / "none.xlsx")


def test_words_that_were_decoded_wrongly_are_said(tmp_path: Path) -> None:
    rows, problems = read(csv_file(tmp_path, "To,Text\na,Caf\u00c3\u00a9\nb,Caf\u00e9\nc,Caf\ufffd\n"))
    assert len(rows) == 3
    assert [(each.row, each.column, each.outcome) for each in problems] == [(2, "Text", "kept"), (4, "Text", "kept")]


@pytest.mark.thorough
def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    import tracemalloc

    path = csv_file(tmp_path, "To,Text\n" + "Spain,Do this or that.\n" * 30_000)
    rows = exports.read(path, COLUMNS)
    next(rows)
    tracemalloc.start()
    try:
        assert sum(1 for _ in rows) == 29_999
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """A maker of workbooks, given the rows of each sheet."""
    openpyxl = pytest.importorskip("openpyxl")

    def make(*sheets: list[list[object]]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for rows in sheets:
            sheet = book.create_sheet()
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "export.xlsx")
        return tmp_path / "export.xlsx"

    return make


def test_values_of_a_sheet_are_text(workbook: Callable[..., Path]) -> None:
    half_past_nine = datetime.datetime(2019, 11, 4, 9, 30)  # noqa: DTZ001 - spreadsheets know no time zones
    values = [1, 2.0, 2.5, True, datetime.date(2019, 11, 4), half_past_nine, " a ", "=1+1"]
    rows, problems = read(workbook([["To", "Text"], *([value, "x"] for value in values)]))
    shown = ["1", "2", "2.5", "TRUE", "2019-11-04", "2019-11-04T09:30:00", "a", ""]
    assert [row[1] for row in rows] == shown
    assert [row[0] for row in rows] == list(range(2, 10))
    assert problems == []


def test_rows_have_their_numbers_in_the_sheet(workbook: Callable[..., Path]) -> None:
    rows, problems = read(workbook([["Export of 2019"], [], ["To", "Text"], [], ["a", "b"], [None, None], ["c", None]]))
    assert rows == [(5, "a", "b"), (7, "c", "")]
    assert problems == []


def test_the_first_sheet_that_has_the_columns_is_read(workbook: Callable[..., Path]) -> None:
    path = workbook([["About"], ["nothing"]], [["To", "Text"], ["a", "b"]], [["To", "Text"], ["c", "d"]])
    assert read(path) == ([(2, "a", "b")], [])


def test_a_cell_beside_the_table(workbook: Callable[..., Path]) -> None:
    rows, problems = read(workbook([["To", "Text"], ["a", "b", None, "mind this"]]))
    assert rows == [(2, "a", "b")]
    assert [(each.row, each.outcome) for each in problems] == [(2, "value left out")]


def test_a_workbook_has_an_encoding_of_its_own(workbook: Callable[..., Path]) -> None:
    with pytest.raises(UsageError, match="says itself in which encoding"):
        list(exports.read(workbook([["To", "Text"]]), COLUMNS, "cp1252"))


def test_a_workbook_without_the_columns(workbook: Callable[..., Path]) -> None:
    with pytest.raises(InvalidDataError, match="there is no column Text"):
        read(workbook([["To"]], [["From"]]))


def changed(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """Write the workbook again with one part changed."""
    with zipfile.ZipFile(path) as package:
        parts = {each: package.read(each) for each in package.namelist()}
    assert change(parts[name]) != parts[name]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for each, content in parts.items():
            package.writestr(each, change(content) if each == name else content)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_a_damaged_sheet_is_said_after_the_rows_before(workbook: Callable[..., Path]) -> None:
    path = changed(
        workbook([["To", "Text"], ["a", "b"], ["c", "d"]]), SHEET, lambda xml: xml.replace(b'r="A3"', b'r="3A"')
    )
    found = exports.read(path, COLUMNS)
    assert isinstance(next(found), Row)
    with pytest.raises(InvalidDataError, match='the sheet "Sheet" is damaged after row 2'):
        next(found)


def test_a_row_with_a_number_that_no_sheet_has(workbook: Callable[..., Path]) -> None:
    path = changed(workbook([["To", "Text"], ["a", "b"]]), SHEET, lambda xml: xml.replace(b'r="2"', b'r="99999999999"'))
    begin = time.monotonic()
    assert read(path)[0] == []
    assert time.monotonic() - begin < 5


def test_a_workbook_without_openpyxl(workbook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook([["To", "Text"]])
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match="reading XLSX needs the library openpyxl"):
        read(path)


@pytest.mark.parametrize("name", ["xl/workbook.xml", SHEET, "[Content_Types].xml"])
def test_a_workbook_with_a_part_that_is_something_else(workbook: Callable[..., Path], name: str) -> None:
    path = changed(workbook([["To", "Text"], ["a", "b"]]), name, lambda _: b"<x/>")
    with pytest.raises(InvalidDataError):
        read(path)
