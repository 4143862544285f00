"""A limit to the whole time that an answer may take, however slowly its bytes drip in.

The time limits of `requests` are for silence: a server that sends one byte a second never breaks them. Here a timer
shuts the socket down, which ends whatever waits for it.
"""

from __future__ import annotations

import http.client
import socket
import threading
import time
from types import TracebackType
from typing import Any, ClassVar

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

# Virtuoso answers with a header for each graph that a request names; Python takes 100.
http.client._MAXHEADERS = 1_000  # type: ignore[attr-defined]
_current = threading.local()


class Deadline:
    """The time until which the answers read within `with` must be there; `seconds` None means for ever."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self.passed = False
        self._end = None if seconds is None else time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._timer: threading.Timer | None = None

    def left(self) -> float | None:
        """Return how many seconds are left, or None for ever."""
        return None if self._end is None else max(self._end - time.monotonic(), 0.0)

    def __enter__(self) -> Deadline:
        _current.deadline = self
        left = self.left()
        if left is not None:
            self._timer = threading.Timer(left, self._end_it)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        _current.deadline = None
        if self._timer is not None:
            self._timer.cancel()
        self._socket = None

    def watch(self, opened: socket.socket | None) -> None:
        """Shut this socket down when the time is over, or at once if it is."""
        self._socket = opened
        if self.passed:
            self._end_it()

    def _end_it(self) -> None:
        self.passed = True
        watched = self._socket
        if watched is not None:
            try:
                socket.socket.shutdown(watched, socket.SHUT_RDWR)  # not that of SSLSocket, which waits for nobody
            except OSError:  # the server has closed it already, which ends the waiting as well
                self._socket = None


class _Watched:
    """What both kinds of connections do besides: tell the deadline their socket, and wait as long for both ways.

    urllib3 sends a body under the time limit of connecting, too short for a server that stores what it reads.
    """

    sock: socket.socket | None
    silence: ClassVar[float]

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]
        self._watch()

    def putrequest(self, *arguments: Any, **options: Any) -> None:
        super().putrequest(*arguments, **options)  # type: ignore[misc]
        self._watch()  # a connection that was open already

    def _watch(self) -> None:
        deadline: Deadline | None = getattr(_current, "deadline", None)
        if self.sock is not None:
            self.sock.settimeout(self.silence)
            if deadline is not None:
                deadline.watch(self.sock)


class WatchedAdapter(HTTPAdapter):
    """What a session of `requests` sends through, so that a Deadline can end it. `silence` is in seconds."""

    def __init__(self, silence: float) -> None:
        watched = type("Watched", (_Watched,), {"silence": silence})
        plain = type("Plain", (HTTPConnectionPool,), {"ConnectionCls": type("C", (watched, HTTPConnection), {})})
        secure = type("Secure", (HTTPSConnectionPool,), {"ConnectionCls": type("C", (watched, HTTPSConnection), {})})
        self._pools = {"http": plain, "https": secure}
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Make the connections of ours."""
        super().init_poolmanager(*arguments, **options)
        self._use_ours(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Make the connections to a proxy, ours as well."""
        manager = super().proxy_manager_for(proxy, **options)
        self._use_ours(manager)
        return manager

    def _use_ours(self, manager: PoolManager) -> None:
        manager.pool_classes_by_scheme = self._pools
