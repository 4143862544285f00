"""What the values of other people's data may be: States, sessions, issues, responses, themes, in their own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from pyoxigraph import NamedNode

from uprgraph import resources
from uprgraph.errors import InvalidDataError
from uprgraph.files import read_turtle
from uprgraph.sources import tables
from uprgraph.sources.records import Kind
from uprgraph.sources.statements import values
from uprgraph.sources.states import StateNames
from uprgraph.vocabulary import expand
from uprgraph.wording import fold_space

KINDS: Mapping[str, Kind] = {each: each for each in get_args(Kind)}
"""The kinds of records, by name."""


def folded(word: str) -> str:
    """Return a word as the mappings of `Known` have it: case and white space do not matter."""
    return fold_space(word).casefold()


@dataclass(frozen=True, slots=True)
class Known:
    """What the values may be. The words are `folded`, what they stand for are IRIs; `cycles` has a session's cycle.

    `responses` has the words of each source, such as "upr-info". `bodies` are organisations, by name and by code;
    `kinds` gives the kind of a body of the Universal Human Rights Index by how its name begins, `types` whether its
    annotations of a type are recommendations.
    """

    states: StateNames
    issues: Mapping[str, str] = field(default_factory=dict)
    cycles: Mapping[int, int] = field(default_factory=dict)
    responses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    affected: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    types: Mapping[str, bool] = field(default_factory=dict)

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
            bodies=_bodies(reference / "organisations.ttl"),
            kinds=_kinds(reference / "tables" / "uhri-bodies.csv"),
            types=_types(reference / "tables" / "uhri-types.csv"),
        )

    def kind(self, body: str) -> Kind | None:
        """Return the kind of a body by the longest beginning that is known, None if none is."""
        words = folded(body).split(" ")
        for end in range(len(words), 0, -1):
            if kind := self.kinds.get(" ".join(words[:end])):
                return kind
        return None


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


def _bodies(path: Path) -> dict[str, str]:
    found = {}
    for name, iri in values(path, "rdfs:label", "skos:altLabel"):
        found[folded(name)] = found[folded(iri.rpartition("/")[2])] = iri
    return found


def _kinds(path: Path) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for row in tables.read(path, ("beginning", "kind", "note")):
        kind = row.required("kind")
        if kind not in KINDS:
            raise row.error("kind", f'is "{kind}"', "use one of " + ", ".join(KINDS))
        found[folded(row.required("beginning"))] = KINDS[kind]
    return found


def _types(path: Path) -> dict[str, bool]:
    found = {}
    for row in tables.read(path, ("type", "taken", "note")):
        if row["taken"] not in {"yes", "no"}:
            raise row.error("taken", f'is "{row["taken"]}"', "use yes or no")
        found[folded(row.required("type"))] = row["taken"] == "yes"
    return found
