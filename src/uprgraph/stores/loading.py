"""Loading graphs into a triplestore.

```python
from uprgraph.stores import loading
from uprgraph.stores.connection import Store

with Store.connect("http://localhost:3030/ds/query") as store:
    for result in loading.load(store, verify=True):
        print(result.graph, result.triples, result.how, result.comparison)
```
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from uprgraph.errors import EndpointError
from uprgraph.stores import inserting, verifying
from uprgraph.stores.connection import NoGraphStoreError, Store
from uprgraph.stores.content import Content, Contents, contents, serialised
from uprgraph.stores.kinds import writable
from uprgraph.stores.verifying import Comparison

Watch = Callable[[str, str, int, int | None], None]
"""Told what is done (`checking`, `sending`, `reading back`), with which graph, how far it is, and of how much if known.

That is in bytes, or in statements where these go as updates or in parts.
"""
_FORBIDDEN = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one graph.

    `triples` are the statements that were sent, repeated ones included. `how`: `PUT`, `PUT gzip`, `PUT in n parts`,
    `INSERT DATA (n)` with the number of updates, or what it would be. `seconds` are those of sending. `comparison` is
    there where it was read back.
    """

    graph: str
    triples: int
    how: str
    url: str
    seconds: float | None = None
    comparison: Comparison | None = None


class Loading(Iterator[Loaded]):
    """Graphs on their way into a store: iterate, and each is loaded.

    At any time, and so after an error or an interruption, `done` are the graphs that are loaded, `left` those that
    are not, and `unsure` is the one among `left` that may be there in part, since it was being replaced and the store
    does not do this as a whole. `watch` may be changed in between.
    """

    def __init__(
        self,
        store: Store,
        found: Sequence[Content],
        *,
        verify: bool = False,
        compress: bool | None = None,
        watch: Watch | None = None,
    ) -> None:
        writable(store.kind, store.urls)
        self._store, self._verify, self._compress = store, verify, compress
        self.watch = watch
        self._known = self._checked(found)
        self._found = {content.graph: content for content in found}
        self._by_graph_store: bool | None = None
        self._begun = False
        self.done: list[Loaded] = []
        self.left = [content.graph for content in found]
        self.unsure: str | None = None

    def _tell(self, what: str, graph: str, done: int, total: int | None) -> None:
        if self.watch is not None:
            self.watch(what, graph, done, total)

    def _checked(self, found: Sequence[Content]) -> dict[str, Contents]:
        """Look through everything, so that what cannot be read replaces nothing that can."""
        known = {}
        for content in found:
            self._tell("checking", content.graph, 0, None)
            known[content.graph] = content.check()
        return known

    def __next__(self) -> Loaded:
        if not self.left:
            raise StopIteration
        content = self._found[self.left[0]]
        start = time.monotonic()
        how, url = self._sent(content)
        seconds = time.monotonic() - start
        self.unsure = None
        self.left.pop(0)
        loaded = Loaded(content.graph, self._known[content.graph].triples, how, url, seconds)
        self.done.append(loaded)
        if self._verify:
            self._tell("reading back", content.graph, 0, None)
            comparison = verifying.verify(self._store, content)
            loaded = Loaded(loaded.graph, loaded.triples, how, url, seconds, comparison)
            self.done[-1] = loaded
        return loaded

    def _sent(self, content: Content) -> tuple[str, str]:
        store = self._store
        if self._graph_store_takes(content.graph):
            self.unsure = None if store.kind.atomic else content.graph
            try:
                how = self._put(content)
            except NoGraphStoreError:
                if store.urls.update is None:
                    raise
                self._by_graph_store = False
            else:
                return how, store.urls.graph_store or ""
        known = self._known[content.graph]

        def told(sent: int) -> None:
            self._begun = True
            self._tell("sending", content.graph, sent, known.triples)

        self._begun, self.unsure = False, content.graph
        try:
            number = inserting.insert(store, content, blank_nodes=known.blank_nodes, told=told)
        except EndpointError as error:
            if error.status in _FORBIDDEN and not self._begun:
                self.unsure = None
            raise
        return f"INSERT DATA ({number})", store.urls.update or ""

    def _put(self, content: Content) -> str:
        if not _goes_in_parts(self._store, self._known[content.graph]):
            packed = self._store.put(content.graph, _Watched(content, self._tell), compress=self._compress)
            return "PUT gzip" if packed else "PUT"
        return f"PUT in {self._store.put_parts(content.graph, self._parts(content))} parts"

    def _parts(self, content: Content) -> Iterator[bytes]:
        most, total = self._store.kind.part, self._known[content.graph].triples
        for number, part in enumerate(_one_ahead(serialised(content.triples(), most)), 1):
            self._tell("sending", content.graph, min(number * most, total), total)
            yield part

    def _graph_store_takes(self, graph: str) -> bool:
        if self._by_graph_store is None:
            try:
                self._store.ask_to_write(graph)
            except NoGraphStoreError:
                if self._store.urls.update is None:
                    raise
                self._by_graph_store = False
            else:
                self._by_graph_store = True
        return self._by_graph_store


