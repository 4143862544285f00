"""The kinds of triplestores, which stand as data in kinds.toml: their URLs, how they are recognised, their quirks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

from uprgraph.errors import EndpointError, UnknownValueError, UsageError
from uprgraph.transport.address import without_credentials
from uprgraph.transport.client import Call, Client, Reply, refused
from uprgraph.wording import nearest

GENERIC = "generic"
"""The key of the kind that is assumed where none is recognised."""
_QUERY = "?query=ASK%7B%7D"
"""The first probe, which every endpoint answers."""
_FORBIDDEN = {401, 403}


@dataclass(frozen=True, slots=True)
class UrlRule:
    """How the update and the graph store URL follow from a query URL whose path the pattern `query` matches."""

    query: str
    update: str
    graph_store: str


@dataclass(frozen=True, slots=True)
class Probe:
    """A request that only reads, and what in the answer shows the kind. `at` is relative to the query URL."""

    at: str
    header: str = ""
    pattern: str = ""
    body: str = ""

    def shows(self, reply: Reply) -> bool:
        """Say whether this answer is one of the kind."""
        if self.header:
            found = reply.headers.get(self.header)
            return found is not None and re.search(self.pattern, found) is not None
        return reply.ok and re.search(self.body, reply.excerpt(2_000)) is not None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of triplestore. The head of kinds.toml says what each field means."""

    key: str
    name: str
    verified: tuple[str, ...]
    default_graph: str
    atomic: bool
    gzip: bool
    first_chunk: int
    urls: tuple[UrlRule, ...] = ()
    probes: tuple[Probe, ...] = ()
    chunked: bool = True
    part: int = 0
    joined: bool = True
    clear: str = "DROP SILENT GRAPH <$GRAPH>"
    page_rows: int = 0
    full_text: str = ""
    row_limit: str = ""
    closing: str = "see its documentation, or put a proxy before it that lets nobody else write"
    forms: Mapping[str, str] = field(default_factory=dict, hash=False)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The URLs of one store, without credentials. `update` and `graph_store` are None where nobody knows them."""

    query: str
    update: str | None
    graph_store: str | None


@cache
def kinds() -> dict[str, Kind]:
    """Return all kinds by their key, in the order in which they are recognised."""
    rows = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))
    return {key: _kind(key, row) for key, row in rows.items()}


def _kind(key: str, row: dict[str, object]) -> Kind:
    made: dict[str, object] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    for name, what in (("urls", UrlRule), ("probes", Probe)):
        tables = row.get(name, [])
        assert isinstance(tables, list)  # noqa: S101 - our own file
        made[name] = tuple(what(**table) for table in tables)
    return Kind(key=key, **made)  # type: ignore[arg-type]


def kind(key: str) -> Kind:
    """Return the kind with this key. Raises UnknownValueError, with the nearest keys, if there is none."""
    if key not in kinds():
        close = nearest(key, kinds())
        hint = None if close else f"the kinds are: {', '.join(kinds())}"
        raise UnknownValueError(f'there is no kind of store "{key}"', close, hint)
    return kinds()[key]


def detect(client: Client, query_url: str) -> Kind:
    """Return the kind of the store behind a query URL, found out by a few requests that only read.

    The kind `generic` where none is recognised. Raises EndpointError if the query URL does not answer, or refuses to.
    """
    first = client.send(_asked(query_url, _QUERY))
    replies: dict[str, Reply | None] = {_QUERY: first}
    for each in kinds().values():
        for probe in each.probes:
            if probe.at not in replies:
                replies[probe.at] = _reply(client, query_url, probe.at)
            reply = replies[probe.at]
            if reply is not None and probe.shows(reply):
                return each
    if first.status in _FORBIDDEN:
        raise refused(first)
    return kind(GENERIC)


def _asked(query_url: str, at: str) -> Call:
    return Call("GET", urljoin(query_url, at), {"Accept": "*/*"})


def _reply(client: Client, query_url: str, at: str) -> Reply | None:
    """Return the answer of another address, or None where there is none, which is no news: the query URL answers."""
    try:
        return client.send(_asked(query_url, at))
    except EndpointError:
        return None


def endpoints(store: Kind, query_url: str, update: str | None = None, graph_store: str | None = None) -> Endpoints:
    """Return the URLs of a store of this kind: those that are given, and the others by the rules of the kind.

    All are without credentials. Raises UsageError for what is no URL of http or https.
    """
    query, _ = without_credentials(query_url)
    derived = _derived(store.urls, query)
    if update is not None:
        update, _ = without_credentials(update, "update endpoint")
    if graph_store is not None:
        graph_store, _ = without_credentials(graph_store, "graph store endpoint")
    return Endpoints(query, update or derived.update, graph_store or derived.graph_store)


def _derived(rules: Iterable[UrlRule], query: str) -> Endpoints:
    parts = urlsplit(query)
    for rule in rules:
        match = re.fullmatch(rule.query, parts.path)
        if match is not None:
            update, graph_store = (
                urlunsplit((parts.scheme, parts.netloc, match.expand(path), "", ""))
                for path in (rule.update, rule.graph_store)
            )
            return Endpoints(query, update, graph_store)
    return Endpoints(query, None, None)


def writable(store: Kind, urls: Endpoints) -> Endpoints:
    """Return the URLs if the store can be written to by one of them. Raises UsageError if neither is known."""
    if urls.update is None and urls.graph_store is None:
        raise UsageError(
            f"where {urls.query} takes data is not known"
            + ("" if store.key == GENERIC else f": it is not the usual query URL of {store.name}"),
            "say what it is with --store, or give --graph-store-endpoint or --update-endpoint",
        )
    return urls
