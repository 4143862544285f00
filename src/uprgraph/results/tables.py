"""Tables to read: on a terminal, or as plain text of a given width.

Where the columns of a table would be too narrow to read, rows are written one below the other, each in full but for
what is the same in every row, which stands once at the top.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from uprgraph.engines.terms import Term
from uprgraph.results.marked import Marked
from uprgraph.results.rows import Results
from uprgraph.results.values import compact, is_number

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

DEFAULT_WIDTH = 100
_READABLE = 30
"""Characters per line that text in a column needs to be read with ease."""
_GAP = 2


def table(results: Results, width: int = DEFAULT_WIDTH, *, colour: bool = False) -> str:
    """Return the rows as a table, or one below the other, no line wider than `width`; nothing if there are none."""
    if not results:
        return ""
    cells = [[_cell(term) for term in row] for row in results.terms]
    widths = [
        max(len(column), min(_READABLE, max(len(row[at]) for row in cells)))
        for at, column in enumerate(results.columns)
    ]
    if sum(widths) + _GAP * len(widths) <= width:
        return _rendered([_grid(results, cells)], width, colour=colour)
    return _rendered(_records(results.columns, cells), width, colour=colour)


def records(parts: Iterable[Sequence[tuple[str, str]]], width: int, *, colour: bool = False) -> str:
    """Return groups of fields, each a name and a text, with empty lines between; a text without a name is a heading."""
    from rich.text import Text

    groups = [[(name, printable(text)) for name, text in part if text] for part in parts]
    widest = max((len(name) for part in groups for name, _ in part), default=0)
    shown: list[RenderableType] = []
    for part in filter(None, groups):
        shown += [""] if shown else []
        headings = [Text(text, style="bold") for name, text in part if not name]
        shown += headings or [_fields(part, widest, 0)]
    return _rendered(shown, width, colour=colour)


def _rendered(parts: Iterable[RenderableType], width: int, *, colour: bool) -> str:
    from rich.console import Console

    target = io.StringIO()
    console = Console(
        file=target, width=width, force_terminal=colour, no_color=not colour, highlight=False, legacy_windows=False
    )
    for part in parts:
        console.print(part)
    return "".join(f"{line.rstrip()}\n" for line in target.getvalue().splitlines())


def printable(text: str) -> str:
    """Return a text without what a terminal would obey: control characters become a replacement character."""
    return "".join(
        each if each == "\n" or unicodedata.category(each) not in {"Cc", "Cs"} else " " if each == "\t" else "\ufffd"
        for each in text.replace("\r\n", "\n")
    )


class _Cell(str):
    """The text of a cell, and the places in it that stand out."""

    __slots__ = ("marks",)
    marks: tuple[tuple[int, int], ...]


def _cell(term: Term | None) -> str:
    text = printable(compact(term))
    if not isinstance(term, Marked) or len(text) != len(term.value):  # where line ends were folded, places are others
        return text
    cell = _Cell(text)
    cell.marks = term.marks
    return cell


def _styled(text: str, style: str = "") -> Text:
    from rich.text import Text

    styled = Text(text, style=style)
    for start, end in text.marks if isinstance(text, _Cell) else ():
        styled.stylize("bold", start, end)
    return styled


def _grid(results: Results, cells: Sequence[Sequence[str]]) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False)
    for at, column in enumerate(results.columns):
        numeric = all(term is None or is_number(term) for term in (row[at] for row in results.terms))
        grid.add_column(Text(column, style="bold"), justify="right" if numeric else "left", overflow="fold")
    for row in cells:
        grid.add_row(*map(_styled, row))
    return grid


def _records(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> Iterator[RenderableType]:
    """Yield the parts of the layout in which rows stand below each other."""
    from rich.text import Text

    widest = max(map(len, columns))

    def part(row: Sequence[str], which: Sequence[int], indent: int, *, strong: bool = False) -> RenderableType:
        return _fields([(columns[at], row[at]) for at in which if row[at]], widest, indent, strong=strong)

    every = range(len(columns))
    same = [at for at in every if len(cells) > 1 and len({row[at] for row in cells}) == 1]
    if any(cells[0][at] for at in same):
        rows = f"all {len(cells):,}" if cells[2:] else "both"
        yield Text(f"The same in {rows} rows", style="bold")
        yield part(cells[0], same, _GAP)
        yield ""
    own = [at for at in every if at not in same]
    for position, row in enumerate(cells):
        yield from [""] if position else []
        yield part(row, own, 0, strong=True)


def _fields(fields: Sequence[tuple[str, str]], widest: int, indent: int, *, strong: bool = False) -> RenderableType:
    """Return fields on lines of their own, the texts one below the other; the first text bold if `strong`."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
    grid.add_column(min_width=widest - indent, no_wrap=True)
    grid.add_column(overflow="fold")
    for position, (name, text) in enumerate(fields):
        grid.add_row(Text(name, style="dim"), _styled(text, "bold" if strong and position == 0 else ""))
    return Padding(grid, (0, 0, 0, indent))
