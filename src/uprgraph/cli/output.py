"""Where answers go: standard output or a file, in which format."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from uprgraph.errors import UsageError
from uprgraph.results.formats import FORMATS, format_of, render
from uprgraph.results.graphs import GraphResult
from uprgraph.results.output import write_file
from uprgraph.results.rows import Results

_PLAIN_WIDTH = 100


def format_option() -> click.Option:
    """Return --format."""
    return click.Option(
        ["--format", "form"],
        type=click.Choice(list(FORMATS)),
        help="Default: table on a terminal, csv elsewhere, or what the extension of FILE says.",
    )


def output_option() -> click.Option:
    """Return --output."""
    return click.Option(
        ["-o", "--output"], type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to a file."
    )


def chosen_format(form: str | None, output: Path | None, *, graph: bool = False) -> str:
    """Return the format to write. Raises UsageError if a file's extension names none."""
    if form is not None:
        if form == "xlsx" and output is None and sys.stdout.isatty():
            raise UsageError("a spreadsheet cannot be shown on a terminal", "write it to a file: -o FILE.xlsx")
        return form
    if output is not None:
        return format_of(output)
    if graph:
        return "ttl"
    return "table" if sys.stdout.isatty() else "csv"


def emit(answer: Results | GraphResult, form: str, output: Path | None) -> None:
    """Write an answer in a format to standard output or, all at once, to a file."""
    to_terminal = output is None and sys.stdout.isatty()
    send(render(answer, form, width(), colour=to_terminal and colour()), output)


def send(content: bytes, output: Path | None) -> None:
    """Write bytes to standard output or, all at once, to a file."""
    if output is not None:
        write_file(output, content)
        return
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        stop_writing()
        sys.exit(0)


def stop_writing() -> None:
    """Send what is left in the buffer of standard output nowhere: its reader, such as head, has had enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width() -> int:
    """Return the columns of the terminal; 100 where there is none and COLUMNS does not say."""
    return max(40, shutil.get_terminal_size((_PLAIN_WIDTH, 24)).columns)


def colour() -> bool:
    """Say whether a terminal may be sent bold and dim text."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
