"""What became of each character of a source: a statement rests on it, it is structure, or it was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from uprgraph.evidence import Span
from uprgraph.extraction.accounting import joins_only
from uprgraph.extraction.document import Document, Kind
from uprgraph.extraction.drafting.passages import runs
from uprgraph.extraction.statements import Draft
from uprgraph.wording import fold_space


@dataclass(frozen=True, slots=True)
class Account:
    """Numbers of characters that are not white space, each counted once: in statements, not understood, or structure.

    Structure is what states nothing: headings, page numbers, joints of sentences, and sentences that are understood and
    state nothing new. `structure` and `not_understood` are the runs of the source, in order.
    """

    statements: int
    structure_size: int
    not_understood_size: int
    structure: tuple[str, ...]
    not_understood: tuple[tuple[int, str], ...]
    """Each with the line of the source, from 1, on which it begins."""

    @property
    def total(self) -> int:
        """How many characters there are."""
        return self.statements + self.structure_size + self.not_understood_size

    def share(self, number: int) -> float:
        """Return a number of characters as per cent of all."""
        return 100 * number / self.total if self.total else 0.0


_STATED, _LOST, _PLAIN = "stated", "lost", "plain"


def account(document: Document, draft: Draft, spans: Iterable[Span]) -> Account:
    """Return what became of the characters of a document, of which statements rest on `spans`."""
    source = document.source
    fate = [_PLAIN] * len(source)
    known = [False] * len(source)
    for words in draft.not_understood:
        for span, _ in runs(words, source):
            fate[span.start : span.end] = [_LOST] * (span.end - span.start)
    context = (span for basis in draft.context for words in basis.words for span, _ in runs(words, source))
    headings = (
        span for each in document.paragraphs if each.kind is Kind.HEADING for span, _ in runs(each.words, source)
    )
    for span in (*(each for each, _ in document.structure), *context, *headings):
        known[span.start : span.end] = [True] * (span.end - span.start)
    for span in spans:
        fate[span.start : span.end] = [_STATED] * (span.end - span.start)
    found = list(_cut(source, fate))
    structure = []
    lost = []
    for kind, start, end in found:
        run = fold_space(source[start:end])
        forgotten = kind == _PLAIN and any(
            letter.isalnum() and not known[place] for place, letter in enumerate(source[start:end], start)
        )
        if run and (kind == _LOST or (forgotten and not joins_only(run))):
            lost.append((start, run))
        elif run and kind == _PLAIN:
            structure.append(run)
    stated = sum(not letter.isspace() for letter, each in zip(source, fate, strict=True) if each == _STATED)
    return Account(
        stated,
        _size(structure),
        _size(run for _, run in lost),
        tuple(structure),
        tuple((source.count("\n", 0, start) + 1, run) for start, run in lost),
    )


def _cut(source: str, fate: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the runs of characters with the same fate; white space belongs to what it stands in or after."""
    start = 0
    for place in range(1, len(source) + 1):
        if place == len(source) or (fate[place] != fate[start] and not source[place].isspace()):
            yield fate[start], start, place
            start = place


def _size(texts: Iterable[str]) -> int:
    return sum(not letter.isspace() for text in texts for letter in text)
