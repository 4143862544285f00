"""`uprgraph validate`: what is wrong with data, where, and how to mend it."""

from __future__ import annotations

from pathlib import Path

import click

from uprgraph.cli import output as writing


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--shapes",
    "shape_files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="SHACL shapes to use instead of ours.",
)
@writing.format_option(writing.PROSE.values(), "text (ttl: a SHACL report in Turtle)")
@writing.output_option
@click.pass_context
def validate(
    context: click.Context,
    paths: tuple[Path, ...],
    shape_files: tuple[Path, ...],
    form: str | None,
    output: Path | None,
) -> None:
    """Say what is wrong with data: node, path, value, file and line, and how to mend it.

    PATHS are Turtle, N-Triples, N-Quads or TriG files, or folders of them. The shipped vocabulary, codelists and data
    are their background. Without PATHS everything that is shipped is validated, and the checks are run too.

    Exit code: 0 if nothing is wrong, 1 if something is, 2 if a file cannot be read.
    """
    form = writing.chosen_format(form, output, writing.PROSE, "text")
    from uprgraph import validation
    from uprgraph.validation.formats import render

    report = validation.validate(paths, shape_files) if paths else validation.validate_shipped(shape_files)
    writing.send(render(report, form).encode(), output)
    context.exit(0 if report.conforms else 1)
