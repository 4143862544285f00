"""Messages between the web server, the zygote and the workers: pickles, each after its length.

They go over pairs of sockets that only our own processes have.
"""

from __future__ import annotations

import asyncio
import pickle
import socket
import struct
from collections.abc import Mapping
from typing import NamedTuple

from uprgraph.server.settings import Limits

_LENGTH = struct.Struct("!Q")
COMMAND = struct.Struct("!cI")
"""What the zygote is told: a letter and the number of a worker."""
HIRE, SLOW, DISMISS = b"H", b"S", b"D"
"""Fork it; let others go before it, since its job takes long; kill it."""


class Setup(NamedTuple):
    """What the zygote is told first; `jobs` names the function that finds jobs, as "module:function"."""

    target: str | None
    limits: Limits
    jobs: str


class Order(NamedTuple):
    """A job to do: its name and its arguments."""

    job: str
    arguments: Mapping[str, object]


class Outcome(NamedTuple):
    """What became of a job: what it returned, or the error for whoever asked, or the traceback of a defect.

    `stays` is false if the worker ends now, since it has become too large.
    """

    result: object = None
    error: Exception | None = None
    defect: str | None = None
    stays: bool = True


class Ready(NamedTuple):
    """The zygote has the dataset of this version; `isolated` says whether workers are kept from the network."""

    version: str
    isolated: bool


class Ended(NamedTuple):
    """A worker has ended, with this exit code, or minus the number of the signal."""

    worker: int
    code: int


class Finished(NamedTuple):
    """The zygote has made what could wait: workers that it forks from now on have it as well."""


def packed(message: object) -> bytes:
    """Return a message as it travels."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(body)) + body


def length_of(received: bytes | bytearray) -> int:
    """Return how many bytes the message has of which these are the first, or at least has."""
    if len(received) < _LENGTH.size:
        return _LENGTH.size
    (length,) = _LENGTH.unpack_from(received)
    return _LENGTH.size + int(length)


def unpacked(content: bytes | bytearray) -> object:
    """Return a message from how it travels."""
    return pickle.loads(memoryview(content)[_LENGTH.size :])  # noqa: S301 - from our own process


def receive(source: socket.socket) -> object:
    """Wait for a message and return it. Raises EOFError if the other side has gone."""
    head = _exactly(source, _LENGTH.size)
    return unpacked(head + _exactly(source, length_of(head) - len(head)))


async def read(source: asyncio.StreamReader) -> object:
    """Return the next message. Raises IncompleteReadError or ConnectionError if the other side has gone."""
    head = await source.readexactly(_LENGTH.size)
    return unpacked(head + await source.readexactly(length_of(head) - len(head)))


def _exactly(source: socket.socket, length: int) -> bytearray:
    content = bytearray(length)
    view = memoryview(content)
    while view:
        received = source.recv_into(view)
        if not received:
            raise EOFError
        view = view[received:]
    return content
