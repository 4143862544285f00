"""The cells of a CSV file from strangers, row by row, where one broken row does not spoil those after it."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from uprgraph.errors import InvalidDataError, ResourceError
from uprgraph.sources import encodings
from uprgraph.sources.problems import problem
from uprgraph.sources.records import Problem

LONGEST_LINE = 100_000
"""Characters; a longer line is left out. Below the limit of the module csv for a cell."""
LONGEST_ROW = 200_000
MOST_LINES = 1000
"""Lines of one row, whose cells may hold line ends; a row that goes on has a quote that is not closed."""
MOST_READ_AGAIN = 8 << 20
"""Characters of broken rows that are looked through for good rows, so that a hostile file takes no square of time."""

_DELIMITERS = ",;\t"


class _BadRowError(Exception):
    """The row that is being read cannot be."""


class _Lines(Iterator[str]):
    """The lines of a file, for the module csv; those of the row that is being read can be read again."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self._left = MOST_READ_AGAIN
        self._row: list[str] = []
        self._length = 0
        self.start = 1

    def begin(self) -> None:
        """Begin a row with the next line."""
        self.start += len(self._row)
        self._row.clear()
        self._length = 0

    def retry(self) -> None:
        """Go back to the second line of the row, since a good row may begin there."""
        rest = self._row[1:]
        length = sum(map(len, rest))
        if length <= self._left:
            self._left -= length
            self._again.extendleft(reversed(rest))
            del self._row[1:]

    @property
    def lines(self) -> int:
        """How many lines the row has taken."""
        return len(self._row)

    @property
    def words(self) -> str:
        """The first line of the row."""
        return self._row[0].rstrip("\r\n") if self._row else ""

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._file.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self._row.append(line)
        self._length += len(line)
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            self._skip_line()
            raise _BadRowError(f"the line has more than {LONGEST_LINE:,} characters")
        if "\0" in line:
            raise _BadRowError("the line has a NUL byte")
        if self._length > LONGEST_ROW or len(self._row) > MOST_LINES:
            raise _BadRowError("a quote is opened and not closed")
        return line

    def _skip_line(self) -> None:
        while (rest := self._file.readline(LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
            pass


class CsvCells:
    """A CSV file as rows of cells; commas, semicolons or tabs divide them, whichever the first line has most of.

    `width`, once it is set, is how many cells each row must have.
    """

    name = ""

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        """Look at the encoding of the whole file. Raises as `encodings.checked` does, and for a file that is none."""
        if not path.is_file():
            raise ResourceError(f"{path} is not a file", "give the path of a CSV file")
        self.width: int | None = None
        self._path = path
        self._encoding = encodings.checked(path, encoding)

    def __iter__(self) -> Iterator[tuple[int, list[str]] | Problem]:
        """Yield each row that is not empty as the line on which it starts and its cells, or what is wrong with it."""
        try:
            with self._path.open(encoding=self._encoding, newline="") as file:
                yield from self._rows(file)
        except OSError as error:
            raise ResourceError(f"cannot read {self._path}: {error.strerror or error}") from error
        except UnicodeError as error:
            raise InvalidDataError(f"the file changed while it was read: {error}", self._path) from error

    def _rows(self, file: IO[str]) -> Iterator[tuple[int, list[str]] | Problem]:
        delimiter = _delimiter(file.readline(LONGEST_LINE))
        file.seek(0)
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            lines.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except _BadRowError as error:
                yield self._bad(lines, str(error))
                continue
            except csv.Error as error:
                yield self._bad(lines, f"not valid CSV: {error}")
                continue
            if self.width is None or len(cells) == self.width:
                yield lines.start, cells
            elif any(map(str.strip, cells)):
                found = f"the row has {len(cells)} values, and there are {self.width} columns"
                yield self._bad(lines, f"{found}; check its quotes and commas")

    def _bad(self, lines: _Lines, reason: str) -> Problem:
        lines.retry()
        if lines.lines > 1:
            reason += f"; the lines up to {lines.start + lines.lines - 1} are left out too"
        return problem(self._path, lines.start, "", lines.words, reason=reason, outcome="row left out")


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)
