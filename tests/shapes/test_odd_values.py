"""A value that a curator got wrong is reported; it never stops the run, whatever it is compared with."""

from __future__ import annotations

import pytest
from rdflib import SH, Graph, Literal, URIRef, namespace

from . import harness
from .harness import Fixture

ODD = [
    Literal("early 2018"),
    Literal("early 2018", lang="en"),
    Literal(5),
    Literal("5.5", datatype=namespace.XSD.decimal),
    Literal("5x", datatype=namespace.XSD.integer),
    Literal("2019", datatype=namespace.XSD.gYear),
    Literal("2019-01-01", datatype=namespace.XSD.date),
    Literal("2019-13-45", datatype=namespace.XSD.date),
    Literal(True),
    Literal("1e400", datatype=namespace.XSD.double),
    URIRef("urn:not-a-literal"),
]
COMPARING = {
    SH[name + "ConstraintComponent"]
    for name in ("MinInclusive", "MaxInclusive", "LessThan", "LessThanOrEquals", "Pattern", "SPARQL", "LanguageIn")
}


def comparing() -> list[Fixture]:
    """Return the plain valid fixture of each property shape that compares its values with something."""
    shapes = harness.all_shapes()
    found = [
        fixture
        for fixture in harness.fixtures("valid.ttl")
        if harness.components(fixture.shape) & COMPARING and isinstance(shapes.value(fixture.shape, SH.path), URIRef)
    ]
    assert found
    return found


@pytest.mark.filterwarnings("ignore")  # rdflib warns of ill-formed literals, which are what is tested
@pytest.mark.parametrize("fixture", comparing(), ids=lambda fixture: fixture.label)
def test_odd_value_is_judged(fixture: Fixture) -> None:
    plain = fixture.data()
    (topic,) = {fixture.topic(plain)}
    path = next(harness.all_shapes().objects(fixture.shape, SH.path))
    for odd in ODD:
        data = Graph()
        data += plain
        data.set((topic, path, odd))
        harness.validate(data, harness.with_all_it_needs(harness.owners()[fixture.shape][0]))
