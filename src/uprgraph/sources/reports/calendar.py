"""Which reviews there were, as far as data/reference/sessions.ttl tells: to doubt a report that says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from uprgraph import files, resources
from uprgraph.sources.statements import values
from uprgraph.vocabulary import expand


@dataclass(frozen=True, slots=True)
class Calendar:
    """The numbers of the sessions, the reviews (a State's IRI and a session), and the first days of some sessions."""

    sessions: frozenset[int]
    reviews: frozenset[tuple[str, int]]
    starts: Mapping[int, str]

    @classmethod
    def load(cls, path: Path | None = None) -> Calendar:
        """Return the calendar in `path`, by default data/reference/sessions.ttl."""
        found = path or resources.data() / "reference" / "sessions.ttl"
        return cls(
            sessions=frozenset(_number(iri) for _, iri in values(found, "upr:number") if iri.startswith(_SESSION)),
            reviews=frozenset(_reviews(found)),
            starts={_number(iri): day for day, iri in values(found, "upr:startDate")},
        )

    def sessions_of(self, state: str) -> list[int]:
        """Return the sessions at which the State was reviewed, in their order."""
        return sorted(session for each, session in self.reviews if each == state)


_SESSION = expand("session:")


def _number(iri: str) -> int:
    return int(iri.rsplit("/", 1)[1])


def _reviews(path: Path) -> set[tuple[str, int]]:
    states, sessions = {}, {}
    for quad in files.read_turtle(path):
        if isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
            if quad.predicate.value == expand("upr:stateUnderReview"):
                states[quad.subject.value] = quad.object.value
            elif quad.predicate.value == expand("upr:inSession"):
                sessions[quad.subject.value] = _number(quad.object.value)
    return {(state, sessions[review]) for review, state in states.items() if review in sessions}
