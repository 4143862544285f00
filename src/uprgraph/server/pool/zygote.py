"""The process that workers are forked from: `python -m uprgraph.server.pool.zygote FD`.

It has one thread, the dataset, and a socket to the web server, on which it is told to fork and to kill. It alone kills
workers, since it alone knows that the number of a process is still that of its child.
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress

from uprgraph.errors import UprGraphError
from uprgraph.server.pool import isolation, worker
from uprgraph.server.pool.frames import COMMAND, DISMISS, HIRE, SLOW, Ended, Finished, Ready, Setup, packed, receive
from uprgraph.server.pool.opening import Opening, is_endpoint, prepare, version

_IGNORED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that are for the web server: it closes the socket when it has ended what it does."""

_LAST = 19
"""The priority of workers whose job takes long: others go before them."""
_PAUSE = 0.05
"""Seconds without anything to do after which there is time to make what could wait."""


class Zygote:
    """The dataset, the workers that are alive, and the socket to the web server."""

    def __init__(self, control: socket.socket, setup: Setup, opening: Opening) -> None:
        self._control = control
        self._setup = setup
        self._opening = opening
        self._alive: dict[int, int] = {}
        self._wakes, self._woken = socket.socketpair()
        for end in (self._wakes, self._woken):
            end.setblocking(False)

    def serve(self) -> None:
        """Do what the web server says until it closes its end; then kill all workers."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._woken.fileno(), warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector, suppress(ConnectionError):
            selector.register(self._control, selectors.EVENT_READ)
            selector.register(self._wakes, selectors.EVENT_READ)
            patience: float | None = _PAUSE
            while True:
                ready = {key.fileobj for key, _ in selector.select(patience)}
                if not ready:
                    patience = 0.0 if self._goes_on() else None
                if self._wakes in ready:
                    with suppress(BlockingIOError):
                        self._wakes.recv(4096)
                    self._reap()
                if self._control in ready and not self._obey():
                    break
        for process in self._alive:
            os.kill(process, signal.SIGKILL)

    def _goes_on(self) -> bool:
        """Make one step of what could wait, and say whether there may be another.

        What cannot be made is for the worker that needs it to say.
        """
        try:
            next(self._opening.finish)
        except (StopIteration, UprGraphError):
            gc.collect()
            gc.freeze()
            self._control.sendall(packed(Finished()))
            return False
        return True

    def _obey(self) -> bool:
        command, descriptors, _, _ = socket.recv_fds(self._control, COMMAND.size, 1)
        while command and len(command) < COMMAND.size:
            more = self._control.recv(COMMAND.size - len(command))
            command = command + more if more else b""
        if not command:
            return False
        letter, number = COMMAND.unpack(command)
        if letter == HIRE:
            self._fork(number, descriptors[0])
        for process in [each for each, known in self._alive.items() if known == number]:
            if letter == DISMISS:
                os.kill(process, signal.SIGKILL)
            elif letter == SLOW:
                os.setpriority(os.PRIO_PROCESS, process, _LAST)
        return True

    def _fork(self, number: int, descriptor: int) -> None:
        try:
            process = os.fork()
        except OSError:  # no room for another process; the web server notices that the socket is closed
            os.close(descriptor)
            return
        if process == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            isolation.die_with_parent()
            for end in (self._control, self._wakes, self._woken):
                end.close()
            worker.work(socket.socket(fileno=descriptor), self._opening.rest, self._setup)
        os.close(descriptor)
        self._alive[process] = number

    def _reap(self) -> None:
        for process, number in list(self._alive.items()):
            ended, status = os.waitpid(process, os.WNOHANG)
            if ended:
                del self._alive[process]
                self._control.sendall(packed(Ended(number, os.waitstatus_to_exitcode(status))))


def main() -> None:
    """Open the dataset, say so, and serve."""
    for ignored in _IGNORED:
        signal.signal(ignored, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    setup = receive(control)
    assert isinstance(setup, Setup)  # noqa: S101 - for the type checker
    endpoint = is_endpoint(setup.target)
    try:
        opening = prepare(setup.target)
        word = version(setup.target)
    except UprGraphError as error:
        control.sendall(packed(error))
        return
    zygote = Zygote(control, setup, opening)
    isolated = not endpoint and isolation.leave_network()
    isolation.silence()
    gc.collect()
    gc.freeze()
    control.sendall(packed(Ready(word, isolated)))
    zygote.serve()


if __name__ == "__main__":
    main()
