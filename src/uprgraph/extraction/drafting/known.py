"""What a dossier refers to and the shipped graph may have: the State, its review, organisations, labels of codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from uprgraph import resources
from uprgraph.errors import InvalidDataError
from uprgraph.files import read_turtle
from uprgraph.sources.sessions import ordinal
from uprgraph.sources.statements import values
from uprgraph.vocabulary import expand
from uprgraph.wording import fold_space

_ACRONYM = re.compile(r"\s*\([^()]{1,40}\)\s*$")


@dataclass(frozen=True)
class Reference:
    """The reference data, as far as the review of one State at one session needs it."""

    state: str
    session: int

    @cached_property
    def state_name(self) -> str:
        """The English name of the State. Raises InvalidDataError if there is no State of this code."""
        labels = _english(resources.data() / "reference" / "states.ttl")
        name = labels.get(expand(f"state:{self.state}"))
        if name is None:
            raise InvalidDataError(f'no State has the code "{self.state}"', hint="name it: --state STATE")
        return name

    @property
    def review_label(self) -> str:
        """What the review is called."""
        return f"Review of {self.state_name}, {ordinal(self.session)} session"

    @property
    def has_review(self) -> bool:
        """Whether the shipped graph describes the review."""
        return expand(f"review:{self.state}-{self.session}") in _sessions()

    @property
    def year(self) -> str:
        """The year of the session as far as the calendar gives it, else an empty string."""
        return _sessions().get(expand(f"session:{self.session}"), "")[:4]

    def check_session(self) -> None:
        """Raise InvalidDataError if there is no such session."""
        if expand(f"session:{self.session}") not in _sessions():
            raise InvalidDataError(
                f"there is no session {self.session} of the Universal Periodic Review",
                hint="name it: --session NUMBER",
            )

    @property
    def membership(self) -> tuple[str, str] | None:
        """The role in the OSCE and the year since which it is held, which may be empty; None if there is none."""
        return _memberships().get(expand(f"membership:OSCE-{self.state}"))


def organisation(name: str) -> str | None:
    """Return the IRI of an organisation by its name or another name of it, None if it is not known."""
    known = _organisations()
    for each in (name, _ACRONYM.sub("", name)):
        found = known.get(_key(each))
        if found:
            return found
    return None


def label_of(scheme: str, notation: str) -> str:
    """Return the English label of a concept of a codelist; its notation if there is none."""
    path = resources.ontology() / "codelists" / f"{scheme}.ttl"
    return _english(path).get(expand(f"code:{scheme}/{notation}"), notation)


def notations(scheme: str) -> frozenset[str]:
    """Return the notations of a codelist."""
    return _notations(resources.ontology() / "codelists" / f"{scheme}.ttl")


@cache
def _notations(path: Path) -> frozenset[str]:
    return frozenset(notation for notation, _ in values(path, "skos:notation"))


@cache
def _english(path: Path) -> dict[str, str]:
    wanted = {expand("rdfs:label"), expand("skos:prefLabel")}
    return {
        str(quad.subject.value): quad.object.value  # type: ignore[union-attr]
        for quad in read_turtle(path)
        if quad.predicate.value in wanted and getattr(quad.object, "language", None) == "en"
    }


@cache
def _organisations() -> dict[str, str]:
    path = resources.data() / "reference" / "organisations.ttl"
    found: dict[str, str] = {}
    for name, iri in values(path, "rdfs:label", "skos:altLabel"):
        found.setdefault(_key(name), iri)
        found.setdefault(_key(iri.rpartition("/")[2]), iri)
    return found


def _key(name: str) -> str:
    return re.sub(r"^(?:the|un|united nations) ", "", fold_space(name).casefold())


@cache
def _sessions() -> dict[str, str]:
    """Return the IRIs of sessions, with the day on which each begins where it is known, and of reviews."""
    found: dict[str, str] = {}
    for quad in read_turtle(resources.data() / "reference" / "sessions.ttl"):
        subject = str(quad.subject.value)  # type: ignore[union-attr]
        found.setdefault(subject, "")
        if quad.predicate.value == expand("upr:startDate"):
            found[subject] = quad.object.value  # type: ignore[union-attr]
    return found


@cache
def _memberships() -> dict[str, tuple[str, str]]:
    roles: dict[str, str] = {}
    since: dict[str, str] = {}
    for quad in read_turtle(resources.data() / "reference" / "memberships.ttl"):
        subject, value = str(quad.subject.value), str(quad.object.value)  # type: ignore[union-attr]
        if quad.predicate.value == expand("org:role"):
            roles[subject] = value.rpartition("/")[2]
        elif quad.predicate.value == expand("upr:since"):
            since[subject] = value
    return {subject: (role, since.get(subject, "")) for subject, role in roles.items()}
