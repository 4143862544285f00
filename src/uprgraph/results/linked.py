"""A graph as JSON-LD and as N-Triples."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from uprgraph.engines.terms import XSD_STRING, Iri, Literal, Term, Triple
from uprgraph.vocabulary import prefixes, shorten

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def n_triples(triples: Iterable[Triple]) -> str:
    """Return one line per triple. Raises UnknownValueError for a term that is not valid RDF."""
    return "".join(f"{' '.join(term.n3() for term in triple)} .\n" for triple in triples)


def json_ld(triples: Sequence[Triple]) -> str:
    """Return one object per subject, in the order of their first triples, and a context that is all in the document.

    Properties and classes have our prefixes; things are written in full.
    """
    context = _context(triples)
    nodes: dict[str, dict[str, object]] = {}
    for subject, predicate, value in triples:
        node = nodes.setdefault(_identifier(subject), {"@id": _identifier(subject)})
        if str(predicate) == _TYPE and not isinstance(value, Literal):
            _add(node, "@type", _short(str(value), context))
        else:
            _add(node, _short(str(predicate), context), _value(value, context))
    return json.dumps({"@context": context, "@graph": list(nodes.values())}, ensure_ascii=False, indent=1) + "\n"


def _context(triples: Iterable[Triple]) -> dict[str, str]:
    """Return the prefixes of properties, classes and datatypes, but for one that is the scheme of an IRI here."""
    schemes, names = set(), set()
    for subject, predicate, value in triples:
        schemes |= {term.value.partition(":")[0] for term in (subject, predicate, value) if isinstance(term, Iri)}
        if isinstance(value, Literal) or str(predicate) != _TYPE:
            names.add(str(predicate))
        if not isinstance(value, Literal):
            names |= {str(value)} if str(predicate) == _TYPE else set()
        elif value.language is None and value.datatype != XSD_STRING:
            names.add(value.datatype)
    used = {shorten(name).partition(":")[0] for name in names} - schemes
    return {name: namespace for name, namespace in prefixes().items() if name in used}


def _short(iri: str, context: dict[str, str]) -> str:
    short = shorten(iri)
    return short if short.partition(":")[0] in context else iri


def _identifier(term: Term) -> str:
    return term.value if isinstance(term, Iri) else term.n3()


def _value(term: Term, context: dict[str, str]) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": _identifier(term)}
    if term.language is not None:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD_STRING:
        return {"@value": term.value}
    return {"@value": term.value, "@type": _short(term.datatype, context)}


def _add(node: dict[str, object], key: str, value: object) -> None:
    """Add a value to a node: one alone, several as a list."""
    if key not in node:
        node[key] = value
        return
    known = node[key]
    if isinstance(known, list):
        known.append(value)
    else:
        node[key] = [known, value]
