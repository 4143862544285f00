"""What a worker is kept from: the network, other programs, memory without end, and core files.

The network by seccomp, which Linux allows every process to set for itself and its children, for good. A process that
has no sockets to the outside cannot make any. Without seccomp, a network namespace of its own does the same.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from pathlib import Path

from uprgraph.engines import bounded

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_SET_PARENT_DEATH_SIGNAL, _KILL = 1, 9
_NEW_USER, _NEW_NET = 0x1000_0000, 0x4000_0000
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _FAIL = 0x7FFF_0000, 0x0005_0000 | 1  # the call fails with EPERM
_FOREIGN_CALLS = 0x4000_0000
"""From this number on, calls of x86-64 are those of another convention."""
_ARCHITECTURES = {
    # socket, connect, io_uring_setup, execve, execveat, ptrace, process_vm_readv and process_vm_writev
    "x86_64": (0xC000_003E, (41, 42, 425, 59, 322, 101, 310, 311)),
    "aarch64": (0xC000_00B7, (198, 203, 425, 221, 281, 117, 270, 271)),
}
_INSTRUCTION = struct.Struct("HBBI")
_LIKELY_VICTIM = "500"


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def leave_network() -> bool:
    """Make new sockets impossible for this process and its children, for good; say whether the system allows it."""
    try:
        system = ctypes.CDLL(None, use_errno=True)
        return _forbid_calls(system) or system.unshare(_NEW_USER | _NEW_NET) == 0
    except (OSError, AttributeError):  # no such library, or none of these calls: not Linux
        return False


def _forbid_calls(system: ctypes.CDLL) -> bool:
    if platform.machine() not in _ARCHITECTURES:
        return False
    architecture, calls = _ARCHITECTURES[platform.machine()]
    left = len(calls) + 1
    lines = [
        (_LOAD, 0, 0, 4),
        (_IF_EQUAL, 0, left + 2, architecture),
        (_LOAD, 0, 0, 0),
        (_IF_AT_LEAST, left, 0, _FOREIGN_CALLS),
        *((_IF_EQUAL, left - 1 - each, 0, call) for each, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _FAIL),
    ]
    program = _Program(len(lines), b"".join(_INSTRUCTION.pack(*line) for line in lines))
    if system.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    set_filter: int = system.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
    return set_filter == 0


def die_with_parent() -> None:
    """Have this process killed when its parent ends, where the system can do that."""
    try:
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, _KILL, 0, 0, 0)
    except (OSError, AttributeError):
        return


def limit_memory(megabytes: int) -> None:
    """Limit the address space of this process to what it has and so many megabytes more, and forbid core files.

    If the whole machine runs out of memory, this process is to go before others.
    """
    import resource

    _, allowed = resource.getrlimit(resource.RLIMIT_AS)
    limit = bounded.held() + megabytes << 20
    if allowed != resource.RLIM_INFINITY:
        limit = min(limit, allowed)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        Path("/proc/self/oom_score_adj").write_text(_LIKELY_VICTIM, encoding="ascii")
    except OSError:
        return


def silence() -> None:
    """Give this process no input, and nowhere to write: what an engine says when it panics is nothing for users."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
