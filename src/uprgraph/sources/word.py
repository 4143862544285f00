"""The text of a Word document: one line for each paragraph, tables included, with the numbers that Word shows.

Reports of the United Nations number their paragraphs by Word's lists: the numbers are not in the text, and are worked
out here from the definitions of the lists. Deleted text, notes and page headers are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from uprgraph.sources.word_lists import Lists

_LEFT_OUT = frozenset(
    {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_PARAGRAPH = qn("w:p")
_WORDS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}


def text(path: Path, most: int) -> str:
    """Return the text of a document; no more paragraphs are read once it has `most` characters.

    Raises whatever python-docx raises if the file is broken. It may take any time and memory: call it where these are
    limited, and after `office.check`.
    """
    document = docx.Document(str(path))
    lists = Lists(document)
    found: list[str] = []
    length = 0
    for paragraph in _paragraphs(document.element.body):
        found.append(lists.label(paragraph) + "".join(_words(paragraph)))
        length += len(found[-1]) + 1
        if length > most:
            break
    return "\n".join(found)


def _paragraphs(element: Element) -> Iterator[Element]:
    """Yield the paragraphs below an element, those in tables and text boxes too, in the order in which they begin."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag not in _LEFT_OUT:
            if child.tag == _PARAGRAPH:
                yield child
            stack.append(iter(child))


def _words(paragraph: Element) -> Iterator[str]:
    """Yield the text of a paragraph without that of paragraphs in it, such as those of a text box."""
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _WORDS:
            yield _WORDS[child.tag]
        elif child.tag != _PARAGRAPH and child.tag not in _LEFT_OUT and child.tag != qn("w:pPr"):
            stack.append(iter(child))
