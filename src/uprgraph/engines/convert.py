"""Terms of pyoxigraph as terms of this package, and back."""

from __future__ import annotations

import pyoxigraph

from uprgraph.engines.terms import BlankNode, Iri, Literal, Term
from uprgraph.errors import QueryError


def from_pyoxigraph(
    term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple,
) -> Term:
    """Return a term of pyoxigraph as one of ours. Raises QueryError for a triple term, which RDF 1.1 does not have."""
    if isinstance(term, pyoxigraph.NamedNode):
        return Iri(term.value)
    if isinstance(term, pyoxigraph.Literal):
        return Literal(term.value, term.datatype.value, term.language)
    if isinstance(term, pyoxigraph.BlankNode):
        return BlankNode(term.value)
    raise QueryError("the answer holds a triple as a term, which RDF 1.1 does not have")


def to_pyoxigraph(term: Term) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    """Return a term of ours as one of pyoxigraph. Raises ValueError if it is not valid RDF."""
    if isinstance(term, Iri):
        return pyoxigraph.NamedNode(term.value)
    if isinstance(term, BlankNode):
        return pyoxigraph.BlankNode(term.value)
    if term.language is not None:
        return pyoxigraph.Literal(term.value, language=term.language)
    return pyoxigraph.Literal(term.value, datatype=pyoxigraph.NamedNode(term.datatype))
