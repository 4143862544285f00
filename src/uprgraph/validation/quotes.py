"""Quotes that do not stand in the source beside the file: SHACL cannot read a text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rdflib import Graph, URIRef

from uprgraph.evidence import SourceText, verify
from uprgraph.files import read_text
from uprgraph.validation.beyond import add_result
from uprgraph.validation.loading import DataFile
from uprgraph.vocabulary import expand

SOURCE = "source.txt"
"""The name of the text, as received, in the folder of a dossier."""
_SHOWN = 80


def report_misquotes(report: Graph, files: Sequence[DataFile]) -> None:
    """Add to a SHACL report the passages of each file whose quote does not stand in the source in the same folder.

    The results are made by `shape:StandingQuote`. A file without a source beside it is not looked at. Raises
    ResourceError or InvalidDataError for a source that cannot be read.
    """
    for file in files:
        path = file.path.parent / SOURCE if isinstance(file.path, Path) else None
        if path is None or not path.is_file():
            continue
        graph = Graph(bind_namespaces="none")
        for triple in file.triples:
            graph.add(triple)
        for wrong in verify(graph, SourceText(read_text(path))):
            found = f'there stands "{_short(wrong.found)}"' if wrong.found else "it has no place"
            message = f'The quote "{_short(wrong.quote)}" does not stand at its place in {path.name}: {found}.'
            add_result(report, "StandingQuote", URIRef(wrong.passage), URIRef(expand("oa:hasSelector")), message)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "..."
