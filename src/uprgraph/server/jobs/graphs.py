"""Which graphs a query is asked of, and that they are graphs of the dataset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from uprgraph.engines import guard
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import shown
from uprgraph.errors import QueryError
from uprgraph.server.jobs import Dataset

_ESCAPE = re.compile(r"\\([_~.!$&'()*+,;=/?\#@%-])")
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def graphs_of(dataset: Dataset) -> Sequence[str]:
    """Return the IRIs of the named graphs of a dataset; of an endpoint, of those that its own catalogue lists."""
    engine = dataset.graph.engine
    return engine.graphs() if isinstance(engine, EmbeddedEngine) else dataset.graph.default_graphs


def check_graphs(dataset: Dataset, text: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> None:
    """Raise QueryError if a request or its query names a graph that the dataset does not have.

    SPARQL leaves it to the service what to do then. An empty graph in its place would give answers that look right.
    """
    asked = {*default_graphs, *named_graphs, *named_in(text)}
    if not asked:
        return
    unknown = sorted(asked.difference(graphs_of(dataset)))
    if unknown:
        raise QueryError(
            f"the dataset has no graph {shown(unknown[0])}", hint="the service description lists those there are"
        )


def named_in(text: str) -> Iterator[str]:
    """Yield the IRIs that FROM and FROM NAMED name in a query that the guard has let through."""
    if not guard.names_dataset(text):
        return
    base, prefixes = "", dict[str, str]()
    words: list[guard.Token] = []
    for token in guard.tokens(text):
        before = [each.text.upper() for each in words[-2:]]
        if before[-1:] == ["BASE"] and token.kind == "iri":
            base = urljoin(base, _unescaped(token.text[1:-1]))
        elif before[:1] == ["PREFIX"] and token.kind == "iri":
            prefixes[words[-1].text] = urljoin(base, _unescaped(token.text[1:-1]))
        elif before[-1:] == ["FROM"] or before == ["FROM", "NAMED"]:
            if token.kind == "iri":
                yield urljoin(base, _unescaped(token.text[1:-1]))
            elif token.kind == "name":
                prefix, _, local = token.text.partition(":")
                yield prefixes.get(f"{prefix}:", "") + _ESCAPE.sub(r"\1", _unescaped(local))
        words.append(token)
        del words[:-2]


def _unescaped(text: str) -> str:
    return _CODEPOINT.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
