"""From what a user filters hits by to the values in the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from uprgraph.catalog.binding import bind
from uprgraph.catalog.catalogue import system
from uprgraph.catalog.parameters import Parameter
from uprgraph.catalog.resolve import Given
from uprgraph.engines.terms import Term, shown
from uprgraph.errors import UnknownValueError
from uprgraph.graph import Graph
from uprgraph.search.document import KINDS, RECOMMENDATION
from uprgraph.wording import nearest

PARAMETERS = {
    "state": Parameter("state", "state", description="the State addressed or concerned"),
    "recommender": Parameter("recommender", "state", description="the State or organisation that recommends"),
    "right": Parameter("right", "concept", scheme="right", description="the right, or anything narrower"),
    "session": Parameter("session", "integer", description="the number of the session"),
    "response": Parameter("response", "concept", scheme="response", description="the answer of the State under review"),
}
"""What hits can be filtered by, other than their kind."""
_BODY = Parameter("recommender", "thing", of_class="upr:Organisation")

_Read = Callable[[Graph, Sequence[Given]], list[str]]


def filters(graph: Graph, given: Mapping[str, Sequence[Given]]) -> dict[str, list[str]]:
    """Return the values, by the name of the index's filter, that given values stand for.

    Raises UnknownValueError, or UsageError for a session that is no number, as `Resolver.terms` does.
    """
    readers: dict[str, tuple[str, _Read]] = {
        **{name: (name, _resolved(PARAMETERS[name])) for name in ("state", "session", "response")},
        "recommender": ("recommender", _recommenders),
        "right": ("about", _within_rights),
        "kind": ("kind", _kinds),
    }
    found = {}
    for name, values in given.items():
        filtered, read = readers[name]
        found[filtered] = read(graph, values)
    return found


def _resolved(parameter: Parameter) -> _Read:
    return lambda graph, values: [str(graph.resolver.term(parameter, each)) for each in values]


def _recommenders(graph: Graph, values: Sequence[Given]) -> list[str]:
    return [str(_recommender(graph, each)) for each in values]


def _recommender(graph: Graph, value: Given) -> Term:
    """Return the State of that name, or else the treaty body or other organisation."""
    try:
        return graph.resolver.term(PARAMETERS["recommender"], value)
    except UnknownValueError as error:
        try:
            return graph.resolver.term(_BODY, value)
        except UnknownValueError as other:
            raise (error if error.suggestions or not other.suggestions else other) from None


def _within_rights(graph: Graph, values: Sequence[Given]) -> list[str]:
    rights = [graph.resolver.term(PARAMETERS["right"], each) for each in values]
    text = bind(system("search-within-right"), {"right": rights})
    return [str(concept) for (concept,) in graph.engine.select(text, graph.default_graphs).rows]


def _kinds(_: Graph, values: Sequence[Given]) -> list[str]:
    found = []
    for value in values:
        kind = str(value).strip().lower()
        if kind not in {*KINDS, RECOMMENDATION}:
            hint = f"the kinds are: {', '.join((RECOMMENDATION, *KINDS))}"
            raise UnknownValueError(f"kind: {shown(kind)} is unknown", nearest(kind, KINDS), hint)
        found += [each for each in KINDS if each == kind or (kind == RECOMMENDATION and each.endswith(f"-{kind}"))]
    return found
