"""Which recommendations of one dataset are those of others, within one review.

Texts that are the same are found first, then those of one paragraph, then those that are alike, then those that are
part of one another. The best pairs come first, and what one State recommends in one dataset is found once in another,
so that a text that is only alike does not take the place of that which is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from uprgraph.linking import texts
from uprgraph.linking.pairing import Pair, Pairing

EXACT = "exact-text"
"""The method of matches whose texts are the same but for case, punctuation, white space and a leading "to"."""

PARAGRAPH = "paragraph"
"""The method of matches of the same paragraph of a report, with texts that are somewhat alike."""

FUZZY = "fuzzy-text"
"""The method of matches whose texts are alike, by a State in common."""

PART = "partial-text"
"""The method of matches of which one text has nearly all words of the other, by a State in common.

One source gives as one recommendation what the other has divided, or has lost a line.
"""

ALIKE = 0.94
"""How alike texts by one State are that are the same recommendation: see docs/linking.md for all four numbers."""

ALIKE_UNNAMED = 0.97
"""How alike texts are where a source does not say whose they are."""

ALIKE_IN_PARAGRAPH = 0.6
"""How alike texts of the same paragraph are, or else one has the words of the other, as in ALL_WORDS."""

ALL_WORDS = 0.8
"""Which share of the words of the shorter text the longer has if it is part of it."""

_BY_STATE = 100
"""More recommendations than this by one State in one review are compared as wholes only; there were never 20."""

_UNNAMED = 1000
"""The same for recommendations of which a source names no State."""

_SAME = 50
"""With how many of one text, or of one paragraph, a recommendation is compared; there are hardly ever more than two."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recommendation to be matched: `key` is the hash of its text, `text` None where only that is known.

    `paragraph` is its number in the report of the Working Group, where the source gives it; `recommenders` are IRIs.
    """

    key: str
    text: str | None
    paragraph: str | None
    recommenders: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """That a new recommendation is a known one, both by their position; `score` says how alike they are, 0 to 1."""

    known: int
    new: int
    score: float
    method: str


def match(known: Sequence[Candidate], new: Sequence[Candidate]) -> list[Match]:
    """Return the matches between recommendations of one review: those already known, and those of another dataset.

    A new recommendation matches one known one or, by States of their own or as parts of it, several; it is in the
    order of new ones, the best match first. The result depends on nothing but the order of what is given.
    """
    if not known or not new:
        return []
    found = _Matching(known, new)
    found.exact()
    found.by_paragraph()
    found.alike()
    found.parts()
    return sorted(found.matches, key=lambda each: (each.new, -each.score, each.known))


class _Matching:
    """The matches found so far, and what is left to be matched."""

    def __init__(self, known: Sequence[Candidate], new: Sequence[Candidate]) -> None:
        self._known = known
        self._new = new
        self._read_known = [None if each.text is None else texts.read(each.text) for each in known]
        self._read_new = [None if each.text is None else texts.read(each.text) for each in new]
        self._pairing = Pairing([each.recommenders for each in known], [each.recommenders for each in new])
        self.matches: list[Match] = []

    def exact(self) -> None:
        """Match what has the same text; one text in one review is one recommendation, whoever makes it."""
        pairs = list(self._same_text())
        self._take(pairs, EXACT)
        matched = {each.new for each in self.matches}
        for each in sorted(pairs):
            if each.new not in matched:
                matched.add(each.new)
                self._add(each, EXACT)
                self._pairing.use(each)

    def by_paragraph(self) -> None:
        """Match what stands in the same paragraph, if the texts are somewhat alike."""
        by_paragraph: dict[str, list[int]] = defaultdict(list)
        for position, candidate in enumerate(self._known):
            if candidate.paragraph is not None:
                by_paragraph[candidate.paragraph].append(position)
        pairs = [
            Pair(known, new, score)
            for new, candidate in enumerate(self._new)
            for known in by_paragraph.get(candidate.paragraph or "", [])[:_SAME]
            if (score := self._score_in_paragraph(known, new))
        ]
        self._take(pairs, PARAGRAPH)

    def alike(self) -> None:
        """Match what a State in common makes in nearly the same words, or in the same but for a slip."""
        pairs = [
            Pair(known, new, score)
            for places, least in (
                (self._pairing.shared(_BY_STATE), ALIKE),
                (self._pairing.unnamed(_UNNAMED), ALIKE_UNNAMED),
            )
            for known, new in places
            if (score := self._score(known, new, least))
        ]
        self._take(pairs, FUZZY)

    def parts(self) -> None:
        """Match what a State in common makes, and of which one has the words of the other; each with all it may."""
        pairs = []
        for known, new in self._pairing.shared(_BY_STATE):
            one, other = self._read_known[known], self._read_new[new]
            if one and other and texts.held(one, other) >= ALL_WORDS:
                pairs.append(Pair(known, new, texts.likeness(one, other)))
        for each in sorted(pairs):
            self._add(each, PART)

    def _same_text(self) -> Iterator[Pair]:
        by_key: dict[str, list[int]] = defaultdict(list)
        by_letters: dict[str, list[int]] = defaultdict(list)
        for position, (candidate, read) in enumerate(zip(self._known, self._read_known, strict=True)):
            by_key[candidate.key].append(position)
            if read and read.letters:
                by_letters[read.letters].append(position)
        for position, (candidate, read) in enumerate(zip(self._new, self._read_new, strict=True)):
            same = [*by_key.get(candidate.key, ()), *by_letters.get(read.letters if read else "", ())]
            for known in dict.fromkeys(same[:_SAME]):
                yield Pair(known, position, 1.0, self._order(known, candidate))

    def _order(self, position: int, new: Candidate) -> tuple[int, ...]:
        """Return what says which of several known ones with one text is best: the least is."""
        known = self._known[position]
        same_paragraph = new.paragraph is not None and known.paragraph == new.paragraph
        return not same_paragraph, known.key != new.key, -len(known.recommenders & new.recommenders)

    def _score(self, known: int, new: int, least: float) -> float:
        one, other = self._read_known[known], self._read_new[new]
        if not one or not other or texts.contradict(one, other):
            return 0.0
        return texts.likeness(one, other, least)

    def _score_in_paragraph(self, known: int, new: int) -> float:
        one, other = self._read_known[known], self._read_new[new]
        if not one or not other:
            return 0.0
        score = texts.likeness(one, other)
        return score if score >= ALIKE_IN_PARAGRAPH or texts.held(one, other) >= ALL_WORDS else 0.0

    def _take(self, pairs: Iterable[Pair], method: str) -> None:
        for each in sorted(pairs):
            if self._pairing.take(each):
                self._add(each, method)

    def _add(self, pair: Pair, method: str) -> None:
        self.matches.append(Match(pair.known, pair.new, pair.score, method))
