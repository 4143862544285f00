"""Results that are not made by SHACL but stand in its report beside those that are."""

from __future__ import annotations

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from uprgraph import vocabulary


def add_result(
    report: Graph, constraint: str, focus: Node, path: Node, message: str, *, value: Node | None = None
) -> None:
    """Add a violation to a SHACL report, as made by a shape `shape:<constraint>`, and say that nothing conforms."""
    shape = vocabulary.prefixes()["shape"]
    result = BNode()
    for head in list(report.subjects(RDF.type, SH.ValidationReport)):
        report.set((head, SH.conforms, Literal(False)))
        report.add((head, SH.result, result))
    report.add((result, RDF.type, SH.ValidationResult))
    report.add((result, SH.focusNode, focus))
    report.add((result, SH.resultPath, path))
    report.add((result, SH.resultSeverity, SH.Violation))
    report.add((result, SH.sourceShape, URIRef(f"{shape}{constraint}")))
    report.add((result, SH.sourceConstraintComponent, URIRef(f"{shape}{constraint}ConstraintComponent")))
    report.add((result, SH.resultMessage, Literal(message, lang="en")))
    if value is not None:
        report.add((result, SH.value, value))
