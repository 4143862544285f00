"""Where answers go: standard output or a file, in which format."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import click

from uprgraph.errors import UsageError
from uprgraph.results.formats import FORMATS, format_of, render
from uprgraph.results.graphs import GraphResult
from uprgraph.results.output import write_file
from uprgraph.results.rows import Results

_PLAIN_WIDTH = 100


class OutputPath(click.Path):
    """The file to write; None for -, which is standard output."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path. Fails for an empty name, as a shell variable without a value gives it."""
        if value == "":
            self.fail("the name of the file is empty", param, ctx)
        return None if value == "-" else super().convert(value, param, ctx)


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
        ["-o", "--output"],
        type=OutputPath(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write to a file; - is standard output.",
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


def reopen_closed_streams() -> None:
    """Open the standard streams that were closed at the start, so that no file takes their place.

    Reading or writing there then fails as it should; messages on standard error are lost.
    """
    for name, allowed, mode in (
        ("stdin", os.O_WRONLY, "r"),
        ("stdout", os.O_RDONLY, "w"),
        ("stderr", os.O_WRONLY, "w"),
    ):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, allowed), mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def width() -> int:
    """Return the columns of the terminal; 100 where there is none and COLUMNS does not say."""
    return max(40, shutil.get_terminal_size((_PLAIN_WIDTH, 24)).columns)


def colour() -> bool:
    """Say whether a terminal may be sent bold and dim text."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
