"""What to do about a violation, for each kind of SHACL constraint, where the shape itself does not say."""

from __future__ import annotations

_ADVICE = {
    "MinCount": "add {path} to it",
    "MaxCount": "keep one value of {path}, or as many as the shape allows, and remove the rest",
    "Class": "give a thing of the right class, or declare the value in the file that holds such things",
    "Datatype": 'write the value with the datatype that the message asks for, as in "2016-10-06"^^xsd:date',
    "NodeKind": "give an IRI where a thing is meant, and text in quotes where words are meant",
    "Pattern": "correct the spelling of the value",
    "In": "choose one of the allowed values",
    "LanguageIn": "add a language tag such as @en",
    "UniqueLang": "keep one value in each language",
    "HasValue": "add the value that the message names",
    "MinLength": "write a longer text",
    "MaxLength": "write a shorter text",
    "MinInclusive": "give a larger value",
    "MinExclusive": "give a larger value",
    "MaxInclusive": "give a smaller value",
    "MaxExclusive": "give a smaller value",
    "LessThan": "check which of the two values is wrong",
    "LessThanOrEquals": "check which of the two values is wrong",
    "Equals": "make the two properties agree",
    "Disjoint": "remove the value from one of the two properties",
    "Closed": "remove the property, or correct its spelling",
    "Node": "look at the violations of the value itself",
    "QualifiedMinCount": "add a value of {path} of the kind that the message asks for",
    "QualifiedMaxCount": "remove values of {path} of the kind that the message names",
    "Not": "remove what the message forbids",
    "And": "meet each of the conditions that the message names",
    "Or": "meet one of the conditions that the message names",
    "Xone": "meet exactly one of the conditions that the message names",
    "StandingQuote": (
        "copy the words from source.txt, misprints included, "
        "and let python scripts/anchor_evidence.py FOLDER find their place"
    ),
    "DefinedTerm": "correct the spelling, or define the term in ontology/upr.ttl first",
    "SPARQL": "correct the statements that the message names",
}


def advice(constraint: str, path: str | None) -> str:
    """Return what to do about a violation of a kind of constraint ("MinCount") on a path ("upr:iso3")."""
    return _ADVICE.get(constraint, "correct it as the message says").format(path=path or "the property")
