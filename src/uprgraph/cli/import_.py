"""`uprgraph import`: the datasets that people have, into a store on disk or a file of N-Quads."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uprgraph.cli import output as writing
from uprgraph.cli import target
from uprgraph.cli.progress import bar
from uprgraph.engines.terms import XSD, Literal, Term
from uprgraph.errors import ResourceError, UsageError
from uprgraph.results.formats import EXTENSIONS
from uprgraph.results.rows import Results

if TYPE_CHECKING:
    from uprgraph.importing.job import Outcome
    from uprgraph.sources.records import Problem

_COLUMNS = ("file", "row", "place", "column", "value", "reason", "outcome")
_SHOWN = 10
_DIGITS = re.compile(r"\d+")


@click.command("import")
@click.argument("source", metavar="SOURCE")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--store", type=writing.OutputPath(path_type=Path, file_okay=False), metavar="DIR", help="Keep it here.")
@click.option(
    "-o",
    "--output",
    type=writing.OutputPath(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write N-Quads, compressed if the name ends in .gz.",
)
@click.option(
    "--report",
    type=writing.OutputPath(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write each problem: file, row, column, value and reason, in the format of the extension (.csv, .xlsx ...).",
)
@click.option("--strict", is_flag=True, help="Change nothing if there is any problem.")
@click.option("--encoding", metavar="NAME", help="The encoding of text files; UTF-8 if not given.")
@click.option("--state", metavar="STATE", help="The State under review, where the file does not say it.")
@click.option("--session", type=click.IntRange(min=1), metavar="NUMBER", help="The session, where the file does not.")
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Processes; one for each processor by default."
)
@click.option("--dask", metavar="URL", help="Work on a Dask cluster: the address of its scheduler.")
@click.pass_context
def import_(
    context: click.Context,
    *,
    source: str,
    paths: tuple[Path, ...],
    store: Path | None,
    output: Path | None,
    report: Path | None,
    strict: bool,
    encoding: str | None,
    state: str | None,
    session: int | None,
    workers: int | None,
    dask: str | None,
) -> None:
    """Import files of a SOURCE, and link what they have in common with what was imported before.

    \b
    SOURCE is one of
      upr-info      exports of the UPR Info database: CSV, XLSX
      wg-report     reports of the UPR Working Group: text, DOCX, PDF
      uhri          exports of the Universal Human Rights Index: JSON, XLSX
      ohchr-matrix  thematic lists of recommendations of OHCHR: text, DOCX

    A store is made with the shipped graph if it is not there; a dataset that it has is replaced. It changes as a whole:
    an import that fails or is stopped leaves it as it was. What cannot be read is reported, and stops nothing else.

    Exit code: 0 if all was taken over as it stands, 1 if there were problems, 2 if a file is not what it should be.
    """  # noqa: D301 - \b is click's
    if (store is None) == (output is None):
        raise UsageError("it is not clear where to", "give --store DIR or -o FILE.nq.gz, one of them")
    if workers is not None and dask is not None:
        raise UsageError("--workers and --dask name two places to work at", "give one of them")
    form = None
    if report is not None:
        form = writing.chosen_format(None, report, EXTENSIONS, "csv")
        if not report.absolute().parent.is_dir():
            raise ResourceError(f"cannot write {report}: there is no such folder")
    from uprgraph.importing import job, readers

    options = readers.Options(encoding=encoding, state=state, session=session)
    sources = readers.sources(source, paths, options)
    with bar() as show:
        watch = None if show is None else lambda what, done: show(what, done, None)
        plan = job.Plan(strict, workers or os.cpu_count() or 1, dask, watch)
        if store is not None:
            outcome = job.into_store(sources, store, plan)
        elif output is not None:
            outcome = job.into_file(sources, output, plan)
    if form is not None:
        writing.emit(Results(_COLUMNS, list(map(_row, outcome.problems)), "Problems"), form, report)
    _tell(outcome, store or output, report)
    context.exit(1 if outcome.found else 0)


def _row(problem: Problem) -> tuple[Term | None, ...]:
    row = None if problem.row is None else Literal(str(problem.row), f"{XSD}integer")
    rest = (problem.place, problem.column, problem.value, problem.reason, problem.outcome)
    return (Literal(problem.file), row, *(Literal(each) if each else None for each in rest))


def _tell(outcome: Outcome, path: Path | None, report: Path | None) -> None:
    """Say on standard error what was done, and the first problems where no report was asked for."""
    if not outcome.written:
        target.notice("nothing was changed, since there are problems and --strict was given")
    else:
        datasets = ", ".join(outcome.datasets)
        target.notice(f"read {outcome.read:,} records of {datasets}")
        linked = f", {outcome.matches:,} of them found in another source too" if outcome.matches else ""
        target.notice(
            f"{path}: {outcome.recommendations:,} recommendations{linked}; "
            f"{outcome.units:,} reviews, {outcome.triples:,} imported statements"
        )
    if not outcome.found:
        return
    target.notice(
        f"{outcome.found:,} problem{'s' if outcome.found > 1 else ''}"
        + (f", see {report}" if report is not None else ":")
    )
    alike = Counter((_DIGITS.sub("...", each.reason), each.outcome) for each in outcome.problems)
    for (reason, done), number in alike.most_common(_SHOWN):
        target.notice(f"  {number:,} x {reason} ({done})")
    if report is None:
        target.notice("give --report FILE.csv to have each with its file, row, column and value")
