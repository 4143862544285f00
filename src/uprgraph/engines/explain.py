"""Readable messages for queries that an engine finds wrong.

The parser of pyoxigraph reports how far it got while trying the alternatives of its grammar, which is seldom the place
of the mistake, and lists alternatives that nobody meant. So the usual mistakes (a word that SPARQL does not have, a
prefix that is not declared) are looked for first, and only what remains is reported by its place.
"""

from __future__ import annotations

import re

from uprgraph import vocabulary
from uprgraph.engines import guard
from uprgraph.engines.terms import shown
from uprgraph.errors import QueryError
from uprgraph.wording import did_you_mean, nearest

_WORDS = frozenset(
    re.findall(
        r"\w+",
        """A ABS ADJUST AND ASC ASK AS AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT
        DATATYPE DAY DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP
        GROUP_CONCAT HAVING HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGMATCHES
        LATERAL LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NAMED NOT NOW OBJECT OFFSET OPTIONAL ORDER
        PREDICATE PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE
        SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID
        SUBJECT SUBSTR SUM TIMEZONE TRIPLE TRUE TZ UCASE UNDEF UNION URI UUID VALUES WHERE YEAR""",
    )
)
_MAX_LINE = 160
_REPORT = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_SENTENCES = {
    "The SELECT contains a variable that is unbound": "a selected variable is neither grouped by nor aggregated",
    "IRI parsing failed": "this is not an IRI",
}


def syntax_error(text: str, report: str) -> QueryError:
    """Return what to tell the author of `text`, which pyoxigraph refused with `report`."""
    return usual_mistake(text) or _by_place(text, report)


def usual_mistake(text: str) -> QueryError | None:
    """Return what to tell the author of `text`, which an engine refused, if the mistake is a usual one."""
    return _unknown_word(text) or undeclared_prefix(text) or _relative_iri(text)


def _unknown_word(text: str) -> QueryError | None:
    for token in guard.tokens(text):
        if token.kind == "word" and token.text.upper() not in _WORDS:
            close = nearest(token.text.upper(), sorted(_WORDS))
            hint = did_you_mean(close) or "variables start with ?, names have a prefix"
            line, column = guard.position(text, token.start)
            return QueryError(f"{shown(token.text)} is not a word of SPARQL", line, column, hint)
    return None


def undeclared_prefix(text: str) -> QueryError | None:
    """Return what to tell the author of `text` if it uses a prefix that it does not declare."""
    declared = set()
    declaring = False
    for token in guard.tokens(text):
        if token.kind == "name" and not token.text.startswith("_:"):
            prefix = token.text.partition(":")[0]
            if declaring:
                declared.add(prefix)
            elif prefix not in declared:
                namespace = vocabulary.prefixes().get(prefix)
                hint = f"add the line: PREFIX {prefix}: <{namespace or '...'}>"
                line, column = guard.position(text, token.start)
                return QueryError(f'the prefix "{prefix}:" is not declared', line, column, hint)
        declaring = token.text.upper() == "PREFIX"
    return None


def _relative_iri(text: str) -> QueryError | None:
    has_base = any(token.kind == "word" and token.text.upper() == "BASE" for token in guard.tokens(text))
    for token in guard.tokens(text):
        if token.kind == "iri" and not has_base and re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", token.text) is None:
            line, column = guard.position(text, token.start)
            hint = "write it in full, with http: or the like, or declare a BASE"
            return QueryError(f"{token.text[:100]} is not a full IRI", line, column, hint)
    return None


def _by_place(text: str, report: str) -> QueryError:
    match = _REPORT.fullmatch(report)
    if match is None:
        return QueryError(f"not valid SPARQL: {report}")
    expected = match[3]
    offset = _offset(text, int(match[1]), int(match[2]))
    keywords = re.findall(r"(?<![^\s,])[A-Z_]{2,}(?=,|$)", expected)
    offset = max(0, offset - min(map(len, keywords), default=0))  # it counts a keyword it looked for as read
    found = next((token for token in guard.tokens(text) if token.start + len(token.text) > offset), None)
    sentence = next((plain for words, plain in _SENTENCES.items() if words in expected), None)
    if found is None:
        return QueryError(sentence or "not valid SPARQL: the end is missing, or a variable is set or selected twice")
    line, column = guard.position(text, found.start)
    message = sentence or f"not valid SPARQL at or just after {shown(found.text)}"
    source = text.split("\n")[line - 1]
    picture = f"{source}\n{' ' * (column - 1)}^" if len(source) <= _MAX_LINE else None
    return QueryError(message, line, column, picture)


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
