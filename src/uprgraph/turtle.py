"""The one written form of our Turtle files, so that a change of a fact is a change of its line and of nothing else.

The form is rdflib's `longturtle` with `canon=True`, with those prefixes of ontology/prefixes.ttl bound that the file
uses. It is the same on every run and for every hash seed, also with blank nodes, which `turtle` does not promise.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from uprgraph import files, turtle_tokens, vocabulary
from uprgraph.errors import InvalidDataError


def parse(text: str, path: Path | None = None) -> Graph:
    """Return the triples of a Turtle text, with no prefixes bound. Raises InvalidDataError with file and line."""
    import pyoxigraph

    turtle_tokens.check_depth(text, path)
    with files.reading(path):
        for _ in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
            pass  # rdflib accepts more than Turtle is, and its messages give less of the place
    graph = Graph(bind_namespaces="none")
    graph.parse(data=text, format="turtle")
    return graph


def canonical(graph: Graph) -> str:
    """Return the graph as Turtle in its one form, ending with one newline.

    Raises InvalidDataError for a predicate whose namespace ontology/prefixes.ttl does not list.
    """
    ours = vocabulary.prefixes()
    bound = Graph(bind_namespaces="none")
    for prefix, namespace in ours.items():
        bound.bind(prefix, URIRef(namespace))
    for triple in graph:
        bound.add(triple)
    result = bound.serialize(format="longturtle", canon=True).strip("\n") + "\n"
    invented = [str(namespace) for prefix, namespace in bound.namespaces() if prefix not in ours]
    for predicate in sorted(set(map(str, graph.predicates()))):
        if any(predicate.startswith(namespace) for namespace in invented):
            raise InvalidDataError(
                f"the predicate <{predicate}> has no prefix",
                hint="correct it, or add its prefix to ontology/prefixes.ttl",
            )
    return result


def canonical_text(text: str, path: Path | None = None) -> str:
    """Return a Turtle text in its one form.

    Raises InvalidDataError, with the file and line, if it is not Turtle, if it has a comment (the form has none, so it
    would be lost), or if it would not read back as the same triples (rdflib shortens some xsd:double values).
    """
    graph = parse(text, path)
    comment = turtle_tokens.first_comment(text)
    if comment is not None:
        raise InvalidDataError(
            "a comment, which formatting would lose",
            path,
            comment,
            hint="make it a skos:editorialNote of what it is about",
        )
    try:
        result = canonical(graph)
    except InvalidDataError as error:
        raise InvalidDataError(error.message, path, hint=error.hint) from error
    if result != text and not isomorphic(graph, parse(result, path)):
        raise InvalidDataError(
            "would not read back as the same triples", path, hint="does it hold an xsd:double? Make it an xsd:decimal"
        )
    return result


def format_files(paths: Iterable[Path], *, check: bool = False) -> list[Path]:
    """Put Turtle files, and those in folders, into their one form; return the files that were not in it.

    With `check` nothing is written. Raises as `canonical_text` and `files.walk` do; files before the one at fault
    have been written then.
    """
    changed = []
    for path in files.walk(paths, (".ttl",)):
        before = files.read_text(path)
        after = canonical_text(before, path)
        if after != before:
            changed.append(path)
            if not check:
                files.write(path, after)
    return changed
