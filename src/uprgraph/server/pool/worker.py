"""What a worker does: one job after the other, until it is told to end or has become too large."""

from __future__ import annotations

import gc
import os
import select
import socket
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import NoReturn

from uprgraph.engines import bounded
from uprgraph.errors import QueryLimitError, UprGraphError
from uprgraph.server.jobs import Dataset
from uprgraph.server.pool import isolation
from uprgraph.server.pool.frames import Order, Outcome, Setup, packed, receive

Job = Callable[..., object]
_NICE = 1
"""The web server goes before its workers."""
_OVERHEAD = 1 << 20
"""Bytes that a message may have beyond those of a result."""


def find(name: str) -> Callable[[str], Job]:
    """Return the function that finds jobs, named as "module:function"."""
    module, _, function = name.partition(":")
    finder: Callable[[str], Job] = getattr(import_module(module), function)
    return finder


def work(jobs: socket.socket, opened: Callable[[], Dataset], setup: Setup) -> NoReturn:
    """Do jobs until the web server closes its end, and end without running the clean-up of the zygote's objects."""
    code = 1
    try:
        os.nice(_NICE)
        dataset = _opened_or_error(opened)
        gc.freeze()
        _do_jobs(jobs, dataset, setup)
        code = 0
    except (EOFError, ConnectionError):
        code = 0
    finally:
        os._exit(code)


def _do_jobs(jobs: socket.socket, dataset: Dataset | UprGraphError, setup: Setup) -> None:
    """Do jobs until this process has become too large. Raises EOFError if the other side has gone."""
    finder = find(setup.jobs)
    waiting = select.poll()
    waiting.register(jobs, select.POLLIN)
    with bounded.meter() as held:
        before, stays = held(), True
        isolation.limit_memory(setup.limits.megabytes)
        while stays:
            waiting.poll()  # who waits in a read is also woken up when the other side has read, and here is not
            order = receive(jobs)
            assert isinstance(order, Order)  # noqa: S101 - for the type checker
            outcome = _outcome(finder, dataset, order, setup)
            stays = held() - before < setup.limits.megabytes // 2
            jobs.sendall(_fitting(outcome, setup, stays=stays))
            del outcome


def _opened_or_error(opened: Callable[[], Dataset]) -> Dataset | UprGraphError:
    try:
        return opened()
    except UprGraphError as error:  # such as a store that has been removed since: whoever asks is told
        return error.with_traceback(None)


def _outcome(
    finder: Callable[[str], Job],
    dataset: Dataset | UprGraphError,
    order: Order,
    setup: Setup,
) -> Outcome:
    error: UprGraphError
    if isinstance(dataset, UprGraphError):
        return Outcome(error=dataset)
    try:
        return Outcome(finder(order.job)(dataset, **order.arguments))
    except MemoryError:
        error = _too_much_memory(setup)
    except UprGraphError as raised:
        raised.__cause__ = raised.__context__ = None
        error = raised.with_traceback(None)
    except Exception:  # noqa: BLE001 - whatever it is, the web server says so in its log
        return Outcome(defect=traceback.format_exc())
    return Outcome(error=error)


def _fitting(outcome: Outcome, setup: Setup, *, stays: bool) -> bytes:
    """Return the message of an outcome, or of the error that there is no room for it."""
    try:
        message = packed(Outcome(outcome.result, outcome.error, outcome.defect, stays))
        if len(message) <= setup.limits.bytes + _OVERHEAD:
            return message
        error = QueryLimitError(f"the answer has more than {setup.limits.bytes:,} bytes", "ask for less, with LIMIT")
    except MemoryError:
        error = _too_much_memory(setup)
    except Exception:  # noqa: BLE001 - objects may refuse to be pickled in any way
        return packed(Outcome(defect=traceback.format_exc(), stays=stays))
    return packed(Outcome(error=error, stays=stays))


def _too_much_memory(setup: Setup) -> QueryLimitError:
    return QueryLimitError(
        f"the query needs more than {setup.limits.megabytes} MB of memory and was stopped",
        "ask for less, with LIMIT or a narrower pattern",
    )