def load(
    store: Store,
    sources: Sequence[Path] = (),
    graphs: Sequence[str] = (),
    *,
    verify: bool = False,
    compress: bool | None = None,
    watch: Watch | None = None,
) -> Loading:
    """Return the loading of the shipped graphs, or of those in `sources`, see `contents`; iterate to do it.

    Everything is read once before anything is sent. `verify` reads each graph back, see `Comparison`; `compress` sends
    gzip or not, None where it pays. Raises what `contents` does, InvalidDataError for what is not RDF, UsageError for
    a store of which it is not known where it takes data; iterating raises EndpointError if it refuses.
    """
    return Loading(store, contents(sources, graphs), verify=verify, compress=compress, watch=watch)


def plan(
    store: Store, sources: Sequence[Path] = (), graphs: Sequence[str] = (), *, compress: bool | None = None
) -> Iterator[Loaded]:
    """Yield what `load` would do, graph by graph, as far as it is known without asking the store. Raises as it does."""
    urls = writable(store.kind, store.urls)
    for content in contents(sources, graphs):
        known = content.check()
        if urls.graph_store is None:
            yield Loaded(content.graph, known.triples, "INSERT DATA", urls.update or "")
        elif _goes_in_parts(store, known):
            yield Loaded(content.graph, known.triples, "PUT in parts", urls.graph_store)
        else:
            packed = store.compresses(wanted=compress)
            yield Loaded(content.graph, known.triples, "PUT gzip" if packed else "PUT", urls.graph_store)


def verify(
    store: Store, sources: Sequence[Path] = (), graphs: Sequence[str] = (), *, watch: Watch | None = None
) -> Iterator[Comparison]:
    """Yield for each graph whether the store has what `load` would have sent. Nothing is changed."""
    for content in contents(sources, graphs):
        if watch is not None:
            watch("reading back", content.graph, 0, None)
        yield verifying.verify(store, content)


def _goes_in_parts(store: Store, known: Contents) -> bool:
    """Say whether a graph is too large for one request; one with blank nodes is not taken apart."""
    return 0 < store.kind.part < known.triples and not known.blank_nodes


def _one_ahead(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the parts, each made while the one before it is sent."""
    with ThreadPoolExecutor(max_workers=1) as maker:
        coming = maker.submit(next, parts, None)
        while (part := coming.result()) is not None:
            coming = maker.submit(next, parts, None)
            yield part


class _Watched:
    """A content whose bytes are counted as they are sent."""

    def __init__(self, content: Content, watch: Watch) -> None:
        self._content, self._watch = content, watch
        self.media_type = content.media_type

    def size(self) -> int | None:
        return self._content.size()

    def chunks(self) -> Iterator[bytes]:
        total, sent = self._content.size(), 0
        for chunk in self._content.chunks():
            yield chunk
            sent += len(chunk)
            self._watch("sending", self._content.graph, sent, total)
