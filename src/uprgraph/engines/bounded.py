"""Work in a forked child with a limit of time and memory.

pyoxigraph has no timeout, and a query can use up the memory or, by a defect, end its process. In a child this is an
error message. Used where people send whole queries; canned questions run in the process itself. Documents of unknown
origin are read so too.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import selectors
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from uprgraph.errors import QueryLimitError, ResourceError, UprGraphError

Result = TypeVar("Result")

DEFAULT_SECONDS = 60.0
DEFAULT_MEGABYTES = 4_096
"""Of address space, of which only a part is ever in memory."""
_LINE = 128
"""Bytes of /proc/self/statm at most."""
_LONGEST_WAIT = 3_600.0
"""Seconds of one wait; systems refuse very long ones."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the work is called in messages, and what to do where it takes too much, or where there are no limits."""

    name: str
    too_much: str
    elsewhere: str


QUERY = Task(
    "the query",
    "ask for less, with LIMIT or a narrower pattern, or allow more with --timeout and --memory",
    "ask an endpoint, or use graph.sparql in Python, which has no limits",
)


def run(
    work: Callable[[], Result],
    seconds: float = DEFAULT_SECONDS,
    megabytes: int = DEFAULT_MEGABYTES,
    task: Task = QUERY,
) -> Result:
    """Return what `work` returns in a forked child; the result must be picklable.

    The child may take no more memory than this process may, whatever `megabytes` says. Raises what the child raises if
    that is an UprGraphError, and RuntimeError with the child's traceback for any other exception, which is a defect;
    QueryLimitError if it takes more than `seconds`, more address space than `megabytes`, or ends without an answer;
    ResourceError if the system has no such limits.
    """
    if not hasattr(os, "fork"):
        raise ResourceError("limits need a POSIX system", task.elsewhere)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work_and_exit(work, writing, megabytes, task)
    os.close(writing)
    answer = None
    try:
        answer = _read(reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        if answer is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if answer is None:
        raise QueryLimitError(f"{task.name} took more than {seconds:g} seconds and was stopped", task.too_much)
    if status != 0:
        code = os.waitstatus_to_exitcode(status)
        how = f"exit code {code}" if code >= 0 else f"signal {-code}"
        raise QueryLimitError(f"{task.name} ended its process ({how}); it is too large or too deep", task.too_much)
    result, error, defect = pickle.loads(answer)  # noqa: S301 - from our own child
    if defect is not None:
        raise RuntimeError(f"a defect in the child process:\n{defect}")
    if error is not None:
        raise error
    returned: Result = result
    return returned


def held() -> int:
    """Return how many megabytes of address space this process has: 0 where the system does not tell.

    A process with many threads has far more than it uses, and a child has all of it.
    """
    with meter() as read:
        return read()


@contextlib.contextmanager
def meter() -> Iterator[Callable[[], int]]:
    """Give a function that returns what `held` does, and keeps open what it reads: for who asks again and again."""
    try:
        file = os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        yield lambda: 0
        return
    page = os.sysconf("SC_PAGESIZE")
    try:
        yield lambda: int(os.pread(file, _LINE, 0).split()[0]) * page >> 20
    finally:
        os.close(file)


def _work_and_exit(work: Callable[[], Result], writing: int, megabytes: int, task: Task) -> NoReturn:
    """Do the work in the child, send the outcome, and end without running the parent's clean-up.

    The exit code is 1 if nothing, or not all, was sent, as when the engine panics, which is no `Exception`.
    """
    code = 1
    gc.freeze()  # what the parent has is not cleared up here: that may wait for threads which only the parent has
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what an engine says when it panics is nothing for users
        outcome = _outcome(work, megabytes, task)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(outcome)
        code = 0
    finally:
        os._exit(code)


def _outcome(work: Callable[[], Result], megabytes: int, task: Task) -> bytes:
    """Return, pickled, the result, the error for the user and the traceback of a defect, of which one counts."""
    error: UprGraphError
    try:
        megabytes = _limit_memory(megabytes, task)
        return pickle.dumps((work(), None, None), protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        error = QueryLimitError(f"{task.name} needs more than {megabytes} MB of memory and was stopped", task.too_much)
    except UprGraphError as raised:
        # Some libraries teach pickle to take tracebacks and causes along, and those of others cannot travel.
        raised.__cause__ = raised.__context__ = None
        error = raised.with_traceback(None)
    except Exception:  # noqa: BLE001 - whatever it is, the parent raises it again
        return pickle.dumps((None, None, traceback.format_exc()))
    return pickle.dumps((None, error, None))


def _limit_memory(megabytes: int, task: Task) -> int:
    """Limit the address space of this process, and return to how many megabytes: no more than it may already have."""
    import resource

    _, allowed = resource.getrlimit(resource.RLIMIT_AS)
    wished = megabytes << 20
    limit = wished if allowed == resource.RLIM_INFINITY else min(wished, allowed)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError) as error:
        problem = f"the system does not allow a limit of {megabytes} MB: {error}"
        raise ResourceError(problem, task.elsewhere) from error
    return limit >> 20


def _read(reading: int, deadline: float) -> bytes | None:
    """Return all that comes through the pipe, or None if the deadline passes first."""
    chunks: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(reading, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if selector.select(min(left, _LONGEST_WAIT)):
                chunk = os.read(reading, 1 << 20)
                if not chunk:
                    return b"".join(chunks)
                chunks.append(chunk)
    return None
