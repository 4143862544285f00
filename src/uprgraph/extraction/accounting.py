"""Which characters of a document are accounted for: what rules have taken, and what nobody understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uprgraph.extraction.document import Document, Kind, Words
from uprgraph.extraction.phrasing import first
from uprgraph.extraction.statements import Basis, Draft

MOSTLY = 0.6
"""What share of words another rule has to have taken, so that they make no finding."""
WHOLLY = 0.95


def bases(draft: Draft) -> Iterator[Basis]:
    """Yield the bases of all that a draft has, its context among them."""
    yield draft.submission.basis
    if draft.submission.membership:
        yield draft.submission.membership.basis
    parts = (
        *(draft.opinions, draft.adoptions, draft.concern_claims, draft.findings, draft.recommendations, draft.counts),
        *(draft.figures, draft.missions, draft.audits, draft.plans),
    )
    yield from (each.basis for part in parts for each in part)
    yield from draft.context


class Taken:
    """The characters of the source that rules for other things have taken, so that they make no finding."""

    def __init__(self, draft: Draft) -> None:
        self._all = set(_characters(_words_that_take(draft)))
        self._figures = set(_characters(each.basis.words[0] for each in draft.figures))

    def share(self, words: Words) -> float:
        """Return the share of words that is taken, from 0 to 1."""
        return _share(words, self._all)

    def without_figures(self, words: Words) -> tuple[int, int]:
        """Return which part of words is left, by offsets, without the parts around it that only state figures.

        Parts are divided by commas: "With 27 per cent, the State has the highest share in the region".
        """
        parts = list(_parts(words.text))
        while parts and _share(words.cut(*parts[0]), self._figures) >= MOSTLY:
            parts.pop(0)
        while parts and _share(words.cut(*parts[-1]), self._figures) >= MOSTLY:
            parts.pop()
        return (parts[0][0], parts[-1][1]) if parts else (0, 0)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while (comma := text.find(", ", start)) >= 0:
        yield start, comma
        start = comma + len(", ")
    yield start, len(text)


def _words_that_take(draft: Draft) -> Iterator[Words]:
    for opinion in draft.opinions:
        yield from opinion.basis.words
    members = [draft.submission.membership.basis] if draft.submission.membership else []
    parts = (draft.adoptions, draft.concern_claims, draft.counts, draft.missions, draft.audits, draft.plans)
    for basis in [draft.submission.basis, *members, *(each.basis for part in parts for each in part)]:
        yield from basis.words[:1]


def _characters(words: Iterable[Words]) -> Iterator[int]:
    for each in words:
        yield from each.places


def _share(words: Words, taken: set[int]) -> float:
    """Return the share of the characters of words, white space left out, that are among those taken."""
    places = [place for place, character in zip(words.places, words.text, strict=True) if not character.isspace()]
    return sum(place in taken for place in places) / len(places) if places else 1.0


def not_understood(document: Document, draft: Draft) -> Iterator[Words]:
    """Yield the runs of words on which nothing rests, but for what only joins others ("as well as")."""
    known = {place for basis in bases(draft) for place in _characters(basis.words)}
    for span, _ in document.structure:
        known.update(range(span.start, span.end))
    parts = [paragraph.words for paragraph in document.paragraphs if paragraph.kind is not Kind.HEADING]
    parts += [note.words for note in document.footnotes.values()]
    for words in parts:
        yield from (run for run in _runs_outside(words, known) if not joins_only(run.text))


def joins_only(text: str) -> bool:
    """Tell whether words only join what stands around them."""
    return not any(character.isalnum() for character in text) or first("joining", text) is not None


def _runs_outside(words: Words, known: set[int]) -> Iterator[Words]:
    start = None
    for offset, place in enumerate((*words.places, None)):
        outside = place is not None and place not in known
        if outside and start is None:
            start = offset
        elif not outside and start is not None:
            yield words.cut(start, offset)
            start = None
