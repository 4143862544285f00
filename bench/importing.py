"""The whole import of UPR Info's export (read, validate, store, index) beside the same job done plainly, and at size.

Beside the peer (`bench/plain_import.py`): both run as a person would run them, as processes of their own. Ours runs
before and after the peer, and its slower run counts. What both state of reviews and their recommendations has to be the
same. Without ../shared/data, a generated export of the same size stands for the real one. Both also import one row:
pySHACL judges the shipped graph anew with every import, and ours only what is new.

At size: a generated export, and one with ten times the rows. The import into N-Quads shows whether memory is flat in
the number of rows; what the store adds, Oxigraph's bulk load and the index, is measured with it and told apart.

Usage: python -m bench.importing [--quick]       --quick: a tenth of the rows in everything
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterable
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from statistics import mean

import pyoxigraph

from bench import export
from bench.processes import Cost, run
from uprgraph import kept, resources

REAL = resources.root().parent / "shared" / "data" / "upr-info" / "recommendations-s01-20.csv"
TARGET_SPEED = 10.0
AIM_SPEED = 15.0
TARGET_MEMORY = 0.5
TARGET_GROWTH = 11.0
TARGET_FLAT = 1.3
TIMES = 10
_REVIEWS = f"{resources.BASE}id/review/"
PROBLEMS_FOUND = (0, 1)
"""The exit codes of an import that was done: without problems, or with."""


def real_export(folder: Path, rows: int = export.FULL_EXPORT) -> Path:
    """Return the real export, or the first of its rows in a file in the folder; a generated one if it is not there."""
    path = folder / "export.csv"
    if not REAL.is_file():
        print(f"{REAL} is not there: a generated export of {rows:,} rows stands for it")
        export.write(path, rows)
        return path
    if rows == export.FULL_EXPORT:
        return REAL
    _cut(REAL, rows, path)
    return path


def _cut(path: Path, rows: int, made: Path) -> None:
    """Write the first rows of an export to another file."""
    with path.open(encoding="utf-8", newline="") as whole, made.open("w", encoding="utf-8", newline="") as part:
        csv.writer(part).writerows(islice(csv.reader(whole), rows + 1))


def ours(source: str, paths: Iterable[Path], *options: str) -> list[str]:
    """Return our command to import files."""
    return [str(Path(sys.executable).with_name("uprgraph")), "import", source, *map(str, paths), *options]


def plain(path: Path, folder: Path) -> list[str]:
    """Return the peer's command to import an export into a folder."""
    shipped = [str(file.path) for file in resources.graph_files()]
    script = str(Path(__file__).with_name("plain_import.py"))
    return [sys.executable, script, str(path), str(folder), str(resources.root()), *shipped]


def same_statements(store: Path, peer: Path) -> bool:
    """Tell whether a store of ours and the peer's N-Triples say the same of reviews and their recommendations."""
    generation = kept.current(store)
    if generation is None:
        raise SystemExit(f"{store} is no store")
    with_ours = (quad.triple for quad in pyoxigraph.Store.read_only(str(generation.graph)))
    with_peers = (each.triple for each in pyoxigraph.parse(path=str(peer), format=pyoxigraph.RdfFormat.N_TRIPLES))
    return _digests(with_ours) == _digests(with_peers)


def _digests(triples: Iterable[pyoxigraph.Triple]) -> set[bytes]:
    return {
        blake2b(str(triple).encode(), digest_size=16).digest()
        for triple in triples
        if isinstance(triple.subject, pyoxigraph.NamedNode) and triple.subject.value.startswith(_REVIEWS)
    }


def beside_peer(path: Path, rows: int, folder: Path) -> bool:
    """Measure ours beside the peer; return whether the targets are met."""
    one, stores = folder / "one.csv", [folder / name for name in ("of-one-row", "first", "second")]
    _cut(path, 1, one)
    of_ours = [_stored(each, store) for each, store in zip((one, path, path), stores, strict=True)]
    start, peer_start = run(of_ours[0], PROBLEMS_FOUND), run(plain(one, folder))
    first = run(of_ours[1], PROBLEMS_FOUND)
    peer = run(plain(path, folder))
    second = run(of_ours[2], PROBLEMS_FOUND)
    if not same_statements(stores[-1], folder / "graph.nt"):
        print("the two do not state the same of reviews; the figures mean nothing", file=sys.stderr)
        return False
    slower = Cost(max(first.seconds, second.seconds), max(first.megabytes, second.megabytes))
    speed, memory = peer.seconds / slower.seconds, slower.megabytes / peer.megabytes
    by_row = (peer.seconds - peer_start.seconds) / (slower.seconds - start.seconds)
    print(f"{path.name}, {rows:,} rows: read, validate, store, index; the two make the same statements")
    print(peer.line("plain rdflib and pySHACL"))
    print(first.line("uprgraph import --store, before it"))
    print(second.line("uprgraph import --store, after it"))
    print(peer_start.line("plain rdflib and pySHACL, one row"))
    print(start.line("uprgraph import --store, one row"))
    print(f"  ours {speed:.1f} times as fast (target {TARGET_SPEED:.0f}, aim {AIM_SPEED:.0f}), ", end="")
    print(f"{by_row:.1f} times without what each takes for one row")
    print(f"  ours takes {memory:.2f} of the memory (target at most {TARGET_MEMORY})", flush=True)
    return speed >= TARGET_SPEED and memory <= TARGET_MEMORY


def _stored(path: Path, store: Path) -> list[str]:
    return ours("upr-info", [path], "--store", str(store), "--report", str(store.with_suffix(".csv")))


def at_size(rows: int, folder: Path) -> bool:
    """Measure generated exports, one with ten times the rows of the other; return whether the targets are met."""
    few, many = folder / "few.csv", folder / "many.csv"
    export.write(few, rows)
    export.write(many, TIMES * rows)
    print(f"generated exports, {rows:,} and {TIMES * rows:,} rows")
    good = True
    for name, option in (("-o FILE.nq.gz", "-o"), ("--store", "--store")):
        costs = [_into(path, option, folder) for path in (few, many, few)]
        for number, cost in zip((rows, TIMES * rows, rows), costs, strict=True):
            print(cost.line(f"uprgraph import {name}, {number:,} rows"))
        small, large = (costs[0], costs[2]), costs[1]
        growth = large.seconds / mean(cost.seconds for cost in small)
        memory = large.megabytes / max(cost.megabytes for cost in small)
        target = f"target at most {TARGET_FLAT}" if option == "-o" else "no target: the bulk load is in it"
        print(f"  {TIMES} times the rows: {growth:.1f} times as long (target at most {TARGET_GROWTH:.0f}), ", end="")
        print(f"{memory:.2f} times the memory ({target})", flush=True)
        good &= growth <= TARGET_GROWTH and (option != "-o" or memory <= TARGET_FLAT)
    return good


def _into(path: Path, option: str, folder: Path) -> Cost:
    """Import an export with an option that names a place, which is taken away again."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        return run(ours("upr-info", [path], option, str(Path(place) / "made.nq.gz")), PROBLEMS_FOUND)


def measure(*, quick: bool = False) -> int:
    """Measure and print it; return 0 if every target is met, else 1."""
    rows = export.FULL_EXPORT // 10 if quick else export.FULL_EXPORT
    with tempfile.TemporaryDirectory() as folder:
        path = real_export(Path(folder), rows)
        good = beside_peer(path, rows, Path(folder))
        good &= at_size(rows, Path(folder))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(measure(quick="--quick" in sys.argv[1:]))
