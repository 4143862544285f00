"""One process of a server: it writes to a log, and it dies with the process that started it."""

from __future__ import annotations

import atexit
import shutil
import socket
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# The kernel counts a server as the child of the thread that started it. This one lives as long as the test run, so
# that a test may start a server in a thread of its own that ends.
_starter = ThreadPoolExecutor(1, thread_name_prefix="triplestores")
_running: set[subprocess.Popen[bytes]] = set()


class Process:
    """A running program; the log is appended to, and `said()` is what this run wrote there."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> None:
        self._log = log
        self._start_of_log = log.stat().st_size if log.exists() else 0
        self._process = _starter.submit(_start, command, folder, environment, log).result()

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def stop(self, patience: float) -> None:
        """Ask it to end; kill it if it has not done so within `patience` seconds."""
        self._process.terminate()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._ended()

    def kill(self) -> None:
        """End it at once (SIGKILL), as a failure of power would."""
        self._process.kill()
        self._ended()

    def _ended(self) -> None:
        self._process.wait()
        _running.discard(self._process)

    def said(self) -> str:
        """Return what it has written since it was started."""
        with self._log.open("rb") as opened:
            opened.seek(self._start_of_log)
            return opened.read().decode(errors="replace")


def free_port() -> int:
    """Return a port that nobody listens to on the loopback address. Somebody else may take it before it is used."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    """Whether a server could listen to this port of the loopback address now."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _start(command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    # setpriv (Linux) has the kernel kill the server when we die, however we die; elsewhere only `_end_all` does.
    dying_with_us = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    with log.open("ab") as opened:
        process = subprocess.Popen(
            [*dying_with_us, *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=opened,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for us: we then stop the server in order
        )
    _running.add(process)
    return process


@atexit.register
def _end_all() -> None:
    for process in _running:
        process.kill()
