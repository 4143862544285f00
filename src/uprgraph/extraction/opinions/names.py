"""What opinions are called: their types by the codelist, and the organisations that issue them together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from uprgraph import resources
from uprgraph.sources.statements import values

_AUTHOR = "ODIHR"
_LABELS = ("skos:prefLabel", "skos:altLabel")
_PART_OF = re.compile(r"(?<!opinion)(?<!comments)(?<!note)(?<!guidelines)(?<!brief)\s+of\s+the\s+$", re.IGNORECASE)
"""What stands before the name of an organisation whose part is meant: "the Commission of the Council"."""
_FORMS_OF_ONE = {"notes": "note"}


def type_of(words: str, *, joint: bool) -> tuple[str, bool]:
    """Return the type (opinion-type) that the words of a title name, and whether they name it in full.

    A joint author makes the type a joint one where there is such a type.
    """
    wanted = frozenset(_FORMS_OF_ONE.get(word, word) for word in words.lower().split())
    for exact in (wanted | {"joint"}, wanted) if joint else (wanted,):
        if exact in _types():
            return _types()[exact], True
    parts = [each for each in _types() if each <= wanted | ({"joint"} if joint else set())]
    return (_types()[max(parts, key=len)], False) if parts else ("", False)


def joint_authors(words: str) -> tuple[str, ...]:
    """Return those who issued an opinion with ODIHR, in the order in which the words name them first."""
    found: dict[str, int] = {}
    for name, label in _organisations().items():
        for match in re.finditer(rf"\b{re.escape(name)}\b", words, re.IGNORECASE):
            if not _PART_OF.search(words[: match.start()]):
                found[label] = min(match.start(), found.get(label, match.start()))
    return tuple(sorted(found, key=lambda label: found[label]))


@cache
def _types() -> dict[frozenset[str], str]:
    """Return the code of each type by the words of each of its labels."""
    path = resources.ontology() / "codelists" / "opinion-type.ttl"
    codes = {concept: code for code, concept in values(path, "skos:notation")}
    return {
        frozenset(label.lower().split()): codes[concept]
        for label, concept in values(path, *reversed(_LABELS))
        if concept in codes
    } | dict(_preferred(codes))


def _preferred(codes: dict[str, str]) -> Iterator[tuple[frozenset[str], str]]:
    """Yield the words of preferred labels, which go before alternative ones."""
    path = resources.ontology() / "codelists" / "opinion-type.ttl"
    for label, concept in values(path, _LABELS[0]):
        if concept in codes:
            yield frozenset(label.lower().split()), codes[concept]


@cache
def _organisations() -> dict[str, str]:
    """Return the label of each organisation by each of its names, those of ODIHR and the OSCE left out."""
    path = resources.data() / "reference" / "organisations.ttl"
    labels = {thing: label for label, thing in values(path, "rdfs:label")}
    own = [thing for thing in labels if thing.rpartition("/")[2] in (_AUTHOR, "OSCE", "UN")]
    return {name: labels[thing] for name, thing in values(path, "rdfs:label", "skos:altLabel") if thing not in own}
