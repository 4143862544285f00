"""The statements that are judged: a chunk, laid over a background that stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TypeAlias

import pyoxigraph as ox

from uprgraph.validation.bulk.terms import Key, key_of

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SUBCLASS_OF = "http://www.w3.org/2000/01/rdf-schema#subClassOf"

Properties: TypeAlias = dict[str, set[Key]]
_NONE: Mapping[str, Set[Key]] = {}
_NO_KEYS: frozenset[Key] = frozenset()


class Facts:
    """Triples by subject and predicate, over those of `below`.

    `own` holds the subjects of these triples, each with all its properties, those from below too. Of the predicates in
    `inverse`, and only of these, it is also known which subjects point at a value.
    """

    def __init__(
        self, triples: Iterable[ox.Triple | ox.Quad], inverse: frozenset[str], mark: str, below: Facts | None = None
    ) -> None:
        self.below = below
        self.own: dict[Key, Properties] = {}
        self._under: Mapping[Key, Mapping[str, Set[Key]]] = below.own if below else {}
        self.verdicts: dict[tuple[int, Key], bool] = {}
        self._into: dict[str, dict[Key, set[Key]]] = {}
        self._subclasses: dict[str, frozenset[str]] = {}
        self._axioms: dict[str, list[str]] = {}
        for triple in triples:
            subject = key_of(triple.subject, mark)
            self._add(subject, triple.predicate.value, key_of(triple.object, mark), inverse)

    def _add(self, subject: Key, predicate: str, value: Key, inverse: frozenset[str]) -> None:
        properties = self.own.get(subject)
        if properties is None:
            under = self._under.get(subject, _NONE)
            properties = self.own[subject] = {each: set(values) for each, values in under.items()}
        values = properties.get(predicate)
        if values is None:
            properties[predicate] = {value}
        else:
            values.add(value)
        if predicate in inverse:
            self._into.setdefault(predicate, {}).setdefault(value, set()).add(subject)
        if predicate == SUBCLASS_OF and isinstance(subject, str) and isinstance(value, str):
            self._axioms.setdefault(value, []).append(subject)

    def properties(self, node: Key) -> Mapping[str, Set[Key]]:
        """Return the properties of a node, each with its values."""
        found = self.own.get(node)
        return self._under.get(node, _NONE) if found is None else found

    def values(self, node: Key, predicate: str) -> Set[Key]:
        """Return the values of one property of a node."""
        found = self.own.get(node)  # not by `properties`: nothing is asked more often
        if found is None:
            return self._under.get(node, _NONE).get(predicate, _NO_KEYS)
        return found.get(predicate, _NO_KEYS)

    def subjects(self, predicate: str, value: Key) -> Set[Key]:
        """Return what points at a value by a predicate, which has to be one of `inverse`."""
        found = self._into.get(predicate, {}).get(value, _NO_KEYS)
        return found | self.below.subjects(predicate, value) if self.below else found

    def pairs(self, predicate: str) -> Iterator[tuple[Key, Key]]:
        """Yield subject and value of a predicate of `inverse`."""
        for value, subjects in self._into.get(predicate, {}).items():
            yield from ((subject, value) for subject in subjects)
        if self.below:
            yield from self.below.pairs(predicate)

    def subclasses(self, name: str) -> frozenset[str]:
        """Return a class and the classes below it, direct or not."""
        if self.below and not self._axioms:
            return self.below.subclasses(name)
        found = self._subclasses.get(name)
        if found is None:
            reached, waiting = {name}, [name]
            while waiting:
                new = set(self._directly_below(waiting.pop())) - reached
                reached |= new
                waiting.extend(new)
            found = self._subclasses[name] = frozenset(reached)
        return found

    def _directly_below(self, name: str) -> list[str]:
        return self._axioms.get(name, []) + (self.below._axioms.get(name, []) if self.below else [])

    def is_instance(self, node: Key, name: str) -> bool:
        """Say whether a node has a class, or one below it, as a type."""
        return not self.subclasses(name).isdisjoint(self.values(node, RDF_TYPE))

    def triples(self, predicates: frozenset[str] | None) -> Iterator[tuple[Key, str, Key]]:
        """Yield the triples of the own subjects that have one of the predicates, or all for None."""
        for subject, properties in self.own.items():
            for predicate in properties if predicates is None else predicates & properties.keys():
                yield from ((subject, predicate, value) for value in properties[predicate])
