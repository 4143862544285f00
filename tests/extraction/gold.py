"""The documents for testing and what is expected of them, the curated submission among them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from uprgraph import resources
from uprgraph.extraction.document import Document
from uprgraph.extraction.reading import read_text

FOLDER = Path(__file__).parent / "documents"
SEED = "KAZ-34"
MADE = sorted(path.parent.name for path in FOLDER.glob("*/expected.toml"))


@cache
def read(name: str) -> Document:
    """Return a document as it is read, by the name of its folder."""
    folder = resources.data() / "odihr" / SEED if name == SEED else FOLDER / name
    return read_text((folder / "source.txt").read_text(encoding="utf-8"))


@cache
def expected(name: str) -> dict[str, Any]:
    """Return what is expected of a document that was made for testing."""
    return tomllib.loads((FOLDER / name / "expected.toml").read_text(encoding="utf-8"))
