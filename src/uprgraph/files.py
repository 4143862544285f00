"""Files: which ones a user names, reading them strictly, and writing them as a whole or not at all.

What goes wrong is an error of ours that names the file and, where it is known, the place.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from uprgraph.errors import InvalidDataError, ResourceError

if TYPE_CHECKING:
    from pyoxigraph import Quad


def walk(paths: Iterable[Path], endings: Collection[str]) -> Iterator[Path]:
    """Yield the files that `paths` name, and those with one of the endings (`.ttl`) under the folders among them.

    Each comes once, those of a folder in order of path; folders and links to nothing are passed over there. Raises
    ResourceError for a path that is not there or holds no such file, InvalidDataError for a file with another ending.
    """
    seen = set()
    wanted = ", ".join(endings)
    for path in paths:
        if path.is_dir():
            found = sorted(each for each in path.rglob("*") if each.suffix in endings and each.is_file())
            if not found:
                raise ResourceError(f"{path} holds no file that ends in {wanted}")
        elif not path.is_file():
            raise ResourceError(f"{path} does not exist")
        elif path.suffix not in endings:
            raise InvalidDataError(
                "not a kind of file that is read here", path, hint=f"give a file that ends in {wanted}"
            )
        else:
            found = [path]
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


@contextmanager
def reading(path: Path | None, kind: str = "Turtle") -> Iterator[None]:
    """Within it, what pyoxigraph or the system says against a file of this kind becomes an error of ours.

    Raises InvalidDataError with line and column for a file that is not of its kind or not UTF-8, ResourceError for one
    that cannot be read.
    """
    try:
        yield
    except SyntaxError as error:
        raise InvalidDataError(f"not valid {kind}: {error.msg}", path, error.lineno, error.offset) from error
    except UnicodeDecodeError as error:
        raise InvalidDataError(f"not UTF-8: {error.reason} at byte {error.start}", path) from error
    except OSError as error:
        raise ResourceError(f"cannot read {path}: {error.strerror or error}") from error


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8, with its line ends as they are. Raises as `reading` does."""
    with reading(path):
        return path.read_bytes().decode("utf-8")


def read_turtle(path: Path) -> Iterator[Quad]:
    """Yield the statements of a Turtle file, whose blank nodes get names that no other file uses.

    Raises as `reading` does, at the place that is wrong and after the statements before it.
    """
    import pyoxigraph

    with reading(path):
        yield from pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE, rename_blank_nodes=True)


def write(path: Path, content: bytes | str) -> None:
    r"""Write a file, text as UTF-8 with its line ends (`\n`) as they are. See `writing`."""
    with writing(path) as target:
        target.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write to, which is renamed into the place of `path` when it is complete.

    A link stays one, and what is no ordinary file, such as a pipe, is written to as it is. Raises ResourceError if the
    file cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as target:
                yield target
            return
        path = path.resolve()
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        import tempfile  # only where a file is written, so that a command that writes none starts faster

        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as target:
                yield target
            temporary.chmod(mode)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ResourceError(f"cannot write {path}: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
