"""Find the place of every quote of a dossier in its source, and write offsets and context into the dossier.

Usage: scripts/anchor_evidence.py FOLDER, the folder of the dossier, such as data/odihr/KAZ-34

A curator writes a passage with its oa:TextQuoteSelector and oa:exact only (and oa:prefix where the words stand twice).
"""

from __future__ import annotations

import sys
from pathlib import Path

from _main import run
from uprgraph import files
from uprgraph.evidence import SourceText, anchor
from uprgraph.turtle import canonical, parse


def main(folder: str) -> str:
    """Anchor the dossier of a folder."""
    dossier = Path(folder) / "dossier.ttl"
    graph = parse(files.read_text(dossier), dossier)
    count = anchor(graph, SourceText(files.read_text(Path(folder) / "source.txt")))
    files.write(dossier, canonical(graph))
    return f"{dossier}: {count} passages anchored"


if __name__ == "__main__":
    run(main, __doc__ or "", sys.argv[1:])
