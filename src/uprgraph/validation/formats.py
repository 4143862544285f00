"""A validation report as text, JSON, or a SHACL report in Turtle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from uprgraph.errors import UsageError
from uprgraph.turtle import canonical
from uprgraph.validation.report import CheckResult, Place, Report, Severity, Violation

FORMATS = ("text", "json", "ttl")
_LESSER: tuple[tuple[Severity, str], ...] = (("warning", "warning"), ("info", "remark"))


def render(report: Report, form: str) -> str:
    """Return the report in one of FORMATS, ending with a newline. Raises UsageError for another format."""
    if form not in FORMATS:
        raise UsageError(f'there is no format "{form}"', f"the formats are: {', '.join(FORMATS)}")
    if form == "json":
        return json.dumps(_data(report), ensure_ascii=False, indent=2) + "\n"
    if form == "ttl":
        return canonical(report.graph)
    return "".join(f"{line}\n" for line in _lines(report))


def shown(path: Place | None) -> str | None:
    """Return a path as people read it: relative to where they are, if it is under there. An IRI stays as it is."""
    if path is None or isinstance(path, str):
        return path
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _lines(report: Report) -> Iterator[str]:
    for each in report.violations:
        yield from _violation(each)
    for shape in report.idle_shapes:
        yield f"violation: {shape} tests nothing: no node of the shipped data is its target"
        yield "  mend   correct its sh:targetClass, or add the data that it is for"
        yield ""
    for check in report.checks:
        yield from _check(check)
    for path in report.untested_files:
        yield f"note: no shape looks at anything in {shown(path)}"
    yield _summary(report)


def _violation(each: Violation) -> Iterator[str]:
    place = (
        f"{shown(each.file)}:{each.line}: " if each.file and each.line else f"{shown(each.file)}: " if each.file else ""
    )
    yield f"{place}{each.severity}: {each.message}"
    yield f"  node   {each.focus}" + (f' "{each.label}"' if each.label else "")
    if each.path:
        yield f"  path   {each.path}"
    if each.value:
        yield f"  value  {each.value}"
    yield f"  shape  {each.shape} ({each.constraint})"
    yield f"  mend   {each.mend}"
    yield ""


def _check(check: CheckResult) -> Iterator[str]:
    for row in check.rows:
        cells = ", ".join(f"{name} {value}" for name, value in row.cells.items())
        kind = "known" if row.known else "violation"
        yield f"{kind}: check {check.name}: {check.summary}"
        yield f"  found  {cells}"
        if not row.known:
            yield "  mend   correct the data, or record it in a dqv:QualityAnnotation that upr:acknowledges the check"
        yield ""


def _summary(report: Report) -> str:
    wrong = report.count("violation") + len(report.idle_shapes)
    wrong += sum(not row.known for check in report.checks for row in check.rows)
    known = sum(row.known for check in report.checks for row in check.rows)
    found = [_number(wrong, "violation")]
    found += [_number(report.count(each), name) for each, name in _LESSER if report.count(each)]
    found += [f"{known} known"] if known else []
    graphs = any(isinstance(each, str) for each in report.files)
    looked = [
        _number(len(report.files), "graph" if graphs else "file"),
        _number(report.triples, "statement"),
        _number(report.shapes, "shape"),
    ]
    looked += [_number(len(report.checks), "check")] if report.checks else []
    return f"{'valid' if report.conforms else 'not valid'}: {', '.join(found)} ({', '.join(looked)})"


def _number(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _data(report: Report) -> dict[str, object]:
    return {
        "conforms": report.conforms,
        "files": [shown(path) for path in report.files],
        "statements": report.triples,
        "shapes": report.shapes,
        "results": [
            {
                "severity": each.severity,
                "message": each.message,
                "file": shown(each.file),
                "line": each.line,
                "focus": each.focus_iri,
                "label": each.label,
                "path": each.path,
                "value": each.value,
                "shape": each.shape,
                "constraint": each.constraint,
                "mend": each.mend,
            }
            for each in report.violations
        ],
        "idleShapes": list(report.idle_shapes),
        "untestedFiles": [shown(path) for path in report.untested_files],
        "checks": [
            {
                "name": check.name,
                "summary": check.summary,
                "passed": check.passed,
                "rows": [{"known": row.known, **row.cells} for row in check.rows],
            }
            for check in report.checks
        ],
    }
