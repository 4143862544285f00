"""`uprgraph show`: all that is known of one thing."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from uprgraph.catalog.parameters import Parameter
from uprgraph.cli import target
from uprgraph.cli.output import colour, output_option, send, width
from uprgraph.cli.values import completed

_FORMATS = ("text", "json", "ttl")


def _show(
    *,
    thing: str,
    form: str | None,
    output: Path | None,
    store: Path | None,
    endpoint: str | None,
    timeout: float | None,
    everything: bool,
) -> None:
    """Show what is known of THING: its properties, what refers to it, and the quotes that this rests on.

    THING is an IRI, a prefixed name (state:KAZ), a code (KAZ), the number of an opinion (TERR-KAZ/296/2016), or a label
    in any language.
    """
    if form is None:
        form = output.suffix[1:].lower() if output is not None and output.suffix[1:].lower() in _FORMATS else "text"
    description = target.open_target(store, endpoint, timeout).show(thing)
    if form == "json":
        content = description.to_json()
    elif form == "ttl":
        content = description.graph.to_turtle()
    else:
        content = description.to_text(
            width(), colour=output is None and sys.stdout.isatty() and colour(), everything=everything
        )
    send(content.encode("utf-8", "replace"), output)


show = click.Command(
    "show",
    callback=_show,
    help=_show.__doc__,
    params=[
        click.Argument(["thing"], metavar="THING", shell_complete=partial(completed, Parameter("", "thing"))),
        click.Option(
            ["--format", "form"], type=click.Choice(_FORMATS), help="Default: text, or the extension of FILE."
        ),
        click.Option(["--all", "everything"], is_flag=True, help="List everything that refers to it, however much."),
        output_option(),
        target.store_option(),
        target.endpoint_option(),
        target.timeout_option(),
    ],
)
