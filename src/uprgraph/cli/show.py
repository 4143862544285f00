"""`uprgraph show`: all that is known of one thing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from uprgraph.catalog.parameters import ANYTHING
from uprgraph.cli import output as writing
from uprgraph.cli import target
from uprgraph.cli.values import completed


@click.command("show")
@click.argument("thing", metavar="THING", shell_complete=partial(completed, ANYTHING))
@writing.format_option(writing.PROSE.values(), "text")
@click.option("--all", "everything", is_flag=True, help="List everything that refers to it, however much.")
@writing.output_option
@target.store_option
@target.endpoint_option
@target.timeout_option
@target.credentials_options
def show(
    *,
    thing: str,
    form: str | None,
    output: Path | None,
    store: Path | None,
    endpoint: str | None,
    timeout: float | None,
    login: target.Login,
    everything: bool,
) -> None:
    """Show what is known of THING: its properties, what refers to it, and the quotes that this rests on.

    THING is an IRI, a prefixed name (state:KAZ), a code (KAZ), the number of an opinion (TERR-KAZ/296/2016), or a label
    in any language.
    """
    form = writing.chosen_format(form, output, writing.PROSE, "text")
    description = target.open_target(store, endpoint, timeout, login).show(thing)
    if form == "json":
        content = description.to_json()
    elif form == "ttl":
        content = description.graph.to_turtle()
    else:
        content = description.to_text(writing.width(), colour=writing.coloured(output), everything=everything)
    writing.send(content.encode("utf-8", "replace"), output)
