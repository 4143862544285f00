"""Every question of the catalogue, and every check, on the full graph: UPR Info's export and the reports of 2009-2019.

All are asked with their default parameters in one process that has asked each once before, and all rows are read. One
that takes very long is not asked again. Those whose answers were prepared when the store was made are asked of the
store itself as well, which counts for no target. Without ../shared/data, a generated export of the same size is
imported, and no reports.

Usage: python -m bench.canned_full [STORE]      STORE: one made before, instead of a new one
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from bench.importing import PROBLEMS_FOUND, REAL, ours, real_export
from bench.processes import run
from uprgraph import kept
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.graph import Graph, open_graph

RUNS = 5
TARGET_SECONDS = 0.3
SHOWN_SECONDS = 0.1
VERY_LONG = 5.0
SLOWEST = 3
REPORTS = REAL.parent.parent / "wg-reports"


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, how many rows it has, and the median of the seconds it took."""

    name: str
    rows: int
    seconds: float

    def line(self) -> str:
        """Return one line of the report."""
        return f"  {self.name:<44}{self.seconds:8.3f} s {self.rows:8,} rows"


def full_store(folder: Path) -> Path:
    """Return a new store in the folder, with all that there is to import."""
    store = folder / "store"
    imports = [("upr-info", [real_export(folder)])]
    reports = sorted(REPORTS.glob("*.txt"))
    if reports:
        imports.append(("wg-report", reports))
    else:
        print(f"{REPORTS} is not there: no reports are imported")
    for source, paths in imports:
        run(ours(source, paths, "--store", str(store), "--report", str(folder / "problems.csv")), PROBLEMS_FOUND)
    return store


def asked(graph: Graph, name: str) -> Answered:
    """Ask a question a few times, after one time that does not count."""
    rows, seconds = _once(graph, name)
    if seconds < VERY_LONG:
        seconds = statistics.median(_once(graph, name)[1] for _ in range(RUNS))
    return Answered(name, rows, seconds)


def _once(graph: Graph, name: str) -> tuple[int, float]:
    start = time.perf_counter()
    rows = len(graph.query(name))
    return rows, time.perf_counter() - start


def measure(store: Path | None = None) -> int:
    """Ask all and print it; return 0 if each is answered within the target, else 1."""
    with tempfile.TemporaryDirectory() as folder:
        generation = kept.current(store or full_store(Path(folder)))
        if generation is None:
            raise SystemExit(f"{store} is no store that imports made")
        graph = open_graph(generation.graph)
        answers = [asked(graph, question.name) for question in graph.questions()]
        bare = Graph(EmbeddedEngine(Store.read_only(str(generation.graph))), ())
        unprepared = [asked(bare, question.name) for question in graph.questions() if question.prepared]
    answers.sort(key=lambda each: -each.seconds)
    median = statistics.median(each.seconds for each in answers)
    print(f"{len(answers)} questions and checks on the full graph, the median of {RUNS} runs of each: {median:.3f} s")
    for each in answers:
        if each.seconds > SHOWN_SECONDS:
            print(each.line())
    print(f"{len(unprepared)} are prepared; asked of the store itself:")
    for each in sorted(unprepared, key=lambda each: -each.seconds):
        print(each.line())
    print("the slowest: " + ", ".join(f"{each.name} {each.seconds:.3f} s" for each in answers[:SLOWEST]))
    late = sum(each.seconds > TARGET_SECONDS for each in answers)
    print(f"{late} take longer than the target of {TARGET_SECONDS} s")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(measure(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
