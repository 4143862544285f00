"""Data frames and plots, each with its extra. Decimals become floats there, as the libraries compute with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from uprgraph.errors import MissingExtraError, UsageError
from uprgraph.results.rows import Results
from uprgraph.results.values import Value, compact

if TYPE_CHECKING:
    import altair
    import pandas
    import polars


def pandas_frame(results: Results) -> pandas.DataFrame:
    """Return the rows as a DataFrame: whole numbers Int64, others float64, days datetime64, truth values boolean."""
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        raise MissingExtraError("pandas", "pandas", "df()") from error

    dtypes = {int: "Int64", float: "float64", bool: "boolean"}
    series = {}
    for column in results.columns:
        values = [_plain(value) for value in results.column(column)]
        kind = _kind(values)
        if kind in (date, datetime):
            series[column] = pd.Series(values, dtype="datetime64[s]")
        else:
            series[column] = pd.Series(values, dtype=dtypes.get(kind, "object"))
    return pd.DataFrame(series, columns=list(results.columns))


def polars_frame(results: Results) -> polars.DataFrame:
    """Return the rows as a DataFrame. A column with values of different types holds their texts."""
    try:
        import polars as pl
    except ModuleNotFoundError as error:
        raise MissingExtraError("polars", "polars", "pl()") from error

    types = {int: pl.Int64, float: pl.Float64, bool: pl.Boolean, date: pl.Date, datetime: pl.Datetime, str: pl.String}
    series = []
    for column in results.columns:
        values = [_plain(value) for value in results.column(column)]
        kind = _kind(values)
        if kind is object:
            values = [None if value is None else str(value) for value in values]
        series.append(pl.Series(column, values, dtype=types.get(kind, pl.String)))
    return pl.DataFrame(series)


def bar_chart(results: Results, x: str | None, y: str | Sequence[str] | None) -> altair.Chart:
    """Return a bar chart, see `Results.plot`."""
    try:
        import altair as alt
    except ModuleNotFoundError as error:
        raise MissingExtraError("altair", "plots", "plot()") from error

    kinds = {column: _kind([_plain(value) for value in results.column(column)]) for column in results.columns}
    numbers = [column for column, kind in kinds.items() if kind in (int, float)]
    wanted = [y] if isinstance(y, str) else list(y) if y is not None else [each for each in numbers if each != x]
    across = x or next((column for column in results.columns if column not in wanted), None)
    wrong = [column for column in (*wanted, across) if column is not None and column not in kinds]
    if wrong:
        raise UsageError(f"there is no column {', '.join(wrong)}", f"the columns are: {', '.join(results.columns)}")
    if across is None or not wanted or not set(wanted) <= set(numbers):
        raise UsageError(
            "a plot needs a column to go by and at least one column of numbers",
            f"columns of numbers: {', '.join(numbers) or 'none'}",
        )
    named = [compact(row[results.columns.index(across)]) for row in results.terms]
    data = [
        {across: name, "count of": column, "number": _plain(row[column])}
        for name, row in zip(named, results, strict=True)
        for column in wanted
    ]
    chart: altair.Chart = alt.Chart(alt.InlineData(values=data), title=results.title or "").mark_bar()
    encoded: altair.Chart = chart.encode(
        x=alt.X("number:Q", title=wanted[0] if len(wanted) == 1 else "number"),
        y=alt.Y(f"{across}:N", sort=None, title=across),
        color=alt.Color("count of:N", legend=None if len(wanted) == 1 else alt.Legend()),
        yOffset="count of:N",
    )
    return encoded


def _plain(value: Value) -> Value:
    return float(value) if isinstance(value, Decimal) else value


def _kind(values: Sequence[Value]) -> type:
    """Return the one type of the values that are there, float for whole and other numbers, object for a mix."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int, float}:
        return float
    return kinds.pop() if len(kinds) == 1 else object if kinds else str
