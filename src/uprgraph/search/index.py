"""The full-text index: a SQLite file with FTS5, built once and then only read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from uprgraph.errors import ResourceError
from uprgraph.search.document import Document
from uprgraph.search.matching import TOKENIZER, Matcher
from uprgraph.search.words import parse

FORMAT = 1
"""The number of the layout of an index; another one cannot be read."""
_APPLICATION = 0x55505247
"""What SQLite's application_id says of our files: UPRG."""
_SCHEMA = f"""
CREATE TABLE document (
    id INTEGER PRIMARY KEY, title TEXT, text TEXT, item TEXT, kind TEXT, states TEXT, session INTEGER, response TEXT,
    source TEXT, wordless INTEGER);
CREATE TABLE value (id INTEGER PRIMARY KEY, filter TEXT, text TEXT, UNIQUE (filter, text));
CREATE TABLE filtered (value INTEGER, document INTEGER, PRIMARY KEY (value, document)) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(
    title, text, content = 'document', content_rowid = 'id', tokenize = 'porter {TOKENIZER}');
CREATE VIRTUAL TABLE plain USING fts5(words, content = '', detail = none, tokenize = '{TOKENIZER}');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(plain, row);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {FORMAT};
"""
_FAST = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
_SCORE = "bm25(search, 2.0, 1.0)"
"""How well a document fits, the lowest the best; words in its title count twice."""
_SHOWN = "SELECT item, kind, states, session, response, source, wordless FROM document WHERE id = ?"
_SNIPPET = "SELECT snippet(search, -1, ?, ?, '…', 30) FROM search WHERE search MATCH ? AND rowid = ?"
_OPEN, _CLOSE = "\x02", "\x03"
"""What stands around the words found in a snippet; no text of an index has control characters."""
_CONTROL = dict.fromkeys((*range(32), 127), " ")
_HAVING = """+rowid IN (
    SELECT document FROM filtered WHERE value IN (
        SELECT value.id FROM value WHERE filter = ? AND text IN (SELECT given.value FROM json_each(?) AS given)))"""
