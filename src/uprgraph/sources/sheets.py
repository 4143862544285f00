"""The cells of the sheets of an XLSX workbook from strangers, as text, row by row."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from uprgraph.errors import InvalidDataError, MissingExtraError
from uprgraph.sources import office

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ENDINGS = (".xlsx", ".xlsm")
MOST_ROWS = 1_048_576
_MOST_SHEETS = 100
_WHOLE = 1e15
_DAMAGED = (
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError, SyntaxError, EOFError),
    *(OSError, RuntimeError, zipfile.BadZipFile, zlib.error),
)
"""What openpyxl raises where a workbook is not what it expects."""


class SheetCells:
    """A sheet as rows of cells; `width`, once it is set, is how many cells each row is given at least."""

    def __init__(self, path: Path, sheet: Worksheet) -> None:
        self.name: str = sheet.title
        self.width: int | None = None
        self._path = path
        self._sheet = sheet

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that is not empty as its number in the sheet and its cells, without empty ones at the end.

        Raises InvalidDataError for a sheet that is damaged, after the rows before.
        """
        number = 0
        with _reading(self._path, lambda: f'the sheet "{self.name}" is damaged after row {number}'):
            self._sheet.reset_dimensions()  # type: ignore[attr-defined]  # as the sheet gives them they may be wrong
            rows = self._sheet.iter_rows(max_row=MOST_ROWS, values_only=True)
            for number, values in enumerate(rows, 1):
                cells = [_text(value) for value in values]
                while cells and not cells[-1]:
                    cells.pop()
                if cells:
                    yield number, cells + [""] * ((self.width or 0) - len(cells))


@contextmanager
def opened(path: Path) -> Iterator[list[SheetCells]]:
    """Open a workbook for as long as its sheets are read; formulas give the values that were saved with them.

    Raises as `office.check` does, MissingExtraError without openpyxl, InvalidDataError for what is no workbook.
    """
    office.check(path)
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("openpyxl", "imports", "reading XLSX") from error
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")  # of styles, which are not read
    with _reading(path, lambda: "not a workbook that can be read"):
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheets = [SheetCells(path, sheet) for sheet in book.worksheets[:_MOST_SHEETS] if hasattr(sheet, "iter_rows")]
    try:
        yield sheets
    finally:
        book.close()


@contextmanager
def _reading(path: Path, problem: Callable[[], str]) -> Iterator[None]:
    try:
        yield
    except _DAMAGED as error:
        hint = "open it in a spreadsheet, save it again, or export it as CSV"
        raise InvalidDataError(f"{problem()}: {type(error).__name__}: {error}", path, hint=hint) from error


def _text(value: object) -> str:
    """Return a value as it would stand in a CSV file: numbers that are whole without ".0", days as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value).strip()
