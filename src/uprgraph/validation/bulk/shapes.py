"""Shapes as objects that judge a focus node."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from uprgraph.validation.bulk.facts import Facts
from uprgraph.validation.bulk.paths import Walk
from uprgraph.validation.bulk.sets import Check
from uprgraph.validation.bulk.terms import Key
from uprgraph.validation.report import Severity


@dataclass(slots=True)
class Shape:
    """A node shape, or a property shape, which has a path.

    Checks give the values that are wrong, each with the name of its constraint component ("MinCount"); only those in
    `checks_of_nothing` can be broken where there is no value. `finders` give whole results, as sh:closed and sh:sparql
    need.
    """

    name: str
    path: str | None = None
    walk: Walk | None = None
    severity: Severity = "violation"
    message: str | None = None
    mend: str | None = None
    checks: list[tuple[str, Check]] = field(default_factory=list)
    checks_of_nothing: list[tuple[str, Check]] = field(default_factory=list)
    finders: list[Finder] = field(default_factory=list)
    properties: list[Shape] = field(default_factory=list)

    def find(self, facts: Facts, focus: Key, found: list[Result]) -> None:
        """Add the results of validating a focus node to `found`."""
        values: Set[Key] = {focus} if self.walk is None else self.walk(facts, focus)
        for component, check in self.checks if values else self.checks_of_nothing:
            wrong = check(facts, focus, values)
            if wrong:
                found.extend(Result(self, component, focus, self.path, value, self.message) for value in wrong)
        for finder in self.finders:
            found.extend(finder(facts, focus, values))
        for inner in self.properties:
            for value in values:
                inner.find(facts, value, found)

    def accepts(self, facts: Facts, node: Key) -> bool:
        """Say whether a node conforms. The answer is kept with the facts, for the codes that many things share."""
        asked = (id(self), node)
        verdict = facts.verdicts.get(asked)
        if verdict is None:
            found: list[Result] = []
            self.find(facts, node, found)
            verdict = facts.verdicts[asked] = not found
        return verdict


class Result(NamedTuple):
    """What a shape found: the constraint component by its short name, and what SHACL calls focus, path and value."""

    shape: Shape
    component: str
    focus: Key
    path: str | None
    value: Key | None
    message: str | None


Finder: TypeAlias = Callable[[Facts, Key, Set[Key]], Iterable[Result]]


def conforming(shape: Shape) -> Check:
    """Check for sh:node."""
    return lambda facts, _focus, values: [value for value in values if not shape.accepts(facts, value)]


def not_conforming(shape: Shape) -> Check:
    """Check for sh:not."""
    return lambda facts, _focus, values: [value for value in values if shape.accepts(facts, value)]


def conforming_to(shapes: list[Shape], enough: Callable[[int], bool]) -> Check:
    """Check for sh:and, sh:or and sh:xone: `enough` says whether so many of the shapes are right for a value."""
    return lambda facts, _focus, values: [
        value for value in values if not enough(sum(shape.accepts(facts, value) for shape in shapes))
    ]


def qualified(shape: Shape, enough: Callable[[int], bool]) -> Check:
    """Check for sh:qualifiedValueShape: `enough` says whether so many values may conform."""

    def check(facts: Facts, _focus: Key, values: Set[Key]) -> tuple[None, ...]:
        return () if enough(sum(shape.accepts(facts, value) for value in values)) else (None,)

    return check


def closed(shape: Shape, allowed: frozenset[str], shown: Callable[[str], str]) -> Finder:
    """Finder for sh:closed: a result for each triple whose predicate is not allowed, on that predicate."""
    resource = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2000/01/rdf-schema#Resource")

    def finder(facts: Facts, focus: Key, values: Set[Key]) -> list[Result]:
        return [
            Result(shape, "Closed", focus, shown(predicate), value, shape.message)
            for node in values
            if not allowed.issuperset(properties := facts.properties(node))
            for predicate in properties
            if predicate not in allowed
            for value in properties[predicate]
            if (predicate, value) != resource
        ]

    return finder
