"""CSV and TSV: one line per row, IRIs and literals in full, and no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

from collections.abc import Sequence

from uprgraph.engines.terms import Term
from uprgraph.results.rows import Results
from uprgraph.results.values import is_number, text

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(results: Results) -> str:
    """Return the rows with commas between cells; lines end with a line feed."""
    return _delimited(results, ",")


def tsv_text(results: Results) -> str:
    """Return the rows with tabs between cells; a cell with a tab or a line break stands in quotation marks."""
    return _delimited(results, "\t")


def cell(term: Term | None) -> str:
    """Return the text of a cell, after an apostrophe if it starts like a formula and is not a number."""
    content = text(term)
    return f"'{content}" if content.startswith(_FORMULA_STARTS) and not is_number(term) else content


def _delimited(results: Results, delimiter: str) -> str:
    """Return lines of cells. The csv module leaves a lone carriage return unquoted when lines end with a line feed."""
    special = (delimiter, '"', "\r", "\n")

    def line(cells: Sequence[str]) -> str:
        if len(cells) == 1 and not cells[0]:
            return '""\n'  # an empty line is no row
        quoted = (
            f'"{each.replace(chr(34), chr(34) * 2)}"' if any(map(each.__contains__, special)) else each
            for each in cells
        )
        return delimiter.join(quoted) + "\n"

    return "".join([line(results.columns), *(line([cell(term) for term in row]) for row in results.terms)])
