"""How answers leave: the head together with the body, and each of them although the other does not come."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import cast

from uprgraph.server.connection import _OneWrite

HEAD, BODY = b"HTTP/1.1 200 OK\r\n\r\n", b"body"


class Wire:
    """A transport that remembers what is written at once, and whether it was closed."""

    def __init__(self) -> None:
        self.written: list[list[bytes]] = []
        self.closed = False
        self.color = "copper"

    def writelines(self, pieces: Sequence[bytes]) -> None:
        self.written.append(list(pieces))

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True


def test_a_head_waits_for_the_body_and_not_for_long() -> None:
    async def test() -> None:
        wire = Wire()
        one = _OneWrite(cast("asyncio.Transport", wire))
        one.write(HEAD)
        assert not wire.written
        one.write(BODY)
        assert wire.written == [[HEAD, BODY]]
        one.write(BODY)
        assert wire.written[1:] == [[BODY]]
        one.write(HEAD)
        await asyncio.sleep(0)
        assert wire.written[2:] == [[HEAD]], "that of a HEAD request has no body"
        assert one.color == "copper"

    asyncio.run(test())


def test_what_is_written_before_the_end_leaves_and_nothing_after() -> None:
    async def test() -> None:
        wire = Wire()
        one = _OneWrite(cast("asyncio.Transport", wire))
        one.write(HEAD)
        one.close()
        assert (wire.written, wire.closed) == ([[HEAD]], True)
        one.write(HEAD)
        one.write(BODY)
        await asyncio.sleep(0)
        assert wire.written == [[HEAD]]

    asyncio.run(test())
