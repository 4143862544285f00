"""What is loaded: named graphs of the shipped files, of a store's folder, or of RDF files. None is held in memory."""

from __future__ import annotations

import gzip
import itertools
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from uprgraph import files, kept, resources
from uprgraph.errors import InvalidDataError, ResourceError, UnknownValueError, UsageError
from uprgraph.stores.connection import N_TRIPLES
from uprgraph.wording import nearest

GRAPHS = f"{resources.BASE}graph/"
"""What the IRIs of the shipped graphs start with; a user may leave it out."""
_CATALOGUE = f"{GRAPHS}catalog"
_TURTLE = "text/turtle"
_CHUNK = 256 * 1024
_TRIPLES = 5_000
_BOM = b"\xef\xbb\xbf"
_ENDINGS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES}
_WITH_GRAPHS = {".nq", ".trig"}


@dataclass(frozen=True, slots=True)
class Contents:
    """What a look through a graph shows: how many statements it has, repeated ones included, and of blank nodes."""

    triples: int
    blank_nodes: bool


class Content(ABC):
    """One graph to be loaded, by its IRI, as a stream of `media_type` that can be had again."""

    graph: str
    media_type: str

    @abstractmethod
    def size(self) -> int | None:
        """Return the number of bytes, or None where it is known only at the end."""

    @abstractmethod
    def chunks(self) -> Iterator[bytes]:
        """Return the bytes from the beginning."""

    @abstractmethod
    def triples(self) -> Iterator[ox.Triple]:
        """Return the statements, repeated ones included."""

    def check(self) -> Contents:
        """Read all of it. Raises InvalidDataError, with the place, for what is not RDF."""
        number, blank = 0, False
        for number, triple in enumerate(self.triples(), 1):  # noqa: B007
            blank = blank or isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)
        return Contents(number, blank)


class FilesContent(Content):
    """RDF files, Turtle or N-Triples, compressed or not, that make one graph together."""

    def __init__(self, graph: str, paths: Sequence[Path]) -> None:
        self.graph, self._paths = graph, tuple(paths)
        only_lines = all(_format(path) is ox.RdfFormat.N_TRIPLES for path in self._paths)
        self.media_type = N_TRIPLES if only_lines else _TURTLE

    def size(self) -> int | None:
        """See `Content.size`: known unless a file is compressed."""
        if any(path.suffix == ".gz" for path in self._paths):
            return None
        sizes = 0
        for path in self._paths:
            with files.reading(path), path.open("rb") as file:
                sizes += path.stat().st_size - (len(_BOM) if file.read(len(_BOM)) == _BOM else 0)
        return sizes + len(self._paths) - 1

    def chunks(self) -> Iterator[bytes]:
        """See `Content.chunks`: the files as they are, one after the other, which is legal in Turtle."""
        for position, path in enumerate(self._paths):
            if position:
                yield b"\n"
            with files.reading(path), _opened(path) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk

    def triples(self) -> Iterator[ox.Triple]:
        """See `Content.triples`. Raises InvalidDataError if two files have a blank node with the same label."""
        labels: set[str] = set()
        for path in self._paths:
            own: set[str] = set()
            form = _format(path)
            kind = "N-Triples" if form is ox.RdfFormat.N_TRIPLES else "Turtle"
            with files.reading(path, kind), _opened(path) as file:
                for quad in ox.parse(file, format=form):
                    if len(self._paths) > 1:
                        own.update(_blank_nodes(quad.triple))
                    yield quad.triple
            if shared := labels & own:
                raise InvalidDataError(
                    f"the blank node _:{min(shared)} is in another of the files as well, and they would become one",
                    path,
                    hint="rename it, or merge the files first",
                )
            labels |= own


class StoreContent(Content):
    """A named graph of an Oxigraph store."""

    media_type = N_TRIPLES

    def __init__(self, graph: str, store: ox.Store) -> None:
        self.graph, self._store = graph, store

    def size(self) -> int | None:
        """See `Content.size`: not known."""
        return None

    def chunks(self) -> Iterator[bytes]:
        """See `Content.chunks`: N-Triples."""
        return serialised(self.triples())

    def triples(self) -> Iterator[ox.Triple]:
        """See `Content.triples`."""
        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(self.graph)):
            yield quad.triple


