"""uprgraph.validation.validate_graphs: what a store holds."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

import uprgraph
from uprgraph import validation
from uprgraph.errors import UsageError
from uprgraph.validation.formats import render

GRAPH = "https://w3id.org/uprgraph/graph/test"
TURTLE = """
@prefix upr: <https://w3id.org/uprgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/uprgraph/id/state/ATL> a upr:State ; rdfs:label "Atlantis"@en ; upr:isoo3 "ATL" .
"""


def graphs(*iris: str) -> list[tuple[str, list[ox.Triple]]]:
    """Return the test's triples as those of some graphs."""
    return [(iri, [each.triple for each in ox.parse(TURTLE, format=ox.RdfFormat.TURTLE)]) for iri in iris]


def test_says_what_is_wrong_in_which_graph() -> None:
    report = validation.validate_graphs(graphs(GRAPH), uprgraph.open().engine)
    assert not report.conforms
    assert report.files == (GRAPH,)
    assert {(each.file, each.line) for each in report.violations} == {(GRAPH, None)}
    assert any("upr:isoo3 is no term of the vocabulary" in each.message for each in report.violations)
    assert len(report.checks) > 20
    text = render(report, "text")
    assert text.startswith(f"{GRAPH}: violation: ")
    assert "(1 graph, 3 statements, " in text
    assert json.loads(render(report, "json"))["files"] == [GRAPH]


def test_refuses_too_much_and_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = uprgraph.open().engine
    with pytest.raises(UsageError, match="there is no graph to validate\nthe catalogue of the store lists none"):
        validation.validate_graphs([], engine)
    monkeypatch.setattr(validation, "MAX_TRIPLES", 5)
    with pytest.raises(UsageError, match="more than 5 statements, too many to validate at once"):
        validation.validate_graphs(graphs(GRAPH, f"{GRAPH}2"), engine)
