"""`uprgraph load`: graphs into a triplestore."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uprgraph.cli import output as writing
from uprgraph.cli import target
from uprgraph.cli.progress import bar
from uprgraph.engines.terms import XSD, Iri, Literal, Term
from uprgraph.errors import UprGraphError, UsageError
from uprgraph.results.formats import EXTENSIONS, FORMATS
from uprgraph.results.rows import Results
from uprgraph.stores.kinds import kinds

if TYPE_CHECKING:
    from uprgraph.stores.connection import Store
    from uprgraph.stores.loading import Loaded, Loading, Watch
    from uprgraph.stores.verifying import Comparison

_COLUMNS = ("graph", "triples", "how", "seconds", "verified")
_SHOWN = 200


@click.command("load")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@click.option("--endpoint", type=target.EndpointUrl(), metavar="URL", required=True, help="The store's query URL.")
@click.option("--store", "kind", type=click.Choice(list(kinds())), help="What it is; found out if not given.")
@click.option("--update-endpoint", type=target.EndpointUrl(), metavar="URL", help="Where it takes updates.")
@click.option("--graph-store-endpoint", type=target.EndpointUrl(), metavar="URL", help="Where it takes graphs.")
@target.credentials_options
@click.option(
    "--graph",
    "graphs",
    multiple=True,
    metavar="NAME",
    help="Only this graph: its IRI, or what stands after .../graph/. May be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent where, and change nothing.")
@click.option("--verify", is_flag=True, help="Read each graph back and compare it.")
@click.option("--verify-only", is_flag=True, help="Compare what is there, and load nothing.")
@click.option("--compress/--no-compress", default=None, help="Send gzip; where it pays if not given.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="How long the store may say nothing.",
)
@writing.format_option(FORMATS, "table on a terminal, csv elsewhere")
@writing.output_option
@click.pass_context
def load(
    context: click.Context,
    *,
    sources: tuple[Path, ...],
    endpoint: str,
    kind: str | None,
    update_endpoint: str | None,
    graph_store_endpoint: str | None,
    login: target.Login,
    graphs: tuple[str, ...],
    dry_run: bool,
    verify: bool,
    verify_only: bool,
    compress: bool | None,
    timeout: float,
    form: str | None,
    output: Path | None,
) -> None:
    """Load the shipped graphs into a triplestore, each replacing the graph of its name.

    SOURCE is something else to load: the folder of an Oxigraph store, with all its named graphs, or Turtle and
    N-Triples files (.ttl, .nt, also with .gz) that become the one graph that --graph names.

    If something goes wrong, the graphs before it are loaded, and running the same command again repairs the rest.

    Exit code: 0 if all is loaded, 1 if a graph that was read back differs, 2 if something was refused.
    """
    if dry_run and (verify or verify_only):
        raise UsageError("--dry-run reads nothing back", "give --verify-only to compare without loading")
    named = writing.chosen_format(form, output, EXTENSIONS, None) or writing.rows_format()
    from uprgraph.stores import loading
    from uprgraph.stores.connection import Store

    with Store.connect(
        endpoint,
        kind,
        update=update_endpoint,
        graph_store=graph_store_endpoint,
        credentials=target.credentials(endpoint, login),
        silence=timeout,
        notice=_say,
    ) as store:
        if dry_run:
            found = list(loading.plan(store, sources, graphs, compress=compress))
            _say(f"{store.kind.name}; nothing was sent")
            columns = ("graph", "triples", "how", "url")
            writing.emit(Results(columns, [_row(each, columns) for each in found], "To load"), named, output)
            return
        if verify_only:
            with _progress() as watch:
                comparisons = list(loading.verify(store, sources, graphs, watch=watch))
            rows = [(Iri(each.graph), _number(each.triples), _text(str(each))) for each in comparisons]
            writing.emit(Results(("graph", "triples", "verified"), rows, "Compared"), named, output)
        else:
            done = _loaded(store, sources, graphs, verify=verify, compress=compress, form=named, output=output)
            comparisons = [each.comparison for each in done if each.comparison is not None]
    context.exit(0 if _explained(comparisons) else 1)


def _loaded(
    store: Store,
    sources: Sequence[Path],
    graphs: Sequence[str],
    *,
    verify: bool,
    compress: bool | None,
    form: str,
    output: Path | None,
) -> list[Loaded]:
    """Load, and write what was done, also when it does not come to its end."""
    from uprgraph.stores import loading

    with _progress() as watch:
        work = loading.load(store, sources, graphs, verify=verify, compress=compress, watch=watch)
    try:
        with _progress() as work.watch:
            for _ in work:
                pass
    except (UprGraphError, KeyboardInterrupt):
        _emit(work, form, output)
        _say(_state(work))
        raise
    _emit(work, form, output)
    return work.done


def _emit(work: Loading, form: str, output: Path | None) -> None:
    if work.done:
        columns = _COLUMNS if any(each.comparison for each in work.done) else _COLUMNS[:-1]
        writing.emit(Results(columns, [_row(each, columns) for each in work.done], "Loaded"), form, output)


def _row(each: Loaded, columns: Iterable[str]) -> tuple[Term | None, ...]:
    cells: dict[str, Term | None] = {
        "graph": Iri(each.graph),
        "triples": _number(each.triples),
        "how": _text(each.how),
        "url": Iri(each.url),
        "seconds": None if each.seconds is None else Literal(f"{each.seconds:.2f}", f"{XSD}decimal"),
        "verified": None if each.comparison is None else _text(str(each.comparison)),
    }
    return tuple(cells[column] for column in columns)


def _number(value: int) -> Literal:
    return Literal(str(value), f"{XSD}integer")


def _text(value: str) -> Literal:
    return Literal(value)


def _state(work: Loading) -> str:
    """Say which graphs are loaded and which are not, and whether one may be there in part."""
    done = len(work.done)
    if not work.left:
        return "all graphs are loaded, but they were not all read back"
    lines = [f"{done} of {done + len(work.left)} graphs are loaded; not loaded: {_listed(work.left)}"]
    if work.unsure is not None:
        lines.append(f"{work.unsure} may be there in part, since this store does not replace graphs as a whole")
    lines.append("run the same command again to load what is lacking and to repair what is there in part")
    return "\n".join(lines)


def _listed(names: list[str], most: int = 5) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def _explained(comparisons: Iterable[Comparison]) -> bool:
    """Say on standard error in what graphs differ; return whether none does."""
    good = True
    for each in comparisons:
        if each.same:
            continue
        good = False
        _say(f"{each.graph}: {each}")
        for what, difference in (("missing", each.missing), ("extra", each.extra)):
            for line in difference.first:
                _say(f"  {what}: {line if len(line) <= _SHOWN else line[:_SHOWN] + '...'}")
    return good


def _say(line: str) -> None:
    click.echo(line, err=True)


@contextmanager
def _progress() -> Iterator[Watch | None]:
    """Give what shows how far the loading is; None where there is no terminal."""
    with bar() as show:
        if show is None:
            yield None
            return

        def watch(what: str, graph: str, done: int, total: int | None) -> None:
            show(f"{what} {graph}", done, total)

        yield watch
