"""RDF terms, the same for all engines, and how they are written in N-Triples and SPARQL.

Terms that an engine returns are kept as found, since real data holds broken IRIs; what goes *into* a query is checked
when it is written by `n3`, and nothing else in the package puts values into queries. Whether an IRI is one is asked
of pyoxigraph; the rest needs no library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from uprgraph.errors import UnknownValueError

XSD = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING = f"{XSD}string"
RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

_FORBIDDEN_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\\ud800-\udfff]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAX_SHOWN = 100
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_NEEDS_ESCAPE = re.compile(r"\\[uU]?|[\"\x00-\x1f\x7f]")
_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


@dataclass(frozen=True, slots=True)
class Iri:
    """An absolute IRI."""

    value: str

    def n3(self) -> str:
        """Return the IRI as N-Triples and SPARQL write it. Raises UnknownValueError if it is no IRI."""
        if _ABSOLUTE.match(self.value) is None or _FORBIDDEN_IN_IRI.search(self.value) or not _is_rfc3987(self.value):
            raise UnknownValueError(f"{shown(self.value)} is not an IRI")
        return f"<{self.value}>"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal: its lexical form, the IRI of its datatype, and its language tag where it has one."""

    value: str
    datatype: str = XSD_STRING
    language: str | None = None

    def n3(self) -> str:
        """Return the literal as N-Triples and SPARQL write it. Raises UnknownValueError if it cannot be written."""
        if any("\ud800" <= character <= "\udfff" for character in self.value):
            raise UnknownValueError(f"{shown(self.value)} is not valid Unicode text")
        quoted = f'"{_NEEDS_ESCAPE.sub(_escape, self.value)}"'
        if self.language is not None:
            if _LANGUAGE.fullmatch(self.language) is None:
                raise UnknownValueError(f"{shown(self.language)} is not a language tag")
            return f"{quoted}@{self.language}"
        return quoted if self.datatype == XSD_STRING else f"{quoted}^^{Iri(self.datatype).n3()}"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class BlankNode:
    """A node without an IRI; its label means something within one answer only."""

    value: str

    def n3(self) -> str:
        """Return the node as N-Triples writes it. In a query this is a variable, so that it is never bound there."""
        return f"_:{self.value}"

    def __str__(self) -> str:
        return f"_:{self.value}"


Term = Iri | Literal | BlankNode
Triple = tuple[Term, Term, Term]


def shown(text: str) -> str:
    """Return what a user typed in quotation marks, shortened and without control characters, for an error message."""
    visible = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return f'"{visible}"' if len(visible) <= _MAX_SHOWN else f'"{visible[:_MAX_SHOWN]}..."'


def _is_rfc3987(value: str) -> bool:
    import pyoxigraph

    try:
        pyoxigraph.NamedNode(value)
    except ValueError:
        return False
    return True


def _escape(match: re.Match[str]) -> str:
    r"""Escape one character, or a backslash and the u after it.

    Some processors, rdflib among them, decode `\u0022` before they read strings, even after an escaped backslash, and
    take eight digits after a small u. So a u after a backslash is itself written as an escape, and escapes have the
    long form, which all processors read alike.
    """
    return "".join(_SHORT_ESCAPES.get(each) or f"\\U{ord(each):08X}" for each in match[0])
