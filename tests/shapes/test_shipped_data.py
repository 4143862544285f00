"""Everything that is shipped conforms to every shape, and every shape has something in it to judge."""

from __future__ import annotations

import pytest
from rdflib import RDF, SH, SKOS, Graph

from uprgraph import resources, validation

from . import harness


@pytest.mark.thorough
def test_shipped_data_conforms_and_leaves_no_shape_idle() -> None:
    report = validation.validate_shipped()
    assert report.shapes > 0
    assert report.triples > 10_000
    assert [str(violation) for violation in report.violations] == []
    assert report.idle_shapes == ()


def test_a_shape_that_says_to_wait_for_data_judges_nothing_that_is_shipped() -> None:
    """What is shipped by now needs no such note, which would hide a misspelt target."""
    shapes = harness.all_shapes()
    waiting = {shape for shape in shapes.subjects(SKOS.scopeNote) if (shape, RDF.type, SH.NodeShape) in shapes}
    assert waiting == set(shapes.subjects(SKOS.scopeNote))
    shipped = Graph()
    for path in sorted({entry.path for entry in resources.graph_files()}):
        shipped.parse(path)
    assert waiting
    assert {shape for shape in waiting if harness.focus_nodes(shape, shipped)} == set()  # type: ignore[arg-type]
