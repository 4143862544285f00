"""From parsed words to an expression of SQLite's FTS5, in which nothing is left of what a user typed but its words.

Each word and phrase is taken apart by the tokenizer that the index has, and only what comes out is written, in
quotation marks. The index holds stems, which a prefix cannot be compared with: so a prefix becomes the words of the
vocabulary that begin with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from uprgraph.engines.terms import shown
from uprgraph.errors import QueryError
from uprgraph.search.words import Both, Node, Term

TOKENIZER = "unicode61 remove_diacritics 2"
"""How texts become words: letters and digits, in lower case and without diacritics."""
MAX_BEGINNINGS = 2_000
"""Words that the prefixes of one search may stand for."""
_NOTHING = '""'
"""A phrase without words, which is found nowhere."""

Beginnings = Callable[[str, int], Sequence[str]]
"""What gives up to so many words of an index that begin with a text."""


class Matcher:
    """Writes expressions for one index, whose words `beginnings` knows."""

    def __init__(self, beginnings: Beginnings) -> None:
        self._beginnings = beginnings
        self._tokenizer = sqlite3.connect(":memory:")
        self._tokenizer.execute(f"CREATE VIRTUAL TABLE text USING fts5(words, tokenize = '{TOKENIZER}')")
        self._tokenizer.execute("CREATE VIRTUAL TABLE token USING fts5vocab(text, instance)")
        self._left = MAX_BEGINNINGS

    def expression(self, node: Node) -> str:
        """Return the expression for what was parsed. Raises QueryError for a term without a word or a prefix too short.

        A prefix is too short if it, or all of the search, stands for more than MAX_BEGINNINGS words.
        """
        self._left = MAX_BEGINNINGS
        return self._of(node)

    def _of(self, node: Node) -> str:
        if isinstance(node, Term):
            return self._term(node)
        if isinstance(node, Both):
            wanted = self._joined(node.wanted, "AND")
            return f"({wanted} NOT {self._joined(node.unwanted, 'OR')})" if node.unwanted else wanted
        return self._joined(node.parts, "OR")

    def _joined(self, nodes: Sequence[Node], operator: str) -> str:
        return f"({f' {operator} '.join(map(self._of, nodes))})"

    def _term(self, term: Term) -> str:
        *before, last = self._tokens(term)
        endings = self._endings(term, last) if term.prefix else [last]
        phrases = ['"' + " ".join([*before, each]) + '"' for each in endings]
        return f"({' OR '.join(phrases)})" if phrases else _NOTHING

    def _endings(self, term: Term, beginning: str) -> Sequence[str]:
        found = self._beginnings(beginning, self._left + 1)
        self._left -= len(found)
        if self._left < 0:
            raise QueryError(
                f"the prefix {shown(term.text)} at character {term.place} stands for too many words",
                hint="give more of its letters",
            )
        return found

    def _tokens(self, term: Term) -> list[str]:
        try:
            self._tokenizer.execute("DELETE FROM text")
            self._tokenizer.execute("INSERT INTO text VALUES (?)", [term.text])
        except UnicodeEncodeError as error:
            raise QueryError(f"what stands at character {term.place} is not valid Unicode text") from error
        found = [token for (token,) in self._tokenizer.execute("SELECT term FROM token ORDER BY offset")]
        if not found:
            raise QueryError(f"what stands at character {term.place} holds no letters or digits")
        return found
