"""Putting terms into a question.

A parameter is the one line `VALUES ?name { ... }` of the file, and binding replaces what stands between its braces
with terms, each written by `Term.n3`. No text of a user enters a query in any other way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from uprgraph.catalog.question import Question
from uprgraph.engines.terms import BlankNode, Term
from uprgraph.errors import InvalidDataError, UnknownValueError

UNDEF = "UNDEF"


def row(question: Question, name: str) -> tuple[int, int]:
    """Return where the row of a parameter starts and ends in `question.sparql`.

    Raises InvalidDataError unless the file has exactly one line `VALUES ?name { ... }`.
    """
    line = re.compile(rf"^[ \t]*VALUES[ \t]+\?{re.escape(name)}[ \t]*\{{([^{{}}\n]*)\}}[ \t]*$", re.MULTILINE)
    found = list(line.finditer(question.sparql))
    anywhere = re.findall(rf"VALUES\s*(?:\?{re.escape(name)}\b|\([^)]*\?{re.escape(name)}\b)", question.sparql)
    if len(found) != 1 or len(anywhere) != 1:
        raise InvalidDataError(
            f"the parameter {name} needs one line VALUES ?{name} {{ ... }} and has {max(len(found), len(anywhere))}"
            if found
            else f"the parameter {name} needs a line VALUES ?{name} {{ ... }} of its own",
            question.path,
        )
    return found[0].span(1)


def bind(question: Question, terms: Mapping[str, Sequence[Term]]) -> str:
    """Return the SPARQL of a question with the row of each named parameter replaced.

    No terms leave a parameter open (UNDEF); a parameter that is not named keeps the row of the file. Raises
    InvalidDataError if the file has no such row, UnknownValueError for a term that cannot stand in a query.
    """
    replacements = sorted((row(question, name), _row(values)) for name, values in terms.items())
    pieces, position = [], 0
    for (start, end), text in replacements:
        pieces += [question.sparql[position:start], text]
        position = end
    return "".join([*pieces, question.sparql[position:]])


def _row(values: Sequence[Term]) -> str:
    if any(isinstance(value, BlankNode) for value in values):
        raise UnknownValueError("a blank node cannot be asked for", hint="it has a name within one answer only")
    return f" {' '.join(value.n3() for value in values) or UNDEF} "
