"""Terms as keys of dictionaries: an IRI is a `str`, others are small tuples, so that comparing them costs little."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import pyoxigraph as ox
import rdflib
from rdflib.term import Identifier, Node

from uprgraph.errors import InvalidDataError

_STRING = "http://www.w3.org/2001/XMLSchema#string"


class BlankKey(NamedTuple):
    """A blank node. The label begins with a mark of the graph that it belongs to."""

    label: str


class LiteralKey(NamedTuple):
    """A literal as written. `datatype` is None for plain strings and for text with a language, as in rdflib."""

    text: str
    datatype: str | None
    language: str | None


Key = str | BlankKey | LiteralKey


def key_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, mark: str) -> Key:
    """Return the key of a term. `mark` keeps the blank nodes of one graph apart from those of another.

    Raises InvalidDataError for a quoted triple.
    """
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return LiteralKey(term.value, None, term.language)
        datatype = term.datatype.value
        return LiteralKey(term.value, None if datatype == _STRING else datatype, None)
    if isinstance(term, ox.BlankNode):
        return BlankKey(mark + term.value)
    raise InvalidDataError("quoted triples (RDF 1.2) are not supported")


def key_of_node(node: Node) -> Key:
    """Return the key of an rdflib node."""
    if isinstance(node, rdflib.Literal):
        datatype = None if node.datatype is None or str(node.datatype) == _STRING else str(node.datatype)
        return LiteralKey(str(node), datatype, node.language.lower() if node.language else None)
    return BlankKey(str(node)) if isinstance(node, rdflib.BNode) else str(node)


def node_of(key: Key) -> Identifier:
    """Return the rdflib node of a key."""
    if isinstance(key, LiteralKey):
        return literal_of(key)
    return rdflib.BNode(key.label) if isinstance(key, BlankKey) else rdflib.URIRef(key)


@lru_cache(maxsize=4096)
def literal_of(key: LiteralKey) -> rdflib.Literal:
    """Return the rdflib literal of a key, with the value that rdflib reads from it, as written."""
    if key.language is not None:
        return rdflib.Literal(key.text, lang=key.language)
    if key.datatype is None:
        return rdflib.Literal(key.text)
    return rdflib.Literal(key.text, datatype=rdflib.URIRef(key.datatype), normalize=False)
