"""What a validation found, in words a curator can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rdflib import Graph

Severity = Literal["violation", "warning", "info"]

Place = Path | str
"""Where statements were read: a file, or the IRI of a graph of a store."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong.

    `focus`, `path`, `shape` and `constraint` are shortened for people ("upr:iso3", "shape:State-iso3", "MinCount");
    `focus_iri` is whole. `value` is the offending value as Turtle writes it, None where the fault is an absence.
    `file`, or the IRI of a graph, and `line`, counted from 1, say where the statement stands, `mend` what to do about
    it.
    """

    focus: str
    focus_iri: str
    label: str | None
    path: str | None
    value: str | None
    message: str
    severity: Severity
    shape: str
    constraint: str
    file: Place | None
    line: int | None
    mend: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One row of a check that should have none. `known` says that a quality annotation acknowledges it."""

    cells: dict[str, str]
    known: bool


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check, what it looks for, and the rows it found, none if all is well."""

    name: str
    summary: str
    rows: tuple[CheckRow, ...]

    @property
    def passed(self) -> bool:
        """Whether every row is known."""
        return all(row.known for row in self.rows)


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation. `graph` is the SHACL report as RDF, cut down to the nodes that were asked about.

    `files` are what was validated, files or the IRIs of graphs. `idle_shapes` are shapes that no node of the shipped
    data is tested by, empty when only some files were given.
    `untested_files` are files with no node that a shape looks at.
    """

    files: tuple[Place, ...]
    triples: int
    shapes: int
    violations: tuple[Violation, ...]
    graph: Graph
    idle_shapes: tuple[str, ...] = ()
    untested_files: tuple[Place, ...] = ()
    checks: tuple[CheckResult, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong. Warnings and remarks do not count as wrong, nor do acknowledged check rows."""
        return (
            not any(each.severity == "violation" for each in self.violations)
            and not self.idle_shapes
            and all(check.passed for check in self.checks)
        )

    def count(self, severity: Severity) -> int:
        """Return how many results have this severity."""
        return sum(each.severity == severity for each in self.violations)


def in_order(violations: Iterable[Violation]) -> tuple[Violation, ...]:
    """Return violations by file, line, node, path and shape, the same in every run."""
    return tuple(
        sorted(
            violations,
            key=lambda each: (
                str(each.file or ""),
                each.line or 0,
                each.focus_iri,
                each.path or "",
                each.shape,
                each.constraint,
                each.value or "",
                each.message,
            ),
        )
    )
