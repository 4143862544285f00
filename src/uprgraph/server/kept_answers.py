"""Answers kept in the memory of the web server, as long as there is room: the data does not change between reloads.

What several clients ask at the same time is made once.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from typing import Any

from uprgraph.server.jobs.sparql import Answered

_LARGEST_SHARE = 8
_OVERHEAD = 1_000
"""Bytes that an answer takes besides its content and its key."""


@dataclass(slots=True)
class _Making:
    task: asyncio.Task[Answered]
    waiting: int = 0


class KeptAnswers:
    """Answers by what was asked; of at most so many bytes in all, those go that were not asked for longest."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._taken = 0
        self._answers: OrderedDict[Hashable, tuple[Answered, int]] = OrderedDict()
        self._makings: dict[Hashable, _Making] = {}

    def get(self, key: Hashable) -> Answered | None:
        """Return the answer to what was asked, if it is kept."""
        found = self._answers.get(key)
        if found is None:
            return None
        self._answers.move_to_end(key)
        return found[0]

    async def made(self, key: Hashable, length: int, make: Callable[[], Coroutine[Any, Any, Answered]]) -> Answered:
        """Return the answer to what was asked, which is made unless that is under way, and kept.

        When nobody waits for it any more, it is given up. Raises what `make` raises.
        """
        making = self._makings.get(key)
        if making is None:
            making = self._makings[key] = _Making(asyncio.create_task(make()))
            making.task.add_done_callback(lambda _: self._makings.pop(key, None))
        making.waiting += 1
        try:
            answer = await asyncio.shield(making.task)
        finally:
            making.waiting -= 1
            if not making.waiting:
                self._makings.pop(key, None)
                making.task.cancel()
        self.keep(key, answer, length)
        return answer

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
