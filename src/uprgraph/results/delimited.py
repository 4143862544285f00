"""CSV and TSV: one line per row, IRIs and literals in full, and no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io

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
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\n")
    writer.writerow(results.columns)
    writer.writerows([cell(term) for term in row] for row in results.terms)
    return target.getvalue()
