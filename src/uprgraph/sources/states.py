"""What States are called: their names in data/reference/states.ttl, looked up as other publishers write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from uprgraph import resources
from uprgraph.errors import InvalidDataError, UnknownValueError
from uprgraph.sources import tables
from uprgraph.sources.problems import is_misread
from uprgraph.sources.statements import values
from uprgraph.wording import fold_space

LONGEST_NAME = 200
"""Characters; what is longer is no name."""

_LIKE = 80
"""Of 100: how like two names are that may be one, misspelt."""
_SUGGESTIONS = 2
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc`\u00b4"), "'")
_BETWEEN = re.compile(r"[\s(),/\-\u2010-\u2015]+")


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    """Return a name without what publishers write differently: case, accents, punctuation, a leading article."""
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter != ".")
    words = _BETWEEN.sub(" ", letters.replace("&", " and ")).strip(" *")
    return fold_space(words).removeprefix("the ").removesuffix(" the")


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that names no State, in how many rows it stands, why it names none, and names of States like it."""

    name: str
    rows: int
    reason: str
    like: tuple[str, ...]


class StateNames:
    """The names of States, in all languages, and the IRI of the State that each one names.

    Case, accents, punctuation and a leading article do not matter, spelling does.
    """

    def __init__(self, names: Iterable[tuple[str, str]], others: Iterable[tuple[str, str]] = ()) -> None:
        """Take pairs of a name and a State's IRI, and pairs of a name that names no State now and the reason.

        Raises InvalidDataError if one name names two States, or a State and none.
        """
        self._states: dict[str, str] = {}
        self._spelt: dict[str, str] = {}
        for name, state in names:
            key = _key(name)
            if self._states.setdefault(key, state) != state:
                problem = f'"{name}" names two States, {self._states[key]} and {state}'
                raise InvalidDataError(problem, hint="a name in states.ttl must name one State")
            self._spelt.setdefault(key, name)
        self._others: dict[str, str] = {}
        for name, reason in others:
            if _key(name) in self._states:
                problem = f'"{name}" names {self._states[_key(name)]}, and stands among the names of no State'
                raise InvalidDataError(problem)
            self._others[_key(name)] = reason

    @classmethod
    def load(cls, path: Path | None = None) -> StateNames:
        """Return the names in `path`, by default data/reference/states.ttl, and those of no State in the tables.

        Raises InvalidDataError if it is not Turtle or if a name names two States.
        """
        names = path or resources.data() / "reference" / "states.ttl"
        return cls(values(names, "rdfs:label", "skos:altLabel"), _names_of_no_state())

    def get(self, name: str) -> str | None:
        """Return the IRI of the State called `name`, None if no State is called so."""
        return self._states.get(_key(name)) if len(name) <= LONGEST_NAME else None

    def reason(self, name: str) -> str:
        """Return why `name`, which names no State, does not."""
        if not name:
            return "is empty"
        if len(name) > LONGEST_NAME:
            return "is too long for the name of a State"
        if reason := self._others.get(_key(name)):
            return reason
        if is_misread(name):
            return "names no State; it looks as if the file had been decoded in an encoding that is not its own"
        return "names no State that is known"

    def find(self, name: str) -> str:
        """Return the IRI of the State called `name`.

        Raises UnknownValueError, with similar names as suggestions, if no State is called so.
        """
        state = self.get(name)
        if state is None:
            similar = self.like(name)
            hint = None if similar else "add it to data/reference/tables/state-names.csv if it names a State"
            raise UnknownValueError(f'no State is called "{name}"', similar, hint)
        return state

    def resembling(self, name: str) -> str | None:
        """Return the name most like `name`, None if none is much like it."""
        return next(iter(self.like(name)), None)

    def like(self, name: str, number: int = _SUGGESTIONS) -> list[str]:
        """Return up to `number` names much like `name`, of different States, nearest first."""
        from rapidfuzz import fuzz, process

        key = _key(name[:LONGEST_NAME])
        near = process.extract(key, self._states.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=4 * number)
        found: dict[str, str] = {}
        for each, *_ in near:
            found.setdefault(self._states[each], self._spelt[each])
        return list(found.values())[:number]

    def unresolved(self, names: Mapping[str, int], most: int = 1000) -> list[Unresolved]:
        """Return, for a person to look through, the `names` that name no State, those in most rows first.

        `names` gives the number of rows of each; no more than `most` are returned.
        """
        lost = sorted((name for name in names if self.get(name) is None), key=lambda name: (-names[name], name))
        return [Unresolved(name, names[name], self.reason(name), tuple(self.like(name))) for name in lost[:most]]


def _names_of_no_state() -> Iterable[tuple[str, str]]:
    folder = resources.data() / "reference" / "tables"
    for row in tables.read(folder / "former-states.csv", ("name", "until", "successors", "note")):
        successors = ", ".join(row.required("successors").split())
        yield row.required("name"), f"was a State until {row.required('until')}; in its place today: {successors}"
    for row in tables.read(folder / "not-states.csv", ("name", "kind", "note")):
        yield row.required("name"), f"names no State, but {row.required('kind')}"
