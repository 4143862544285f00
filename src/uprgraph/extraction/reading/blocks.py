"""Lines of the body put into blocks: paragraphs and items of lists, each with its lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from uprgraph.extraction.document import Kind
from uprgraph.extraction.reading import shapes
from uprgraph.extraction.reading.lines import Line

_ENDED_SHORT, _SHORT = 0.12, 0.28
"""Of the width of lines: how much is left at the end of a line whose paragraph ends there, after a sentence or not."""
_PARTED = 0.03
"""Of lines that stand apart from what is above them: where they are fewer, no paragraph does."""
_ALONE = 0.35
"""Of the width of lines, which is left at the end of a line that is a heading."""
_FRONT = 12
"""Blocks among which front matter stands."""
_TITLE_LINES = 5
"""Within which the title of an opinion ends that begins a page."""
_TAIL = 60
"""Characters at the end of a block that tell how it ends."""


@dataclass(slots=True)
class Block:
    """A block: its lines, and their texts without marks and bullet.

    `bullet` is the run of the source that is its bullet or number, `label` what that is called ("a" of "a)"), `number`
    that of a numbered paragraph. `gap`: it stands apart from what is above it.
    """

    kind: Kind
    lines: list[Line]
    texts: list[str]
    gap: bool = True
    bullet: tuple[int, int] | None = None
    label: str = ""
    number: str = ""
    length: int = field(default=0)

    @property
    def text(self) -> str:
        """All words of the block; ask for those of a long one only once it is whole."""
        return " ".join(self.texts)

    @property
    def end(self) -> str:
        """The last characters of the block."""
        return " ".join(self.texts[-2:])[-_TAIL:]

    @property
    def start(self) -> int:
        """Where its words begin in the source."""
        return self.bullet[1] if self.bullet else self.lines[0].start

    def add(self, line: Line, text: str) -> None:
        """Add a line to the block."""
        self.lines.append(line)
        self.texts.append(text)
        self.length += len(text) + 1


def build(lines: Sequence[Line], clean: Callable[[Line], str], width: float) -> list[Block]:
    """Return the blocks of lines; `clean` gives the text of a line without its marks, `width` that of a full line."""
    blocks: list[Block] = []
    texts = [clean(line) for line in lines]
    tight = sum(line.gap for line in lines[1:]) < _PARTED * len(lines)
    for index, (line, text) in enumerate(zip(lines, texts, strict=True)):
        above = blocks[-1] if blocks else None
        if bullet := _bullet(text, line, above):
            label, length = bullet
            run = (line.start, line.start + length)
            blocks.append(Block(Kind.ITEM, [line], [text[length:].strip()], bullet=run, label=label))
        elif (
            above is None
            or _begins(above, line, text, width)
            or _announced(blocks, line, texts[index : index + _TITLE_LINES], width)
        ):
            kind = Kind.ITEM if above and _is_bare_item(above, line, text) else Kind.TEXT
            blocks.append(Block(kind, [line], [text], gap=tight or line.gap or line.first or above is None))
        else:
            above.add(line, text)
    return blocks


def _announced(blocks: Sequence[Block], line: Line, texts: Sequence[str], width: float) -> bool:
    """Tell whether a line begins a paragraph by its own words and those below, which are `texts`.

    It does as a line of the front matter ("State: ..."), as a heading, and as the title of an opinion on a new page.
    """
    if len(blocks) < _FRONT and shapes.is_labelled(texts[0]):
        return True
    end = blocks[-1].end
    if shapes.ends_sentence(end) and not end.endswith(":") and _stands_alone(line, texts[:2], width):
        return True
    return line.first and shapes.begins_opinion_title(texts)


def _bullet(text: str, line: Line, above: Block | None) -> tuple[str, int] | None:
    """Return the bullet with which a line begins, and its length; None if it begins with none."""
    if length := shapes.bullet(text):
        return "", length
    if not (line.gap or line.whole or above is None or shapes.may_end_above_item(above.end)):
        return None
    if length := shapes.dash(text):
        return "-", length
    label, length = shapes.label(text)
    return (label, length) if length and shapes.comes_after(label, above.label if above else "") else None


def _begins(above: Block, line: Line, text: str, width: float) -> bool:
    """Tell whether a line begins a new paragraph."""
    if line.whole or shapes.is_bracketed(above.texts) or _is_bare_item(above, line, text):
        return True
    if above.end.endswith(("-", "\N{SOFT HYPHEN}")):
        return False
    last = above.lines[-1]
    ended = shapes.ends_sentence(above.end)
    if text[:1].islower():
        return ended and (line.gap or last.closed)
    if (ended and (last.closed or shapes.is_numbered(text))) or shapes.is_opinion_title(above.texts, above.length):
        return True
    if line.gap and (ended or not line.first):
        return True
    may_end = ended or line.strong != last.strong
    return _is_short(above, text, (_ENDED_SHORT if may_end else _SHORT) * width)


def _stands_alone(line: Line, texts: Sequence[str], width: float) -> bool:
    """Tell whether a line is a heading by the line below: short and unfinished, though what follows begins anew."""
    unfinished = texts[0][:1].isupper() and texts[0][-1:].isalnum()
    return unfinished and line.room > _ALONE * width and texts[-1][:1].isupper() and len(texts) > 1


def _is_short(above: Block, text: str, most: float) -> bool:
    """Tell whether more than `most` characters would be left at the end of a block with the first word of a text."""
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    return above.lines[-1].room - len(word) - 1 > most


def _is_bare_item(above: Block, line: Line, text: str) -> bool:
    """Tell whether a line begins an item whose bullet the layout has lost: it is set in, or it stands after a gap."""
    if not text[:1].islower() or not (line.indent or line.gap) or line.first:
        return False
    return above.end.endswith(":") or (above.kind is Kind.ITEM and shapes.opens_item(above.end))
