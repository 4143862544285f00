"""How to cite, from CITATION.cff."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from uprgraph import __version__, files, resources


@dataclass(frozen=True, slots=True)
class Citation:
    """Who made it, what it is called, its version and its address."""

    authors: str
    title: str
    version: str
    url: str
    message: str


@cache
def cited() -> Citation:
    """Return what CITATION.cff says. Raises ResourceError if it is missing."""
    content = yaml.safe_load(files.read_text(resources.root() / "CITATION.cff"))
    authors = [_author(each) for each in content["authors"]]
    return Citation(", ".join(authors), content["title"], __version__, content["url"], content["message"])


def _author(author: dict[str, str]) -> str:
    return author.get("name") or f"{author['family-names']}, {author['given-names']}"
