"""`uprgraph search`: full text over recommendations, findings and opinions."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from uprgraph.cli import output as writing
from uprgraph.cli.values import completed
from uprgraph.results.formats import EXTENSIONS, FORMATS
from uprgraph.search import COLUMNS, DEFAULT_LIMIT, Hits, open_search
from uprgraph.search.document import KINDS, RECOMMENDATION
from uprgraph.search.filters import PARAMETERS

_HELP = f"""Find recommendations, findings and opinions by their WORDS, the best hits first.

\b
  freedom religion         both words, in any form: freedoms, religions
  '"fair trial"'           a phrase; the shell takes the outer quotation marks
  ratif*                   words that begin so: ratify, ratification
  torture OR detention     either
  torture NOT (police OR prison)

A filter can be given several times; a hit has one of the values. Recommendations whose words are not recorded are
found by what they are about, and their snippet says so.

\b
Columns:
{chr(10).join(f"  {name}: {text}" for name, text in COLUMNS.items())}
"""


def _filter(name: str) -> click.Option:
    parameter = PARAMETERS[name]
    return click.Option(
        [parameter.flag],
        multiple=True,
        metavar=parameter.kind.upper(),
        help=f"Only hits with {parameter.description}.",
        shell_complete=partial(completed, parameter),
    )


@click.command("search", help=_HELP, params=[_filter(name) for name in PARAMETERS])
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--kind",
    multiple=True,
    type=click.Choice([RECOMMENDATION, *KINDS]),
    help=f"Only hits of the kind; {RECOMMENDATION} is those of every kind.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1_000_000),
    default=DEFAULT_LIMIT,
    show_default=True,
    help="How many hits to show.",
)
@writing.format_option(FORMATS, "table on a terminal, csv elsewhere")
@writing.output_option
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Search a store that imports have made, not the shipped data.",
)
def search(
    *,
    words: tuple[str, ...],
    limit: int,
    form: str | None,
    output: Path | None,
    store: Path | None,
    **given: tuple[str, ...],
) -> None:
    """Find things by their words."""
    chosen = writing.chosen_format(form, output, EXTENSIONS, writing.rows_format())
    hits = open_search(store).find(
        " ".join(words), limit=limit, **{name: values for name, values in given.items() if values}
    )
    writing.emit(hits, chosen, output)
    click.echo(_total(hits), err=True)


def _total(hits: Hits) -> str:
    found = "1 hit" if hits.total == 1 else f"{hits.total:,} hits"
    left = hits.total - len(hits)
    return f"{found}; the best {len(hits):,} are shown, --limit {hits.total} shows all" if left else found
