"""What the values of other people's data may be: States, sessions, issues, responses, themes, in their own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode

from uprgraph import resources
from uprgraph.errors import InvalidDataError
from uprgraph.files import read_turtle
from uprgraph.sources import tables
from uprgraph.sources.statements import values
from uprgraph.sources.states import StateNames
from uprgraph.vocabulary import expand
from uprgraph.wording import fold_space


def folded(word: str) -> str:
    """Return a word as the mappings of `Known` have it: case and white space do not matter."""
    return fold_space(word).casefold()


@dataclass(frozen=True, slots=True)
class Known:
    """What the values may be. The words are `folded`, what they stand for are IRIs; `cycles` has a session's cycle.

    `responses` has the words of each source, such as "upr-info". `bodies` are treaty bodies, by name and by code.
    """

    states: StateNames
    issues: Mapping[str, str] = field(default_factory=dict)
    cycles: Mapping[int, int] = field(default_factory=dict)
    responses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    affected: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Known:
        """Return what the reference data, its tables and the codelists have."""
        reference = resources.data() / "reference"
        return cls(
            states=StateNames.load(),
            issues=_labelled("upr-info-issue", "skos:notation"),
            cycles=_cycles(reference / "sessions.ttl"),
            responses=_responses(reference / "tables" / "source-responses.csv"),
            themes=_labelled("uhri-theme", "skos:prefLabel", "skos:altLabel", "skos:notation"),
            affected=_labelled("affected-persons", "skos:prefLabel", "skos:altLabel", "skos:notation"),
            bodies={folded(name): iri for name, iri in _bodies(reference / "organisations.ttl")},
        )


def _labelled(codelist: str, *predicates: str) -> dict[str, str]:
    path = resources.ontology() / "codelists" / f"{codelist}.ttl"
    scheme = expand(f"code:{codelist}")
    found: dict[str, str] = {}
    for label, iri in values(path, *predicates):
        if iri != scheme and found.setdefault(folded(label), iri) != iri:
            raise InvalidDataError(f'"{label}" is the label of two concepts, {iri} and {found[folded(label)]}', path)
    return found


def _cycles(path: Path) -> dict[int, int]:
    found = {}
    for subject, predicate, value, _ in read_turtle(path):
        if predicate.value == expand("upr:inCycle") and isinstance(subject, NamedNode) and isinstance(value, NamedNode):
            found[int(subject.value.rpartition("/")[2])] = int(value.value.rpartition("/")[2])
    return found


def _responses(path: Path) -> dict[str, dict[str, str]]:
    known = set(_labelled("response", "skos:notation").values())
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in tables.read(path, ("source", "value", "response", "note")):
        response = expand(f"code:response/{row.required('response')}")
        if response not in known:
            raise row.error("response", f'is "{row["response"]}", which is not in the list code/response')
        if found[row.required("source")].setdefault(folded(row.required("value")), response) != response:
            raise row.error("value", f'is "{row["value"]}", which stands there already with another response')
    return dict(found)


def _bodies(path: Path) -> list[tuple[str, str]]:
    """Return names and codes of the organisations."""
    named = [(name, iri) for name, iri in values(path, "rdfs:label", "skos:altLabel")]
    return named + [(iri.rpartition("/")[2], iri) for _, iri in named]
