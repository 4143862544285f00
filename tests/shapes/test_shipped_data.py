"""Everything that is shipped conforms to every shape, and every shape has something in it to judge."""

from __future__ import annotations

from uprgraph import validation


def test_shipped_data_conforms_and_leaves_no_shape_idle() -> None:
    report = validation.validate_shipped()
    assert report.shapes > 0
    assert report.triples > 10_000
    assert [str(violation) for violation in report.violations] == []
    assert report.idle_shapes == ()
