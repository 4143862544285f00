"""The answer to a question: rows with typed values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

from uprgraph.engines.base import Row as TermRow
from uprgraph.engines.base import Solutions
from uprgraph.engines.terms import XSD, Literal
from uprgraph.errors import UsageError
from uprgraph.results.values import Value, value

if TYPE_CHECKING:
    import altair
    import pandas
    import polars


class Row(Mapping[str, Value]):
    """One row: `row["title"]` and `row.title` give the value of a column, None where it is empty."""

    __slots__ = ("_positions", "_values")

    def __init__(self, positions: Mapping[str, int], values: tuple[Value, ...]) -> None:
        self._positions = positions
        self._values = values

    def __getitem__(self, column: str) -> Value:
        return self._values[self._positions[column]]

    def __getattr__(self, column: str) -> Value:
        if column in Row.__slots__:  # asked for while a copy has no values yet
            raise AttributeError(column)
        if column.startswith("__") or column not in self._positions:
            raise AttributeError(f"there is no column {column!r}; the columns are: {', '.join(self._positions)}")
        return self._values[self._positions[column]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._positions)

    def __len__(self) -> int:
        return len(self._positions)

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{column}={self[column]!r}' for column in self)})"


class Results(Sequence[Row]):
    """The rows of an answer, which can be read as often as wanted.

    `columns` are the names of the columns; `terms` are the rows as RDF terms, where language tags and datatypes still
    are; `title` says what was asked and `sparql` how, where they are known.
    """

    def __init__(
        self, columns: Sequence[str], terms: Sequence[TermRow], title: str | None = None, sparql: str | None = None
    ) -> None:
        self.columns = tuple(columns)
        self.terms = terms
        self.title = title
        self.sparql = sparql
        self._positions = {column: position for position, column in enumerate(self.columns)}

    @classmethod
    def of(cls, answer: Solutions | bool, title: str | None = None, sparql: str | None = None) -> Results:
        """Return the answer to a SELECT query, or that to an ASK query as one row with the column `answer`."""
        if isinstance(answer, bool):
            return cls(["answer"], [(Literal(str(answer).lower(), f"{XSD}boolean"),)], title, sparql)
        return cls(answer.variables, list(answer.rows), title, sparql)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Results: ...
    def __getitem__(self, index: int | slice) -> Row | Results:
        if isinstance(index, slice):
            return Results(self.columns, self.terms[index], self.title, self.sparql)
        return Row(self._positions, tuple(map(value, self.terms[index])))

    def __len__(self) -> int:
        return len(self.terms)

    def column(self, name: str) -> list[Value]:
        """Return the values of one column. Raises UsageError if there is none of this name."""
        if name not in self._positions:
            raise UsageError(f"there is no column {name!r}", f"the columns are: {', '.join(self.columns)}")
        position = self._positions[name]
        return [value(row[position]) for row in self.terms]

    def __repr__(self) -> str:
        return f"<{len(self)} {'row' if len(self) == 1 else 'rows'} of {', '.join(self.columns)}>"

    def __str__(self) -> str:
        from uprgraph.results.tables import table

        return table(self)

    def _repr_html_(self) -> str:
        from uprgraph.results.markup import html_table

        return html_table(self)

    def to_csv(self, path: str | Path | None = None) -> str:
        """Return the rows as CSV, and write them to a file if one is given. Cells cannot become formulas."""
        return self._text("csv", path)

    def to_json(self, path: str | Path | None = None) -> str:
        """Return the rows as a JSON list of objects with typed values, and write them to a file if one is given."""
        return self._text("json", path)

    def to_markdown(self, path: str | Path | None = None) -> str:
        """Return the rows as a Markdown table, and write them to a file if one is given."""
        return self._text("md", path)

    def save(self, path: str | Path) -> None:
        """Write the rows to a file in the format that its extension names. Raises UsageError for an unknown one."""
        from uprgraph import files
        from uprgraph.results.formats import format_of, render

        files.write(Path(path), render(self, format_of(Path(path))))

    def df(self) -> pandas.DataFrame:
        """Return the rows as a pandas DataFrame. Raises MissingExtraError without the extra `pandas`."""
        from uprgraph.results.frames import pandas_frame

        return pandas_frame(self)

    def pl(self) -> polars.DataFrame:
        """Return the rows as a polars DataFrame. Raises MissingExtraError without the extra `polars`."""
        from uprgraph.results.frames import polars_frame

        return polars_frame(self)

    def plot(self, x: str | None = None, y: str | Sequence[str] | None = None) -> altair.Chart:
        """Return a bar chart of the numbers in the columns `y` by the column `x`; without them, the first that fit.

        Raises MissingExtraError without the extra `plots`, UsageError if there are no numbers to draw.
        """
        from uprgraph.results.frames import bar_chart

        return bar_chart(self, x, y)

    def _text(self, name: str, path: str | Path | None) -> str:
        from uprgraph import files
        from uprgraph.results.formats import render

        content = render(self, name)
        if path is not None:
            files.write(Path(path), content)
        return content.decode()