def serialised(triples: Iterable[ox.Triple], most: int = _TRIPLES) -> Iterator[bytes]:
    """Yield N-Triples in chunks of that many triples, and a last one of what is left."""
    remaining = iter(triples)
    while batch := list(itertools.islice(remaining, most)):
        yield cast(bytes, ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES))


def contents(sources: Sequence[Path] = (), graphs: Sequence[str] = ()) -> list[Content]:
    """Return what is to be loaded, in the order in which it is to be loaded.

    Without sources the shipped graphs, the catalogue last, so that a store without it was not loaded to the end; with
    an Oxigraph store's folder its named graphs; with Turtle and N-Triples files the one graph that `graphs` names.
    `graphs` are IRIs, or what stands after `.../graph/`, and narrow what a folder or the shipped files hold. Raises
    UnknownValueError for a graph that is not there, UsageError for sources that do not go together, ResourceError for
    those that cannot be read.
    """
    if not sources:
        return _narrowed(_shipped(), graphs)
    folders = [path for path in sources if path.is_dir()]
    if not folders:
        return [FilesContent(_one(graphs), [_file(path) for path in sources])]
    if len(sources) > 1:
        raise UsageError("a store's folder is loaded alone", "give one folder, or only files")
    return _narrowed(_of_store(folders[0]), graphs)


def _shipped() -> list[Content]:
    paths: dict[str, list[Path]] = {}
    for graph, path in resources.graph_files():
        paths.setdefault(graph, []).append(path)
    found: list[Content] = [FilesContent(graph, files_) for graph, files_ in paths.items()]
    return sorted(found, key=lambda content: content.graph == _CATALOGUE)


def _of_store(folder: Path) -> list[Content]:
    try:
        store = ox.Store.read_only(str(kept.graph_folder(folder)))
    except OSError as error:
        raise ResourceError(f"the store {folder} cannot be opened: {error}") from error
    names = sorted(name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    if not names:
        raise ResourceError(f"the store {folder} has no named graph", "statements outside of named graphs are not sent")
    found: list[Content] = [StoreContent(name, store) for name in names]
    return sorted(found, key=lambda content: content.graph == _CATALOGUE)


def _narrowed(found: list[Content], graphs: Sequence[str]) -> list[Content]:
    if not graphs:
        return found
    names = {content.graph for content in found}
    wanted = set()
    for given in graphs:
        name = given if given in names else GRAPHS + given
        if name not in names:
            short = [each.removeprefix(GRAPHS) for each in names]
            close = _like(given.removeprefix(GRAPHS), short)
            hint = None if close else f"the graphs are: {', '.join(sorted(short))}"
            raise UnknownValueError(f'there is no graph "{given}"', close, hint)
        wanted.add(name)
    return [content for content in found if content.graph in wanted]


def _like(given: str, names: Sequence[str]) -> list[str]:
    """Return the names that are like what was given, or whose last part is."""
    by_end = {name.rpartition("/")[2]: name for name in names}
    return nearest(given, names) or [by_end[end] for end in nearest(given, by_end)]


def _one(graphs: Sequence[str]) -> str:
    if len(graphs) != 1:
        raise UsageError("files are loaded into one graph", "name it with --graph IRI")
    try:
        return ox.NamedNode(graphs[0] if ":" in graphs[0] else GRAPHS + graphs[0]).value
    except ValueError as error:
        raise UsageError(f'"{graphs[0]}" is not an IRI') from error


def _file(path: Path) -> Path:
    ending = _ending(path)
    if ending in _WITH_GRAPHS:
        raise UsageError(
            f"{path} holds graphs of its own, and files are loaded into one graph",
            "load it into an Oxigraph store (oxigraph load), and give that folder",
        )
    if ending not in _ENDINGS:
        wanted = ", ".join(_ENDINGS)
        raise InvalidDataError(
            "not a kind of file that is read here", path, hint=f"give a file that ends in {wanted}, or these with .gz"
        )
    if not path.is_file():
        raise ResourceError(f"{path} does not exist")
    return path


def _ending(path: Path) -> str:
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _format(path: Path) -> ox.RdfFormat:
    return _ENDINGS[_ending(path)]


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, for its text where it is compressed, behind a byte order mark."""
    with cast(IO[bytes], gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb") as file:
        if file.read(len(_BOM)) != _BOM:
            file.seek(0)
        yield file


def _blank_nodes(triple: ox.Triple) -> Iterator[str]:
    for term in (triple.subject, triple.object):
        if isinstance(term, ox.BlankNode):
            yield term.value
