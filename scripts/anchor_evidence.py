"""Find the place of every quote of a dossier in its source, and write offsets and context into the dossier.

Usage: python scripts/anchor_evidence.py data/odihr/KAZ-34

A curator writes a passage with its oa:TextQuoteSelector and oa:exact only (and oa:prefix where the words stand twice).
"""

from __future__ import annotations

import sys
from pathlib import Path

from uprgraph.errors import UprGraphError
from uprgraph.evidence import SourceText, anchor
from uprgraph.turtle import canonical, parse


def main(folder: Path) -> int:
    """Anchor the dossier of a folder; return the exit code."""
    dossier = folder / "dossier.ttl"
    graph = parse(dossier.read_text(encoding="utf-8"), dossier)
    count = anchor(graph, SourceText((folder / "source.txt").read_text(encoding="utf-8")))
    dossier.write_text(canonical(graph), encoding="utf-8")
    print(f"{dossier}: {count} passages anchored", file=sys.stderr)
    return 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if not arguments or len(arguments) > 1:
        sys.exit(__doc__)
    try:
        sys.exit(main(Path(arguments[0])))
    except (UprGraphError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
