"""`uprgraph link`: the links between datasets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import click

from uprgraph.cli import output as writing
from uprgraph.cli import target
from uprgraph.engines.terms import Triple
from uprgraph.errors import UsageError
from uprgraph.linking import linksets
from uprgraph.results.formats import EXTENSIONS, FORMATS
from uprgraph.results.graphs import GraphResult
from uprgraph.results.rows import Results

_NTRIPLES = "nt"
_FORMATS = {**FORMATS, _NTRIPLES: "N-Triples"}
_EXTENSIONS = {**EXTENSIONS, f".{_NTRIPLES}": _NTRIPLES}


@click.command("link")
@click.argument("name", required=False)
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    metavar="SCORE",
    help="Leave out matches with a lower score, from 0 to 1.",
)
@writing.format_option(_FORMATS, "table on a terminal, csv elsewhere")
@writing.output_option
@target.store_option
@target.endpoint_option
@target.timeout_option
@target.credentials_options
def link(
    *,
    name: str | None,
    min_score: float | None,
    form: str | None,
    output: Path | None,
    store: Path | None,
    endpoint: str | None,
    timeout: float | None,
    login: target.Login,
) -> None:
    """Show the sets of links between datasets, or the links of the set called NAME.

    There are the linksets of the catalogue (States and rights in other vocabularies), the mappings of codelists to
    rights, and, in a store with imports, the recommendations of one source that were found in another. Turtle has the
    description of a set in VoID too.
    """
    if name is None and min_score is not None:
        raise UsageError("--min-score is for the links of one set", "give its NAME as well; uprgraph link lists them")
    form = writing.chosen_format(form, output, _EXTENSIONS, writing.rows_format())
    engine = target.open_target(store, endpoint, timeout, login).engine
    known = linksets.linksets(engine)
    if name is None:
        described = [triple for each in known for triple in linksets.description(each)]
        _emit(linksets.table(known), described, [], form, output)
        return
    linkset = linksets.called(name, known)
    found = linksets.links(engine, linkset, None if min_score is None else Decimal(str(min_score)))
    triples = linksets.triples(found)
    counts = Counter(predicate for _, predicate, _ in triples)
    _emit(found, linksets.description(linkset, counts), triples, form, output)


def _emit(
    rows: Results, description: Iterable[Triple], triples: Iterable[Triple], form: str, output: Path | None
) -> None:
    """Write rows in the formats of rows, the links as N-Triples, or these with their description as Turtle."""
    if form == "ttl":
        writing.emit(GraphResult([*description, *triples]), form, output)
    elif form == _NTRIPLES:
        lines = [" ".join(term.n3() for term in triple) for triple in GraphResult(triples or description).triples]
        writing.send("".join(f"{line} .\n" for line in lines).encode(), output)
    else:
        writing.emit(rows, form, output)
