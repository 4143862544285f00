"""Rows as RDF, in the result-set vocabulary of the W3C's SPARQL tests, which Jena and rdflib read and write too."""

from __future__ import annotations

from collections.abc import Iterator

from uprgraph.engines.terms import Literal
from uprgraph.results.rows import Results

_NAMESPACE = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def turtle_text(results: Results) -> str:
    """Return the rows as Turtle: terms with their datatypes and languages, and an index that keeps the order.

    Raises UnknownValueError for a term that a server sent although it is not valid RDF.
    """
    return f"@prefix rs: <{_NAMESPACE}> .\n\n[] a rs:ResultSet{''.join(_properties(results))} .\n"


def _properties(results: Results) -> Iterator[str]:
    names = [Literal(column).n3() for column in results.columns]
    yield from (f" ;\n  rs:resultVariable {name}" for name in names)
    yield f" ;\n  rs:size {len(results)}"
    for index, row in enumerate(results.terms, start=1):
        bindings = [
            f" ;\n    rs:binding [ rs:variable {name} ; rs:value {term.n3()} ]"
            for name, term in zip(names, row, strict=True)
            if term is not None
        ]
        yield f" ;\n  rs:solution [\n    rs:index {index}{''.join(bindings)}\n  ]"
