"""The options that say which graph is asked."""

from __future__ import annotations

from pathlib import Path

import click

from uprgraph.errors import UsageError
from uprgraph.graph import Graph, open_graph


def store_option() -> click.Option:
    """Return --store."""
    return click.Option(
        ["--store"],
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Ask an Oxigraph store on disk, not the shipped data.",
    )


def endpoint_option() -> click.Option:
    """Return --endpoint."""
    return click.Option(
        ["--endpoint"],
        metavar="URL",
        help="Ask a SPARQL endpoint. Credentials may stand in the URL: https://user:password@...",
    )


def open_target(store: Path | None, endpoint: str | None, timeout: float | None = None) -> Graph:
    """Open the graph that the options name. Raises UsageError if they name two."""
    if store is not None and endpoint is not None:
        raise UsageError("--store and --endpoint name two different graphs", "give one of them")
    if endpoint is not None and not endpoint.lower().startswith(("http://", "https://")):
        raise UsageError("--endpoint needs a URL that starts with http:// or https://")
    return open_graph(endpoint or store, timeout)


def timeout_option() -> click.Option:
    """Return --timeout, in seconds."""
    return click.Option(
        ["--timeout"],
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="How long an endpoint may stay silent; 60 by default.",
    )
