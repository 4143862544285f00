"""The records of all imports in a file, by review: what cannot all be in memory is read back review by review."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from uprgraph.errors import ResourceError
from uprgraph.sources.records import Dataset, Quote, Record
from uprgraph.vocabulary import expand

_FORM = 1
"""The version of what is kept in the file: raise it with the tables below or the fields of records."""
_TABLES = f"""
    PRAGMA user_version = {_FORM};
    CREATE TABLE dataset (key TEXT PRIMARY KEY, source TEXT NOT NULL, description TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE record (unit TEXT NOT NULL, dataset TEXT NOT NULL, document TEXT, record TEXT NOT NULL);
"""
_FIELDS = tuple(Record.__dataclass_fields__)[1:]
"""Those of a record but for its dataset, whose key may be known only when all of it is read."""
_NEW = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is converted at once: all records of one review, or all of other kinds to one State, in their order.

    `datasets` are those that the records are of, by their keys, and `sources` the source of each, such as "upr-info".
    """

    key: str
    records: tuple[Record, ...]
    datasets: Mapping[str, Dataset]
    sources: Mapping[str, str]


def unit_of(record: Record) -> str:
    """Return the key of the unit that a record belongs to, such as KAZ-20, or KAZ for one that is of no review."""
    state = record.state.removeprefix(expand("state:"))
    return state if record.session is None else f"{state}-{record.session:02}"


def document_of(record: Record) -> str | None:
    """Return the symbol of the document that a recommendation stands in, if it is of no review and names one."""
    return record.document if record.session is None else None


class Spool:
    """The file: datasets, each with the source it is of, and their records."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, records: Iterable[Record]) -> None:
        """Add records of a dataset, which `take` then describes."""
        rows = ((unit_of(record), _NEW, document_of(record), _packed(record)) for record in records)
        self._connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?)", rows)

    def take(self, dataset: Dataset, source: str) -> None:
        """Say that the records added since the last call are all those of a dataset, in place of what it had before."""
        self._connection.execute("DELETE FROM record WHERE dataset = ?", (dataset.key,))
        self._connection.execute("UPDATE record SET dataset = ? WHERE dataset = ?", (dataset.key, _NEW))
        row = (dataset.key, source, json.dumps(asdict(dataset)))
        self._connection.execute("INSERT OR REPLACE INTO dataset VALUES (?, ?, ?)", row)

    def datasets(self) -> dict[str, tuple[Dataset, str]]:
        """Return the datasets by their keys, in the order of these, each with its source."""
        rows = self._connection.execute("SELECT key, description, source FROM dataset ORDER BY key")
        return {key: (_dataset(description), source) for key, description, source in rows}

    def documents(self, dataset: str) -> list[str]:
        """Return the symbols of the documents that recommendations of no review stand in, in order."""
        wanted = "SELECT DISTINCT document FROM record WHERE dataset = ? AND document IS NOT NULL ORDER BY document"
        return [symbol for (symbol,) in self._connection.execute(wanted, (dataset,))]

    def units(self) -> Iterator[Unit]:
        """Yield the units in order, the records in each in the order they were added."""
        datasets = self.datasets()
        self._connection.execute("CREATE INDEX IF NOT EXISTS by_unit ON record (unit)")
        rows = self._connection.execute("SELECT unit, dataset, record FROM record ORDER BY unit, rowid")
        for key, members in groupby(rows, key=itemgetter(0)):
            records = tuple(_unpacked(dataset, packed) for _, dataset, packed in members)
            used = {record.dataset: datasets[record.dataset] for record in records}
            described = {dataset: description for dataset, (description, _) in used.items()}
            yield Unit(key, records, described, {dataset: source for dataset, (_, source) in used.items()})


@contextmanager
def opened(path: Path) -> Iterator[Spool]:
    """Open the file, made if it is not there; what was added is kept if the block ends without an exception."""
    new = not path.exists()
    try:
        connection = sqlite3.connect(path)
        try:
            # The file counts only when all of it is there, so nothing needs to be safe before.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA temp_store = FILE")
            if new:
                connection.executescript(_TABLES)
            elif connection.execute("PRAGMA user_version").fetchone() != (_FORM,):
                raise ResourceError(f"{path} is of another version of UPR Graph", "import again into an empty folder")
            yield Spool(connection)
            connection.commit()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise ResourceError(f"{path} cannot be read or written: {error}") from error


def _packed(record: Record) -> str:
    values = [getattr(record, name) for name in _FIELDS]
    if record.quote is not None:
        quote = record.quote
        values[-1] = [quote.words, quote.start, quote.end, quote.section]
    return json.dumps(values, ensure_ascii=False)


def _unpacked(dataset: str, packed: str) -> Record:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in json.loads(packed)]
    if values[-1] is not None:
        values[-1] = Quote(*values[-1])
    return Record(dataset, *values)


def _dataset(description: str) -> Dataset:
    values = json.loads(description)
    if values["review"] is not None:
        values["review"] = tuple(values["review"])
    return Dataset(**values)
