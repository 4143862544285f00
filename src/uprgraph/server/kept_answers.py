"""Answers kept in the memory of the web server, as long as there is room: the data does not change between reloads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from uprgraph.server.jobs.sparql import Answered

_LARGEST_SHARE = 8
_OVERHEAD = 1_000
"""Bytes that an answer takes besides its content and its key."""


class KeptAnswers:
    """Answers by what was asked; of at most so many bytes in all, those go that were not asked for longest."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._taken = 0
        self._answers: OrderedDict[Hashable, tuple[Answered, int]] = OrderedDict()

    def get(self, key: Hashable) -> Answered | None:
        """Return the answer to what was asked, if it is kept."""
        found = self._answers.get(key)
        if found is None:
            return None
        self._answers.move_to_end(key)
        return found[0]

    def keep(self, key: Hashable, answer: Answered, length: int) -> None:
        """Keep an answer, unless it would take more than an eighth of the room; `length` is that of its key."""
        size = len(answer.content) + 4 * length + _OVERHEAD
        if size * _LARGEST_SHARE > self._room or key in self._answers:
            return
        self._answers[key] = answer, size
        self._taken += size
        while self._taken > self._room:
            _, (_, freed) = self._answers.popitem(last=False)
            self._taken -= freed
