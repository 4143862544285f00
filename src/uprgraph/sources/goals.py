"""The Sustainable Development Goals and their targets: which there are, by the UN's list."""

from __future__ import annotations

from functools import cache

from uprgraph import resources
from uprgraph.sources import tables
from uprgraph.vocabulary import expand


@cache
def _targets() -> dict[str, frozenset[str]]:
    path = resources.data() / "reference" / "tables" / "sdg-targets.csv"
    return {
        row.required("goal"): frozenset(row.required("targets").split())
        for row in tables.read(path, ("goal", "targets"))
    }


def iri(goal: int, target: str = "") -> str | None:
    """Return the UN's IRI of a goal (16), or of a target of it ("3", "a"); None if there is none."""
    targets = _targets().get(str(goal))
    if targets is None or (target and target not in targets):
        return None
    return f"{expand('sdg:')}{goal}.{target}" if target else f"{expand('sdg:')}{goal}"
