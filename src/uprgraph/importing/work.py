"""Where the work on units is done: in this process, in several of this machine, or on a Dask cluster."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from uprgraph.errors import EndpointError, MissingExtraError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Given = TypeVar("Given")
Found = TypeVar("Found")
_Awaited_co = TypeVar("_Awaited_co", covariant=True)
PATIENCE = "10s"
"""How long a scheduler may take to answer at first."""
_GLANCE = 0.5
"""Seconds between two looks of a worker at whether its parent is there still."""
_AHEAD = 4
"""How many units for each worker are read before the first is done: so many are in memory at once."""


class Pending(Protocol[_Awaited_co]):
    """What will have a result."""

    def result(self) -> _Awaited_co:
        """Wait for the result and return it."""


Submit = Callable[[Given], "Pending[Found]"]


def here(function: Callable[[Given], Found], units: Iterable[Given]) -> Iterator[Found]:
    """Yield the results of a function, one after the other."""
    return map(function, units)


def in_processes(function: Callable[[Given], Found], units: Iterable[Given], workers: int) -> Iterator[Found]:
    """Yield the results of a function in the order of the units, worked out in so many processes."""
    with processes(workers) as pool:
        yield from _in_order(lambda unit: pool.submit(function, unit), units, workers * _AHEAD)


@contextmanager
def processes(number: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes that end with this one, even if it is killed."""
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(number, initializer=_end_with, initargs=(os.getpid(),)) as pool:
        yield pool


def _end_with(parent: int) -> None:
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_GLANCE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def on_dask(function: Callable[[Given], Found], units: Iterable[Given], address: str) -> Iterator[Found]:
    """Yield the results of a function in the order of the units, worked out on the cluster of a Dask scheduler.

    Its workers need this package in the same version. What a worker had when it died is given to another one. Raises
    EndpointError if the scheduler cannot be reached or its workers die again and again, MissingExtraError if Dask is
    not installed.
    """
    with _client(address) as client:
        ahead = max(1, len(client.scheduler_info()["workers"])) * _AHEAD
        yield from _in_order(lambda unit: client.submit(function, unit, pure=False), units, ahead)


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise MissingExtraError("distributed", "dask", "working on a cluster") from error
    try:
        with Client(address, timeout=PATIENCE, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            yield client
    except KilledWorker as error:
        hint = "see the logs of the workers; they may have too little memory"
        raise EndpointError(f"the workers of {address} died again and again", hint=hint) from error
    except (OSError, ValueError) as error:
        hint = "give the address of a running scheduler, such as tcp://localhost:8786"
        raise EndpointError(f"there is no Dask scheduler at {address}: {error}", hint=hint) from error


def _in_order(submit: Submit[Given, Found], units: Iterable[Given], ahead: int) -> Iterator[Found]:
    waiting: deque[Pending[Found]] = deque()
    for unit in units:
        waiting.append(submit(unit))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
