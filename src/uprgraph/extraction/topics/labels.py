"""The rights and principles of the codelists with the labels by which they are recognised in running text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode

from uprgraph import resources
from uprgraph.extraction.topics.words import Role, plain, table, tokens
from uprgraph.files import read_turtle
from uprgraph.vocabulary import expand

RIGHT = "right"
PRINCIPLE = "principle"
SCHEMES = (RIGHT, PRINCIPLE)
_LONGEST = 8
"""Words of a label that is looked for: longer ones are descriptions that no sentence repeats."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a concept: its words, and the stems of those that count, in their order and as what is `needed`."""

    code: str
    text: str
    stems: tuple[str, ...]
    words: tuple[str, ...]
    preferred: bool
    needed: frozenset[str]

    @property
    def capitals(self) -> bool:
        """Whether it is an abbreviation, which is found only as it is written: "FOI", "IDPs"."""
        return len(self.words) == 1 and sum(letter.isupper() for letter in self.text) > 1


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a scheme, by the first of their stems, and by each of them; `above` has what is broader*."""

    by_first: Mapping[str, tuple[Label, ...]]
    by_any: Mapping[str, tuple[Label, ...]]
    above: Mapping[str, frozenset[str]]


@cache
def labels(scheme: str) -> Labels:
    """Return the labels of a codelist, `RIGHT` or `PRINCIPLE`, in English and without those that are weak."""
    weak = {each.casefold() for each in table()["weak"][scheme]}
    found: list[Label] = []
    broader: dict[str, set[str]] = defaultdict(set)
    preferred, alternative = expand("skos:prefLabel"), expand("skos:altLabel")
    top = expand(f"code:{scheme}")
    for subject, predicate, value, _ in read_turtle(resources.ontology() / "codelists" / f"{scheme}.ttl"):
        if not isinstance(subject, NamedNode) or subject.value == top:
            continue
        code = subject.value.rpartition("/")[2]
        broader[code]
        if predicate.value == expand("skos:broader") and isinstance(value, NamedNode):
            broader[code].add(value.value.rpartition("/")[2])
        is_label = predicate.value in {preferred, alternative} and isinstance(value, Literal) and value.language == "en"
        if is_label and value.value.casefold() not in weak:
            label = _label(code, value.value, preferred=predicate.value == preferred)
            if 0 < len(label.stems) <= _LONGEST:
                found.append(label)
    found.sort(key=lambda label: (label.code, not label.preferred, label.text))
    in_order = {each.casefold() for each in table()["in_order"]}
    several = [label for label in found if len(label.stems) > 1 and label.text.casefold() not in in_order]
    return Labels(
        by_first=_indexed((label.stems[0], label) for label in found),
        by_any=_indexed((each, label) for label in several for each in sorted(set(label.stems))),
        above={code: _above(code, broader) for code in broader},
    )


def _label(code: str, text: str, *, preferred: bool) -> Label:
    words = tokens(text)
    content = [word.stem for word in words if word.role in {Role.CONTENT, Role.FILLING, Role.BOUNDARY}]
    plainly = tuple(plain(word.written) for word in words)
    return Label(code, text, tuple(content), plainly, preferred, frozenset(content))


def _indexed(pairs: Iterable[tuple[str, Label]]) -> dict[str, tuple[Label, ...]]:
    found: dict[str, list[Label]] = defaultdict(list)
    for key, label in pairs:
        found[key].append(label)
    return {key: tuple(each) for key, each in found.items()}


def _above(code: str, broader: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [code]
    while waiting:
        new = broader.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return frozenset(found)
