"""Where the ontology, the data, the queries and the shapes are: in a checkout, or packed into the installed wheel.

In a checkout they stand in the folder that holds `src/`; in a wheel in `uprgraph/_resources/`. Nothing else in the
package knows the difference.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from uprgraph import files
from uprgraph.errors import InvalidDataError, ResourceError

BASE = "https://w3id.org/uprgraph/"
"""The base of every IRI of UPR Graph. An IRI of a file, minus the base, is the file's path under `root()`."""

_VOID_DATA_DUMP = "http://rdfs.org/ns/void#dataDump"
_FILE = re.compile(r"(?:ontology|data|queries|shapes)(?:/(?!\.{1,2}(?:/|$))[^/\\\x00]+)+")


class GraphFile(NamedTuple):
    """One file and the IRI of the named graph that holds its triples."""

    graph: str
    path: Path


@cache
def root() -> Path:
    """Return the folder that holds ontology/, data/, queries/ and shapes/. Raises ResourceError if it is nowhere."""
    package = Path(__file__).resolve().parent
    candidates = (package / "_resources", package.parent.parent)
    for candidate in candidates:
        if (candidate / "ontology" / "prefixes.ttl").is_file():
            return candidate
    raise ResourceError(
        "the ontology, data and queries of UPR Graph are not beside the package: looked in "
        + " and ".join(str(candidate) for candidate in candidates),
        "install uprgraph again, or run it from a complete checkout",
    )


def ontology() -> Path:
    """Return the folder of the vocabulary, codelists and alignments."""
    return root() / "ontology"


def data() -> Path:
    """Return the folder of the data and its catalogue."""
    return root() / "data"


def queries() -> Path:
    """Return the folder of the questions (`<area>/<name>.rq`), the checks and the package's own queries (`system/`)."""
    return root() / "queries"


def shapes() -> Path:
    """Return the folder of the SHACL shapes."""
    return root() / "shapes"


def catalogue_file() -> Path:
    """Return data/catalog.ttl, the only place that says which file belongs to which named graph."""
    return data() / "catalog.ttl"


def is_checkout() -> bool:
    """Say whether the files are those of a checkout, which may be edited, rather than of an installed wheel."""
    return root().name != "_resources"


def file_of(iri: str) -> Path:
    """Return the path of the file that an IRI under `BASE` stands for. Raises ResourceError if it is none of ours."""
    relative = iri.removeprefix(BASE)
    if not iri.startswith(BASE) or _FILE.fullmatch(relative) is None:
        raise ResourceError(f"{iri} does not name a file of UPR Graph", f"file IRIs start with {BASE}data/ or the like")
    path = root() / relative
    if not path.is_file():
        raise ResourceError(f"{path} is missing, and {catalogue_file()} lists it", "restore the file or the list")
    return path


def graph_files() -> list[GraphFile]:
    """Return every file that data/catalog.ttl lists with the named graph it belongs to, ordered by path.

    Source: the `void:dataDump` statements of the catalogue. Raises ResourceError when the catalogue or a listed file
    is missing, InvalidDataError when the catalogue is not Turtle or lists nothing.
    """
    import pyoxigraph

    catalogue = catalogue_file()
    if not catalogue.is_file():
        raise ResourceError(f"{catalogue} is missing", "it says which files make up the graph; restore it")
    found = []
    for quad in files.read_turtle(catalogue):
        if quad.predicate.value == _VOID_DATA_DUMP:
            graph, dump = quad.subject, quad.object
            if not isinstance(graph, pyoxigraph.NamedNode) or not isinstance(dump, pyoxigraph.NamedNode):
                raise InvalidDataError("void:dataDump must relate a graph's IRI to a file's IRI", catalogue)
            found.append(GraphFile(graph.value, file_of(dump.value)))
    if not found:
        raise InvalidDataError("no graph has a void:dataDump", catalogue)
    return sorted(found, key=lambda entry: (entry.path, entry.graph))
