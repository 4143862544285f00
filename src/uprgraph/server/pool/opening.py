"""Opening what is served, once for all workers where that is safe."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from itertools import chain
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from uprgraph import kept, resources
from uprgraph.catalog.catalogue import shipped
from uprgraph.catalog.parameters import ANYTHING, Parameter
from uprgraph.engines import bounded
from uprgraph.server import jobs
from uprgraph.server.jobs import Dataset
from uprgraph.version import __version__

if TYPE_CHECKING:
    from uprgraph.catalog.names import Name
    from uprgraph.graph import Graph
    from uprgraph.search import Search

_SECONDS = 10.0
"""How long the names of a store may take; longer, and each worker reads them when it needs them."""


def is_endpoint(target: str | None) -> bool:
    """Say whether what is served is an endpoint."""
    return target is not None and "://" in target


def state(target: str | None) -> str:
    """Return a word that changes with the data of a store or the shipped graph, and with every call for an endpoint.

    Raises ResourceError if there is no such store.
    """
    if target is None:
        return "shipped"
    if is_endpoint(target):
        return secrets.token_hex(8)
    folder = kept.graph_folder(Path(target))
    name = (folder / "CURRENT").read_text(encoding="ascii").strip()
    found = (folder / name).stat()
    return f"{folder} {name} {found.st_size} {found.st_mtime_ns}"


def version(target: str | None) -> str:
    """Return a short word that changes with the data, and with our own version, since answers may change with it."""
    digest = hashlib.sha256(f"{__version__}\n{state(target)}\n".encode())
    if target is None:
        for graph, path in resources.graph_files():
            digest.update(graph.encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Opening:
    """A dataset that is open as far as processes can share it.

    `rest` opens the rest in each worker. `finish` makes, step by step, what can wait until the first workers are there;
    they make it themselves if they need it before.
    """

    rest: Callable[[], Dataset]
    finish: Iterator[None]


def prepare(target: str | None) -> Opening:
    """Open the dataset. Raises UprGraphError for what is no dataset.

    A store on disk is opened in each worker: its library starts threads, which do not survive a fork, and connections
    of SQLite must not be taken through one.
    """
    from uprgraph.graph import open_graph

    word = version(target)
    if target is None:
        search = _late_search(open_graph())
        dataset = Dataset(search.graph, search, word)
        return Opening(lambda: dataset, chain(_programs(), _warm(search)))
    if is_endpoint(target):
        return Opening(lambda: Dataset(open_graph(target), None, word), _programs())
    store = _Store(Path(target), word)
    return Opening(store.opened, chain(_programs(), store.warm()))


def _late_search(graph: Graph) -> Search:
    """Return a search over a graph that is indexed when somebody searches for the first time."""
    from uprgraph.search import Search
    from uprgraph.search.index import Index
    from uprgraph.search.reading import documents

    class LateSearch(Search):
        def __init__(self, graph: Graph) -> None:
            self.graph = graph

        @cached_property
        def _index(self) -> Index:  # type: ignore[override] # which has it from the beginning
            return Index.in_memory(documents(self.graph.engine))

    return LateSearch(graph)


def _programs() -> Iterator[None]:
    """Import what jobs need, once for all workers."""
    for module in iter_modules(jobs.__path__, f"{jobs.__name__}."):
        import_module(module.name)
        yield


def _warm(search: Search) -> Iterator[None]:
    """Make the index, and read the questions and the names of things, which most pages need."""
    search.find("nothing")
    yield
    graph = search.graph
    for parameter in _named_parameters(graph):
        graph.resolver.names(parameter)
        yield


def _named_parameters(graph: Graph) -> Iterator[Parameter]:
    """Yield the parameters whose values have names: one for all things, and those of all questions."""
    yield ANYTHING
    for question in graph.questions():
        yield from (each for each in question.parameters if each.scheme_iri or each.class_iri)


class _Store:
    """A store on disk; the names of its things are read once, in a process of their own, and kept for all workers."""

    def __init__(self, folder: Path, word: str) -> None:
        generation = kept.current(folder)
        self._graph = folder if generation is None else generation.graph
        self._index = None if generation is None else generation.search
        self._word = word
        self._names: dict[str | None, list[Name]] = {}

    def opened(self) -> Dataset:
        """Open the store."""
        from uprgraph.graph import open_graph
        from uprgraph.search import Search
        from uprgraph.search.index import Index

        graph = open_graph(self._graph)
        graph.resolver.known.update(self._names)
        search = None if self._index is None else Search(graph, Index.opened(self._index))
        return Dataset(graph, search, self._word)

    def warm(self) -> Iterator[None]:
        """Read the names."""
        for _ in shipped().questions():  # read once for all workers as well
            yield
        self._names = bounded.run(self._read_names, _SECONDS)
        yield

    def _read_names(self) -> dict[str | None, list[Name]]:
        graph = self.opened().graph
        for parameter in _named_parameters(graph):
            graph.resolver.names(parameter)
        return graph.resolver.known
