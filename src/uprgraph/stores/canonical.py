"""Graphs as sorted N-Triples without repetitions, by which two of them are compared, in memory of bounded size.

Blank nodes are named by RDFC-1.0, for which such a graph is held in memory.
"""

from __future__ import annotations

import hashlib
import heapq
import itertools
import math
import re
import struct
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO

import pyoxigraph as ox

from uprgraph.stores.content import serialised

_IN_MEMORY = 32 * 1024 * 1024
"""How many bytes of lines are sorted at a time."""
_MERGED = 64
_BUFFER = 64 * 1024
_XSD = "http://www.w3.org/2001/XMLSchema#"
_VALUE = re.compile(rb'"([^"\\]*)"\^\^<' + _XSD.encode() + rb"([A-Za-z]+)> \.\n$")


class Lines:
    """Sorted lines without repetitions, in temporary files, which can be read as often as wanted."""

    def __init__(self, lines: Iterable[bytes], in_memory: int = _IN_MEMORY) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(buffering=_BUFFER)  # noqa: SIM115 - closed with this object
        runs: list[IO[bytes]] = []
        for batch in _batches(lines, in_memory):
            runs.append(_written(sorted(set(batch))))
            if len(runs) == _MERGED:
                runs = [_written(_merged(runs))]
        self.count, summed = 0, hashlib.sha256()
        for line in _merged(runs):
            self._file.write(line)
            summed.update(line)
            self.count += 1
        self.sha256 = summed.hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(0)
        return iter(self._file)


def _batches(lines: Iterable[bytes], most: int) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line) + 64  # what Python needs for each
        if size >= most:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _written(lines: Iterable[bytes]) -> IO[bytes]:
    file: IO[bytes] = tempfile.TemporaryFile(buffering=_BUFFER)  # noqa: SIM115 - closed when nobody holds it
    file.writelines(lines)
    return file


def _merged(runs: Iterable[IO[bytes]]) -> Iterator[bytes]:
    opened = list(runs)
    for run in opened:
        run.seek(0)
    for line, _ in itertools.groupby(heapq.merge(*opened)):
        yield line


@dataclass
class Difference:
    """Lines that stand in one of two graphs only: how many, and the first few of them."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, line: bytes, shown: int) -> None:
        """Count a line."""
        self.count += 1
        if len(self.first) < shown:
            self.first.append(line.decode().rstrip("\n"))


def compare(expected: Iterable[bytes], found: Iterable[bytes], shown: int = 3) -> tuple[Difference, Difference]:
    """Return what is missing in `found` and what is extra there; both are sorted and without repetitions."""
    missing, extra = Difference(), Difference()
    left, right = iter(expected), iter(found)
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one < other):
            missing.add(one or b"", shown)
            one = next(left, None)
        elif one is None or other < one:
            extra.add(other, shown)
            other = next(right, None)
        else:
            one, other = next(left, None), next(right, None)
    return missing, extra


def lines(triples: Iterable[ox.Triple], *, blank_nodes: bool = False) -> Iterator[bytes]:
    """Yield the lines of N-Triples, with their ends, in any order; blank nodes have the names of RDFC-1.0."""
    if blank_nodes:
        dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        triples = (quad.triple for quad in dataset)
    for chunk in serialised(triples):
        yield from chunk.splitlines(keepends=True)


def by_value(line: bytes, forms: Mapping[str, str]) -> bytes:
    """Return a line with a literal of one of the datatypes in `forms` in the one form of its value, and datatype."""
    match = _VALUE.search(line)
    if match is None:
        return line
    text, name = match[1].decode(), match[2].decode()
    datatype = forms.get(name)
    if datatype is None:
        return line
    try:
        value = _CANONICAL[name](text)
    except (ValueError, ArithmeticError):
        return line
    return line[: match.start()] + f'"{value}"^^<{_XSD}{datatype}> .\n'.encode()


def _boolean(text: str) -> str:
    return {"1": "true", "true": "true", "0": "false", "false": "false"}[text] if text in _BOOLEANS else text


def _integer(text: str) -> str:
    return str(int(text)) if re.fullmatch(r"[+-]?[0-9]+", text) else text


def _decimal(text: str) -> str:
    if re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)", text) is None:
        return text
    value = Decimal(text)
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain if value else "0"


def _double(text: str) -> str:
    named = {"INF": math.inf, "+INF": math.inf, "-INF": -math.inf, "NaN": math.nan}
    if text not in named and re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", text) is None:
        return text
    return repr(named[text] if text in named else float(text))


def _float(text: str) -> str:
    value = _double(text)
    try:
        return repr(struct.unpack("f", struct.pack("f", float(value)))[0])
    except OverflowError:
        return value


def _time(text: str) -> str:
    """Return a day or time without zeros at the end of its seconds, and Z for the zone of +00:00."""
    text = re.sub(r"(:[0-9]{2}\.[0-9]*?)0+(?=Z|[+-][0-9]{2}:[0-9]{2}|$)", r"\1", text)
    text = re.sub(r"\.(?=Z|[+-][0-9]{2}:[0-9]{2}|$)", "", text)
    return re.sub(r"[+-]00:00$", "Z", text)


_BOOLEANS = {"1", "0", "true", "false"}
_DERIVED = (
    "integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int short byte unsignedLong "
    "unsignedInt unsignedShort unsignedByte"
)
_CANONICAL: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(_DERIVED.split(), _integer),
    "boolean": _boolean,
    "decimal": _decimal,
    "double": _double,
    "float": _float,
    **dict.fromkeys(("dateTime", "date", "time"), _time),
}
VALUES = frozenset(_CANONICAL)
"""The datatypes whose values are known here: those that a kind's `forms` may name."""
