"""Reading the table of an export, CSV or XLSX: any order of columns, and a bad row does not stop the good ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from uprgraph.errors import InvalidDataError, UsageError
from uprgraph.sources import sheets
from uprgraph.sources.csv_cells import CsvCells
from uprgraph.sources.problems import is_misread, problem
from uprgraph.sources.records import Problem
from uprgraph.sources.sheets import SheetCells
from uprgraph.sources.tables import Row
from uprgraph.wording import fold_space

LONGEST_CELL = 32_767
"""Characters, the limit of spreadsheets."""
SEARCHED_ROWS = 10
"""In how many rows at the top of a sheet the names of the columns are looked for."""

_MISREAD = "looks as if it had been decoded in an encoding that is not its own"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an export: those it must have, may have, and those that are set aside without a word.

    `aliases` are other spellings of their names. Case and white space do not matter.
    """

    required: Collection[str]
    optional: Collection[str] = ()
    set_aside: Collection[str] = ()
    aliases: Mapping[str, str] | None = None

    def names(self) -> dict[str, str]:
        """Return the name of a column by each way to write it, folded."""
        names = {_folded(name): name for name in (*self.required, *self.optional, *self.set_aside)}
        return names | {_folded(alias): name for alias, name in (self.aliases or {}).items()}


def _folded(name: str) -> str:
    return fold_space(name).casefold()


def read(path: Path, columns: Columns, encoding: str | None = None) -> Iterator[Row | Problem]:
    """Yield the rows of an export in their order, and a problem for each row or column that is left out.

    A row has a value for every required and optional column, empty where the export has none. A file that ends in
    .xlsx is read as a workbook, from the first sheet that has the columns; others as CSV. Raises ResourceError,
    InvalidDataError or UsageError for a file that is not such a table at all, or not in the encoding.
    """
    with _tables(path, encoding) as tables:
        table, header, rows = _find(path, tables, columns)
        yield from _rows(path, table, header, rows, columns)


@contextmanager
def _tables(path: Path, encoding: str | None) -> Iterator[Sequence[CsvCells | SheetCells]]:
    if path.suffix.lower() not in sheets.ENDINGS:
        yield [CsvCells(path, encoding)]
        return
    if encoding is not None:
        raise UsageError(f"{path} is a workbook, which says itself in which encoding it is", "leave --encoding out")
    with sheets.opened(path) as found:
        yield found


def _find(
    path: Path, tables: Sequence[CsvCells | SheetCells], columns: Columns
) -> tuple[CsvCells | SheetCells, list[str], Iterator[tuple[int, list[str]] | Problem]]:
    """Return the first table with the required columns, their names as the table has them, and the rows below."""
    names = columns.names()
    fewest = list(columns.required)
    for table in tables:
        rows = iter(table)
        for row in islice(rows, SEARCHED_ROWS):
            if isinstance(row, Problem):
                continue
            number, cells = row
            header = [fold_space(cell) for cell in cells]
            found = [names[_folded(name)] for name in header if _folded(name) in names]
            missing = [name for name in columns.required if name not in found]
            if not missing:
                if twice := {name for name in found if found.count(name) > 1}:
                    raise InvalidDataError(f"two columns are called {', '.join(sorted(twice))}", path, number)
                return table, header, rows
            fewest = min(fewest, missing, key=len)
    hint = "the columns are: " + ", ".join((*columns.required, *columns.optional, *columns.set_aside))
    raise InvalidDataError("there is no column " + ", ".join(fewest), path, 1, hint=hint)


def _rows(
    path: Path,
    table: CsvCells | SheetCells,
    header: list[str],
    rows: Iterable[tuple[int, list[str]] | Problem],
    columns: Columns,
) -> Iterator[Row | Problem]:
    names = columns.names()
    table.width = width = len(header)
    ours: list[tuple[int, str]] = []
    for place, name in enumerate(header):
        known = names.get(_folded(name))
        if known is None:
            shown = name or f"(column {place + 1}, which has no name)"
            reason = "the column is not known, and not read"
            yield problem(path, None, shown, "", reason=reason, outcome="value left out")
        elif known not in columns.set_aside:
            ours.append((place, known))
    empty = dict.fromkeys((*columns.required, *columns.optional), "")
    for row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        number, cells = row
        if len(cells) > width:
            reason = "a cell to the right of the last column is not read"
            yield problem(path, number, "", cells[width], reason=reason, outcome="value left out")
        values = empty | {name: cells[place].strip() for place, name in ours}
        if not any(values.values()):
            continue
        if (long := max(map(len, values.values()))) > LONGEST_CELL:
            reason = f"a cell has {long:,} characters, and no more than {LONGEST_CELL:,} are read"
            yield problem(path, number, "", "", reason=reason, outcome="row left out")
            continue
        for name, value in values.items():
            if is_misread(value):
                yield problem(path, number, name, value, reason=_MISREAD, outcome="kept")
        yield Row(path, number, values)
