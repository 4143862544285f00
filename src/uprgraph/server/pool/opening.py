"""Opening what is served, once for all workers where that is safe."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from uprgraph import kept, resources
from uprgraph.catalog.parameters import ANYTHING
from uprgraph.server.jobs import Dataset
from uprgraph.version import __version__

if TYPE_CHECKING:
    from uprgraph.graph import Graph


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


def prepare(target: str | None) -> Callable[[], Dataset]:
    """Open the dataset as far as processes can share it, and return what opens the rest in each worker.

    The shipped graph is opened here. A store on disk is opened in each worker: its library starts threads, which do not
    survive a fork, and SQLite's connections must not be taken through one. Raises UprGraphError for what is no dataset.
    """
    from uprgraph.graph import open_graph

    word = version(target)
    if target is None:
        from uprgraph.search import open_search

        search = open_search()
        warm(search.graph)
        shipped = Dataset(search.graph, search, word)
        return lambda: shipped
    if is_endpoint(target):
        return lambda: Dataset(open_graph(target), None, word)
    folder = Path(target)
    generation = kept.current(folder)
    place = folder if generation is None else generation.graph
    return lambda: _open_store(place, None if generation is None else generation.search, word)


def warm(graph: Graph) -> None:
    """Read the questions and the names of things, which most pages need, before they are asked for."""
    for question in graph.questions():
        for parameter in question.parameters:
            if parameter.scheme_iri or parameter.class_iri:
                graph.resolver.names(parameter)
    graph.resolver.names(ANYTHING)


def _open_store(graph_folder: Path, index_file: Path | None, word: str) -> Dataset:
    from uprgraph.graph import open_graph
    from uprgraph.search import Search
    from uprgraph.search.index import Index

    graph = open_graph(graph_folder)
    search = None if index_file is None else Search(graph, Index.opened(index_file))
    return Dataset(graph, search, word)
