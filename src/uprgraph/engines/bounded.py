"""Work in a forked child with a limit of time and memory.

pyoxigraph has no timeout, and a query can use up the memory or, by a defect, end its process. In a child this is an
error message. Used where people send whole queries; canned questions run in the process itself.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import selectors
import signal
import time
from collections.abc import Callable
from typing import NoReturn, TypeVar

from uprgraph.errors import QueryLimitError, UprGraphError

Result = TypeVar("Result")

DEFAULT_SECONDS = 60.0
DEFAULT_MEGABYTES = 4_096
"""Of address space, of which only a part is ever in memory."""
_HINTS = "ask for less, with LIMIT or a narrower pattern, or allow more with --timeout and --memory"


def run(work: Callable[[], Result], seconds: float = DEFAULT_SECONDS, megabytes: int = DEFAULT_MEGABYTES) -> Result:
    """Return what `work` returns in a forked child; the result must be picklable.

    Raises what the child raises if that is an UprGraphError, and QueryLimitError if it takes more than `seconds`,
    more address space than `megabytes`, or ends without an answer.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work_and_exit(work, writing, megabytes)
    os.close(writing)
    try:
        answer = _read(reading, time.monotonic() + seconds)
        if answer is None:
            raise QueryLimitError(f"the query took more than {seconds:g} seconds and was stopped", _HINTS)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if not answer:
        how = (
            f"signal {os.WTERMSIG(status)}"
            if os.WIFSIGNALED(status)
            else f"exit code {os.waitstatus_to_exitcode(status)}"
        )
        raise QueryLimitError(f"the query ended its process ({how}); it is too large or too deep", _HINTS)
    outcome: Result | BaseException = pickle.loads(answer)  # noqa: S301 - from our own child
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def _work_and_exit(work: Callable[[], Result], writing: int, megabytes: int) -> NoReturn:
    """Do the work in the child, send the pickled outcome, and end without running the parent's clean-up."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a panic of the engine is reported by the parent
        outcome: object
        try:
            outcome = work()
        except MemoryError:
            outcome = QueryLimitError(f"the query needs more than {megabytes} MB of memory and was stopped", _HINTS)
        except UprGraphError as error:
            outcome = error
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(outcome, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _read(reading: int, deadline: float) -> bytes | None:
    """Return all that comes through the pipe, or None if the deadline passes first."""
    chunks: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(reading, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if selector.select(left):
                chunk = os.read(reading, 1 << 20)
                if not chunk:
                    return b"".join(chunks)
                chunks.append(chunk)
    return None
