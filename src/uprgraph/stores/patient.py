"""A server that is examined: how it is asked, for how long, and what a check of it finds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from uprgraph import resources
from uprgraph.catalog.binding import bind
from uprgraph.catalog.catalogue import system
from uprgraph.engines.base import Answer, Row
from uprgraph.engines.remote import RemoteEngine
from uprgraph.engines.terms import Iri, Term
from uprgraph.errors import EndpointError
from uprgraph.stores.connection import Store
from uprgraph.stores.kinds import Endpoints, Kind
from uprgraph.transport.client import Call, Client, Reply
from uprgraph.transport.credentials import Credentials

Status = Literal["good", "note", "problem", "unknown", "not there"]
ANONYMOUS = Credentials(found=True)
"""The credentials of whoever has none: nothing is looked for in the environment, and nothing sent before a refusal."""
PATIENCE = 5
"""How many times as long as one answer may take all of them may take together."""


class OutOfTimeError(EndpointError):
    """All the time of the examination is used up, so that this was not asked."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found, and what to do about it, if anything."""

    status: Status
    found: str
    advice: str = ""


class Patient:
    """A server, its URLs and who asks it. One answer may take `seconds`; see PATIENCE for all of them.

    `graph_store_reads` becomes true when the graph store is seen to give graphs to who asks, `asks_who_writes` when
    the server is seen to ask for credentials before it takes data. `notice` is told in a line of what takes time.
    """

    def __init__(
        self,
        kind: Kind,
        urls: Endpoints,
        credentials: Credentials | None,
        seconds: float,
        notice: Callable[[str], None] | None = None,
    ) -> None:
        self.kind, self.urls, self.credentials = kind, urls, credentials
        self._seconds, self._notice = seconds, notice
        self._engine = RemoteEngine(urls.query, seconds, credentials, notice=notice)
        self._end = time.monotonic() + PATIENCE * seconds
        self.graph_store_reads = False
        self.asks_who_writes = False

    @property
    def engine(self) -> RemoteEngine:
        """What answers queries. Raises OutOfTimeError."""
        self._check_time()
        return self._engine

    def ask(self, name: str, default_graphs: Sequence[str] = (), **terms: Sequence[Term]) -> Answer:
        """Return the answer to queries/system/doctor-<name>.rq with these terms for its parameters."""
        return self.engine.query(bind(system(f"doctor-{name}"), terms), default_graphs)

    def rows(self, name: str, default_graphs: Sequence[str] = (), **terms: Sequence[Term]) -> list[Row]:
        """Return the rows of a SELECT, as `ask` does."""
        return list(self.engine.select(bind(system(f"doctor-{name}"), terms), default_graphs).rows)

    def number(self, name: str, default_graphs: Sequence[str] = ()) -> int:
        """Return the one number that a SELECT gives. Raises EndpointError if it gives something else."""
        rows = self.rows(name, default_graphs)
        text = str(rows[0][0]) if len(rows) == 1 and rows[0] else ""
        if not text.isdecimal():
            raise EndpointError(f"{self.urls.query} gives no number where things are counted, but {rows[:3]}")
        return int(text)

    def send(self, call: Call, credentials: Credentials | None = None) -> Reply:
        """Send a request of another kind, with the credentials of the examination or with others."""
        self._check_time()
        who, seconds = credentials or self.credentials, self._seconds
        with Client(call.url, who, seconds=seconds, silence=seconds, notice=self._notice) as client:
            return client.send(call)

    def reader(self) -> Store:
        """Return what reads graphs: by the graph store if it gives them, or else by queries. Raises OutOfTimeError."""
        self._check_time()
        urls = Endpoints(self.urls.query, None, self.urls.graph_store if self.graph_store_reads else None)
        return Store(self.kind, urls, self.credentials, silence=self._seconds)

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many triples those of the shipped graphs have that the server holds, by IRI."""
        asked = [Iri(graph) for graph in sorted({each.graph for each in resources.graph_files()})]
        return {str(graph): int(str(number)) for graph, number in self.rows("sizes", graph=asked)}

    def _check_time(self) -> None:
        if time.monotonic() > self._end:
            raise OutOfTimeError(f"not tried: {PATIENCE} times {self._seconds:g} seconds are over")
