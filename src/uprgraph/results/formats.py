"""The formats that rows and graphs can be written in, by name and by file extension."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from uprgraph.errors import UsageError
from uprgraph.results.graphs import GraphResult
from uprgraph.results.rows import Results

FORMATS = {
    "table": "for reading",
    "csv": "comma-separated values",
    "tsv": "tab-separated values",
    "json": "a list of objects with typed values",
    "md": "a Markdown table",
    "xlsx": "a spreadsheet; needs the extra xlsx",
    "html": "a page with the table",
    "ttl": "Turtle; rows as a result set of the W3C",
}
"""Every format with what it is."""
EXTENSIONS = {**{f".{name}": name for name in FORMATS if name != "table"}, ".txt": "table", ".markdown": "md"}
"""The formats by the extension of a file: it is the name of the format, and .txt is a table."""
_WRITERS = {
    "csv": "uprgraph.results.delimited:csv_text",
    "tsv": "uprgraph.results.delimited:tsv_text",
    "json": "uprgraph.results.markup:json_text",
    "md": "uprgraph.results.markup:markdown_table",
    "html": "uprgraph.results.markup:html_page",
    "ttl": "uprgraph.results.resultset:turtle_text",
}
"""Where each format of plain text is written; imported when it is."""


def format_of(path: Path, extensions: Mapping[str, str] = EXTENSIONS) -> str:
    """Return the format that a file's extension names. Raises UsageError if it names none of `extensions`."""
    name = extensions.get(path.suffix.lower())
    if name is None:
        raise UsageError(
            f'the extension of "{path}" does not name a format', f"use one of {', '.join(extensions)}, or --format"
        )
    return name


def render(answer: Results | GraphResult, name: str, width: int | None = None, *, colour: bool = False) -> bytes:
    """Return an answer in a format; text is UTF-8. `width` and `colour` are for tables.

    A graph can be written as Turtle, or in any other format as rows of subject, predicate and object. Raises UsageError
    for an unknown format, MissingExtraError if a format's library is not installed.
    """
    if name not in FORMATS:
        raise UsageError(f'there is no format "{name}"', f"the formats are: {', '.join(FORMATS)}")
    if name == "ttl" and isinstance(answer, GraphResult):
        return answer.to_turtle().encode()
    results = answer.rows() if isinstance(answer, GraphResult) else answer
    if name == "xlsx":
        from uprgraph.results.spreadsheet import xlsx_bytes

        return xlsx_bytes(results)
    if name == "table":
        from uprgraph.results.tables import DEFAULT_WIDTH, table

        return table(results, width or DEFAULT_WIDTH, colour=colour).encode()
    module, writer = _WRITERS[name].split(":")
    text: str = getattr(import_module(module), writer)(results)
    return text.encode("utf-8", "replace")
