"""Loading a generated graph into each triplestore with `uprgraph load`, beside plain curl with the same file.

Both replace the graph by PUT of the Graph Store Protocol; before each run the graph is taken out again, so that every
run does the same. The runs alternate; the peer goes first in one round and second in the next. Memory is that of the
client, for the graph and for a tenth of it.

A PUT of the whole graph does not come to an end in Virtuoso 7.2. There the peer is curl with a smaller graph, and
Virtuoso's own bulk loader, which reads the file itself, with the whole.

Usage: python -m bench.loading [KIND...], with the triplestores that `scripts/triplestores install` installs.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.servers import KINDS, Server, start

from bench import generated

RUNS = int(os.environ.get("RUNS", "3"))
SIZE = int(os.environ.get("RECOMMENDATIONS", str(generated.FULL_IMPORT)))
VIRTUOSO_PUT = 16_000
"""How many recommendations are compared with curl where Virtuoso takes no more in one piece."""
Peer = Callable[[Server, Path], list[str]]
TARGET_RATIO = 1.2
FLAT_MEGABYTES = 10.0
"""How much more memory a tenfold graph may take: the noise of two runs."""


@dataclass(slots=True)
class Timings:
    """Wall-clock seconds and the largest memory, in MB, of each run."""

    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def run(command: list[str], timings: Timings, environment: dict[str, str]) -> None:
    """Run a command and note what it took. A failing command is an error."""
    started = time.perf_counter()
    kilobytes = 0
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, **environment}) as process:
            while process.poll() is None:
                kilobytes = max(kilobytes, peak(process.pid))
                time.sleep(0.02)
        took = time.perf_counter() - started
        said.seek(0)
        if process.returncode:
            raise SystemExit(f"{command[0]} ended with {process.returncode}: {said.read().decode()}")
    timings.seconds.append(took)
    timings.megabytes.append(kilobytes / 1024)


def peak(process: int) -> int:
    """Return the most memory that a running process has had, in kB; 0 once it has ended.

    What the operating system says after the end counts what this process had when it made the other.
    """
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) if found else 0


def curl(server: Server, *arguments: str) -> list[str]:
    """Return the command by which curl speaks to the server's graph store about the generated graph."""
    login = ["--anyauth", "--user", f"{server.user}:{server.password}"] if server.user else []
    url = f"{server.graph_store_url}?graph={quote(generated.GRAPH, safe='')}"
    return ["curl", "--silent", "--show-error", "--fail", *login, *arguments, url]


def bulk(server: Server, file: Path) -> list[str]:
    """Return the command by which Virtuoso's bulk loader reads the file, which has to be in a folder it may read."""
    shutil.copy(file, server.folder)
    port = re.search(r"^ServerPort *= *(?:[^:\n]*:)?(\d+)", (server.folder / "virtuoso.ini").read_text(), re.MULTILINE)
    if port is None:
        raise SystemExit("virtuoso.ini names no port for SQL")
    forget = "DELETE FROM DB.DBA.load_list"
    steps = (forget, f"ld_add('{file.name}', '{generated.GRAPH}')", "rdf_loader_run()", "checkpoint")
    return ["isql-vt", port[1], str(server.user), str(server.password), f"exec={'; '.join(steps)};"]


def ours(server: Server, file: Path) -> list[str]:
    """Return our command, with the URL alone: the kind of the store is found by probing."""
    program = str(Path(sys.executable).with_name("uprgraph"))
    return [program, "load", str(file), "--graph", generated.GRAPH, "--endpoint", server.query_url]


def put(server: Server, file: Path) -> list[str]:
    """Return the command by which curl puts the file."""
    return curl(server, "--header", "Content-Type: text/turtle", "--upload-file", str(file))


def measure(server: Server, file: Path, peer: Peer, runs: int) -> tuple[Timings, Timings]:
    """Load the file with the peer and with ours, in turn."""
    login = {"UPRGRAPH_USER": server.user, "UPRGRAPH_PASSWORD": server.password or ""} if server.user else {}
    commands = (peer(server, file), ours(server, file))
    found = (Timings(), Timings())
    for number in range(runs):
        for which in (number % 2, 1 - number % 2):
            subprocess.run(curl(server, "--request", "DELETE"), check=False, capture_output=True)  # 404: no graph yet
            run(commands[which], found[which], login)
    return found


def compare(server: Server, files: dict[int, Path], size: int, name: str, peer: Peer) -> bool:
    """Measure a graph of that many recommendations, and a tenth of it; return whether ours meets the targets."""
    triples = generated.count(files[size])
    small = measure(server, files[size // 10], peer, 1)
    whole = measure(server, files[size], peer, RUNS)
    print(f"{server.kind}: {size:,} recommendations, {triples:,} triples")
    for label, small_one, whole_one in zip((name, "uprgraph load"), small, whole, strict=True):
        median = statistics.median(whole_one.seconds)
        print(
            f"  {label:<14} {median:7.1f} s  {triples / median:9,.0f} triples/s"
            f"  {max(whole_one.megabytes):5.0f} MB ({max(small_one.megabytes):.0f} MB for a tenth)"
            f"  runs: {', '.join(f'{each:.1f}' for each in whole_one.seconds)}"
        )
    ratio = statistics.median(whole[1].seconds) / statistics.median(whole[0].seconds)
    grown = max(whole[1].megabytes) - max(small[1].megabytes)
    print(f"  ratio {ratio:.2f} (target at most {TARGET_RATIO}); ours takes {grown:+.0f} MB for ten times as much")
    return ratio <= TARGET_RATIO and grown <= FLAT_MEGABYTES


def main(kinds: list[str]) -> int:
    """Measure the kinds named, or all; return 0 if every target is met, else 1."""
    good = True
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for size in (SIZE, SIZE // 10, VIRTUOSO_PUT, VIRTUOSO_PUT // 10):
            files[size] = Path(folder) / f"{size}.ttl"
            generated.write(files[size], size)
        for kind in kinds or KINDS:
            with start(kind, Path(folder) / kind) as server:
                if kind == "virtuoso":
                    good &= compare(server, files, VIRTUOSO_PUT, "curl", put)
                    compare(server, files, SIZE, "bulk loader", bulk)
                else:
                    good &= compare(server, files, SIZE, "curl", put)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
