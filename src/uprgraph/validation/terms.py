"""Terms of our vocabulary that are used and defined nowhere: SHACL lets a misspelt property or class pass."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from rdflib import OWL, RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from uprgraph import vocabulary
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
                _add(report, subject, predicate, used, ours)


def _add(report: Graph, focus: Node, predicate: Node, used: URIRef, defined: list[str]) -> None:
    short = vocabulary.shorten(str(used))
    near = difflib.get_close_matches(short, [vocabulary.shorten(term) for term in defined], n=1)
    guess = f"; did you mean {near[0]}?" if near else ""
    shape = vocabulary.prefixes()["shape"]
    result = BNode()
    for head in list(report.subjects(RDF.type, SH.ValidationReport)):
        report.set((head, SH.conforms, Literal(False)))
        report.add((head, SH.result, result))
    report.add((result, RDF.type, SH.ValidationResult))
    report.add((result, SH.focusNode, focus))
    report.add((result, SH.resultPath, predicate))
    report.add((result, SH.resultSeverity, SH.Violation))
    report.add((result, SH.sourceShape, URIRef(shape + "DefinedTerm")))
    report.add((result, SH.sourceConstraintComponent, URIRef(shape + "DefinedTermConstraintComponent")))
    report.add((result, SH.resultMessage, Literal(f"{short} is no term of the vocabulary{guess}", lang="en")))
    if used != predicate:
        report.add((result, SH.value, used))
