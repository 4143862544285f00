"""Terms of our vocabulary that are used and defined nowhere: SHACL lets a misspelt property or class pass."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from rdflib import OWL, RDF, Graph, URIRef

from uprgraph import vocabulary
from uprgraph.validation.beyond import add_result
from uprgraph.validation.loading import Triple

_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def report_undefined(report: Graph, triples: Iterable[Triple], data: Graph) -> None:
    """Add to a SHACL report the terms used in `triples` that `data` does not define.

    Looked at are predicates and classes in the namespace of the vocabulary. The results are made by the shape
    `shape:DefinedTerm`, which SHACL's own language cannot say.
    """
    namespace = vocabulary.prefixes()["upr"]
    defined = {str(term) for kind in _KINDS for term in data.subjects(RDF.type, kind)}
    ours = sorted(term for term in defined if term.startswith(namespace))
    for subject, predicate, value in triples:
        for used in (predicate, value if predicate == RDF.type else None):
            if isinstance(used, URIRef) and used.startswith(namespace) and str(used) not in defined:
                wrong = used if used != predicate else None
                add_result(report, "DefinedTerm", subject, predicate, _misspelt(used, ours), value=wrong)


def _misspelt(used: URIRef, defined: list[str]) -> str:
    short = vocabulary.shorten(str(used))
    near = difflib.get_close_matches(short, [vocabulary.shorten(term) for term in defined], n=1)
    return f"{short} is no term of the vocabulary" + (f"; did you mean {near[0]}?" if near else "")