"""Whether a document has one of the values, a JSON list, of a filter. The plus keeps SQLite from searching for the
words once for each document that has."""
_WORDLESS = ("words", '["none"]')
"""The filter and value of recommendations whose words are not known."""
_BATCH = 1_000
_AGAIN = "import again, which makes a new one"
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found. `snippet` is a part of it, `marks` where the words found start and end in that."""

    score: float
    item: str
    kind: str
    states: tuple[str, ...]
    session: int | None
    response: str | None
    source: str | None
    snippet: str
    marks: tuple[tuple[int, int], ...]
    wordless: bool


def build(documents: Iterable[Document], path: Path) -> None:
    """Write the index of some documents, which are read once; the same documents give the same file.

    The file is complete when it appears, in place of what stood there. Raises ResourceError if it cannot be written.
    """
    made = path.with_name(f".{path.name}.new")
    try:
        made.unlink(missing_ok=True)
        with closing(sqlite3.connect(made, isolation_level=None)) as connection:
            _fill(connection, documents)
        made.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise ResourceError(f"the index {path} cannot be written: {error}") from error
    finally:
        made.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, documents: Iterable[Document]) -> None:
    connection.executescript(_FAST + _SCHEMA)
    connection.execute("BEGIN")
    values: dict[tuple[str, str], int] = {}
    words: set[str] = set()
    for number, document in enumerate(documents, start=1):
        title, text = document.title.translate(_CONTROL), document.text.translate(_CONTROL)
        row = (
            *(number, title, text, document.item, document.kind, "\n".join(document.states), document.session),
            *(document.response_label, document.source, document.is_without_words),
        )
        connection.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", row[:3])
        own = {values.setdefault(each, len(values) + 1) for each in _filters(document)}
        connection.executemany("INSERT INTO filtered VALUES (?, ?)", [(each, number) for each in sorted(own)])
        words.update(title.lower().split(), text.lower().split())
    connection.executemany("INSERT INTO value VALUES (?, ?, ?)", ((each, *key) for key, each in values.items()))
    ordered = iter(sorted(words))
    while batch := " ".join(islice(ordered, _BATCH)):
        connection.execute("INSERT INTO plain (words) VALUES (?)", [batch])
    for table in ("search", "plain"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - names of ours
    connection.execute("COMMIT")


def _filters(document: Document) -> Iterator[tuple[str, str]]:
    yield "kind", document.kind
    yield from (("state", each) for each in document.states)
    yield from (("recommender", each) for each in document.recommenders)
    yield from (("about", each) for each in document.about)
    if document.is_without_words:
        yield "words", "none"
    if document.session is not None:
        yield "session", str(document.session)
    if document.response is not None:
        yield "response", document.response


class Index:
    """An index to search in."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._name = name
        self._matcher = Matcher(self._beginnings)

    @classmethod
    def in_memory(cls, documents: Iterable[Document]) -> Index:
        """Return an index of some documents, which no file holds."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        _fill(connection, documents)
        return cls(connection, "in memory")

    @classmethod
    def opened(cls, path: Path) -> Index:
        """Open an index, which is only read. Raises ResourceError if there is none, or none of this version."""
        if not path.is_file():
            raise ResourceError(f"there is no index {path}", _AGAIN)
        with _reading(str(path)):
            address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, isolation_level=None)
            ((application,),) = connection.execute("PRAGMA application_id")
            ((version,),) = connection.execute("PRAGMA user_version")
        if (application, version) != (_APPLICATION, FORMAT):
            raise ResourceError(f"{path} is not an index that this version of uprgraph reads", _AGAIN)
        return cls(connection, str(path))

    def find(self, words: str, filters: Mapping[str, Sequence[str]], limit: int) -> tuple[int, list[Hit]]:
        """Return how many documents hold the words and have a value of each filter, and the best of them.

        The filters are kind, state, recommender, about, session and response. Documents without words of their own
        come last. Raises QueryError for words that are not of the grammar, see `words.parse`, and ResourceError if the
        index is damaged.
        """
        with _reading(self._name):
            expression = self._matcher.expression(parse(words))
            values: list[str] = [expression]
            for name, texts in filters.items():
                values += name, json.dumps(list(texts))
            matching = f"FROM search WHERE search MATCH ?{f' AND {_HAVING}' * len(filters)}"
            ((total,),) = self._connection.execute(f"SELECT count(*) {matching}", values)
            ranked = f"SELECT rowid, {_SCORE} {matching} ORDER BY {_HAVING}, {_SCORE}, rowid LIMIT ?"
            best = self._connection.execute(ranked, [*values, *_WORDLESS, limit]).fetchall()
            return total, [self._hit(expression, *each) for each in best]

    def _hit(self, expression: str, number: int, score: float) -> Hit:
        ((item, kind, states, *others),) = self._connection.execute(_SHOWN, [number])
        session, response, source, wordless = others
        ((marked,),) = self._connection.execute(_SNIPPET, [_OPEN, _CLOSE, expression, number])
        snippet, marks = _marks(marked)
        of_states = tuple(states.split("\n")) if states else ()
        return Hit(-score, item, kind, of_states, session, response, source, snippet, marks, bool(wordless))

    def _beginnings(self, text: str, limit: int) -> list[str]:
        known = "SELECT term FROM vocabulary WHERE term >= ? AND term < ? LIMIT ?"
        return [word for (word,) in self._connection.execute(known, [text, text + _LAST, limit])]


def _marks(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a snippet without its marks, and the places that they stand around."""
    first, *others = marked.split(_OPEN)
    text, places = first, []
    for part in others:
        found, _, rest = part.partition(_CLOSE)
        places.append((len(text), len(text) + len(found)))
        text += found + rest
    return text, tuple(places)


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.DatabaseError, ValueError) as error:
        raise ResourceError(f"the index {name} is damaged: {error}", _AGAIN) from error
