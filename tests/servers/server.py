"""Start, stop, kill and restart one triplestore on a folder and a free loopback port."""

from __future__ import annotations

import functools
import http.client
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from uprgraph.errors import UprGraphError

from .kinds import CATALOGUE
from .process import Process, free_port, is_free
from .programs import PLANS, Plan

_PATIENCE = 90  # seconds until a server must answer; Java on a busy machine takes about ten
_STOP_PATIENCE = 30
_PORTS_TRIED = 5
_PORT_TAKEN = re.compile(r"address (is )?already in use|failed (HTTP )?listen|failed to bind", re.IGNORECASE)


class StartError(UprGraphError):
    """A triplestore that is installed does not start; the message ends with the end of its log."""


class PortTakenError(StartError):
    """It does not start since something else listens to its port."""


class Server:
    """A running triplestore. `user` and `password` are for writing, None where everyone may write.

    As a context manager it is stopped at the end.
    """

    def __init__(self, kind: str, folder: Path, port: int, make_plan: Callable[[int], Plan]) -> None:
        self.kind = kind
        self.folder = folder
        self.port = port
        self._make_plan = make_plan
        self._run()

    def _run(self) -> None:
        # Otherwise what listens there would answer in the place of our server before that has failed.
        if not is_free(self.port):
            raise PortTakenError(f"{CATALOGUE[self.kind].name} cannot start: another program uses port {self.port}")
        self._plan = self._make_plan(self.port)
        plan = self._plan
        self.query_url, self.update_url, self.graph_store_url = plan.query_url, plan.update_url, plan.graph_store_url
        self.user, self.password = plan.user, plan.password
        self._process = Process(plan.command, self.folder, plan.environment, self.folder / "server.log")
        try:
            self._wait_until_it_answers()
        except BaseException:
            self._process.kill()
            raise

    def stop(self) -> None:
        """Ask it to end, and wait for that. Stopping what has stopped does nothing."""
        self._process.stop(_STOP_PATIENCE)

    def kill(self) -> None:
        """End it at once, with SIGKILL."""
        self._process.kill()

    def restart(self) -> None:
        """Start it again with the same folder, port and options; stop it first if it runs."""
        self.stop()
        self._run()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        trouble: Exception | None = None
        while time.monotonic() < deadline and self._process.runs:
            try:
                self._plan.prepare()
                _ask(self.query_url)
            except (OSError, http.client.HTTPException, ValueError) as error:
                trouble = error
                time.sleep(0.1)
            else:
                return
        said = self._process.said()
        name, tail = CATALOGUE[self.kind].name, "\n".join(said.splitlines()[-25:])
        if self._process.runs:
            raise StartError(f"{name} does not answer after {_PATIENCE} seconds ({trouble}). Its log ends:\n{tail}")
        failure = PortTakenError if _PORT_TAKEN.search(said) else StartError
        raise failure(f"{name} has ended instead of starting. Its log ends:\n{tail}")


def start(kind: str, folder: Path, *, port: int | None = None, **options: object) -> Server:
    """Start a server of that kind, data and log in `folder`, and return it as soon as it answers queries.

    `options` are the keyword arguments of the kind's function in `programs`. Raises `Unavailable` if it is not
    installed and `StartError` if it does not start.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    make_plan = functools.partial(PLANS[kind], folder, **options)
    for _ in range(1 if port else _PORTS_TRIED):
        try:
            return Server(kind, folder, port or free_port(), make_plan)
        except PortTakenError as error:
            taken = error
    raise taken


def _ask(url: str) -> None:
    """Ask a query that any store answers; raises OSError or ValueError if there is no answer to it."""
    query = urllib.parse.urlencode({"query": "ASK { }"})
    request = urllib.request.Request(f"{url}?{query}", headers={"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        # Virtuoso answers ASK with a table of one row, so what is asked for is only that SPARQL results come back.
        if "head" not in json.load(answer):
            raise ValueError(f"{url} answers with something else than SPARQL results")
