"""A zygote and its workers, as the web server sees them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import subprocess
from collections.abc import Mapping
from typing import NamedTuple

from uprgraph.errors import BusyError, QueryLimitError, ResourceError, UprGraphError
from uprgraph.server.pool.frames import (
    COMMAND,
    DISMISS,
    HIRE,
    SLOW,
    Ended,
    Finished,
    Order,
    Outcome,
    Ready,
    Setup,
    packed,
    read,
    unpacked,
)
from uprgraph.server.pool.line import Line
from uprgraph.server.pool.starting import start_zygote

_LOG = logging.getLogger(__name__)
_PATIENCE = 5.0
"""Seconds that a zygote has to end."""
_LONG = 1.0
"""Seconds after which a job is long: then its worker goes after others, and is replaced when it has ended."""
_NARROWER = "ask for less, with LIMIT or a narrower pattern"


class _Worker(NamedTuple):
    number: int
    line: Line


class Crew:
    """One zygote with its workers, all of one version of the dataset. Made by `start`."""

    def __init__(self, setup: Setup, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        self._setup = setup
        self._process = process
        self._control = control.dup()  # the other one is closed with its stream
        self._idle: list[_Worker] = []
        self._hired = 0
        self._outdated = 0
        self._working = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._closing = False
        self.lost = asyncio.Event()
        self.settled = asyncio.Event()
        self.ready = Ready("", isolated=False)

    @classmethod
    async def start(cls, setup: Setup) -> Crew:
        """Start a zygote and wait until it has the dataset. Raises the UprGraphError that it meets."""
        process, ours = start_zygote()
        crew = cls(setup, process, ours)
        try:
            reader, crew._notices = await asyncio.open_connection(sock=ours)
            crew._notices.write(packed(setup))
            message = await read(reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            message = ResourceError("the process that opens the dataset has ended")
        except asyncio.CancelledError:
            await crew.close(0)
            raise
        if not isinstance(message, Ready):
            await crew.close(0)
            raise message if isinstance(message, UprGraphError) else TypeError(message)
        crew.ready = message
        crew._watching = asyncio.create_task(crew._watch(reader))
        for _ in range(setup.limits.workers):
            crew._idle.append(await crew._hire())
        return crew

    _notices: asyncio.StreamWriter | None = None
    _watching: asyncio.Task[None] | None = None

    async def run(self, name: str, arguments: Mapping[str, object]) -> object:
        """Have a worker do a job, and return what it returns.

        Raises the job's UprGraphError; QueryLimitError if it takes too long or ends its process; RuntimeError for a
        defect, with the worker's traceback.
        """
        order, loop = packed(Order(name, arguments)), asyncio.get_running_loop()
        worker = await self._take()
        reply = worker.line.ask(order)
        is_long = loop.call_later(_LONG, self._tell, SLOW, worker)
        is_late = loop.call_later(self._setup.limits.seconds, _stop_waiting, reply)
        stays = False
        self._working += 1
        self._quiet.clear()
        try:
            outcome = unpacked(await reply)
            assert isinstance(outcome, Outcome)  # noqa: S101 - for the type checker
            stays = outcome.stays and loop.time() < is_long.when()
        except TimeoutError:
            seconds = self._setup.limits.seconds
            raise QueryLimitError(f"the query took more than {seconds:g} seconds and was stopped", _NARROWER) from None
        except ConnectionError:
            message = "the query ended its process; it is too large or too deep"
            raise QueryLimitError(message, _NARROWER) from None
        finally:
            is_long.cancel()
            is_late.cancel()
            self._working -= 1
            await self._give_back(worker, stays=stays)
            if not self._working:
                self._quiet.set()
        if outcome.defect is not None:
            raise RuntimeError(f"a defect in the job {name}:\n{outcome.defect}")
        if outcome.error is not None:
            raise outcome.error
        return outcome.result

    async def drain(self) -> None:
        """Wait until no job runs."""
        await self._quiet.wait()

    async def close(self, patience: float = _PATIENCE) -> None:
        """End the zygote and its workers."""
        self._closing = True
        if self._watching is not None:
            self._watching.cancel()
        for worker in self._idle:
            worker.line.close()
        self._idle.clear()
        if self._notices is not None:
            self._notices.close()
        self._control.close()
        try:
            async with asyncio.timeout(patience):
                while self._process.poll() is None:
                    await asyncio.sleep(0.005)
        except TimeoutError:
            self._process.kill()
            self._process.wait()

    async def _take(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.line.is_lost:
                return worker
            self._dismiss(worker)
        return await self._hire()

    async def _give_back(self, worker: _Worker, *, stays: bool) -> None:
        if stays and not self._closing and worker.number > self._outdated:
            self._idle.append(worker)
            return
        self._dismiss(worker)
        if not self._closing and len(self._idle) < self._setup.limits.workers:
            with contextlib.suppress(BusyError):
                self._idle.append(await self._hire())

    async def _renew(self) -> None:
        """Replace all workers by such as have what the zygote has by now: the idle ones now, others after their job."""
        self._outdated = self._hired
        old, self._idle = self._idle, []
        for worker in old:
            self._dismiss(worker)
            self._idle.append(await self._hire())
        self.settled.set()

    async def _hire(self) -> _Worker:
        """Have a worker forked; a job can be sent at once. Raises BusyError if the zygote has gone."""
        self._hired += 1
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [COMMAND.pack(HIRE, self._hired)], [theirs.fileno()])
            except OSError:
                ours.close()
                self.lost.set()
                raise BusyError("the dataset is being opened again", 1, "ask again in a moment") from None
        number = self._hired
        return _Worker(number, await Line.over(ours))

    def _dismiss(self, worker: _Worker) -> None:
        worker.line.close()
        self._tell(DISMISS, worker)

    def _tell(self, command: bytes, worker: _Worker) -> None:
        with contextlib.suppress(OSError):
            self._control.send(COMMAND.pack(command, worker.number))

    async def _watch(self, reader: asyncio.StreamReader) -> None:
        """Read what the zygote says of workers that have ended, until it ends itself, which it should not."""
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, BusyError):
            while True:
                message = await read(reader)
                if isinstance(message, Finished):
                    await self._renew()
                elif isinstance(message, Ended):
                    _LOG.info("worker ended", extra={"line": {"worker": message.worker, "code": message.code}})
        self.lost.set()
        self.settled.set()


def _stop_waiting(reply: asyncio.Future[bytearray]) -> None:
    if not reply.done():
        reply.set_exception(TimeoutError())
