"""`uprgraph sparql`: a query of one's own, within limits of time and memory."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from uprgraph.cli import output as writing
from uprgraph.cli import target
from uprgraph.engines import bounded
from uprgraph.errors import ResourceError, UsageError
from uprgraph.results.formats import EXTENSIONS, FORMATS
from uprgraph.results.graphs import GraphResult
from uprgraph.results.rows import Results


@click.command("sparql")
@click.argument("file", metavar="FILE")
@writing.format_option(FORMATS, "ttl for a graph, table on a terminal, csv elsewhere")
@writing.output_option
@target.store_option
@target.endpoint_option
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=bounded.DEFAULT_SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="How long the query may take, at an endpoint with all tries.",
)
@target.credentials_options
@click.option(
    "--memory",
    type=click.IntRange(min=256),
    metavar="MB",
    help=f"How much address space the query may take here; {bounded.DEFAULT_MEGABYTES} by default.",
)
def sparql(
    *,
    file: str,
    form: str | None,
    output: Path | None,
    store: Path | None,
    endpoint: str | None,
    timeout: float,
    login: target.Login,
    memory: int | None,
) -> None:
    """Ask the query in FILE, or on standard input if FILE is -: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The query runs in a process of its own, which is stopped when it exceeds the limits.
    """
    if endpoint is not None and memory is not None:
        raise UsageError("--memory is for a query that runs here, not at an endpoint", "leave it out")
    named = writing.chosen_format(form, output, EXTENSIONS, None)
    text = _read(file)

    def work() -> Results | GraphResult | bool:
        return target.open_target(store, endpoint, timeout if endpoint else None, login).sparql(text)

    answer = work() if endpoint else bounded.run(work, timeout, memory or bounded.DEFAULT_MEGABYTES)
    if isinstance(answer, bool):
        answer = Results.of(answer)
    is_graph = isinstance(answer, GraphResult)
    writing.emit(answer, named or ("ttl" if is_graph else writing.rows_format()), output)
    if not len(answer):
        click.echo("no triples" if is_graph else "no rows", err=True)


def _read(file: str) -> str:
    try:
        if file == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ResourceError(f"cannot read {_named(file)}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ResourceError(f"{_named(file)} is not UTF-8 text: {error.reason} at byte {error.start}") from error


def _named(file: str) -> str:
    return "standard input" if file == "-" else file
