"""Writing a dossier: the whole folder or nothing, and never over what a curator has decided."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from uprgraph.errors import ResourceError
from uprgraph.extraction.drafting.description import Origin, toml
from uprgraph.extraction.drafting.dossier import Dossier
from uprgraph.extraction.drafting.triples import code, term
from uprgraph.files import read_text
from uprgraph.turtle import canonical, parse

TURTLE, SOURCE, FACTS = "dossier.ttl", "source.txt", "source.toml"


def write(dossier: Dossier, folder: Path, origin: Origin | None = None) -> None:
    """Write source.txt, dossier.ttl and source.toml to a folder, which is there as a whole or not at all.

    A folder that holds nothing but a draft in which nothing was decided is replaced. Raises ResourceError for one that
    holds anything else, and if it cannot be written.
    """
    check(folder)
    content = {SOURCE: dossier.source, TURTLE: canonical(dossier.graph), FACTS: toml(dossier, origin)}
    place = folder.resolve()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
        try:
            new = made / "new"
            new.mkdir()
            for name, text in content.items():
                (new / name).write_bytes(text.encode("utf-8"))
            if place.exists():
                place.replace(made / "old")
            new.replace(place)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise ResourceError(f"cannot write {folder}: {error.strerror or error}") from error


def check(folder: Path) -> None:
    """Raise ResourceError if a folder holds something that must not be replaced."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ResourceError(f"{folder} is not a folder")
    names = {each.name for each in folder.iterdir()}
    if not names:
        return
    if names != {SOURCE, TURTLE, FACTS}:
        what = "a dossier with the decisions of a curator" if TURTLE in names else "other files"
        raise ResourceError(f"{folder} holds {what} and is left as it is", "name another folder with -o")
    if not _is_untouched(folder / TURTLE):
        raise ResourceError(
            f"{folder} holds a dossier that a curator has worked on and is left as it is", "name another folder with -o"
        )


def _is_untouched(path: Path) -> bool:
    """Say whether every drafted thing of a dossier is still a draft, and there is one."""
    graph = parse(read_text(path), path)
    statuses = set(graph.objects(None, term("upr:reviewStatus")))
    return statuses == {code("review-status", "draft")}
