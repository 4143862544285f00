"""The options that say which graph is asked."""

from __future__ import annotations

from pathlib import Path

import click

from uprgraph.errors import UsageError
from uprgraph.graph import Graph, open_graph

store_option = click.option(
    "--store",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Ask an Oxigraph store on disk, not the shipped data.",
)
"""The decorator that adds --store."""

endpoint_option = click.option(
    "--endpoint",
    metavar="URL",
    help="Ask a SPARQL endpoint. Credentials may stand in the URL: https://user:password@...",
)
"""The decorator that adds --endpoint."""

timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="How long an endpoint may stay silent; 60 by default.",
)
"""The decorator that adds --timeout, in seconds."""


def open_target(store: Path | None, endpoint: str | None, timeout: float | None = None) -> Graph:
    """Open the graph that the options name. Raises UsageError if they do not go together."""
    if store is not None and endpoint is not None:
        raise UsageError("--store and --endpoint name two different graphs", "give one of them")
    if endpoint is not None and "://" not in endpoint:
        raise UsageError("--endpoint needs a URL that starts with http:// or https://", "a folder goes to --store DIR")
    if timeout is not None and endpoint is None:
        raise UsageError("--timeout says how long an endpoint may stay silent", "leave it out, or give --endpoint URL")
    return open_graph(store if endpoint is None else endpoint, timeout)
