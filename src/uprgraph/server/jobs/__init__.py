"""What workers do: functions that take the dataset and plain arguments, and return what can be pickled.

A job is named "module.function" for a function in a module of this package ("sparql.evaluate"). It runs in a process of
its own kind, where it can be stopped, and never in that of the web server.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from uprgraph.errors import UsageError

if TYPE_CHECKING:
    from uprgraph.graph import Graph
    from uprgraph.search import Search


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is served: the graph, its full-text index (None for an endpoint), and a word that changes with the data."""

    graph: Graph
    search: Search | None
    version: str


def job(name: str) -> Callable[..., object]:
    """Return the job of a name. Raises UsageError if there is none."""
    module, _, function = name.partition(".")
    if not (module.isidentifier() and function.isidentifier()) or function.startswith("_"):
        raise UsageError(f"there is no job {name!r}")
    found: Callable[..., object] = getattr(import_module(f"{__name__}.{module}"), function)
    return found
