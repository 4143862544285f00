"""The sentences in which numbers and names are looked for: those of a length that people write."""

from __future__ import annotations

from collections.abc import Iterator

from uprgraph.extraction.document import Words
from uprgraph.extraction.sentences import sentences

LONGEST = 4_000
"""Characters. What is longer is no sentence; to search it would take a time that grows faster than its length."""


def bounded_sentences(words: Words) -> Iterator[tuple[int, Words]]:
    """Yield the offset and the words of each sentence that is not too long to be one."""
    for start, end in sentences(words.text):
        if end - start <= LONGEST:
            yield start, words.cut(start, end)
