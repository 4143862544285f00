"""The store of an import: the shipped graph and what was imported, on disk, and its full-text index."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from uprgraph import files, kept, resources
from uprgraph.catalog import catalogue
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.prepared import prepare
from uprgraph.importing import work
from uprgraph.importing.convert import lines
from uprgraph.search import index as full_text
from uprgraph.search import reading

LARGE = 100_000
"""Statements that are so many that questions about all of them take a tenth of a second and more."""
_BATCH = 100_000
"""Statements that are loaded at once: pyoxigraph's bulk loader holds them in memory, some 1.5 kB each."""


def build(made: kept.Generation, nquads: Path, workers: int) -> None:
    """Make the store of the shipped graph and a file of N-Quads, one statement on each line, its answers and its index.

    The index is made of the same statements, so that with more than one worker both are made at the same time.
    """
    if workers == 1:
        _graph(made, nquads)
        _index(made.search, nquads)
        return
    with work.processes(1) as pool:
        indexed = pool.submit(_index, made.search, nquads)
        _graph(made, nquads)
        indexed.result()


def _graph(made: kept.Generation, nquads: Path) -> None:
    """Make the store, and if it is large the answers to the questions whose headers want it, which read most of it."""
    if _load(made.graph, nquads) < LARGE:
        return
    texts = [question.sparql for question in catalogue.shipped().questions() if question.prepared]
    prepare(Store.read_only(str(made.graph)), made.graph, made.answers, texts)


def _load(folder: Path, nquads: Path) -> int:
    """Make the store, and return how many statements of the file are in it."""
    loaded = 0
    store = Store(str(folder))
    store.bulk_load(lines(_shipped()), format=RdfFormat.N_QUADS)
    with nquads.open("rb") as file:
        while batch := list(islice(file, _BATCH)):
            store.bulk_load(b"".join(batch), format=RdfFormat.N_QUADS, lenient=True)  # the lines are our own
            loaded += len(batch)
    store.optimize()  # batches lie above each other, which makes questions twice as slow
    store.flush()
    return loaded


def _index(path: Path, nquads: Path) -> None:
    """Make the index of the statements as they stand in the file: to read them from a store takes twice as long."""
    small = Store()
    small.extend(_shipped())
    small.extend(quad for quad in _imported(nquads) if quad.predicate.value in reading.PLACING)
    full_text.build(reading.documents(EmbeddedEngine(small), _imported(nquads)), path)


def _imported(nquads: Path) -> Iterator[Quad]:
    with nquads.open("rb") as file:
        yield from parse(file, RdfFormat.N_QUADS, lenient=True)


def _shipped() -> Iterator[Quad]:
    for graph, path in resources.graph_files():
        name = NamedNode(graph)
        for quad in files.read_turtle(path):
            yield Quad(quad.subject, quad.predicate, quad.object, name)
