"""Namespaces and prefixes, read from ontology/prefixes.ttl, the only list of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from uprgraph import files, resources
from uprgraph.errors import InvalidDataError, UnknownValueError

_SHACL = "http://www.w3.org/ns/shacl#"
_PREFIXED = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*):([^\s<>\"{}|^`\\]*)")
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.:/-]*[A-Za-z0-9_/-])?")

LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title")
"""The properties that say what a thing is called, in the order in which they are taken."""


class Label(NamedTuple):
    """What a thing is called: the text, its language, and the place of the property in LABELS where it is known."""

    text: str
    language: str | None
    place: int = 0


def best_label(labels: Iterable[Label]) -> str | None:
    """Return the text to show: an English one, else one without a language, else any; of these by place, then text."""
    ranked = [(each.language != "en", each.language is not None, each.place, each.text) for each in labels]
    return min(ranked)[-1] if ranked else None


@cache
def prefixes() -> dict[str, str]:
    """Return every prefix and its namespace IRI, ordered by prefix.

    Source: the `sh:declare`d prefixes of ontology/prefixes.ttl. Raises InvalidDataError if the file is not Turtle or
    a declaration is incomplete.
    """
    import pyoxigraph

    path = resources.ontology() / "prefixes.ttl"
    names: dict[str, str] = {}
    namespaces: dict[str, str] = {}
    for quad in files.read_turtle(path):
        if isinstance(quad.object, pyoxigraph.Literal):
            if quad.predicate.value == f"{_SHACL}prefix":
                names[str(quad.subject)] = quad.object.value
            elif quad.predicate.value == f"{_SHACL}namespace":
                namespaces[str(quad.subject)] = quad.object.value
    if names.keys() != namespaces.keys() or len(set(names.values())) != len(names):
        raise InvalidDataError("each declaration needs one sh:prefix, used once, and one sh:namespace", path)
    return dict(sorted((name, namespaces[node]) for node, name in names.items()))


def is_prefixed(text: str) -> bool:
    """Say whether `text` is a name with one of our prefixes, such as `state:KAZ`."""
    match = _PREFIXED.fullmatch(text)
    return match is not None and match[1] in prefixes()


def expand(name: str) -> str:
    """Return the IRI that a prefixed name stands for: `upr:State` gives `https://w3id.org/uprgraph/ontology#State`.

    Raises UnknownValueError if it has no prefix or one that ontology/prefixes.ttl does not list.
    """
    match = _PREFIXED.fullmatch(name)
    if match is None:
        raise UnknownValueError(f'"{name}" is not a prefixed name', hint='write it like "upr:State"')
    namespace = prefixes().get(match[1])
    if namespace is None:
        raise UnknownValueError(
            f'the prefix "{match[1]}" of "{name}" is unknown', hint="the prefixes are: " + ", ".join(prefixes())
        )
    return namespace + match[2]


@cache
def _longest_first() -> list[tuple[str, str]]:
    return sorted(((space, name) for name, space in prefixes().items()), key=lambda pair: (-len(pair[0]), pair))


def shorten(iri: str) -> str:
    """Return the IRI with the longest fitting prefix, for people to read; the IRI itself where none fits.

    What comes out can be given to `expand`. A slash may stand in the local part (`review:KAZ-20/recommendation/1`),
    so that the result is for people and for this package, not for a Turtle file.
    """
    for namespace, name in _longest_first():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{name}:{iri[len(namespace) :]}"
    return iri


def part(dataset: str, term: str) -> str:
    """Return the IRI of the part of a dataset that holds what is of a class, or is said with a property."""
    return f"{dataset}#{shorten(term).replace(':', '-')}"
