"""What States are called: their names in data/reference/states.ttl, looked up as other publishers write them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from uprgraph import resources
from uprgraph.errors import InvalidDataError, UnknownValueError
from uprgraph.sources.statements import values
from uprgraph.wording import fold_space, nearest

_LIKE = 80
"""Of 100: how like two names are that may be one, misspelt."""


def _key(name: str) -> str:
    return fold_space(name.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).casefold()


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
        names = path or resources.data() / "reference" / "states.ttl"
        return cls(values(names, "rdfs:label", "skos:altLabel"))

    def get(self, name: str) -> str | None:
        """Return the IRI of the State called `name` as `find` does, None if no State is called so."""
        return self._states.get(_key(name))

    def reason(self, name: str) -> str:
        """Return why `name`, which names no State, does not."""
        return "names no State that is known" if name else "is empty"

    def find(self, name: str) -> str:
        """Return the IRI of the State called `name`; case and white space do not matter, spelling does.

        Raises UnknownValueError, with similar names as suggestions, if no State is called so.
        """
        state = self.get(name)
        if state is None:
            similar = [self._spelt[key] for key in nearest(_key(name), self._states)]
            hint = None if similar else "add it to data/reference/tables/state-names.csv if it names a State"
            raise UnknownValueError(f'no State is called "{name}"', similar, hint)
        return state

    def resembling(self, name: str) -> str | None:
        """Return the name most like `name`, None if none is much like it."""
        from rapidfuzz import fuzz, process

        found = process.extractOne(_key(name), self._states.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE)
        return self._spelt[found[0]] if found else None
