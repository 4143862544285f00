"""A canned query from process start to output, beside a plain rdflib script over the same files.

Both run as a person would run them: a new Python process, the shipped files parsed, one question answered, CSV
written. The runs alternate, so that whatever else the machine does falls on both; the first run of each is a warm-up
and not counted. Python may keep compiled modules, as it does unless the environment forbids it.
"""

from __future__ import annotations

import csv
import io
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from uprgraph import resources

QUESTION = "opinions-by-right"
ASKED = ["--right", "freedom of religion"]
"""What a person types. The peer has the right's IRI in its query and need not look it up."""
RUNS = 11
TARGET_RATIO = 0.2
TARGET_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Timing:
    """Wall-clock seconds of each run, in order."""

    name: str
    seconds: list[float]

    @property
    def median(self) -> float:
        """Return the median, in seconds."""
        return statistics.median(self.seconds)

    def line(self) -> str:
        """Return one line of the report."""
        spread = f"min {min(self.seconds):.3f}, max {max(self.seconds):.3f}, {len(self.seconds)} runs"
        return f"{self.name:<24}{self.median:8.3f} s   ({spread})"


def run(command: list[str]) -> tuple[float, str]:
    """Return the wall-clock seconds that *command* took and what it wrote. A failing command is an error."""
    start = time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return time.perf_counter() - start, done.stdout


def opinions(output: str) -> list[tuple[str, ...]]:
    """Return what both must agree on: the number, the right and the quote of each row."""
    return sorted((row["number"], row["right"], row["quote"]) for row in csv.DictReader(io.StringIO(output)))


def measure() -> int:
    """Print both medians and their ratio; return 0 if ours meets the target, else 1."""
    files = [str(file.path) for file in resources.graph_files()]
    query = next(resources.queries().rglob(f"{QUESTION}.rq"))
    commands = {
        "uprgraph query": [
            str(Path(sys.executable).with_name("uprgraph")),
            "query",
            QUESTION,
            *ASKED,
            "--format",
            "csv",
        ],
        "plain rdflib": [sys.executable, str(Path(__file__).with_name("plain_rdflib.py")), str(query), *files],
    }
    outputs = {name: run(command)[1] for name, command in commands.items()}
    if opinions(outputs["uprgraph query"]) != opinions(outputs["plain rdflib"]):
        print("the two answers differ; nothing was measured", file=sys.stderr)
        return 1
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            seconds[name].append(run(command)[0])
    ours, peer = (Timing(name, taken) for name, taken in seconds.items())
    ratio = ours.median / peer.median
    print(f"{QUESTION}, process start to CSV, {len(files)} files, {len(opinions(outputs['uprgraph query']))} rows")
    print(ours.line())
    print(peer.line())
    print(f"ratio {ratio:.3f} (target at most {TARGET_RATIO}); ours {peer.median / ours.median:.1f} times as fast")
    return 0 if ratio <= TARGET_RATIO and ours.median < TARGET_SECONDS else 1


if __name__ == "__main__":
    sys.exit(measure())
