"""What a command takes: wall-clock time, and memory of all its processes together. Linux only, from /proc."""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1
"""Seconds between two looks at the memory: a look takes some milliseconds where there is much of it."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall-clock seconds, and the most memory at one moment, in MB.

    Memory is the sum over the process and its descendants of what each has in RAM, where a page that several share
    counts once (the proportional set size): so workers that are forked count with what they add. What falls between
    two looks is missed, but for the most that one process has had, which the kernel keeps.
    """

    seconds: float
    megabytes: float

    def line(self, name: str) -> str:
        """Return one line of a report."""
        return f"  {name:<44}{self.seconds:8.1f} s {self.megabytes:7.0f} MB"


def run(command: list[str], ends: Collection[int] = (0,)) -> Cost:
    """Run a command and return what it took. Raises SystemExit if its exit code is not one of `ends`."""
    started = time.perf_counter()
    most = 0
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, stdout=said, stderr=said) as process:
            while process.poll() is None:
                most = max(most, proportional(process.pid), _largest(process.pid))
                time.sleep(_EVERY)
        seconds = time.perf_counter() - started
        said.seek(0)
        if process.returncode not in ends:
            raise SystemExit(f"{command[0]} ended with {process.returncode}: {said.read().decode()}")
    return Cost(seconds, most / 1024)


def proportional(process: int) -> int:
    """Return the memory of a process and its descendants, in kB."""
    return sum(_kilobytes(f"/proc/{each}/smaps_rollup", "Pss") for each in with_descendants(process))


def _largest(process: int) -> int:
    """Return the most that the process itself has had, in kB."""
    return _kilobytes(f"/proc/{process}/status", "VmHWM")


def with_descendants(process: int) -> Iterator[int]:
    """Yield a process and those that it started, and those that these started."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # it has ended meanwhile
            for child in children.read_text(encoding="ascii").split():
                yield from with_descendants(int(child))


def _kilobytes(path: str, name: str) -> int:
    """Return a number of a file in /proc; 0 once the process has ended."""
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB", Path(path).read_text(encoding="ascii"), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0
