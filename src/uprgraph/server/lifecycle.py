"""The life of the server: it starts fast, takes a new dataset without a lost request, and ends when all is answered.

The socket listens before the dataset is open, so that early clients wait instead of being refused; the dataset is
opened in a process of its own while this one imports what it needs.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from uprgraph.errors import ResourceError, UprGraphError
from uprgraph.server import logs
from uprgraph.server.pool import Pool
from uprgraph.server.pool.opening import is_endpoint, state
from uprgraph.server.settings import Settings

if TYPE_CHECKING:
    import uvicorn

_LOG = logging.getLogger(__name__)
_BACKLOG = 1_024
_MOST_CONNECTIONS = 4_096
_LOOK = 2.0
"""Seconds between two looks at whether a store has changed."""
_IDLE = 15
"""Seconds after which a connection is closed that asks nothing."""
_ROOM = 5
"""Seconds that answers may take to be sent at the end, besides the time of a query."""


def serve(settings: Settings, started: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; SIGHUP, or a new state of a store, opens the dataset again.

    `started` is told the address when the site answers. Raises UprGraphError if the dataset cannot be opened or the
    address cannot be used.
    """
    logs.set_up()
    _allow_connections()
    with _listening(settings) as listener, asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(settings, listener, started))


async def _serve(settings: Settings, listener: socket.socket, started: Callable[[str], None]) -> None:
    pool = Pool(settings)
    opening = asyncio.create_task(pool.start())
    try:
        await asyncio.sleep(0)  # the process that opens the dataset starts now
        server = _server(settings, pool)
        await opening
        loop = asyncio.get_running_loop()
        reloads = asyncio.Event()
        for ending in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(ending, _end, server)
        loop.add_signal_handler(signal.SIGHUP, reloads.set)
        host, port = listener.getsockname()[:2]
        started(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
        watching = asyncio.create_task(_watch(settings.target, pool, reloads))
        gc.freeze()  # what is there now stays, and need not be looked through again and again
        try:
            await server.serve(sockets=[listener])
        finally:
            watching.cancel()
    finally:
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)
        await pool.close()


def _server(settings: Settings, pool: Pool) -> uvicorn.Server:
    import uvicorn

    from uprgraph.server.app import create_app
    from uprgraph.server.connection import Connection

    class Server(uvicorn.Server):
        """A server that leaves signals to whoever runs it."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            """Leave them."""
            yield

    return Server(
        uvicorn.Config(
            create_app(settings, pool),
            http=Connection,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_keep_alive=_IDLE,
            timeout_graceful_shutdown=int(settings.limits.seconds + settings.limits.patience) + _ROOM,
        )
    )


def _end(server: uvicorn.Server) -> None:
    """Take no more requests and answer those that there are; told again, end at once."""
    server.force_exit = server.should_exit
    server.should_exit = True


async def _watch(target: str | None, pool: Pool, reloads: asyncio.Event) -> None:
    """Open the dataset again whenever that is wished, or a store has another state than before."""
    before = _state(target)
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LOOK):
                await reloads.wait()
        now = _state(target)
        if not reloads.is_set() and (now is None or now == before):
            continue
        reloads.clear()
        try:
            is_new = await pool.reload()
            before = now
            _LOG.info("the dataset was opened again", extra={"line": {"new": is_new, "version": pool.version}})
        except UprGraphError as error:
            before = now
            _LOG.error("the dataset cannot be opened again; the old one stays", extra={"line": {"reason": str(error)}})


def _state(target: str | None) -> str | None:
    """Return a word for the state of a store, or None where there is nothing to see, or nothing to be seen now."""
    if target is None or is_endpoint(target):
        return None
    try:
        return state(target)
    except (UprGraphError, OSError):  # it is being replaced; soon there is something again
        return None


def _listening(settings: Settings) -> socket.socket:
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        place = f"{settings.host}, port {settings.port}"
        raise ResourceError(f"cannot listen at {place}: {error.strerror}", "choose another with --port") from error


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes the fast event loop, where the system has it."""
    try:
        import uvloop
    except ImportError:
        return None
    factory: Callable[[], Any] = uvloop.new_event_loop
    return factory


def _allow_connections() -> None:
    """Have the system allow as many open files as it lets us have, up to what connections and workers need."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = 2 * _MOST_CONNECTIONS
    if soft != resource.RLIM_INFINITY and soft < wished:
        allowed = wished if hard == resource.RLIM_INFINITY else min(wished, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
