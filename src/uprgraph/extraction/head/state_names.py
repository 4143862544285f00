"""The names of States in a text, as data/reference/states.ttl has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from uprgraph import resources
from uprgraph.sources.statements import values
from uprgraph.sources.states import StateNames

_MOST_WORDS = 8
"""Words of the longest name."""
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A State that a text names: its code (ISO alpha-3) and the name as it stands."""

    code: str
    name: str


def is_code(code: str) -> bool:
    """Tell whether a State has this code (ISO alpha-3)."""
    return code in _codes().values()


def code(given: str) -> str:
    """Return the code of the State with this code or name.

    Raises UnknownValueError if there is none.
    """
    return given.upper() if is_code(given.upper()) else _codes()[_names().find(given)]


def leading(text: str) -> Named | None:
    """Return the State that the words at the beginning of a text name, the longest name that fits."""
    ends = [match.end() for match in re.finditer(r"\S+", text[:200])][:_MOST_WORDS]
    for end in reversed(ends):
        name = text[:end].rstrip(" ,.;:")
        state = _names().get(name)
        if state:
            return Named(_codes()[state], name)
    return None


@cache
def pattern(code: str) -> re.Pattern[str]:
    """Return a pattern of the names of a State, the longer ones first; of no name if no State has the code."""
    wanted = {state for state, each in _codes().items() if each == code}
    found = sorted({name for name, state in _all() if state in wanted and len(name) > _SHORTEST}, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, found)) + r")\b" if found else r"(?!)")


@cache
def _names() -> StateNames:
    return StateNames.load()


@cache
def _all() -> tuple[tuple[str, str], ...]:
    return tuple(values(resources.data() / "reference" / "states.ttl", "rdfs:label", "skos:altLabel"))


@cache
def _codes() -> dict[str, str]:
    """Return the code of each State by its IRI."""
    return {state: each for each, state in values(resources.data() / "reference" / "states.ttl", "upr:iso3")}
