"""The runs of a source that are no words of its paragraphs and footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from uprgraph.evidence import Span
from uprgraph.extraction.document import Footnote, Paragraph

OTHER = "other"


def of(
    source: str,
    paragraphs: Sequence[Paragraph],
    footnotes: Mapping[str, Footnote],
    roles: Iterable[tuple[int, int, str]],
) -> tuple[tuple[Span, str], ...]:
    """Return the runs that state nothing, in their order, each with what it is; headings are words as well.

    Every character of the source that is neither white space nor a word is in one of them.
    """
    covered = bytearray(len(source))
    for words in [*(each.words for each in paragraphs), *(each.words for each in footnotes.values())]:
        for place in words.places:
            covered[place] = 1
    found = [(Span(start, end), role) for start, end, role in roles]
    for span, _ in found:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    found += [(span, OTHER) for span in _loose(source, covered)]
    return tuple(sorted(found, key=lambda each: (each[0].start, each[0].end)))


def _loose(source: str, covered: Sequence[int]) -> Iterator[Span]:
    """Yield the runs of characters that are neither covered nor white space, without the white space around them."""
    start = end = -1
    for place, character in enumerate(source):
        if covered[place]:
            if start >= 0:
                yield Span(start, end)
            start = -1
        elif not character.isspace():
            start, end = place if start < 0 else start, place + 1
    if start >= 0:
        yield Span(start, end)
