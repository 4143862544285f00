"""`uprgraph diff`: two dossiers compared as statements."""

from __future__ import annotations

from pathlib import Path

import click

from uprgraph.cli import output as writing
from uprgraph.results.formats import EXTENSIONS, FORMATS


@click.command("diff")
@click.argument("before", type=click.Path(path_type=Path), metavar="A")
@click.argument("after", type=click.Path(path_type=Path), metavar="B")
@writing.format_option(FORMATS, "table on a terminal, csv elsewhere")
@writing.output_option
@click.pass_context
def diff(context: click.Context, *, before: Path, after: Path, form: str | None, output: Path | None) -> None:
    """Compare dossiers A and B, folders or Turtle files, as statements: what was added, removed or changed.

    Statements are matched by the words they rest on and by what they say, not by their numbers.

    Exit code: 0 if they say the same, 1 if they differ, 2 if one cannot be read.
    """
    chosen = writing.chosen_format(form, output, EXTENSIONS, writing.rows_format())
    from uprgraph.extraction import comparing

    found = comparing.compare(comparing.read(before), comparing.read(after))
    writing.emit(found, chosen, output)
    if not found:
        click.echo("no difference", err=True)
    context.exit(1 if found else 0)
