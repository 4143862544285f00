"""The servers that are compared: ours, the bare Oxigraph server, and rdflib-endpoint, over the same data.

Oxigraph runs twice: with the data in memory, as ours has it, and on disk, as its documentation starts it.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.servers.process import Process, free_port

_RDFLIB_ENDPOINT = ("rdflib-endpoint==0.6.3", "uvicorn==0.54.0", "rdflib==7.6.0")
_PATIENCE = 120.0
_BIN = Path(sys.executable).parent
_RESULTS = {"Accept": "application/sparql-results+json", "Content-Type": "application/sparql-query"}


class Peer(NamedTuple):
    """A server that runs: its name and the address of its endpoint."""

    name: str
    url: str

    def rows(self, query: str, patience: float = _PATIENCE) -> list[list[list[str]]]:
        """Return the rows of an answer, each value as the parts that a question joins in no fixed order."""
        request = urllib.request.Request(self.url, query.encode(), _RESULTS)
        with urllib.request.urlopen(request, timeout=patience) as answer:
            read = json.load(answer)
        names = read["head"]["vars"]
        values = ([row.get(name, {}).get("value", "") for name in names] for row in read["results"]["bindings"])
        return [[sorted(value.split(" | ")) for value in row] for row in values]


OURS, RDFLIB = "uprgraph serve", "rdflib-endpoint"
OXIGRAPH, OXIGRAPH_ON_DISK = "oxigraph, in memory", "oxigraph, on disk"


@contextmanager
def peers(folder: Path) -> Iterator[Sequence[Peer]]:
    """Run the servers."""
    programs = _rdflib_endpoint()
    subprocess.run([_BIN / "uprgraph", "build", "-o", folder], check=True, capture_output=True)
    data, store = folder / "uprgraph.nq", folder / "store"
    oxigraph = str(_BIN / "oxigraph")
    subprocess.run([oxigraph, "load", "--location", store, "--file", data], check=True, capture_output=True)
    ports = [free_port() for _ in range(4)]
    union = ["--union-default-graph", "--bind"]
    commands = {
        OURS: (ours(ports[0]), f"http://127.0.0.1:{ports[0]}/sparql"),
        OXIGRAPH: ([oxigraph, "serve", *union, f"127.0.0.1:{ports[1]}"], f"http://127.0.0.1:{ports[1]}/query"),
        OXIGRAPH_ON_DISK: (
            [oxigraph, "serve-read-only", "--location", str(store), *union, f"127.0.0.1:{ports[3]}"],
            f"http://127.0.0.1:{ports[3]}/query",
        ),
        RDFLIB: (
            [str(programs / "rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(ports[2]), str(data)],
            f"http://127.0.0.1:{ports[2]}/",
        ),
    }
    with ExitStack() as running:
        started = []
        for name, (command, url) in commands.items():
            process = Process(command, folder, os.environ, folder / f"{name}.log")
            running.callback(process.stop, 30)
            started.append(Peer(name, url))
        for peer in started:
            first_answer(peer, "ASK { }")
        _load(f"http://127.0.0.1:{ports[1]}/store", data)
        yield started


def _load(url: str, data: Path) -> None:
    request = urllib.request.Request(url, data.read_bytes(), {"Content-Type": "application/n-quads"})
    urllib.request.urlopen(request, timeout=_PATIENCE).close()


def ours(port: int) -> list[str]:
    """Return the command of ours."""
    return [str(_BIN / "uprgraph"), "serve", "--port", str(port)]


def first_answer(peer: Peer, query: str) -> None:
    """Ask until there is an answer. Raises SystemExit if there is none for long."""
    request = urllib.request.Request(peer.url, query.encode(), _RESULTS)
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(request, timeout=_PATIENCE).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.005)
        else:
            return
    raise SystemExit(f"{peer.name} does not answer")


def _rdflib_endpoint() -> Path:
    """Return where the programs of rdflib-endpoint are: an environment of its own, made if it is not there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "uprgraph" / "bench"
    place = cache / hashlib.sha256(" ".join(_RDFLIB_ENDPOINT).encode()).hexdigest()[:16]
    if not (place / "installed").is_file():
        print(f"installing {' '.join(_RDFLIB_ENDPOINT)} into {place}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        subprocess.run([place / "bin" / "pip", "install", "--quiet", *_RDFLIB_ENDPOINT], check=True)
        (place / "installed").touch()
    return place / "bin"
