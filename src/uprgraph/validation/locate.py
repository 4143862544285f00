"""Find the line in which a Turtle file says something.

SHACL reports name nodes, not places. This module reads the tokens of a file that a parser has already accepted and
keeps, for each triple, the lines of its subject, predicate and object, so that a violation can name its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from rdflib import RDF, XSD, BNode, Literal, URIRef
from rdflib.term import Node

from uprgraph.turtle_tokens import Kind, Token, tokens

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CONTROL = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_QUOTES = ('"""', "'''", '"', "'")
_END = Token(Kind.OTHER, "", 0)


class Statement(NamedTuple):
    """One triple as written, with the lines, counted from 1, in which its parts begin."""

    subject: Node
    predicate: Node
    object: Node
    subject_line: int
    predicate_line: int
    object_line: int


class Locator:
    """The places of one file's statements. `text` is Turtle, TriG, N-Triples or N-Quads that a parser accepts."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[Node, Node | None, Node | None], int] = {}
        for statement in statements(text):
            subject, predicate, value = statement[:3]
            self._lines.setdefault((subject, None, None), statement.subject_line)
            self._lines.setdefault((subject, predicate, None), statement.predicate_line)
            self._lines.setdefault((subject, predicate, value), statement.object_line)

    def line(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> int | None:
        """Return the line of the value, else of the predicate, else of the subject; None if the subject is not there.

        Blank nodes written with brackets have no name to be found by, and are not there.
        """
        for key in ((subject, predicate, value), (subject, predicate, None), (subject, None, None)):
            found = self._lines.get(key)
            if found is not None:
                return found
        return None


def statements(text: str) -> Iterator[Statement]:
    """Yield the triples of `text` as written, in the order of their objects; nested ones before what holds them.

    Collections give their rdf:first and rdf:rest triples, all in the line of the item. Each `[...]` and each list
    cell is a fresh blank node.
    """
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = [token for token in tokens(text) if token.kind is not Kind.COMMENT]
        self._at = 0
        self._prefixes: dict[str, str] = {}
        self._base = ""

    def _peek(self) -> Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _END

    def _next(self) -> Token:
        token = self._peek()
        self._at += 1
        return token

    def _skip(self, *texts: str) -> bool:
        if self._peek().text in texts and self._peek().kind is Kind.PUNCTUATION:
            self._at += 1
            return True
        return False

    def read(self) -> Iterator[Statement]:
        while self._at < len(self._tokens):
            token = self._peek()
            word = token.text.lower().lstrip("@")
            if token.kind in (Kind.DIRECTIVE, Kind.WORD) and word in ("prefix", "base", "version"):
                self._directive(word)
            elif token.kind is Kind.WORD and word == "graph":
                self._at += 1
                self._term()
            elif not self._skip("{", "}", "."):
                yield from self._triples()

    def _directive(self, word: str) -> None:
        self._at += 1
        if word == "prefix":
            name = self._next().text
            self._prefixes[name.removesuffix(":")] = self._iri(self._next().text)
        elif word == "base":
            self._base = self._iri(self._next().text)
        else:
            self._at += 1
        self._skip(".")

    def _triples(self) -> Iterator[Statement]:
        line = self._peek().line
        bracket = self._peek().text == "["
        subject, inner = self._node()
        yield from inner
        if self._peek().text == "{" or (bracket and self._peek().text in (".", "}")):
            return  # the name of a graph, or a blank node whose brackets said everything
        yield from self._predicates(subject, line)

    def _predicates(self, subject: Node, subject_line: int) -> Iterator[Statement]:
        """Read predicates and objects up to, not including, the '.', ']' or '}' that ends them."""
        while self._peek().text not in (".", "]", "}", ""):
            if self._skip(";"):
                continue
            token = self._peek()
            if token.text == "a":
                self._at += 1
                predicate: Node = RDF.type
            else:
                predicate, _ = self._node()
            while True:
                line = self._peek().line
                value, inner = self._node()
                yield from inner
                yield Statement(subject, predicate, value, subject_line, token.line, line)
                if not self._skip(","):
                    break
            if self._peek().kind in (Kind.IRI, Kind.BLANK):
                self._term()  # the graph of an N-Quads statement

    def _node(self) -> tuple[Node, list[Statement]]:
        """Read a term, `[...]` or `(...)`; return its node and the triples inside."""
        line = self._peek().line
        if self._skip("["):
            node: Node = BNode()
            inner = list(self._predicates(node, line))
            self._skip("]")
            return node, inner
        if self._skip("("):
            return self._collection()
        return self._term(), []

    def _collection(self) -> tuple[Node, list[Statement]]:
        inner: list[Statement] = []
        head: Node = RDF.nil
        last: Node | None = None
        while self._peek().text not in (")", ""):
            line = self._peek().line
            item, nested = self._node()
            cell = BNode()
            inner += nested
            if last is None:
                head = cell
            else:
                inner.append(Statement(last, RDF.rest, cell, line, line, line))
            inner.append(Statement(cell, RDF.first, item, line, line, line))
            last = cell
        end = self._next().line
        if last is not None:
            inner.append(Statement(last, RDF.rest, RDF.nil, end, end, end))
        return head, inner

    def _term(self) -> Node:
        token = self._next()
        if token.kind is Kind.IRI:
            return URIRef(self._iri(token.text))
        if token.kind is Kind.NAME:
            prefix, _, local = token.text.partition(":")
            return URIRef(self._prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local))
        if token.kind is Kind.BLANK:
            return BNode(token.text.removeprefix("_:"))
        if token.kind is Kind.STRING:
            return self._literal(token.text)
        if token.kind is Kind.NUMBER:
            number = token.text.lower()
            datatype = XSD.double if "e" in number else XSD.decimal if "." in number else XSD.integer
            return Literal(token.text, datatype=datatype, normalize=False)
        return Literal(token.text, datatype=XSD.boolean, normalize=False)

    def _literal(self, written: str) -> Literal:
        quote = next(quote for quote in _QUOTES if written.startswith(quote))
        value = _unescape(written[len(quote) : -len(quote)])
        if self._peek().kind is Kind.DIRECTIVE:
            return Literal(value, lang=self._next().text.removeprefix("@"))
        if self._peek().kind is Kind.DATATYPE:
            self._at += 1
            return Literal(value, datatype=URIRef(str(self._term())), normalize=False)
        return Literal(value)

    def _iri(self, written: str) -> str:
        iri = _unescape(written[1:-1])
        return urljoin(self._base, iri) if self._base else iri


def _unescape(text: str) -> str:
    def replace(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _CONTROL.get(match[3], match[3])

    return _ESCAPE.sub(replace, text) if "\\" in text else text
