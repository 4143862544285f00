"""`uprgraph doctor`: what a SPARQL server can do, and whether our graphs are there and intact."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uprgraph.cli import output as writing
from uprgraph.cli import target
from uprgraph.engines.terms import Literal
from uprgraph.results.formats import EXTENSIONS, FORMATS
from uprgraph.results.rows import Results
from uprgraph.stores.kinds import kinds

if TYPE_CHECKING:
    from uprgraph.stores.doctor import Finding

_COLUMNS = ("check", "status", "found", "advice")


@click.command("doctor")
@click.option("--endpoint", type=target.EndpointUrl(), metavar="URL", required=True, help="The server's query URL.")
@click.option("--store", "kind", type=click.Choice(list(kinds())), help="What it is; found out if not given.")
@click.option("--update-endpoint", type=target.EndpointUrl(), metavar="URL", help="Where it takes updates.")
@click.option("--graph-store-endpoint", type=target.EndpointUrl(), metavar="URL", help="Where it takes graphs.")
@target.credentials_options
@target.timeout_option
@writing.format_option(FORMATS, "table on a terminal, csv elsewhere")
@writing.output_option
@click.pass_context
def doctor(
    context: click.Context,
    *,
    endpoint: str,
    kind: str | None,
    update_endpoint: str | None,
    graph_store_endpoint: str | None,
    login: target.Login,
    timeout: float | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Say what a SPARQL server is, what works there, and whether our graphs are there and intact.

    Each row is a check: good; a note; a problem, with what to do about it; unknown, where there is nothing to try it
    on; or not there, of what is not needed. Nothing is written to the server. All answers together take no longer than
    about five times --timeout.

    Exit code: 0 if there is no problem, 1 if there is one, 2 if the server cannot be reached or is no SPARQL server.
    """
    named = writing.chosen_format(form, output, EXTENSIONS, None) or writing.rows_format()
    from uprgraph.engines.remote import DEFAULT_TIMEOUT
    from uprgraph.stores.doctor import examine

    findings = list(
        examine(
            endpoint,
            kind,
            update=update_endpoint,
            graph_store=graph_store_endpoint,
            credentials=target.credentials(endpoint, login),
            seconds=timeout or DEFAULT_TIMEOUT,
            notice=lambda line: click.echo(line, err=True),
        )
    )
    writing.emit(Results(_COLUMNS, [_row(each) for each in findings], "What was found"), named, output)
    problems = sum(each.status == "problem" for each in findings)
    click.echo(f"{problems or 'no'} problem{'' if problems == 1 else 's'}", err=True)
    context.exit(1 if problems else 0)


def _row(each: Finding) -> tuple[Literal | None, ...]:
    return tuple(Literal(text) if text else None for text in (each.check, each.status, each.found, each.advice))
