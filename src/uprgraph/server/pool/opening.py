"""Opening what is served, once for all workers where that is safe."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from uprgraph import kept, resources
from uprgraph.catalog.parameters import ANYTHING
from uprgraph.server.jobs import Dataset
from uprgraph.version import __version__

if TYPE_CHECKING:
    from uprgraph.graph import Graph
    from uprgraph.search import Search


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
    finish: Iterator[None] = field(default_factory=lambda: iter(()))


def prepare(target: str | None) -> Opening:
    """Open the dataset. Raises UprGraphError for what is no dataset.

    A store on disk is opened in each worker: its library starts threads, which do not survive a fork, and connections
    of SQLite must not be taken through one.
    """
    from uprgraph.graph import open_graph

    word = version(target)
    if target is None:
        search = _late_search(open_graph())
        shipped = Dataset(search.graph, search, word)
        return Opening(lambda: shipped, _warm(search))
    if is_endpoint(target):
        return Opening(lambda: Dataset(open_graph(target), None, word))
    folder = Path(target)
    generation = kept.current(folder)
    place = folder if generation is None else generation.graph
    return Opening(lambda: _open_store(place, None if generation is None else generation.search, word))


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


def _warm(search: Search) -> Iterator[None]:
    """Make the index, and read the questions and the names of things, which most pages need."""
    search.find("nothing")
    yield
    graph = search.graph
    for question in graph.questions():
        for parameter in question.parameters:
            if parameter.scheme_iri or parameter.class_iri:
                graph.resolver.names(parameter)
        yield
    graph.resolver.names(ANYTHING)


def _open_store(graph_folder: Path, index_file: Path | None, word: str) -> Dataset:
    from uprgraph.graph import open_graph
    from uprgraph.search import Search
    from uprgraph.search.index import Index

    graph = open_graph(graph_folder)
    search = None if index_file is None else Search(graph, Index.opened(index_file))
    return Dataset(graph, search, word)
