"""What a server is told when it starts: what to serve, where, and how much of it at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query, one client, and all of them together may take.

    `seconds` of wall clock, `megabytes` of memory beyond what the dataset takes, `rows` and `bytes` of a result,
    `length` of a query in characters; `workers` processes evaluate, `waiting` queries may wait for one (`per_client`
    of them of one client), for `patience` seconds.
    """

    seconds: float = 20.0
    megabytes: int = 1_024
    rows: int = 100_000
    bytes: int = 64 << 20
    length: int = 100_000
    workers: int = 2
    waiting: int = 64
    per_client: int = 32
    patience: float = 10.0


@dataclass(frozen=True, slots=True)
class Settings:
    """`target` is None for the shipped graph, a folder of a store, or the URL of an endpoint.

    `public` is the address under which people reach the site ("https://example.org/upr"), for links in machine-readable
    answers; None stands for that of the request. `log_queries` says whether the text of queries goes into the log.
    """

    target: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    public: str | None = None
    log_queries: bool = False
    limits: Limits = Limits()
