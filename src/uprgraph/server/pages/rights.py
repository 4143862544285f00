"""What the pages of rights are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from uprgraph.catalog.names import search_key
from uprgraph.results.rows import Results, Row
from uprgraph.server.jobs.things import Dossier
from uprgraph.server.pages.dossiers import names_in_languages, values


@dataclass(frozen=True, slots=True)
class Right:
    """A right, and those that are narrower."""

    iri: str
    label: str
    definition: str
    narrower: tuple[Right, ...] = ()


def hierarchy(catalogue: Results) -> tuple[Right, ...]:
    """Return the widest rights with those below them; a right below two stands in both places."""
    rights: dict[str, Row] = {}
    below: dict[str | None, set[str]] = {}
    for row in catalogue:
        rights.setdefault(str(row.right), row)
        below.setdefault(None if row.broader is None else str(row.broader), set()).add(str(row.right))

    def grown(iri: str, above: tuple[str, ...]) -> Right:
        row = rights[iri]
        narrower = [each for each in below.get(iri, ()) if each not in above and each != iri]
        parts = tuple(sorted((grown(each, (*above, iri)) for each in narrower), key=_by_name))
        return Right(iri, str(row.label), str(row.definition or ""), parts)

    return tuple(sorted((grown(each, ()) for each in below.get(None, ())), key=_by_name))


def _by_name(right: Right) -> str:
    return search_key(right.label)


def _found(rights: Sequence[Right], iri: str) -> Right | None:
    for each in rights:
        found = each if each.iri == iri else _found(each.narrower, iri)
        if found is not None:
            return found
    return None


def of_right(dossier: Dossier) -> dict[str, Any]:
    """Return what the page of a right shows besides the answers to questions."""
    answers = dossier.answers
    found = _found(hierarchy(answers["rights"]), dossier.iri)
    opinions: dict[str, list[Row]] = {}
    for row in answers["opinions-by-right"]:
        opinions.setdefault(str(row.opinion), []).append(row)
    instruments: dict[str, list[Row]] = {}
    for row in answers["instruments-by-right"]:
        instruments.setdefault(str(row.instrument), []).append(row)
    elsewhere = [row for row in answers["findings-by-right"] if str(row.document) not in opinions]
    return {
        "languages": names_in_languages(dossier),
        "definition": next((row.value for row in values(dossier, "skos:definition")), None),
        "notes": [row.value for row in values(dossier, "skos:scopeNote")],
        "also": sorted(str(row.value) for row in values(dossier, "skos:altLabel")),
        "broader": [str(row.value) for row in values(dossier, "skos:broader")],
        "narrower": found.narrower if found else (),
        "opinions": list(opinions.values()),
        "instruments": sorted(instruments.values(), key=lambda rows: str(rows[0].title)),
        "findings": list({row.finding: row for row in elsewhere}.values()),
        "recommendations": list({row.recommendation: row for row in answers["recommendations-by-right"]}.values()),
        "reviews": list(answers["reviews-and-opinions-by-right"]),
    }
