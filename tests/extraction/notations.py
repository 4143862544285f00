"""The notations of the codelists, to which the codes that extraction gives belong."""

from __future__ import annotations

from uprgraph import resources
from uprgraph.sources.statements import values


def notations(codelist: str) -> set[str]:
    """Return the notations of a codelist."""
    path = resources.ontology() / "codelists" / f"{codelist}.ttl"
    return {code for code, _ in values(path, "skos:notation")}
