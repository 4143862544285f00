"""Recommendations as one dataset has them, made of its records.

One recommendation is one text addressed to one State in one review, made by one or more States; a record may give it
for one State only, as a row of UPR Info does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from uprgraph.sources.records import Record
from uprgraph.sources.upr_info import text_key


@dataclass(frozen=True, slots=True)
class Draft:
    """A recommendation of one dataset: the last part of the IRI that it has alone, and its records, at least one."""

    part: str
    records: tuple[Record, ...]

    @property
    def first(self) -> Record:
        """The record that stands for all in what they have in common: text, response, category of action."""
        return self.records[0]

    @property
    def recommenders(self) -> tuple[str, ...]:
        """The IRIs of all that make it, without repetition."""
        return tuple(dict.fromkeys(each for record in self.records for each in record.recommenders))


def drafts(records: Iterable[Record]) -> list[Draft]:
    """Return the recommendations that records of one dataset and one review are of, in the order they appear.

    Records with a paragraph are known by it, and by its number among the recommendations in it; others by their text,
    and those of no review by their own number.
    Where a text has more than one response or category of action, each combination is a recommendation of its own, and
    its key covers them too. So is a second text with the number of a paragraph that another text has.
    """
    by_text: dict[str, dict[tuple[str | None, str | None], list[Record]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        by_text[record.text][record.response, record.action].append(record)
    found: dict[str, Draft] = {}
    for words, answers in by_text.items():
        for (response, action), group in answers.items():
            key = text_key(words) if len(answers) == 1 else text_key(words, response or "", action or "")
            for part, members in _parts(group, key, found).items():
                found[part] = Draft(part, tuple(members))
    return list(found.values())


def _parts(group: Sequence[Record], key: str, taken: Iterable[str]) -> dict[str, list[Record]]:
    parts: dict[str, list[Record]] = defaultdict(list)
    for record in group:
        part = key
        if record.kind != "review":
            part = record.part
        elif record.paragraph is not None:
            part = record.part if record.part.startswith(record.paragraph) else record.paragraph
            if part in taken:
                part = key
        parts[part].append(record)
    return parts
