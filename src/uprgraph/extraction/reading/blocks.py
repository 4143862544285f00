"""Lines of the body put into blocks: paragraphs, items of lists and headings, each with its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from uprgraph.extraction.document import Kind
from uprgraph.extraction.reading.lines import Line

_BULLET = re.compile(
    "[\uf0b7\uf0a7\uf0d8\uf02d\u2022\u25aa\u25cf\u25cb\u25e6\u2023\u2043\u00b7\u27a2\u2713*o](?:\\s+|(?=[\uf0b7]))|[\uf0b7\u2022]"
)
_DASH = re.compile(r"[-\u2010-\u2015]\s+")
_LABEL = re.compile(r"\(?([a-z]{1,5}|\d{1,2})\)\s+")
_NUMBER = re.compile(r"(\d{1,3})\.\s+(?=\S)")
_ENDED = re.compile(r"[.!?:;\u2026][\u201d\"\u2019')\]]*\Z|[.!?][\u201d\"\u2019'][.;]?\Z")
_SENTENCE_END = re.compile(r"[.!?\u2026:][\u201d\"\u2019')\]]*\Z")
_OPENS_LIST = re.compile(r":\Z|;\s*(?:and|or)?\Z|,\s*(?:and|or)\Z")
_DAY = r"(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+(?:19|20)\d\d"
_OPINION_TITLE = re.compile(r"(?s:.{10,600}?)\d/(?:19|20)\d\d\b(?s:.{0,300}?)\b" + _DAY + r"\Z")
_WITHIN = re.compile(r"[a-z]{3,}[.!?]\s+[A-Z]")
_SHORT, _VERY_SHORT = 0.12, 0.28
"""Of the width of lines, which must be left at the end of a line whose paragraph ends there: after a sentence, or not."""
_SET_IN = 1


@dataclass(slots=True)
class Block:
    """A block: its lines, the run of the source that is its bullet, and its number where it is numbered ("12.")."""

    kind: Kind
    lines: list[Line]
    bullet: tuple[int, int] | None = None
    number: str = ""
    gap: bool = True
    label: str = ""
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the block, without bullet, with marks left out."""
        return " ".join(self.texts)

    @property
    def start(self) -> int:
        """Where its words begin in the source."""
        return self.bullet[1] if self.bullet else self.lines[0].start


def build(lines: Sequence[Line], clean: Callable[[Line], str], width: float) -> list[Block]:
    """Return the blocks of lines; `clean` gives the text of a line without its marks, `width` that of a full line."""
    blocks: list[Block] = []
    for line in lines:
        text = clean(line)
        block = blocks[-1] if blocks else None
        bullet = _bullet(text, line, block)
        if block is None or bullet or _begins(block, line, text, width):
            blocks.append(_opened(block, line, text, bullet))
        else:
            block.lines.append(line)
            block.texts.append(text)
    return blocks


def _opened(block: Block | None, line: Line, text: str, bullet: tuple[str, int] | None) -> Block:
    gap = line.gap or line.first or block is None
    if bullet:
        label, length = bullet
        return Block(
            Kind.ITEM, [line], (line.start, line.start + length), gap=gap, label=label, texts=[text[length:].strip()]
        )
    if block and _is_bare_item(block, line, text):
        return Block(Kind.ITEM, [line], gap=gap, texts=[text])
    return Block(Kind.TEXT, [line], gap=gap, texts=[text])


def _bullet(text: str, line: Line, block: Block | None) -> tuple[str, int] | None:
    """Return the bullet with which a line begins, and its length; None if it begins with none."""
    if match := _BULLET.match(text):
        return (
            ("", match.end()) if (len(text) > match.end() and text[0] not in "o*") or _may_begin(block, line) else None
        )
    if (match := _DASH.match(text)) and _may_begin(block, line):
        return "-", match.end()
    if (match := _LABEL.match(text)) and _may_begin(block, line):
        return (match[1], match.end()) if _follows(match[1], block) else None
    return None


def _may_begin(block: Block | None, line: Line) -> bool:
    """Tell whether a list may begin or go on with this line, rather than a sentence that is wrapped here."""
    if block is None:
        return True
    return (
        line.gap
        or line.whole
        or _ENDED.search(block.text[-40:]) is not None
        or bool(_OPENS_LIST.search(block.text[-10:]))
    )


def _follows(label: str, block: Block | None) -> bool:
    """Tell whether a label such as "b" or "ii" is the first of a list, or comes after that of the item before."""
    if label in ("a", "i", "1"):
        return True
    if block is None or not block.label:
        return False
    if label.isdigit():
        return block.label.isdigit() and int(label) == int(block.label) + 1
    return len(label) > 1 or ord(label) == ord(block.label[-1]) + 1 or block.label[:1] in "iv"


def _begins(block: Block, line: Line, text: str, width: float) -> bool:
    """Tell whether a line begins a new paragraph."""
    if line.whole:
        return True
    if block.text.startswith("[") and block.text.endswith("]"):
        return True
    if _is_opinion_title(block.text) and not text[:1].islower():
        return True
    ended = _SENTENCE_END.search(block.text[-8:]) is not None
    if _is_bare_item(block, line, text) or (ended and block.lines[-1].closed):
        return True
    if line.gap:
        return ended or (not text[:1].islower() and not (line.first and not _is_short(block, text, width, _SHORT)))
    if block.text.endswith(("-", "\N{SOFT HYPHEN}")) or (line.first and not ended and text[:1].islower()):
        return False
    if _numbered(text, ended):
        return True
    return _is_short(block, text, width, _SHORT if ended else _VERY_SHORT) and not text[:1].islower()


def _numbered(text: str, ended: bool) -> bool:
    return ended and _NUMBER.match(text) is not None


def _is_short(block: Block, text: str, width: float, share: float) -> bool:
    """Tell whether the first word of a text would have had room at the end of a block, had it been part of it."""
    word = text.split(maxsplit=1)[0] if text.split() else ""
    return block.lines[-1].room - len(word) - 1 > share * width


def _is_bare_item(block: Block, line: Line, text: str) -> bool:
    """Tell whether a line begins an item whose bullet the layout has lost: it is set in, or it stands after a gap."""
    if not text[:1].islower() or not (line.indent >= _SET_IN or line.gap) or line.first:
        return False
    end = block.text[-10:]
    return end.endswith(":") or (block.kind is Kind.ITEM and _OPENS_LIST.search(end) is not None)


def _is_opinion_title(text: str) -> bool:
    """Tell whether a text is the title of an opinion, with its number and day, and nothing else."""
    return len(text) < 900 and _OPINION_TITLE.match(text) is not None and _WITHIN.search(text) is None


def is_opinion_title(text: str) -> bool:
    """Tell whether a text is the title of an opinion, with its number and day, and nothing else."""
    return _is_opinion_title(text)
