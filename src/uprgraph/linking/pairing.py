"""What is left to be matched of two lists of recommendations, State by State."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """A known and a new recommendation, by position, that may be one; pairs sort with the best first.

    `order` decides between pairs of the same score, the least is best; then come the positions.
    """

    known: int
    new: int
    score: float
    order: tuple[int, ...] = ()

    def __lt__(self, other: Pair) -> bool:
        return self._rank() < other._rank()

    def _rank(self) -> tuple[float, tuple[int, ...], int, int]:
        return -self.score, self.order, self.new, self.known


class Pairing:
    """Which States of each recommendation are still without a match on the other side.

    A recommendation of which no State is known is matched as a whole, once.
    """

    def __init__(self, known: Sequence[frozenset[str]], new: Sequence[frozenset[str]]) -> None:
        self._known, self._new = _Side(known), _Side(new)

    def take(self, pair: Pair) -> bool:
        """Match a pair if both are free: for a State in common, or as wholes if one names no State. Tell whether."""
        known, new = self._known, self._new
        free = known.left[pair.known] & new.left[pair.new]
        named = known.named[pair.known] and new.named[pair.new]
        if not free and (named or known.used[pair.known] or new.used[pair.new]):
            return False
        self.use(pair)
        return True

    def use(self, pair: Pair) -> None:
        """Match a pair, free or not: what they have in common is not free any more."""
        shared = self._known.left[pair.known] & self._new.left[pair.new]
        self._known.use(pair.known, shared)
        self._new.use(pair.new, shared)

    def shared(self, most: int) -> Iterator[tuple[int, int]]:
        """Yield the pairs with a State in common for which both are free, but for States with more than `most`."""
        known, new = self._known.by_state(), self._new.by_state()
        found = {
            (one, other)
            for state in known.keys() & new.keys()
            if max(len(known[state]), len(new[state])) <= most
            for one in known[state]
            for other in new[state]
        }
        yield from sorted(found)

    def unnamed(self, most: int) -> Iterator[tuple[int, int]]:
        """Yield the pairs that may match as wholes, of which one names no State; none if there are more than `most`."""
        known, new = self._known.unused(), self._new.unused()
        if max(len(known), len(new)) > most:
            return
        for one in known:
            for other in new:
                if not (self._known.named[one] and self._new.named[other]):
                    yield one, other


class _Side:
    """One of the two lists: which States are left, whether there were any, and whether it has a match."""

    def __init__(self, recommenders: Sequence[frozenset[str]]) -> None:
        self.left = list(recommenders)
        self.named = [bool(each) for each in recommenders]
        self.used = [False] * len(recommenders)

    def use(self, position: int, states: frozenset[str]) -> None:
        self.left[position] -= states
        self.used[position] = True

    def by_state(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for position, states in enumerate(self.left):
            for state in states:
                found[state].append(position)
        return found

    def unused(self) -> list[int]:
        return [position for position, used in enumerate(self.used) if not used]
