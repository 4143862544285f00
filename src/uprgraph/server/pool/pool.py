"""The pool: jobs in, outcomes out, over reloads and losses of what does them."""

from __future__ import annotations

import asyncio
import logging
import time

from uprgraph.errors import BusyError, UprGraphError
from uprgraph.server.pool.admission import Admission
from uprgraph.server.pool.crew import Crew
from uprgraph.server.pool.frames import Setup
from uprgraph.server.pool.opening import is_endpoint
from uprgraph.server.settings import Settings

_LOG = logging.getLogger(__name__)
_JOBS = "uprgraph.server.jobs:job"
_PAUSE = 1.0
"""Seconds before a lost zygote is started again."""
_FRESH = 60.0
"""Seconds for which answers of an endpoint count as those of one version."""


class Pool:
    """What runs the jobs of a site, see `uprgraph.server.site.Runs`. Made by `start`."""

    def __init__(self, settings: Settings, jobs: str = _JOBS) -> None:
        self._setup = Setup(settings.target, settings.limits, jobs)
        self.admission = Admission(settings.limits)
        self._crew: Crew | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._draining: set[asyncio.Task[None]] = set()
        self._changing = asyncio.Lock()

    async def start(self) -> None:
        """Open the dataset. Raises UprGraphError for what is no dataset."""
        self._crew = await Crew.start(self._setup)
        self._keeping = asyncio.create_task(self._keep())

    async def settled(self) -> None:
        """Wait until all workers have what could wait when the dataset was opened."""
        if self._crew is not None:
            await self._crew.settled.wait()

    @property
    def version(self) -> str:
        """A word that changes with the data; for an endpoint it changes every minute."""
        version = "" if self._crew is None else self._crew.ready.version
        if is_endpoint(self._setup.target):
            return f"{version}-{int(time.time() / _FRESH)}"
        return version

    @property
    def isolated(self) -> bool:
        """Whether workers are kept from the network."""
        return self._crew is not None and self._crew.ready.isolated

    @property
    def is_ready(self) -> bool:
        """Whether jobs can be done now."""
        return self._crew is not None and not self._crew.lost.is_set()

    async def run(self, name: str, /, client: str = "", **arguments: object) -> object:
        """Return what a job returns, when its turn has come; see `Runs.run` for what it raises."""
        async with self.admission.turn(client):
            if self._crew is None:
                raise BusyError("the dataset is being opened", 1, "ask again in a moment")
            return await self._crew.run(name, arguments)

    async def reload(self) -> bool:
        """Open the dataset again, have it asked from now on, and say whether it is another version.

        What runs goes on with the old one, which ends afterwards. Raises UprGraphError if the dataset cannot be opened,
        and leaves all as it was.
        """
        async with self._changing:
            fresh, old = await Crew.start(self._setup), self._crew
            self._crew = fresh
            if old is not None:
                old.lost.set()  # for whoever waits to see that one lost
                task = asyncio.create_task(_retire(old))
                self._draining.add(task)
                task.add_done_callback(self._draining.discard)
        return old is None or old.ready.version != fresh.ready.version

    async def close(self) -> None:
        """End everything; jobs that still run are stopped."""
        if self._keeping is not None:
            self._keeping.cancel()
        for task in self._draining:
            task.cancel()
        await asyncio.gather(*self._draining, return_exceptions=True)
        if self._crew is not None:
            await self._crew.close()
            self._crew = None

    async def _keep(self) -> None:
        """Start another zygote if this one is lost, as when the system runs out of memory."""
        while self._crew is not None:
            crew = self._crew
            await crew.lost.wait()
            if crew is self._crew:
                _LOG.error("the process that has the dataset open has ended; it is started again")
                try:
                    await self.reload()
                except UprGraphError as error:
                    _LOG.error("the dataset cannot be opened", extra={"line": {"reason": str(error)}})
            await asyncio.sleep(_PAUSE)


async def _retire(crew: Crew) -> None:
    try:
        await crew.drain()
    finally:
        await crew.close()
