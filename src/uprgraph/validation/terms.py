"""Terms of our vocabulary that are used and defined nowhere: SHACL lets a misspelt property or class pass."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import OWL, RDF, Graph, URIRef

from uprgraph import vocabulary
from uprgraph.validation.beyond import add_result
from uprgraph.validation.loading import Triple
from uprgraph.wording import did_you_mean, nearest

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
    question = did_you_mean(nearest(short, map(vocabulary.shorten, defined), 1))
    return f"{short} is no term of the vocabulary" + (f"; {question}" if question else "")
