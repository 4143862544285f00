"""Headings, front matter and numbered paragraphs among the blocks of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from uprgraph.extraction.document import Kind
from uprgraph.extraction.reading import shapes
from uprgraph.extraction.reading.blocks import Block

_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVXL]{1,6}\.|[A-H]\.)\s+(?=[^\W\d_])")
_PARAGRAPH = re.compile(r"(\d{1,3})\.\s+(?=\S)")
_NO_HEADING = re.compile(r"[.:;,!?]\Z|\A\W*[a-z]|\A\[|\A\W*\Z|\A(?:https?:|www\.)|@")
_LABELLED = re.compile(r"[A-Z][\w /'\u2019]{2,60}:\s+\S")
_LONGEST, _MOST_WORDS, _MOST_LINES = 160, 22, 2
"""Of a heading: characters, words and lines."""
_PROSE = 90
"""Characters of a block that is no heading, whatever its end."""
_FEWEST = 5
"""Words of what is prose because it ends as a sentence does."""
_FEWEST_NUMBERED = 2
"""Paragraphs with a number that are numbered through."""
_FRONT = 16
"""Blocks among which front matter is looked for."""


def mark(blocks: Sequence[Block]) -> None:
    """Set the kind of headings and the numbers of numbered paragraphs."""
    _paragraph_numbers(blocks)
    for block in blocks:
        if block.kind is Kind.TEXT and _may_be_heading(block):
            block.kind = Kind.HEADING
    _front_matter(blocks)


def _paragraph_numbers(blocks: Sequence[Block]) -> None:
    """Set the numbers of paragraphs that are numbered through, where at least the first two are."""
    expected = 1
    found: list[tuple[Block, re.Match[str]]] = []
    for block in blocks:
        match = _PARAGRAPH.match(block.texts[0]) if block.kind is Kind.TEXT else None
        if match and not _may_be_heading(block) and int(match[1]) == expected:
            found.append((block, match))
            expected += 1
    if len(found) < _FEWEST_NUMBERED:
        return
    for block, match in found:
        start = block.lines[0].start
        block.number = match[1]
        block.bullet = (start, start + match.end())
        block.texts[0] = block.texts[0][match.end() :]


def _may_be_heading(block: Block) -> bool:
    """Tell whether a block may be a heading by its words: short, without a final stop, no title of an opinion."""
    if not (block.gap or block.lines[0].strong) or len(block.lines) > _MOST_LINES or block.length > _LONGEST:
        return False
    text = block.text
    number = _NUMBERED.match(text)
    unnumbered = text[number.end() :] if number else text
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return False
    return not (
        _NO_HEADING.search(unnumbered) or _LABELLED.match(text) or shapes.is_opinion_title(block.texts, len(text))
    )


def _front_matter(blocks: Sequence[Block]) -> None:
    """Make text of what only looks like headings: the title of the document and what stands around it, and its end.

    The first heading is the last of the blocks above the first prose, or the first numbered one among these.
    """
    prose = next((at for at, block in enumerate(blocks[:_FRONT]) if _is_prose(block)), min(len(blocks), _FRONT))
    above = [at for at in range(prose) if blocks[at].kind is Kind.HEADING]
    numbered = [at for at in above if _NUMBERED.match(blocks[at].text)]
    labels = [at for at in range(prose) if _LABELLED.match(blocks[at].text)]
    first = min(numbered or above[-1:], default=prose)
    if labels and first < labels[-1]:
        first = prose
    for block in blocks[:first]:
        if block.kind is Kind.HEADING:
            block.kind = Kind.TEXT


def _is_prose(block: Block) -> bool:
    if block.text.startswith("["):
        return False
    if block.number or block.kind is Kind.ITEM:
        return True
    sentence = block.text.endswith((".", ":")) and len(block.text.split()) > _FEWEST
    return block.kind is Kind.TEXT and not _LABELLED.match(block.text) and (sentence or len(block.text) > _PROSE)
