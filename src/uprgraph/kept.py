"""The folder of a store made by imports, and how it changes from one state to the next as a whole.

    DIR/current            the name of the generation that counts
    DIR/<generation>/      graph/ (an Oxigraph store), answers/ (to some questions), search.sqlite (the index),
                           records.sqlite (what was imported)
    DIR/lock               held while an import runs

A generation is built beside the one that counts and is then named in `current`, by one rename: whoever opens the folder
finds the old state or the new one. The generation before stays, since someone may be reading it; older ones go.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from uprgraph import files
from uprgraph.errors import ResourceError

_CURRENT = "current"
_PREFIX = "generation-"


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of a store: its folder, and the paths of its parts."""

    folder: Path

    @property
    def graph(self) -> Path:
        """The folder of the Oxigraph store."""
        return self.folder / "graph"

    @property
    def answers(self) -> Path:
        """The folder of the answers that were made with it."""
        return answers_folder(self.graph)

    @property
    def search(self) -> Path:
        """The index of the full-text search."""
        return self.folder / "search.sqlite"

    @property
    def records(self) -> Path:
        """The records of all imports."""
        return self.folder / "records.sqlite"


def current(directory: Path) -> Generation | None:
    """Return the generation that counts in a folder, or None if imports have made no store there.

    Raises ResourceError if the folder names a generation that is not there.
    """
    try:
        name = (directory / _CURRENT).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(f"{directory / _CURRENT} cannot be read: {error}") from error
    generation = Generation(directory / name)
    if not name.startswith(_PREFIX) or Path(name).name != name or not generation.folder.is_dir():
        hint = "import again into an empty folder"
        raise ResourceError(f"the store {directory} is damaged: it names {name!r}, which is not there", hint)
    return generation


def graph_folder(directory: Path) -> Path:
    """Return the folder of the Oxigraph store of a store of imports, or `directory`, if it is such a store itself.

    Raises ResourceError if it is neither.
    """
    generation = current(directory)
    folder = directory if generation is None else generation.graph
    if not (folder / "CURRENT").is_file():
        raise ResourceError(
            f"{directory} is not a store", "give a folder that uprgraph import has made, or that of an Oxigraph store"
        )
    return folder


def answers_folder(graph: Path) -> Path:
    """Return where the answers are that were made with an Oxigraph store, if it is one of imports."""
    return graph.parent / "answers"


@contextmanager
def changing(directory: Path) -> Iterator[Generation]:
    """Within it, build a new generation in the empty folder that is given; at its end, that becomes what counts.

    If it raises, or the process dies, the generation before still counts. Raises ResourceError if `directory` cannot
    be written, if it holds something else than a store of imports, and if another import is running there.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if current(directory) is None and any(not _ours(entry) for entry in directory.iterdir()):
            raise ResourceError(f"{directory} holds something else than a store of imports", "name an empty folder")
        with _locked(directory):
            before = current(directory)
            _remove(directory, keep=before)
            made = Generation(directory / f"{_PREFIX}{secrets.token_hex(6)}")
            made.folder.mkdir()
            try:
                yield made
                _persist(made.folder)
                files.write(directory / _CURRENT, made.folder.name + "\n")
            except BaseException:
                shutil.rmtree(made.folder, ignore_errors=True)
                raise
    except OSError as error:
        raise ResourceError(f"the store {directory} cannot be written: {error}") from error


def _ours(entry: Path) -> bool:
    return entry.name == "lock" or entry.name.startswith((_PREFIX, f".{_CURRENT}."))


def _remove(directory: Path, keep: Generation | None) -> None:
    for entry in directory.iterdir():
        if entry.name.startswith(_PREFIX) and (keep is None or entry != keep.folder):
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name.startswith(f".{_CURRENT}."):
            entry.unlink(missing_ok=True)


_CHANGING: set[Path] = set()
"""The folders that this process changes: locks of files keep out other processes only."""


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """Hold the lock of the folder, which ends with this process: child processes do not take it over."""
    busy = ResourceError(f"another import into {directory} is running", "wait until it has ended")
    place = directory.resolve()
    if place in _CHANGING:
        raise busy
    handle = os.open(directory / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        with suppress(ImportError):  # not on Windows, where imports of two processes are not noticed
            import fcntl

            try:
                fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (BlockingIOError, PermissionError):
                raise busy from None
        _CHANGING.add(place)
        yield
    finally:
        _CHANGING.discard(place)
        os.close(handle)


def _persist(folder: Path) -> None:
    """See to it that everything in the folder is on disk, so that a power cut cannot leave a name without its data."""
    for root, _, names in os.walk(folder):
        for path in (*(Path(root, name) for name in names), Path(root)):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
