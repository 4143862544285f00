"""What follows from our alignments is no contradiction where the vocabularies that we align with are loaded too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDFS, Graph, URIRef

from uprgraph import resources
from uprgraph.vocabulary import expand

pytestmark = [pytest.mark.java, pytest.mark.xdist_group("java"), pytest.mark.thorough]

EXTERNAL = Path(__file__).with_name("external-axioms.ttl")


@pytest.fixture(scope="module")
def everything() -> Graph:
    """Return everything shipped with the axioms of the vocabularies that it borrows from."""
    graph = Graph(bind_namespaces="none").parse(EXTERNAL)
    for path in sorted({entry.path for entry in resources.graph_files()}):
        graph.parse(path)
    return graph


def test_nothing_shipped_contradicts_the_vocabularies_it_borrows_from(
    owl: Callable[..., Any], everything: Graph
) -> None:
    report = owl(everything)
    assert report.consistent
    assert report.unsatisfiable == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("upr:evidence", "prov:wasDerivedFrom"),  # an observation of an election is an activity, so no entity
        ("upr:carriedOutBy", "prov:wasAttributedTo"),
    ],
)
def test_an_alignment_that_says_too_much_is_seen(
    owl: Callable[..., Any], everything: Graph, ours: str, theirs: str
) -> None:
    graph = Graph(bind_namespaces="none")
    graph += everything
    graph.add((URIRef(expand(ours)), RDFS.subPropertyOf, URIRef(expand(theirs))))
    assert not owl(graph).consistent
