"""A graph that keeps its prepared queries gives the report that a plain graph gives."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import SH, Graph

from uprgraph import resources
from uprgraph.validation.prepared import PreparedGraph

FIXTURES = sorted((Path(__file__).parent.parent / "shapes").rglob("invalid-rule*.ttl"))
PARTS = (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent, SH.sourceShape, SH.value, SH.resultMessage)
SHAPES = Graph()
for file in (*resources.shapes().glob("*.ttl"), resources.ontology() / "prefixes.ttl"):
    SHAPES.parse(file)


def results(data: Graph, fixture: Path) -> list[tuple[str, ...]]:
    data.parse(fixture)
    _, report, _ = pyshacl.validate(data, shacl_graph=SHAPES)
    return sorted(tuple(str(report.value(each, part)) for part in PARTS) for each in report.objects(None, SH.result))


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda each: f"{each.parent.name}-{each.stem}")
def test_the_same_results(fixture: Path) -> None:
    plain = results(Graph(), fixture)
    assert any("SPARQLConstraintComponent" in part for result in plain for part in result)
    assert results(PreparedGraph(), fixture) == plain


def test_there_are_such_fixtures() -> None:
    assert FIXTURES
