"""`uprgraph validate`: what is wrong with data, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uprgraph.cli import output as writing
from uprgraph.cli import target
from uprgraph.engines.base import Engine
from uprgraph.engines.terms import Iri
from uprgraph.errors import EndpointError, UsageError
from uprgraph.graph import open_graph

if TYPE_CHECKING:
    import pyoxigraph as ox

    from uprgraph.stores.connection import Store
    from uprgraph.transport.credentials import Credentials
    from uprgraph.validation.report import Report


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--shapes",
    "shape_files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="SHACL shapes to use instead of ours.",
)
@target.endpoint_option
@target.timeout_option
@target.credentials_options
@writing.format_option(writing.PROSE.values(), "text (ttl: a SHACL report in Turtle)")
@writing.output_option
@click.pass_context
def validate(
    context: click.Context,
    *,
    paths: tuple[Path, ...],
    shape_files: tuple[Path, ...],
    form: str | None,
    output: Path | None,
    endpoint: str | None,
    timeout: float | None,
    login: target.Login,
) -> None:
    """Say what is wrong with data: node, path, value, file and line, and how to mend it.

    PATHS are Turtle, N-Triples, N-Quads or TriG files, or folders of them. The shipped vocabulary, codelists and data
    are their background. Without PATHS everything that is shipped is validated, and the checks are run too; with
    --endpoint the graphs that the catalogue of a store lists, which are read back.

    Exit code: 0 if nothing is wrong, 1 if something is, 2 if a file or a store cannot be read.
    """
    form = writing.chosen_format(form, output, writing.PROSE, "text")
    if endpoint is not None and paths:
        raise UsageError("--endpoint and PATHS name two different things to validate", "give one of them")
    known = target.checked(None, endpoint, timeout, login)
    from uprgraph import validation
    from uprgraph.validation.formats import render

    if endpoint is not None:
        report = _of_store(endpoint, timeout, known, shape_files)
    else:
        report = validation.validate(paths, shape_files) if paths else validation.validate_shipped(shape_files)
    writing.send(render(report, form).encode(), output)
    context.exit(0 if report.conforms else 1)


def _of_store(
    endpoint: str, timeout: float | None, credentials: Credentials | None, shape_files: tuple[Path, ...]
) -> Report:
    """Read back the graphs that the catalogue of a store lists, and validate them."""
    from uprgraph import validation
    from uprgraph.stores.connection import SILENCE, Store
    from uprgraph.stores.kinds import Endpoints

    graph = open_graph(endpoint, timeout, credentials, target.notice)
    listed = graph.default_graphs
    silence = SILENCE if timeout is None else timeout
    with Store.connect(endpoint, credentials=credentials, silence=silence, notice=target.notice) as store:
        store.urls = Endpoints(store.urls.query, None, None)  # who may ask need not be one who may use the others
        read_back = ((iri, _whole(graph.engine, store, iri)) for iri in listed)
        return validation.validate_graphs(read_back, graph.engine, shape_files)


def _whole(engine: Engine, store: Store, iri: str) -> Iterator[ox.Triple]:
    """Yield the triples of a graph. Raises EndpointError if the store gives fewer than it says that there are."""
    counted = engine.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {Iri(iri).n3()} {{ ?s ?p ?o }} }}")
    expected = next(int(term.value) for (term,) in counted.rows if term is not None)
    number = 0
    for triple in store.read(iri):
        number += 1
        yield triple
    if number < expected:
        raise EndpointError(
            f"{store.urls.query} gave {number:,} of the {expected:,} statements of {iri}",
            hint="it cuts answers off: raise its limit, docs/triplestores.md says where",
        )
