"""`uprgraph validate`: what is wrong with data, where, and how to mend it."""

from __future__ import annotations

from pathlib import Path

import click

from uprgraph.cli.output import OutputPath, send


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--shapes",
    "shape_files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="SHACL shapes to use instead of ours.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ttl"]),
    default="text",
    show_default=True,
    help="text, JSON, or a SHACL report in Turtle.",
)
@click.option(
    "-o", "--output", type=OutputPath(path_type=Path, dir_okay=False), metavar="FILE", help="Write to a file."
)
@click.pass_context
def validate(
    context: click.Context, paths: tuple[Path, ...], shape_files: tuple[Path, ...], form: str, output: Path | None
) -> None:
    """Say what is wrong with data: node, path, value, file and line, and how to mend it.

    PATHS are Turtle, N-Triples, N-Quads or TriG files, or folders of them. The shipped vocabulary, codelists and data
    are their background. Without PATHS everything that is shipped is validated, and the checks are run too.

    Exit code: 0 if nothing is wrong, 1 if something is, 2 if a file cannot be read.
    """
    from uprgraph import validation
    from uprgraph.validation.formats import render

    report = validation.validate(paths, shape_files) if paths else validation.validate_shipped(shape_files)
    send(render(report, form).encode(), output)
    context.exit(0 if report.conforms else 1)
