"""Validation: SHACL shapes and checks over what is shipped, or shapes over files that a curator names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from uprgraph import resources
from uprgraph.catalog import catalogue
from uprgraph.engines.base import Engine
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.errors import UsageError
from uprgraph.files import walk
from uprgraph.validation import checks, quotes, shacl, terms
from uprgraph.validation.loading import FORMATS, DataFile, of_graph, read
from uprgraph.validation.report import CheckResult, CheckRow, Report, Severity, Violation
from uprgraph.vocabulary import expand

__all__ = [
    "CheckResult",
    "CheckRow",
    "Report",
    "Severity",
    "Violation",
    "validate",
    "validate_graphs",
    "validate_shipped",
]

MAX_TRIPLES = 200_000
"""How many triples of a store are validated at once: they take about half a minute per 60,000, and memory."""


def validate_shipped(shapes: Sequence[Path] = ()) -> Report:
    """Validate everything that data/catalog.ttl lists with all our shapes, or with the shape files given.

    Also says which shapes no node is tested by, and runs the checks. Raises as `validate` does.
    """
    files = [read(path, number) for number, path in enumerate(sorted({each.path for each in resources.graph_files()}))]
    shape_files = _shape_files(shapes)
    report = _report(files, [], shape_files, whole=True)
    return replace(report, checks=checks.run(EmbeddedEngine.shipped(), catalogue.shipped()))


def validate(paths: Iterable[Path], shapes: Sequence[Path] = ()) -> Report:
    """Validate the files, and those in the folders, that `paths` name, with all our shapes or the shape files given.

    The files are judged together with what is shipped, so that a value can be a State or a right that another file
    describes. A file that has more than half of a shipped file's subjects among its own, or quotes the same documents,
    is taken for a newer version of it, and stands in its place. Only things that the files describe are reported.
    Raises ResourceError for a missing path, InvalidDataError with file and line for text that cannot be read,
    UsageError if there is nothing to validate.
    """
    chosen = list(walk(paths, FORMATS))
    if not chosen:
        raise UsageError("no file to validate", "name files or folders, or leave them out to validate what is shipped")
    files = [read(path, number) for number, path in enumerate(chosen)]
    given = {path.resolve() for path in chosen}
    others = sorted({each.path for each in resources.graph_files() if each.path.resolve() not in given})
    shipped = [read(path, len(files) + number) for number, path in enumerate(others)]
    background = [file for file in shipped if not any(_replaces(newer, file) for newer in files)]
    return _report(files, background, _shape_files(shapes), whole=False)


def validate_graphs(
    graphs: Iterable[tuple[str, Iterable[ox.Triple]]], engine: Engine, shapes: Sequence[Path] = ()
) -> Report:
    """Validate graphs of a store, given by IRI with their triples, and run the checks on the store through its engine.

    The shipped graphs that are not among them are their background. Quotes are not looked at, since a store has no
    source texts, and there are no line numbers. Raises UsageError if there is no graph, or if they have more than
    MAX_TRIPLES triples together, and what the engine raises.
    """
    left = MAX_TRIPLES
    read_back: list[DataFile] = []
    for number, (iri, triples) in enumerate(graphs):
        read_back.append(of_graph(iri, islice(triples, left + 1), number))
        left -= len(read_back[-1].triples)
        if left < 0:
            raise UsageError(
                f"the graphs have more than {MAX_TRIPLES:,} statements, too many to validate at once",
                "validate the files that are loaded into the store: uprgraph validate FILE",
            )
    if not read_back:
        raise UsageError("there is no graph to validate", "the catalogue of the store lists none of ours")
    given = {file.path for file in read_back}
    others = sorted({each.path for each in resources.graph_files() if each.graph not in given})
    background = [read(path, number) for number, path in enumerate(others)]
    report = _report(read_back, background, _shape_files(shapes), whole=False)
    return replace(report, checks=checks.run(engine, catalogue.shipped(), [str(iri) for iri in given]))


def _replaces(newer: DataFile, shipped: DataFile) -> bool:
    if len(newer.subjects & shipped.subjects) > len(shipped.subjects) / 2:
        return True
    return bool(quoted := _quoted(newer)) and quoted == _quoted(shipped)


def _quoted(file: DataFile) -> set[str]:
    """Return the IRIs of the documents that the passages of a file are taken from."""
    return {str(value) for _, predicate, value in file.triples if str(predicate) == expand("oa:hasSource")}


def _shape_files(shapes: Sequence[Path]) -> list[DataFile]:
    """Read the shapes, and beside them the prefixes that their SPARQL may use."""
    paths = walk([*(shapes or [resources.shapes()]), resources.ontology() / "prefixes.ttl"], FORMATS)
    return [read(path, number) for number, path in enumerate(paths)]


def _report(files: list[DataFile], background: list[DataFile], shape_files: list[DataFile], *, whole: bool) -> Report:
    described = frozenset(subject for file in files for subject in file.subjects)
    data = shacl.graph_of(triple for file in [*files, *background] for triple in file.triples)
    shapes = shacl.graph_of(triple for file in shape_files for triple in file.triples)
    focus = shacl.focus_nodes(shapes, data)
    report = shacl.run(data, shapes if whole else shacl.narrowed(shapes, focus, described))
    terms.report_undefined(report, (triple for file in files for triple in file.triples), data)
    quotes.report_misquotes(report, files)
    tested = frozenset().union(*focus.values())
    return Report(
        files=tuple(file.path for file in files),
        triples=sum(len(file.triples) for file in files),
        shapes=len(focus),
        violations=shacl.violations(report, data, shapes, files),
        graph=report,
        idle_shapes=tuple(sorted(map(shacl.display, shacl.idle(shapes, focus)))) if whole else (),
        untested_files=tuple(file.path for file in files if not tested & file.subjects),
    )
