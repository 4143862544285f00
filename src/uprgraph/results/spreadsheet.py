"""XLSX, with the extra `xlsx`."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

from uprgraph.errors import MissingExtraError, UprGraphError
from uprgraph.results.rows import Results

_MAX_ROWS = 1_048_575
_MAX_CHARACTERS = 32_767
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Fixed, so that the same rows give the same file."""


def xlsx_bytes(results: Results) -> bytes:
    """Return a workbook of one sheet: numbers, days and truth values as such, all else as text, never as a formula.

    Raises MissingExtraError without xlsxwriter, UprGraphError for more rows or longer text than a sheet can hold.
    """
    try:
        import xlsxwriter
    except ModuleNotFoundError as error:
        raise MissingExtraError("xlsxwriter", "xlsx", "the format xlsx") from error

    if len(results) > _MAX_ROWS:
        raise UprGraphError(f"a sheet holds {_MAX_ROWS:,} rows, and these are {len(results):,}", "use csv")
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(results.columns):
        sheet.write_string(0, position, column, book.add_format({"bold": True}))
    for line, row in enumerate(results, start=1):
        for position, value in enumerate(row.values()):
            if value is None:
                continue
            if isinstance(value, bool):
                sheet.write_boolean(line, position, value)
            elif isinstance(value, int | float | Decimal):
                sheet.write_number(line, position, value)
            elif isinstance(value, date) and value.year >= 1900:  # noqa: PLR2004 - the first year of Excel
                sheet.write_datetime(
                    line, position, value.replace(tzinfo=None) if isinstance(value, datetime) else value, day
                )
            elif len(text := str(value)) <= _MAX_CHARACTERS:
                sheet.write_string(line, position, text)
            else:
                raise UprGraphError(
                    f"a cell holds {_MAX_CHARACTERS:,} characters, and one has {len(text):,}", "use csv"
                )
    sheet.autofit()
    book.close()
    return target.getvalue()
