"""Which rows a file has had already, in some 30 bytes for each."""

from __future__ import annotations

from array import array
from hashlib import blake2b

_LENGTH = 16
_FIRST_SLOTS = 1 << 12


class Seen:
    """The digests of rows, each with the number of the row that had it first; a table with open addressing."""

    def __init__(self) -> None:
        self._digests = bytearray()
        self._rows = array("Q")
        self._slots = array("L", bytes(array("L").itemsize * _FIRST_SLOTS))

    def first(self, row: int, *values: str) -> int | None:
        """Return the row that had these values before; None, and this one is kept as their first, if none had."""
        digest = blake2b("\0".join(values).encode("utf-8", "surrogatepass"), digest_size=_LENGTH).digest()
        slot = self._slot(digest)
        if index := self._slots[slot]:
            return self._rows[index - 1]
        self._digests += digest
        self._rows.append(row)
        self._slots[slot] = len(self._rows)
        if 2 * len(self._rows) > len(self._slots):
            self._grow()
        return None

    def _slot(self, digest: bytes | bytearray) -> int:
        """Return the slot of a digest, or the empty one in which it belongs."""
        mask = len(self._slots) - 1
        slot = int.from_bytes(digest[:8], "little") & mask
        while index := self._slots[slot]:
            if self._digests[(index - 1) * _LENGTH : index * _LENGTH] == digest:
                return slot
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        self._slots = array("L", bytes(self._slots.itemsize * 4 * len(self._slots)))
        for index in range(len(self._rows)):
            slot = self._slot(self._digests[index * _LENGTH : (index + 1) * _LENGTH])
            self._slots[slot] = index + 1
