"""Who may ask now, who waits, and who is told to come again: fair between clients."""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter, OrderedDict, deque

from uprgraph.errors import BusyError
from uprgraph.server.settings import Limits

_LONGEST_RETRY = 60


class ClientBusyError(BusyError):
    """This client has too much waiting, whatever the others do."""


class Admission:
    """Places for jobs, and a queue for each client; a place that gets free goes to the clients in turn.

    There are `workers` places, and as many again for clients that have no job running, so that nobody waits until the
    long jobs of somebody else end. One client has at most `workers` jobs running.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._running: Counter[str] = Counter()
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._usual = 1.0
        """How many seconds a job takes, of late."""

    @property
    def running(self) -> int:
        """How many jobs run."""
        return self._running.total()

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return sum(map(len, self._queues.values()))

    def turn(self, client: str) -> Turn:
        """Return what holds a place for a job of a client, when its turn has come.

        Entering it raises ClientBusyError if too many jobs of the client wait, BusyError if too many of all do, or too
        long.
        """
        return Turn(self, client)

    async def enter(self, client: str) -> None:
        """Take a place, see `turn`."""
        if client in self._queues or not self._may_run(client):
            await self._wait(client)
        else:
            self._running[client] += 1

    def leave(self, client: str, seconds: float) -> None:
        """Give a place back after some seconds."""
        self._usual += (seconds - self._usual) / 16
        self._leave(client)

    def _may_run(self, client: str) -> bool:
        places = self._limits.workers
        if not self._running[client]:
            places *= 2
        return self.running < places and self._running[client] < self._limits.workers

    async def _wait(self, client: str) -> None:
        queue = self._queues.get(client)
        if queue is not None and len(queue) >= self._limits.per_client:
            raise ClientBusyError("you ask too much at once", self._retry_after(), "wait for answers before you ask on")
        if self.waiting >= self._limits.waiting:
            raise BusyError("too much is asked at once", self._retry_after(), "ask again a little later")
        turn = asyncio.get_running_loop().create_future()
        self._queues.setdefault(client, deque()).append(turn)
        try:
            async with asyncio.timeout(self._limits.patience):
                await turn
        except TimeoutError:
            self._forget(client, turn)
            if turn.cancelled():  # else it has come in the same moment
                raise BusyError("too much is asked at once", self._retry_after(), "ask again a little later") from None
        except asyncio.CancelledError:
            self._forget(client, turn)
            if not turn.cancelled():
                self._leave(client)
            raise

    def _forget(self, client: str, turn: asyncio.Future[None]) -> None:
        queue = self._queues.get(client)
        if queue is not None and turn in queue:
            queue.remove(turn)
            if not queue:
                del self._queues[client]

    def _leave(self, client: str) -> None:
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        while (following := next(filter(self._may_run, self._queues), None)) is not None:
            queue = self._queues[following]
            turn = queue.popleft()
            if queue:
                self._queues.move_to_end(following)
            else:
                del self._queues[following]
            if not turn.done():  # such as of a client that has gone
                turn.set_result(None)
                self._running[following] += 1

    def _retry_after(self) -> int:
        seconds = self._usual * (self.waiting + 1) / self._limits.workers
        return max(1, min(_LONGEST_RETRY, math.ceil(seconds)))


class Turn:
    """A place that is held, as an asynchronous context manager, lighter than one made of a generator."""

    def __init__(self, admission: Admission, client: str) -> None:
        self._admission = admission
        self._client = client

    async def __aenter__(self) -> None:
        """Wait for it."""
        await self._admission.enter(self._client)
        self._entered = time.monotonic()

    async def __aexit__(self, *_: object) -> None:
        """Give it back."""
        self._admission.leave(self._client, time.monotonic() - self._entered)
