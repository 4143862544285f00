"""Answers kept in the memory of the web server, as long as there is room: the data does not change between reloads.

What several clients ask at the same time is made once.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable

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
        self._makings: dict[Hashable, asyncio.Future[Answered]] = {}

    def get(self, key: Hashable) -> Answered | None:
        """Return the answer to what was asked, if it is kept."""
        found = self._answers.get(key)
        if found is None:
            return None
        self._answers.move_to_end(key)
        return found[0]

    async def made(self, key: Hashable, length: int, make: Callable[[], Awaitable[Answered]]) -> Answered:
        """Return the answer to what was asked, which is made unless that is under way, and kept.

        Who asks first makes it; when that one gives up, the next does. Raises what `make` raises.
        """
        while (making := self._makings.get(key)) is not None:
            await asyncio.wait({making})
            if not making.cancelled():
                return making.result()
        making = self._makings[key] = asyncio.get_running_loop().create_future()
        try:
            answer = await make()
            making.set_result(answer)
        except Exception as error:
            making.set_exception(error)
            making.exception()  # whoever waits is told; that nobody does is no defect
            raise
        finally:
            del self._makings[key]
            making.cancel()  # it is done, unless this one gives up
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
