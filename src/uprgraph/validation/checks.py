"""Running the checks, the questions of queries/checks/: no rows is good."""

from __future__ import annotations

from collections.abc import Sequence

from uprgraph.catalog.catalogue import Catalogue, system
from uprgraph.engines.base import Engine
from uprgraph.results.values import compact
from uprgraph.validation.report import CheckResult, CheckRow


def run(engine: Engine, catalogue: Catalogue, default_graphs: Sequence[str] = ()) -> tuple[CheckResult, ...]:
    """Return the result of each check of the catalogue, by name, asked of these graphs or of the union of all.

    A row is known if its first column names a thing that a quality annotation with `upr:acknowledges` and the name of
    the check has as a target. Raises what the engine raises.
    """
    acknowledged = {tuple(map(str, row)) for row in engine.select(system("acknowledged").sparql, default_graphs).rows}
    results = []
    for question in catalogue.questions():
        if not question.is_check:
            continue
        answer = engine.select(question.sparql, default_graphs)
        rows = []
        for row in answer.rows:
            cells = {name: compact(term) for name, term in zip(answer.variables, row, strict=True) if term is not None}
            rows.append(CheckRow(cells, (str(row[0]), question.name) in acknowledged))
        results.append(CheckResult(question.name, question.summary, tuple(rows)))
    return tuple(sorted(results, key=lambda result: result.name))
