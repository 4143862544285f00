"""Bars that show on a terminal how far a work is, once it takes over a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_PATIENCE = 1.0
"""How many seconds of work need no bar."""

Show = Callable[[str, int, int | None], None]
"""Takes a description, how much is done, and how much there is, None where that is not known."""


@contextmanager
def bar() -> Iterator[Show | None]:
    """Give what shows how far the work is; None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    begin = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True, disable=False, auto_refresh=False) as bars:
        task = bars.add_task("", total=None, visible=False)

        def show(description: str, done: int, total: int | None) -> None:
            if time.monotonic() - begin > _PATIENCE:
                bars.update(task, description=description, completed=done, total=total, visible=True)
                bars.refresh()

        yield show
