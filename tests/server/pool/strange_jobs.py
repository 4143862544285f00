"""Jobs that behave badly, for the tests of the pool."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph

from uprgraph.errors import QueryError
from uprgraph.server.jobs import Dataset


def job(name: str) -> Callable[..., object]:
    found: Callable[..., object] = globals()[name]
    return found


def echo(dataset: Dataset, value: object) -> object:
    return value


def process(dataset: Dataset) -> int:
    return os.getpid()


def sleep(dataset: Dataset, seconds: float) -> str:
    time.sleep(seconds)
    return "slept"


def priority_after(dataset: Dataset, seconds: float) -> tuple[int, int]:
    time.sleep(seconds)
    return os.getpid(), os.getpriority(os.PRIO_PROCESS, 0)


def spin(dataset: Dataset) -> None:
    while True:
        pass


def eat(dataset: Dataset) -> int:
    return len([bytearray(1 << 20) for _ in range(100_000)])


def grow(dataset: Dataset) -> int:
    globals()["_kept"] = bytearray(200 << 20)
    return os.getpid()


def crash(dataset: Dataset) -> None:
    ctypes.string_at(0)


def leave(dataset: Dataset) -> None:
    os._exit(0)


def kill_zygote(dataset: Dataset) -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)


def wrong(dataset: Dataset) -> None:
    raise QueryError("unexpected", 3, 4, "a hint")


def defect(dataset: Dataset) -> None:
    raise KeyError("a defect")


def unpicklable(dataset: Dataset) -> object:
    return lambda: None


def large(dataset: Dataset) -> bytes:
    return bytes(70 << 20)


def braces(dataset: Dataset) -> bool:
    return bool(pyoxigraph.Store().query("ASK " + "{" * 4_000 + "}" * 4_000))


def connect(dataset: Dataset, port: int) -> str:
    with socket.socket() as outside:
        outside.connect(("127.0.0.1", port))
    return "connected"


def call_service(dataset: Dataset, port: int) -> int:
    return len(list(pyoxigraph.Store().query(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")))


def run_program(dataset: Dataset) -> None:
    subprocess.run([sys.executable, "-c", ""], check=True)


def streams(dataset: Dataset) -> list[str]:
    return [str(Path(f"/proc/self/fd/{number}").readlink()) for number in range(3)]


def triples(dataset: Dataset) -> object:
    return next(iter(dataset.graph.engine.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows))


def unique(dataset: Dataset) -> tuple[int, str]:
    (row,) = dataset.graph.engine.select("SELECT (STR(RAND()) AS ?n) {}").rows
    return os.getpid(), str(row)
