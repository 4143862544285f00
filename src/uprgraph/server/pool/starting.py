"""Starting the zygote: a fresh interpreter that finds the same packages as this one, with a socket to this process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import Final

_MEMORY: Final = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=1000"}
"""How memory is handed out where the GNU C library does that, which queries ask for thousands of times: what is given
back stays at hand. Other systems know nothing of it."""


def start_zygote() -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start it, and return it with our end of the socket, which does not block."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with theirs:
        path = os.pathsep.join(place for place in sys.path if place)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "uprgraph.server.pool.zygote", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env={**_MEMORY, **os.environ, "PYTHONPATH": path},
            start_new_session=True,
        )
    return process, ours
