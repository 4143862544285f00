"""Answers a second of the site, beside the bare Oxigraph server and rdflib-endpoint, with 1, 8 and 32 clients.

The clients are in a process of their own, and keep their connections. The servers take turns in each round, so that
whatever else the machine does falls on all; medians of the rounds. Each text is a new one, by a comment at its end, so
that no server can answer from memory; what ours does with answers that it has kept, as it does when the same question
is asked again, is a row of its own, and counts for no target.

Usage: python -m bench.serving. ROUNDS and SECONDS in the environment change how often and how long.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.servers.process import free_port

from bench.serving_peers import OURS, OXIGRAPH, OXIGRAPH_ON_DISK, RDFLIB, Peer, first_answer, ours, peers
from uprgraph.graph import open_graph

ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECONDS = float(os.environ.get("SECONDS", "2"))
CLIENTS = (1, 8, 32)
QUESTIONS = ("opinions-by-right", "law-adoption", "sources-of-recommendations")
"""The demo question; a short one; and one with many rows. Of rdflib, others take ten seconds and more."""
KEPT = f"{OURS}, kept answers"
STARTS = 11
TARGET_OF_OXIGRAPH = 0.7
TARGET_OF_RDFLIB = 5.0
TARGET_START = 1.0


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one round: answers a second, half and 99 of 100 of them within so many milliseconds, and the clients' share.

    `busy` is the part of one processor that the clients took.
    """

    rate: float
    p50: float
    p99: float
    busy: float


def asked(peer: Peer, query: Path, clients: int, kind: str) -> Measured:
    """Have clients ask for some seconds. Raises SystemExit if any answer is not one."""
    command = [sys.executable, "-m", "bench.asking", peer.url, str(query), str(clients), str(SECONDS), kind]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    if told["failures"] or not told["seconds"]:
        raise SystemExit(f"{peer.name} failed to answer {told['failures']} times, and answered {len(told['seconds'])}")
    times = sorted(told["seconds"])
    p50, p99 = (1_000 * times[min(len(times) - 1, int(len(times) * part))] for part in (0.5, 0.99))
    return Measured(len(times) / told["elapsed"], p50, p99, told["busy"] / told["elapsed"])


def compared(servers: Sequence[Peer], texts: Mapping[str, str]) -> None:
    """Raise SystemExit unless all have the same rows for each question; this also warms them up."""
    for name, text in texts.items():
        first, *others = (sorted(peer.rows(text)) for peer in servers)
        if not first or any(rows != first for rows in others):
            raise SystemExit(f"the answers to {name} differ, or are empty; nothing was measured")


def start_times(text: str) -> list[float]:
    """Return the seconds from the start of `uprgraph serve` to its first answer, of some starts after one."""
    taken = []
    for _ in range(STARTS + 1):
        port = free_port()
        began = time.perf_counter()
        with subprocess.Popen(ours(port), stderr=subprocess.DEVNULL) as process:
            first_answer(Peer(OURS, f"http://127.0.0.1:{port}/sparql"), text)
            taken.append(time.perf_counter() - began)
            process.terminate()
    return taken[1:]


def _rounds(servers: Sequence[Peer], files: Mapping[str, Path]) -> Iterator[tuple[tuple[str, int, str], Measured]]:
    for turn in range(ROUNDS):
        for name, file in files.items():
            for clients in CLIENTS:
                order = servers if turn % 2 == 0 else servers[::-1]
                for peer in order:
                    yield (name, clients, peer.name), asked(peer, file, clients, "fresh")
                    if peer.name == OURS:
                        yield (name, clients, KEPT), asked(peer, file, clients, "same")


def _table(medians: Mapping[tuple[str, int, str], Measured]) -> Iterator[str]:
    yield "| question | clients | server | answers a second | p50 | p99 | ours to this | clients' processor |"
    yield "|---|---|---|---|---|---|---|---|"
    for (name, clients, server), each in medians.items():
        ratio = medians[name, clients, OURS].rate / each.rate
        yield (
            f"| `{name}` | {clients} | {server} | {each.rate:,.0f} | {each.p50:.1f} ms | {each.p99:.1f} ms "
            f"| {ratio:.2f} | {each.busy:.0%} |"
        )


def measure() -> int:
    """Print the table, and how long a start takes; return 0 if the targets are met, else 1."""
    graph = open_graph()
    texts = {name: graph.query(name).sparql or "" for name in QUESTIONS}
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    starts = start_times(texts[QUESTIONS[0]])
    found = defaultdict(list)
    with tempfile.TemporaryDirectory() as name, peers(Path(name)) as servers:
        compared(servers, texts)
        files = {question: Path(name) / f"{question}.rq" for question in texts}
        for question, file in files.items():
            file.write_text(texts[question], encoding="utf-8")
        for key, measured in _rounds(servers, files):
            found[key].append(measured)
    medians = {key: _median(found[key]) for key in sorted(found, key=list(found).index)}
    print(*_table(medians), sep="\n")
    start = statistics.median(starts)
    judged = [
        (OURS, OXIGRAPH, TARGET_OF_OXIGRAPH),
        (OURS, OXIGRAPH_ON_DISK, TARGET_OF_OXIGRAPH),
        (OURS, RDFLIB, TARGET_OF_RDFLIB),
    ]
    good = start < TARGET_START
    for server, peer, target in judged:
        low = _lowest(medians, server, peer)
        good &= low >= target
        print(f"the lowest of {server} to {peer}: {low:.2f} (target at least {target:g})")
    print(f"the lowest of {KEPT} to {OXIGRAPH}: {_lowest(medians, KEPT, OXIGRAPH):.2f} (not judged)")
    print(f"start to first answer: {start:.3f} s, min {min(starts):.3f}, max {max(starts):.3f}, {STARTS} starts")
    return 0 if good else 1


def _lowest(medians: Mapping[tuple[str, int, str], Measured], server: str, peer: str) -> float:
    """Return the lowest ratio of the answers a second of two servers."""
    return min(
        medians[name, clients, server].rate / medians[name, clients, peer].rate
        for name in QUESTIONS
        for clients in CLIENTS
    )


def _median(rounds: Sequence[Measured]) -> Measured:
    parts = zip(*((each.rate, each.p50, each.p99, each.busy) for each in rounds), strict=True)
    return Measured(*map(statistics.median, parts))


if __name__ == "__main__":
    sys.exit(measure())
