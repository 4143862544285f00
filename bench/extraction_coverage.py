"""What became of each character of a source that is not white space."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from uprgraph.evidence import Span
from uprgraph.extraction.accounting import bases, joins_only
from uprgraph.extraction.document import Document, Words
from uprgraph.extraction.statements import Draft
from uprgraph.wording import fold_space


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numbers of characters, each counted once: a statement goes first, then context, structure, not understood.

    `joints` are the marks and words between them that only join ("as well as"); `lost` are the runs of the source that
    are none of these.
    """

    statements: int
    context: int
    structure: int
    not_understood: int
    joints: int
    lost: tuple[str, ...]
    total: int

    @property
    def accounted(self) -> float:
        """Return the share of characters that stand somewhere."""
        known = self.statements + self.context + self.structure + self.not_understood + self.joints
        return known / self.total if self.total else 1.0


def coverage(document: Document, draft: Draft) -> Coverage:
    """Return what became of the characters of a document in a draft of it."""
    source = document.source
    left = {place for place, character in enumerate(source) if not character.isspace()}
    total = len(left)
    counts: list[int] = []
    for spans in (
        _spans((words for basis in bases(replace(draft, context=())) for words in basis.words), source),
        _spans((words for basis in draft.context for words in basis.words), source),
        (span for span, _ in document.structure),
        _spans(draft.not_understood, source),
    ):
        before = len(left)
        for span in spans:
            left.difference_update(range(span.start, span.end))
        counts.append(before - len(left))
    statements, context, structure, not_understood = counts
    runs = list(_runs(source, left))
    lost = tuple(run for run in runs if not joins_only(run))
    joints = len(left) - sum(_characters(run) for run in lost)
    return Coverage(statements, context, structure, not_understood, joints, lost, total)


def _spans(words: Iterable[Words], source: str) -> Iterator[Span]:
    for each in words:
        yield from each.spans(source)


def _characters(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _runs(source: str, places: set[int]) -> Iterator[str]:
    """Yield the words that stand at places of a source, those with nothing else between them together."""
    run: list[int] = []
    for place in sorted(places):
        if run and source[run[-1] + 1 : place].strip():
            yield fold_space(source[run[0] : run[-1] + 1])
            run = []
        run.append(place)
    if run:
        yield fold_space(source[run[0] : run[-1] + 1])
