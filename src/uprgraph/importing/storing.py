"""The store of an import: the shipped graph and what was imported, on disk, and its full-text index."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from uprgraph import files, kept, resources
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.importing.convert import lines
from uprgraph.search import index as full_text
from uprgraph.search import reading

_BATCH = 100_000
"""Statements that are loaded at once: pyoxigraph's bulk loader holds them in memory, some 1.5 kB each."""


def load(folder: Path, nquads: Path) -> None:
    """Make an Oxigraph store of the shipped graph and a file of N-Quads, one statement on each line."""
    store = Store(str(folder))
    store.bulk_load(lines(_shipped()), format=RdfFormat.N_QUADS)
    with nquads.open("rb") as file:
        while batch := b"".join(islice(file, _BATCH)):
            store.bulk_load(batch, format=RdfFormat.N_QUADS)
    store.optimize()  # batches lie above each other, which makes questions twice as slow
    store.flush()


def index(made: kept.Generation) -> None:
    """Make the full-text index of the store."""
    full_text.build(reading.documents(EmbeddedEngine.opened(made.graph)), made.search)


def _shipped() -> Iterator[Quad]:
    for graph, path in resources.graph_files():
        name = NamedNode(graph)
        for quad in files.read_turtle(path):
            yield Quad(quad.subject, quad.predicate, quad.object, name)
