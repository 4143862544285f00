"""A whole import: read, spool, convert, write; into a store on disk or a file of N-Quads, which change as a whole."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from uprgraph import files, kept
from uprgraph.importing import spool, storing, work
from uprgraph.importing.convert import Context, Converted, convert, lines
from uprgraph.importing.descriptions import describe, describe_document, describe_graph, describe_imports
from uprgraph.sources.records import Dataset, Problem, Record

MOST_PROBLEMS = 100_000
"""How many problems are kept to be reported; more are only counted."""

Watch = Callable[[str, int], None]
"""Told what is being done, and how many rows or reviews are done."""


@dataclass(frozen=True, slots=True)
class Source:
    """Files to be imported as one dataset: what they hold, and what the dataset is, known when that is read."""

    name: str
    items: Iterator[Record | Problem]
    dataset: Callable[[], Dataset]


@dataclass(slots=True)
class Outcome:
    """What an import did. The counts are those of all that the store or file now holds, but for `read`.

    `read` is the number of records that were read now, `found` that of all problems, of which `problems` are the first.
    `written` is false if nothing was changed, since there were problems and none were to be tolerated.
    """

    problems: list[Problem] = field(default_factory=list)
    found: int = 0
    datasets: list[str] = field(default_factory=list)
    read: int = 0
    units: int = 0
    recommendations: int = 0
    matches: int = 0
    triples: int = 0
    written: bool = True

    def add(self, problems: Iterable[Problem]) -> None:
        """Add problems, in memory only as many as are reported."""
        for problem in problems:
            self.found += 1
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class Plan:
    """How an import is done: tolerating problems or not, and where the work on reviews is done."""

    strict: bool = False
    workers: int = 1
    dask: str | None = None
    watch: Watch | None = None

    def say(self, what: str, done: int = 0) -> None:
        """Tell whoever watches."""
        if self.watch is not None:
            self.watch(what, done)


class _StrictError(Exception):
    """There are problems, and none are tolerated."""


def into_store(sources: Iterable[Source], directory: Path, plan: Plan) -> Outcome:
    """Import into a store on disk, which is made with the shipped graph if it is not there.

    A dataset that the store has already is replaced. Whatever happens, the store is as before or has all of it. Raises
    what the readers raise, and ResourceError if the store cannot be written.
    """
    outcome = Outcome()
    try:
        with kept.changing(directory) as made:
            before = kept.current(directory)
            if before is not None:
                shutil.copyfile(before.records, made.records)
            with spool.opened(made.records) as records:
                _read(sources, records, outcome, plan)
                nquads = made.folder / "import.nq"
                with nquads.open("wb") as file:
                    _convert(records, file, outcome, plan)
            plan.say("loading and indexing")
            storing.build(made, nquads, plan.workers)
            nquads.unlink()
    except _StrictError:
        outcome.written = False
    return outcome


def into_file(sources: Iterable[Source], path: Path, plan: Plan) -> Outcome:
    """Import into a file of N-Quads, compressed if its name ends in .gz, in place of what the file held.

    The shipped graph is not in it, nor statements that stand in the shipped graph. The same input gives the same bytes.
    """
    outcome = Outcome()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="uprgraph-") as folder,
            spool.opened(Path(folder) / "records.sqlite") as records,
        ):
            _read(sources, records, outcome, plan)
            with files.writing(path) as file, _compressed(file, path) as packed:
                _convert(records, packed, outcome, plan)
    except _StrictError:
        outcome.written = False
    return outcome


@contextmanager
def _compressed(file: IO[bytes], path: Path) -> Iterator[IO[bytes]]:
    if path.suffix != ".gz":
        yield file
        return
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as packed:
        yield packed  # type: ignore[misc] # it is one in all that is used


def _read(sources: Iterable[Source], records: spool.Spool, outcome: Outcome, plan: Plan) -> None:
    for source in sources:
        records.add(_records(source, outcome, plan))
        dataset = source.dataset()
        records.take(dataset, source.name)
        outcome.datasets.append(dataset.key)
    if plan.strict and outcome.found:
        raise _StrictError


def _records(source: Source, outcome: Outcome, plan: Plan) -> Iterator[Record]:
    for item in source.items:
        if isinstance(item, Problem):
            outcome.add([item])
        else:
            outcome.read += 1
            if outcome.read % 1_000 == 0:
                plan.say("rows read", outcome.read)
            yield item


def _convert(records: spool.Spool, file: IO[bytes], outcome: Outcome, plan: Plan) -> None:
    """Write all units, and then what the datasets and their graphs are."""
    triples: Counter[str] = Counter()
    for converted in _converted(records, plan):
        file.write(converted.quads)
        outcome.add(converted.problems)
        outcome.units += 1
        outcome.recommendations += converted.recommendations
        outcome.matches += converted.matches
        triples.update(converted.triples)
        plan.say("reviews converted", outcome.units)
    if plan.strict and outcome.found:
        raise _StrictError
    known = set(Context.load().datasets)
    for key, (dataset, source) in records.datasets().items():
        documents = (quad for symbol in records.documents(key) for quad in describe_document(symbol, key))
        described = [quad for quad in (*describe(dataset, source), *documents) if quad.triple not in known]
        known.update(quad.triple for quad in described)
        triples[key] += len(described)
        listed = list(describe_graph(dataset, source, triples[key]))
        file.write(lines([*described, *listed]))
        outcome.triples += triples[key] + len(listed)
    own = list(describe_imports())
    file.write(lines(own))
    outcome.triples += len(own)


def _converted(records: spool.Spool, plan: Plan) -> Iterator[Converted]:
    Context.load()  # so that forked processes have it
    if plan.dask is not None:
        return work.on_dask(convert, records.units(), plan.dask)
    if plan.workers > 1:
        return work.in_processes(convert, records.units(), plan.workers)
    return work.here(convert, records.units())
