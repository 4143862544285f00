"""How well a draft agrees with what is expected: precision and recall for each kind of statement, rights, attributes.

Statements of a kind are matched one to one, those that are most alike first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench import extraction_likeness as likeness
from bench.extraction_attributes import ATTRIBUTES, FALLBACK
from bench.extraction_expected import Expected
from uprgraph.extraction.statements import Draft, Finding, Recommendation

Pair = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of statement: its name, where a draft has it, and how two of it compare."""

    name: str
    of: Callable[[Draft], Sequence[Any]]
    alike: likeness.Likeness


KINDS = (
    Kind("submission", lambda draft: (draft.submission,), likeness.of_submission),
    Kind("membership", lambda draft: _present(draft.submission.membership), likeness.of_membership),
    Kind("opinions", lambda draft: draft.opinions, likeness.of_opinion),
    Kind("adoptions", lambda draft: draft.adoptions, likeness.of_claim),
    Kind("concern claims", lambda draft: draft.concern_claims, likeness.of_claim),
    Kind("findings", lambda draft: draft.findings, likeness.of_statement),
    Kind("recommendations", lambda draft: draft.recommendations, likeness.of_statement),
    Kind("counts", lambda draft: draft.counts, likeness.of_count),
    Kind("statistics", lambda draft: [each for each in draft.figures if not each.kind], likeness.of_figure),
    Kind("benchmarks", lambda draft: [each for each in draft.figures if each.kind], likeness.of_figure),
    Kind("elections", lambda draft: draft.missions, likeness.of_mission),
    Kind("audits", lambda draft: draft.audits, likeness.of_audit),
    Kind("plans", lambda draft: draft.plans, likeness.of_plan),
)


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, how many were found, and how many there are. What is asked of none, and finds none, is 1."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what there is that was found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.wanted + other.wanted)


@dataclass(frozen=True, slots=True)
class Matched:
    """The statements of a kind: those that agree, those that were missed, and those that should not be there."""

    pairs: tuple[Pair, ...]
    missed: tuple[Any, ...]
    extra: tuple[Any, ...]

    @property
    def score(self) -> Score:
        """Return the score of the kind."""
        return Score(len(self.pairs), len(self.pairs) + len(self.extra), len(self.pairs) + len(self.missed))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A draft beside what is expected, by kind; `forbidden` are statements of texts of which none may be made."""

    kinds: dict[str, Matched]
    forbidden: tuple[tuple[str, Any], ...]

    def attribute(self, kind: str, name: str) -> Score:
        """Return how many of the matched statements of a kind agree in an attribute, as right and wanted."""
        pairs = self.kinds[kind].pairs
        right = sum(self.agrees(pair, kind, name) for pair in pairs)
        return Score(right, len(pairs), len(pairs))

    def agrees(self, pair: Pair, kind: str, name: str) -> bool:
        """Tell whether two matched statements agree in an attribute."""
        if name == FALLBACK:
            return self._fallback(*pair)
        return ATTRIBUTES[kind][name](*pair)

    def types(self) -> Counter[tuple[str, str]]:
        """Return how often findings that are expected as one type were found as another (expected, found)."""
        return Counter((wanted.type, found.type) for wanted, found in self.kinds["findings"].pairs)

    def topics(self, name: str, *, end_to_end: bool) -> Score:
        """Return the micro average over rights or principles of matched statements, or of all: missed and extra too."""
        total = Score(0, 0, 0)
        for kind in ("findings", "recommendations"):
            matched = self.kinds[kind]
            for wanted, found in matched.pairs:
                total += _topics(codes(wanted, name), codes(found, name))
            if end_to_end:
                for missed in matched.missed:
                    total += _topics(codes(missed, name), set())
                for extra in matched.extra:
                    total += _topics(set(), codes(extra, name))
        return total

    def _fallback(self, wanted: Recommendation, found: Recommendation) -> bool:
        """Tell whether both fall back from nothing, or from recommendations that match."""
        if wanted.fallback_for is None or found.fallback_for is None:
            return wanted.fallback_for is found.fallback_for
        return any(
            (one.place, one.position, other.place, other.position)
            == (wanted.place, wanted.fallback_for, found.place, found.fallback_for)
            for one, other in self.kinds["recommendations"].pairs
        )


def compare(expected: Expected, draft: Draft) -> Comparison:
    """Compare a draft with what is expected."""
    kinds = {
        kind.name: match(kind.of(expected.draft), kind.of(draft), kind.alike)
        for kind in KINDS
        if kind.name not in expected.unasked
    }
    return Comparison(kinds, tuple(_forbidden(expected.forbidden, kinds)))


def match(wanted: Sequence[Any], found: Sequence[Any], alike: likeness.Likeness) -> Matched:
    """Match what is wanted with what was found, one to one, the most alike first."""
    candidates = sorted(
        (
            (-alike(one, other), here, there)
            for here, one in enumerate(wanted)
            for there, other in enumerate(found)
            if alike(one, other)
        ),
    )
    taken: dict[int, int] = {}
    for _, here, there in candidates:
        if here not in taken and there not in taken.values():
            taken[here] = there
    return Matched(
        pairs=tuple((wanted[here], found[there]) for here, there in sorted(taken.items())),
        missed=tuple(each for here, each in enumerate(wanted) if here not in taken),
        extra=tuple(each for there, each in enumerate(found) if there not in taken.values()),
    )


def codes(statement: Finding | Recommendation, name: str) -> set[str]:
    """Return the codes of the rights, or principles, of a statement."""
    return {topic.code for topic in getattr(statement, name)}


def _topics(wanted: set[str], found: set[str]) -> Score:
    return Score(len(wanted & found), len(found), len(wanted))


def _present(value: Any) -> tuple[Any, ...]:
    return () if value is None else (value,)


def _forbidden(texts: Sequence[str], kinds: dict[str, Matched]) -> Iterator[tuple[str, Any]]:
    """Yield each statement that is made of one of the texts, with that text."""
    for matched in kinds.values():
        for statement in matched.extra:
            for text in texts:
                if likeness.made_of(text, getattr(statement, "text", "")):
                    yield text, statement
