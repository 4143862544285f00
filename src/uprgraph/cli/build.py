"""`uprgraph build`: the release bundle."""

from __future__ import annotations

from pathlib import Path

import click

from uprgraph.cli.output import OutputPath


@click.command("build")
@click.option(
    "-o",
    "--output",
    type=OutputPath(path_type=Path),
    default=Path("dist"),
    show_default=True,
    metavar="DIR",
    help="The folder to write.",
)
@click.option("--gzip", "compress", is_flag=True, help="Compress the N-Quads and TriG files.")
def build(output: Path, compress: bool) -> None:
    """Write the whole graph as N-Quads and TriG, described in VoID, with the questions and checksums.

    Two builds of the same data give the same bytes.
    """
    from uprgraph import bundle

    for file in bundle.build(output, compress=compress):
        click.echo(f"{file.size:>12,}  {file.path}")
