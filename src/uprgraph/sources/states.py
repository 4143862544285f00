"""What States are called: their names in data/reference/states.ttl, looked up as other publishers write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph

from uprgraph import resources
from uprgraph.errors import InvalidDataError, UnknownValueError
from uprgraph.evidence import fold
from uprgraph.vocabulary import expand

_NAMES = (expand("rdfs:label"), expand("skos:altLabel"))


def _key(name: str) -> str:
    return fold(name.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).casefold()


class StateNames:
    """The names of States, in all languages, and the IRI of the State that each one names."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a name and a State's IRI. Raises InvalidDataError if one name names two States."""
        self._states: dict[str, str] = {}
        self._spelt: dict[str, str] = {}
        for name, state in names:
            if self._states.setdefault(_key(name), state) != state:
                problem = f'"{name}" names two States, {self._states[_key(name)]} and {state}'
                raise InvalidDataError(problem, hint="a name in states.ttl must name one State")
            self._spelt.setdefault(_key(name), name)

    @classmethod
    def load(cls, path: Path | None = None) -> StateNames:
        """Return the names in `path`, by default data/reference/states.ttl.

        Raises InvalidDataError if it is not Turtle or if a name names two States.
        """
        return cls(_labels(path or resources.data() / "reference" / "states.ttl"))

    def find(self, name: str) -> str:
        """Return the IRI of the State called `name`; case and white space do not matter, spelling does.

        Raises UnknownValueError, with up to three similar names as suggestions, if no State is called so.
        """
        state = self._states.get(_key(name))
        if state is None:
            similar = [self._spelt[key] for key in get_close_matches(_key(name), self._states, 3, 0.75)]
            hint = None if similar else "add it to data/reference/tables/state-names.csv if it names a State"
            raise UnknownValueError(f'no State is called "{name}"', similar, hint)
        return state

    def as_mapping(self) -> Mapping[str, str]:
        """Return each name, as it is spelt, with the IRI of its State."""
        return {self._spelt[key]: state for key, state in self._states.items()}


def _labels(path: Path) -> Iterator[tuple[str, str]]:
    try:
        for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            if triple.predicate.value in _NAMES and isinstance(triple.object, pyoxigraph.Literal):
                yield triple.object.value, str(triple.subject.value)
    except SyntaxError as error:
        raise InvalidDataError(f"not valid Turtle: {error.msg}", path, error.lineno, error.offset) from error
