"""The command scripts/triplestores."""

from __future__ import annotations

import shlex
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from uprgraph.errors import UprGraphError

from .install import install
from .kinds import CATALOGUE, KINDS, Unavailable
from .server import Server, start

_OPTIONS_OF = {"fuseki": ("heap", "auth"), "rdf4j": ("heap",), "virtuoso": ("max_rows", "buffers")}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Install and run the triplestores that the tests use: oxigraph, fuseki, rdf4j and virtuoso."""


@main.command("install")
@click.argument("kinds", type=click.Choice(KINDS), nargs=-1, metavar="[KIND]...")
def install_command(kinds: tuple[str, ...]) -> None:
    """Fetch what is missing for these kinds, or for all four.

    Artefacts come from Maven Central by `mvn` into ~/.cache/uprgraph/triplestores; programs that are missing are
    installed with apt-get, if run as root.
    """
    with _told():
        install(kinds or KINDS)


@main.command("list")
def list_command() -> None:
    """Say which kinds are installed, in which version, or why one is not."""
    for kind in CATALOGUE.values():
        try:
            click.echo(f"{kind.key:<10}{kind.version()}")
        except Unavailable as error:
            click.echo(f"{kind.key:<10}{error.message}; {error.hint}")


@main.command("start")
@click.argument("kind", type=click.Choice(KINDS))
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="Keep the data here; else in a temporary folder."
)
@click.option("--port", type=click.IntRange(1, 65535), help="The port of 127.0.0.1 to listen to; else a free one.")
@click.option("--heap", help="Memory for Java, such as 1g (fuseki, rdf4j).")
@click.option("--auth", type=click.Choice(["basic", "digest"]), help="How the user is asked for (fuseki).")
@click.option("--max-rows", type=click.IntRange(1), help="Cut answers off after so many rows (virtuoso).")
@click.option("--buffers", type=click.IntRange(256), help="Buffers of 8 KiB to keep pages in (virtuoso).")
def start_command(kind: str, folder: Path | None, port: int | None, **options: object) -> None:
    """Run one server until Ctrl-C; say its URLs, its user and how to load the graph into it."""
    given = {name: value for name, value in options.items() if value is not None}
    for name in given:
        if name not in _OPTIONS_OF.get(kind, ()):
            raise click.UsageError(f"{kind} has no option --{name.replace('_', '-')}")
    with _told(), _folder(folder) as place, start(kind, place, port=port, **given) as server:
        _describe(server)
        threading.Event().wait()


@contextmanager
def _folder(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="uprgraph-") as temporary:
        yield Path(temporary)


def _describe(server: Server) -> None:
    load = ["uprgraph", "load", "--store", server.kind, "--endpoint", server.query_url]
    if server.user is not None:
        load += ["--user", server.user]
    click.echo(f"query        {server.query_url}")
    click.echo(f"update       {server.update_url}")
    click.echo(f"graph store  {server.graph_store_url}")
    click.echo(f"user         {server.user or 'none is asked for'}")
    if server.password is not None:
        click.echo(f"password     {server.password}")
    click.echo(f"load         {shlex.join(load)}")
    click.echo("It runs until Ctrl-C.", err=True)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except UprGraphError as error:
        _fail(str(error))
    except OSError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        click.echo("stopped", err=True)


def _fail(message: str) -> NoReturn:
    click.echo(f"error: {message}", err=True)
    raise SystemExit(UprGraphError.exit_code)


if __name__ == "__main__":
    main(prog_name="scripts/triplestores")
