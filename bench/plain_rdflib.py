"""The peer: the same question asked of the same files by a script as one would write it with rdflib alone.

Usage: python bench/plain_rdflib.py QUERY.rq FILE.ttl...      rows on stdout as CSV
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from rdflib import Graph


def main(query: Path, files: list[str]) -> None:
    """Write the rows of the query over the files."""
    graph = Graph()
    for file in files:
        graph.parse(file, format="turtle")
    result = graph.query(query.read_text(encoding="utf-8"))
    writer = csv.writer(sys.stdout)
    writer.writerow(result.vars or [])
    writer.writerows(result)  # type: ignore[arg-type]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
