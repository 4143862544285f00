"""Loading a generated graph into each triplestore with `uprgraph load`, beside plain curl with the same file.

Both replace the graph by PUT of the Graph Store Protocol; before each run the graph is taken out again, so that every
run does the same. The runs alternate; the peer goes first in one round and second in the next. Memory is that of the
client, as the operating system says at its end, for the graph and for a tenth of it.

Usage: python -m bench.loading [KIND...], with the triplestores that `scripts/triplestores install` installs.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.servers import KINDS, Server, start

from bench import generated

RUNS = int(os.environ.get("RUNS", "3"))
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


def ours(server: Server, file: Path) -> list[str]:
    """Return our command, with the URL alone: the kind of the store is found by probing."""
    program = str(Path(sys.executable).with_name("uprgraph"))
    return [program, "load", str(file), "--graph", generated.GRAPH, "--endpoint", server.query_url]


def measure(server: Server, file: Path, runs: int) -> dict[str, Timings]:
    """Load the file with both, in turn."""
    login = {"UPRGRAPH_USER": server.user, "UPRGRAPH_PASSWORD": server.password or ""} if server.user else {}
    commands = {
        "curl": curl(server, "--header", "Content-Type: text/turtle", "--upload-file", str(file)),
        "uprgraph load": ours(server, file),
    }
    found = {name: Timings() for name in commands}
    for number in range(runs):
        for name in sorted(commands, reverse=bool(number % 2)):
            subprocess.run(curl(server, "--request", "DELETE"), check=False, capture_output=True)  # 404: no graph yet
            run(commands[name], found[name], login)
    return found


def report(kind: str, triples: int, whole: dict[str, Timings], tenth: dict[str, Timings]) -> bool:
    """Print the figures of one store; return whether ours meet the targets."""
    medians = {name: statistics.median(each.seconds) for name, each in whole.items()}
    for name, each in whole.items():
        seconds = ", ".join(f"{one:.1f}" for one in each.seconds)
        grown = max(each.megabytes) - max(tenth[name].megabytes)
        print(
            f"{kind:<9} {name:<14} {medians[name]:7.1f} s  {triples / medians[name]:9,.0f} triples/s"
            f"  {max(each.megabytes):5.0f} MB ({grown:+.0f} MB over a tenth of the graph)   runs: {seconds}"
        )
    ratio = medians["uprgraph load"] / medians["curl"]
    grown = max(whole["uprgraph load"].megabytes) - max(tenth["uprgraph load"].megabytes)
    print(f"{kind:<9} ratio {ratio:.2f} (target at most {TARGET_RATIO}); memory {grown:+.0f} MB")
    return ratio <= TARGET_RATIO and grown <= FLAT_MEGABYTES


def main(kinds: list[str]) -> int:
    """Measure the kinds named, or all; return 0 if every target is met, else 1."""
    good = True
    size = int(os.environ.get("RECOMMENDATIONS", str(generated.FULL_IMPORT)))
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{name}.ttl" for name in ("whole", "tenth")}
        generated.write(files["whole"], size)
        generated.write(files["tenth"], size // 10)
        triples = generated.count(files["whole"])
        print(f"{size:,} recommendations, {triples:,} triples, {files['whole'].stat().st_size / 1e6:.0f} MB of Turtle")
        for kind in kinds or KINDS:
            with start(kind, Path(folder) / kind) as server:
                tenth = measure(server, files["tenth"], 1)
                good &= report(kind, triples, measure(server, files["whole"], RUNS), tenth)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
