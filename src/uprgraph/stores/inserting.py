"""Loading a graph by updates, where there is no graph store: emptied, then filled by INSERT DATA in chunks."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from http import HTTPStatus

from uprgraph.errors import EndpointError, InvalidDataError
from uprgraph.stores.connection import Store
from uprgraph.stores.content import Content, serialised

_MOST_BYTES = 2_000_000
"""The largest update that is tried."""
_NOT_FOR_SIZE = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.NOT_IMPLEMENTED,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.OK,
}
"""The answers that a smaller update would get as well."""
_SHOWN = 300


def insert(store: Store, content: Content, *, blank_nodes: bool, told: Callable[[int], None] = lambda _: None) -> int:
    """Replace a graph by updates; return how many INSERT DATA it took.

    A chunk that is refused is sent again in parts of half the size, and so are those after it. Each update may be sent
    twice without harm. `told` is called after each with the number of statements that are there by then. Raises
    InvalidDataError if there are blank nodes and more than one chunk, which would tear them apart, EndpointError if
    the store refuses, with the statement if it refuses a single one.
    """
    writer = _Writer(store, content.graph, told)
    chunks = _chunks(content, store.kind.first_chunk)
    first, second = next(chunks, []), next(chunks, None)
    if blank_nodes and second is not None:
        raise _torn(content.graph)
    writer.replace(first, whole=blank_nodes)
    for chunk in itertools.chain([second or []], chunks):
        writer.insert(chunk)
    return writer.number


class _Writer:
    """Sends updates to one graph of a store, and learns how large they may be."""

    def __init__(self, store: Store, graph: str, told: Callable[[int], None]) -> None:
        self._store, self._graph, self._told = store, graph, told
        self._sent = 0
        self._size = store.kind.first_chunk
        self._clear = store.kind.clear.replace("$GRAPH", graph)
        self.number = 0

    def replace(self, lines: list[bytes], *, whole: bool) -> None:
        """Empty the graph and send its first lines, in one update if the store can; `whole`: never in parts."""
        if self._store.kind.joined and lines:
            try:
                self._store.update(f"{self._clear} ;\n{self._statement(lines)}")
            except EndpointError as error:
                if error.status is None or error.status in _NOT_FOR_SIZE:
                    raise
            else:
                self._count(lines)
                return
        self._store.update(self._clear)
        self._told(0)
        self.insert(lines, whole=whole)

    def insert(self, lines: list[bytes], *, whole: bool = False) -> None:
        """Send lines, in smaller parts as far as the store refuses larger ones."""
        start = 0
        while start < len(lines):
            part = lines[start : start + (len(lines) if whole else self._size)]
            try:
                self._store.update(self._statement(part))
            except EndpointError as error:
                if error.status is None or error.status in _NOT_FOR_SIZE:
                    raise
                if whole:
                    raise _torn(self._graph) from error
                if len(part) == 1:
                    raise self._refused(part[0], error) from error
                self._size = (len(part) + 1) // 2
            else:
                self._count(part)
                start += len(part)

    def _count(self, lines: list[bytes]) -> None:
        self.number += 1
        self._sent += len(lines)
        self._told(self._sent)

    def _statement(self, lines: list[bytes]) -> str:
        return f"INSERT DATA {{ GRAPH <{self._graph}> {{\n{b''.join(lines).decode()}}} }}"

    def _refused(self, line: bytes, error: EndpointError) -> EndpointError:
        shown = line.decode().rstrip(" .\n")
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
        return EndpointError(f"{error.message}\nThis is about the statement {shown}", error.status, error.hint)


def _torn(graph: str) -> InvalidDataError:
    return InvalidDataError(
        f"{graph} has blank nodes, and has to be sent in several updates, where each would get new ones",
        hint="give the URL of the graph store (--graph-store-endpoint), or give the nodes IRIs",
    )


def _chunks(content: Content, most: int) -> Iterator[list[bytes]]:
    """Yield the lines of N-Triples, which are SPARQL as well, in lists of bounded length and size."""
    chunk: list[bytes] = []
    size = 0
    for block in serialised(content.triples()):
        for line in block.splitlines(keepends=True):
            if chunk and (len(chunk) == most or size + len(line) > _MOST_BYTES):
                yield chunk
                chunk, size = [], 0
            chunk.append(line)
            size += len(line)
    if chunk:
        yield chunk
