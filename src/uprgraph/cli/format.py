"""`uprgraph format`: Turtle files in their one written form."""

from __future__ import annotations

from pathlib import Path

import click

from uprgraph import resources
from uprgraph.errors import UsageError

_FOLDERS = ("ontology", "data", "shapes", "tests")


@click.command("format")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file is not in its one form.")
@click.pass_context
def format_(context: click.Context, paths: tuple[Path, ...], check: bool) -> None:
    """Put Turtle files into their one form, so that a changed fact is a changed line.

    PATHS are files or folders; without them, all Turtle files of the checkout. A file with a comment is refused, since
    the form has none: make it a skos:editorialNote.
    """
    from uprgraph.turtle import format_files

    if not paths and not resources.is_checkout():
        raise UsageError("there is no checkout to format", "name the files: uprgraph format FILE...")
    chosen = paths or [resources.root() / folder for folder in _FOLDERS]
    changed = format_files(chosen, check=check)
    for path in changed:
        click.echo(f"{'not in form' if check else 'formatted'}: {path}")
    context.exit(1 if check and changed else 0)
