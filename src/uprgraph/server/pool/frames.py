"""Messages between the web server, the zygote and the workers: pickles, each after its length.

They go over pairs of sockets that only our own processes have.
"""

from __future__ import annotations

import asyncio
import pickle
import socket
import struct
from dataclasses import dataclass

from uprgraph.server.settings import Limits

_LENGTH = struct.Struct("!Q")
COMMAND = struct.Struct("!cI")
"""What the zygote is told: a letter and the number of a worker."""
HIRE, SLOW, DISMISS = b"H", b"S", b"D"
"""Fork it; let others go before it, since its job takes long; kill it."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What the zygote is told first; `jobs` names the function that finds jobs, as "module:function"."""

    target: str | None
    limits: Limits
    jobs: str


@dataclass(frozen=True, slots=True)
class Order:
    """A job to do: its name and its arguments."""

    job: str
    arguments: dict[str, object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: what it returned, or the error for whoever asked, or the traceback of a defect.

    `stays` is false if the worker ends now, since it has become too large.
    """

    result: object = None
    error: Exception | None = None
    defect: str | None = None
    stays: bool = True


@dataclass(frozen=True, slots=True)
class Ready:
    """The zygote has the dataset of this version; `isolated` says whether workers are kept from the network."""

    version: str
    isolated: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """A worker has ended, with this exit code, or minus the number of the signal."""

    worker: int
    code: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The zygote has made what could wait: workers that it forks from now on have it as well."""


def packed(message: object) -> bytes:
    """Return a message as it travels."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(body)) + body


def receive(source: socket.socket) -> object:
    """Wait for a message and return it. Raises EOFError if the other side has gone."""
    (length,) = _LENGTH.unpack(_exactly(source, _LENGTH.size))
    return pickle.loads(_exactly(source, length))  # noqa: S301 - from our own process


async def read(source: asyncio.StreamReader) -> object:
    """Return the next message. Raises IncompleteReadError or ConnectionError if the other side has gone."""
    (length,) = _LENGTH.unpack(await source.readexactly(_LENGTH.size))
    return pickle.loads(await source.readexactly(length))  # noqa: S301 - from our own process


def _exactly(source: socket.socket, length: int) -> bytearray:
    content = bytearray(length)
    view = memoryview(content)
    while view:
        received = source.recv_into(view)
        if not received:
            raise EOFError
        view = view[received:]
    return content
