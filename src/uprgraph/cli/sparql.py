"""`uprgraph sparql`: a query of one's own, within limits of time and memory."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from uprgraph.cli import target
from uprgraph.cli.output import chosen_format, emit, format_option, output_option
from uprgraph.engines import bounded
from uprgraph.errors import ResourceError
from uprgraph.results.graphs import GraphResult
from uprgraph.results.rows import Results


def _ask(
    *,
    file: str,
    form: str | None,
    output: Path | None,
    store: Path | None,
    endpoint: str | None,
    timeout: float,
    memory: int,
) -> None:
    """Ask the query in FILE, or on standard input if FILE is -: SELECT, ASK, CONSTRUCT or DESCRIBE.

    Graphs are written as Turtle unless a format is given. The query runs in a process of its own, which is stopped
    when it exceeds the limits.
    """
    text = _read(file)
    if output is not None:
        chosen_format(form, output)

    def work() -> Results | GraphResult | bool:
        return target.open_target(store, endpoint, timeout).sparql(text)

    answer = work() if endpoint else bounded.run(work, timeout, memory)
    if isinstance(answer, bool):
        answer = Results.of(answer)
    emit(answer, chosen_format(form, output, graph=isinstance(answer, GraphResult)), output)
    if not len(answer):
        click.echo("no triples" if isinstance(answer, GraphResult) else "no rows", err=True)


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


sparql = click.Command(
    "sparql",
    callback=_ask,
    help=_ask.__doc__,
    params=[
        click.Argument(["file"], metavar="FILE"),
        format_option(),
        output_option(),
        target.store_option(),
        target.endpoint_option(),
        click.Option(
            ["--timeout"],
            type=click.FloatRange(min=0, min_open=True),
            default=bounded.DEFAULT_SECONDS,
            show_default=True,
            metavar="SECONDS",
            help="How long the query may take, or an endpoint stay silent.",
        ),
        click.Option(
            ["--memory"],
            type=click.IntRange(min=256),
            default=bounded.DEFAULT_MEGABYTES,
            show_default=True,
            metavar="MB",
            help="How much address space the query may take.",
        ),
    ],
)
