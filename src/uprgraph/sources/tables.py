"""Strict reading of CSV tables: the columns are those expected, and every row knows the line it starts on."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from uprgraph.errors import InvalidDataError, ResourceError


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table: its values by column, and the line of the file on which it starts, from 1."""

    path: Path
    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the value in `column`, without white space at the ends; empty where the cell is empty."""
        return self.values[column].strip()

    def required(self, column: str) -> str:
        """Return the value in `column`. Raises InvalidDataError if it is empty."""
        value = self[column]
        if not value:
            raise self.error(column, "is empty", "every row needs a value here")
        return value

    def error(self, column: str, problem: str, hint: str | None = None) -> InvalidDataError:
        """Return, for the caller to raise, the error that `column` of this row has `problem`."""
        return InvalidDataError(f'column "{column}" {problem}', self.path, self.line, hint=hint)


def read(path: Path, columns: Collection[str], *, others: bool = False) -> Iterator[Row]:
    """Yield the rows of a UTF-8 CSV file in their order. The first line names the columns.

    `columns` must all be there; further ones are an error unless `others` is true, and then they are read too.
    Raises ResourceError if the file is not there; InvalidDataError if it is not UTF-8, if a column is missing, unknown
    or named twice, or if a row has too few or too many values.
    """
    if not path.is_file():
        raise ResourceError(f"{path} is not a file", "give the path of a CSV file")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            header = next(reader, [])
            _check(path, header, columns, others)
            start = reader.line_num + 1
            for values in reader:
                if len(values) != len(header):
                    problem = f"the row has {len(values)} values, and there are {len(header)} columns"
                    raise InvalidDataError(problem, path, start, hint="check the quotes and commas of this row")
                yield Row(path, start, dict(zip(header, values, strict=True)))
                start = reader.line_num + 1
        except csv.Error as error:
            raise InvalidDataError(f"not valid CSV: {error}", path, reader.line_num) from error
        except UnicodeDecodeError as error:
            hint = "save the file as UTF-8"
            raise InvalidDataError(f"not UTF-8: {error.reason}", path, reader.line_num + 1, hint=hint) from error


def _check(path: Path, header: list[str], columns: Collection[str], others: bool) -> None:
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in columns]
    if len(set(header)) != len(header):
        raise InvalidDataError("two columns have the same name", path, 1)
    if missing or (unknown and not others):
        found = "there is no column " + ", ".join(missing) if missing else "unknown column " + ", ".join(unknown)
        raise InvalidDataError(found, path, 1, hint="the columns are: " + ", ".join(columns))
