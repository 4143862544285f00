"""`uprgraph serve`: the graph as a site."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import click

from uprgraph.cli import target
from uprgraph.errors import MissingExtraError, UsageError
from uprgraph.server.settings import Limits, Settings

_LIMITS = Limits()
_LIBRARIES = ("starlette", "uvicorn", "httptools", "jinja2")


@click.command("serve")
@click.option("--host", default=Settings().host, show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=Settings().port, show_default=True, help="The port; 0 for any."
)
@target.store_option
@target.endpoint_option
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=_LIMITS.workers,
    show_default=True,
    metavar="N",
    help="How many processes answer queries.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, max=3_600, min_open=True),
    default=_LIMITS.seconds,
    show_default=True,
    metavar="SECONDS",
    help="How long a query may take.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=64),
    default=_LIMITS.megabytes,
    show_default=True,
    metavar="MB",
    help="How much memory a query may take, besides that of the dataset.",
)
@click.option("--public", metavar="URL", help="The address under which people reach the site, if it is another one.")
@click.option("--log-queries", is_flag=True, help="Write the text of queries into the log.")
def serve(
    *,
    host: str,
    port: int,
    store: Path | None,
    endpoint: str | None,
    workers: int,
    timeout: float,
    memory: int,
    public: str | None,
    log_queries: bool,
) -> None:
    """Serve the graph as a site: pages for people, linked data, SPARQL and an API for programs.

    Only programs on this machine can reach it, unless --host says otherwise. The log is written to standard error, a
    line of JSON for each request. SIGHUP has the dataset opened again, and so has an import into the store that is
    served; SIGTERM and Ctrl+C end the server when it has answered what was asked.
    """
    target.checked(store, endpoint, None, None)
    if public is not None and not public.startswith(("http://", "https://")):
        raise UsageError("--public needs a URL that starts with http:// or https://")
    for library in _LIBRARIES:
        if find_spec(library) is None:
            raise MissingExtraError(library, "server", "serving")
    from uprgraph.server.lifecycle import serve as run

    settings = Settings(
        target=endpoint if store is None else str(store),
        host=host,
        port=port,
        public=public,
        log_queries=log_queries,
        limits=replace(_LIMITS, workers=workers, seconds=timeout, megabytes=memory),
    )
    run(settings, lambda address: click.echo(f"UPR Graph is at {address} (Ctrl+C ends it)", err=True))
