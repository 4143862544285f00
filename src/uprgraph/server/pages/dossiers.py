"""What the pages of States are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from uprgraph.engines.terms import Literal
from uprgraph.results.rows import Row
from uprgraph.server.jobs.things import Dossier
from uprgraph.vocabulary import expand
from uprgraph.wording import fold_space

_TIMELINE = frozenset(
    {
        *("legal opinion", "adoption status", "election", "election report", "submission", "review", "membership"),
        *("gender audit", "gender audit report", "action plan", "concern status"),
    }
)
"""The kinds of things that stand in a time line."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something with a day or year."""

    date: object
    kind: str
    iri: str
    label: str


def by_letter(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Return States by the first letter of their names."""
    grouped = groupby(rows, key=lambda row: str(row.name)[:1].upper())
    found: dict[str, list[Row]] = {}
    for letter, members in grouped:
        found.setdefault(letter, []).extend(members)
    return sorted(found.items())


def names_in_languages(dossier: Dossier) -> list[tuple[str, str]]:
    """Return the names of a thing in other languages than English, each with its language."""
    found = []
    for relation, _, term, _ in dossier.description.statements.terms:
        named = str(relation).endswith(("#label", "#prefLabel"))
        if named and isinstance(term, Literal) and term.language not in {None, "en"}:
            found.append((str(term.language), term.value))
    return sorted(found)


def values(dossier: Dossier, relation: str) -> list[Row]:
    """Return what is said of a thing with a property, given by its prefixed name."""
    iri = expand(relation)
    return [row for row in dossier.description.statements if row.property == iri]


def of_state(dossier: Dossier) -> dict[str, Any]:
    """Return what the page of a State shows besides the answers to questions."""
    answers = dossier.answers
    opinions: dict[str, list[Row]] = {}
    for row in answers["opinions"]:
        opinions.setdefault(str(row.opinion), []).append(row)
    concerns: dict[str, list[Row]] = {}
    for row in answers["open-concerns"]:
        concerns.setdefault(str(row.opinion), []).append(row)
    laws = {(row.law, row.status, row.asOf, row.claimedBy): row for row in answers["law-adoption"]}
    reviews = list(answers["reviews-of-state"])
    sessions = {row.session: row for row in answers["acceptance-by-session"]}
    details: dict[str, list[str]] = {}
    for row in dossier.description.details:
        details.setdefault(str(row.item), []).append(str(row.detail))
    return {
        "languages": names_in_languages(dossier),
        "codes": [row for row in dossier.description.statements if str(row.name).endswith(" code")],
        "memberships": [", ".join(each) for iri, each in details.items() if "/id/membership/" in iri],
        "opinions": list(opinions.values()),
        "concerns": list(concerns.values()),
        "laws": list(laws.values()),
        "documents": [row for row in answers["documents"] if row.findings or row.recommendations],
        "reviews": [(row, sessions.get(row.session)) for row in reviews],
        "issues": sorted(answers["acceptance-by-issue"], key=lambda row: -int(str(row.recommendations)))[:10],
        "timeline": _timeline(dossier),
    }


def _timeline(dossier: Dossier) -> list[Event]:
    events = {}
    for row in dossier.answers["state-dossier"]:
        if row.kind in _TIMELINE and row.date is not None:
            label = fold_space(str(row.label or dossier.answers.labels.get(str(row.item), row.kind)))
            events[row.item] = Event(row.date, str(row.kind), str(row.item), label)
    return sorted(events.values(), key=lambda each: (str(each.date), each.kind, each.iri))
