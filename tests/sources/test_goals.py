"""Which goals and targets there are."""

from __future__ import annotations

import re

import pytest

from uprgraph import resources
from uprgraph.sources import goals

_UN = resources.root().parent / "shared" / "data" / "sdg" / "sdg-kos-goals-targets-indicators.ttl"


def test_a_goal_and_a_target() -> None:
    assert goals.iri(16) == "http://metadata.un.org/sdg/16"
    assert goals.iri(16, "a") == "http://metadata.un.org/sdg/16.a"


@pytest.mark.parametrize(("goal", "target"), [(0, ""), (18, ""), (4, "8"), (7, "c"), (1, "99")])
def test_there_is_no_other(goal: int, target: str) -> None:
    assert goals.iri(goal, target) is None


@pytest.mark.shared_data
def test_they_are_those_of_the_un() -> None:
    if not _UN.is_file():
        pytest.skip(f"{_UN} is not there")
    listed = set(re.findall(r"^sdg:(\d+)\.([0-9a-d]+) a sdgo:Target", _UN.read_text(encoding="utf-8"), re.MULTILINE))
    ours = {(goal, target) for goal, targets in goals._targets().items() for target in targets}
    assert ours == listed
