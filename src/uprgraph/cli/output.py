"""Where answers go: standard output or a file, in which format."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from uprgraph.errors import UsageError
from uprgraph.files import write
from uprgraph.results.formats import format_of, render
from uprgraph.results.graphs import GraphResult
from uprgraph.results.rows import Results
from uprgraph.results.tables import DEFAULT_WIDTH

PROSE = {".txt": "text", ".json": "json", ".ttl": "ttl"}
"""The formats of what is prose rather than rows, by the extension of a file."""

_Default = TypeVar("_Default", bound="str | None")
_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class OutputPath(click.Path):
    """A file or folder to write; with `allow_dash` None for -, which is standard output."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path. Fails for an empty name, as a shell variable without a value gives it."""
        if value == "":
            self.fail("the name is empty", param, ctx)
        return None if value == "-" and self.allow_dash else super().convert(value, param, ctx)


def format_option(formats: Iterable[str], default: str) -> _Decorator:
    """Return the decorator that adds --format. `default` is what is written where nothing names a format."""
    text = f"Default: what the extension of FILE says, or else {default}."
    return click.option("--format", "form", type=click.Choice(list(formats)), help=text)


output_option = click.option(
    "-o",
    "--output",
    type=OutputPath(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write to a file; - is standard output.",
)
"""The decorator that adds -o: a file, or None for standard output."""


def chosen_format(
    form: str | None, output: Path | None, formats: Mapping[str, str], default: _Default
) -> str | _Default:
    """Return the format to write: what --format says, or what the extension of the file does, or else `default`.

    `formats` are those that there are, by extension. Raises UsageError if the extension names none of them.
    """
    if form is not None:
        if form == "xlsx" and output is None and sys.stdout.isatty():
            raise UsageError("a spreadsheet cannot be shown on a terminal", "write it to a file: -o FILE.xlsx")
        return form
    return default if output is None else format_of(output, formats)


def rows_format() -> str:
    """Return the format of rows where nothing names one: for people on a terminal, for programs elsewhere."""
    return "table" if sys.stdout.isatty() else "csv"


def emit(answer: Results | GraphResult, form: str, output: Path | None) -> None:
    """Write an answer in a format to standard output or, all at once, to a file."""
    send(render(answer, form, width(), colour=coloured(output)), output)


def send(content: bytes, output: Path | None) -> None:
    """Write bytes to standard output or, all at once, to a file. Raises BrokenPipeError if nobody reads on."""
    if output is not None:
        write(output, content)
        return
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def stop_writing(stream: TextIO) -> None:
    """Send what is left in the buffer of a standard stream nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


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
    """Return the columns of the terminal; those of a plain table where there is none and COLUMNS does not say."""
    return max(40, shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns)


def coloured(output: Path | None) -> bool:
    """Say whether what is written may have bold and dim text: on a terminal that is not asked to do without."""
    to_terminal = output is None and sys.stdout.isatty()
    return to_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
