"""Every constraint of every shape rejects what breaks it, for that reason alone, and accepts what does not."""

from __future__ import annotations

import pytest
from rdflib import SH, URIRef
from rdflib.term import Node

from . import harness
from .harness import Fixture, Result


@pytest.mark.parametrize("fixture", harness.fixtures("valid*.ttl"), ids=lambda fixture: fixture.label)
def test_valid_fixture_conforms(fixture: Fixture) -> None:
    data = fixture.data()
    topic = fixture.topic(data)  # fails where the shape has no focus node, and so would accept anything
    shape = fixture.shape
    if (shape, SH.path, None) in harness.all_shapes():
        assert harness.values(shape, topic, data), "no value on the path of the shape: nothing is shown to be valid"
    assert fixture.results(data) == []


@pytest.mark.parametrize("fixture", harness.fixtures("invalid-*.ttl"), ids=lambda fixture: fixture.label)
def test_invalid_fixture_fails_for_its_reason_alone(fixture: Fixture) -> None:
    data, shapes = fixture.data(), harness.all_shapes()
    topic = fixture.topic(data)
    results = fixture.results(data)
    path = harness.path_text(shapes, shapes.value(fixture.shape, SH.path))
    if fixture.component == SH.ClosedConstraintComponent:
        path = next((result.path for result in results if result.path is not None), None)
        assert path is not None, "a closed shape names the unknown property as the path"
        assert (topic, URIRef(path.strip("<>")), None) in data
    assert set(results) == {Result(focus=topic, path=path, shape=fixture.shape, component=fixture.component)}
    sides = 2 if fixture.component == SH.EqualsConstraintComponent else 1  # a value that only one side has is a result
    assert len(results) <= sides


def test_every_file_here_is_a_fixture_of_a_shape() -> None:
    known = harness.owners()
    names = {file: set(map(str, graph.subjects())) for file, graph in harness.shape_files().items()}
    for file in harness.FIXTURES.glob("*/**/*.ttl"):
        fixture = Fixture(file)
        assert file.stem.startswith(("valid", "invalid-")), f"{fixture.label}: neither valid nor invalid-<reason>"
        assert fixture.shape in known, f"{fixture.label}: no shape {fixture.shape} is applied by any target"
        assert str(fixture.shape) in names[file.parent.parent.name], f"{fixture.label}: the shape is in another file"


def test_every_constraint_has_fixtures() -> None:
    invalid: dict[URIRef, set[URIRef]] = {}
    for fixture in harness.fixtures("invalid-*.ttl"):
        invalid.setdefault(fixture.shape, set()).add(fixture.component)
    valid = {fixture.shape for fixture in harness.fixtures("valid*.ttl")}
    lacking = []
    for shape in harness.owners():
        declared = harness.components(shape)
        lacking += [(str(shape), str(component)) for component in declared - invalid.get(shape, set())]
        if declared and shape not in valid:
            lacking.append((str(shape), "valid.ttl"))
    assert lacking == []


def test_every_target_is_the_only_one_in_some_fixture() -> None:
    """Without one of its targets, a shape must reject one fixture fewer."""
    alone: dict[URIRef, set[tuple[Node, Node]]] = {}
    for fixture in harness.fixtures("invalid-*.ttl"):
        node = harness.owners()[fixture.shape][0]
        if len(harness.targets(node)) > 1:
            data = fixture.data()
            topic = fixture.topic(data)
            hits = [target for target in harness.targets(node) if topic in harness.reached(target, data)]
            if len(hits) == 1:
                alone.setdefault(node, set()).add(hits[0])
    every = {n: harness.targets(n) for n in harness.targeted(harness.all_shapes())}
    lacking = {(n, t) for n, targets in every.items() if len(targets) > 1 for t in set(targets) - alone.get(n, set())}
    assert lacking == set()
