"""Comparing what a store has in a graph with what it should have."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from uprgraph.stores import canonical
from uprgraph.stores.canonical import Difference, Lines
from uprgraph.stores.connection import Store
from uprgraph.stores.content import Content

_PASSES = 3
"""How often a graph that was read page by page is read again, if statements are missing."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What reading a graph back has shown.

    `expected` and `found` are the SHA-256 of the sorted N-Triples, `triples` how many the graph should have without
    repetitions and `found_triples` how many it has, `other_form` how many of these have a literal in another form
    with the same value, as this kind of store keeps it.
    """

    graph: str
    expected: str
    found: str
    triples: int
    found_triples: int
    missing: Difference = field(default_factory=Difference)
    extra: Difference = field(default_factory=Difference)
    other_form: int = 0

    @property
    def same(self) -> bool:
        """Whether the store has what it should, by value."""
        return not self.missing.count and not self.extra.count

    @property
    def there(self) -> bool:
        """Whether the store has anything in the graph, if it should."""
        return self.found_triples > 0 or self.triples == 0

    def __str__(self) -> str:
        if not self.there:
            return "not there"
        if not self.same:
            return f"differs: {self.missing.count:,} missing, {self.extra.count:,} extra"
        return f"same, {self.other_form:,} in another form" if self.other_form else "same"


def verify(store: Store, content: Content) -> Comparison:
    """Read a graph back and compare it with what it should be. Raises EndpointError if it cannot be read."""
    blank = content.check().blank_nodes
    expected = Lines(canonical.lines(content.triples(), blank_nodes=blank))
    found = _read(store, content.graph, expected.count, blank_nodes=blank)
    if expected.sha256 == found.sha256:
        return Comparison(content.graph, expected.sha256, found.sha256, expected.count, found.count)
    missing, extra = canonical.compare(expected, found)
    other_form = 0
    forms = store.kind.forms
    if forms:
        exact = missing.count
        missing, extra = canonical.compare(_by_value(expected, forms, blank), _by_value(found, forms, blank))
        other_form = max(exact - missing.count, 0)
    return Comparison(
        content.graph, expected.sha256, found.sha256, expected.count, found.count, missing, extra, other_form
    )


def _read(store: Store, graph: str, expected: int, *, blank_nodes: bool) -> Lines:
    """Return what a graph has. A store that is read page by page may mix up its pages, and is then read again.

    What it gives at any time is there, so all of it together is nearer to what is there, and never beyond it.
    """
    found = Lines(canonical.lines(store.read(graph), blank_nodes=blank_nodes))
    for _ in range(_PASSES if store.kind.page_rows and not blank_nodes else 0):
        if not 0 < found.count < expected:
            break
        found = Lines(itertools.chain(found, canonical.lines(store.read(graph))))
    return found


def _by_value(lines: Lines, forms: Mapping[str, str], blank_nodes: bool) -> Lines:
    """Return the lines with literals in the one form of their value; the names of blank nodes depend on these."""
    changed: Iterable[bytes] = (canonical.by_value(line, forms) for line in lines)
    if blank_nodes:
        changed = canonical.lines(_parsed(changed), blank_nodes=True)
    return Lines(changed)


def _parsed(lines: Iterable[bytes]) -> Iterator[ox.Triple]:
    for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES, lenient=True):
        yield quad.triple
