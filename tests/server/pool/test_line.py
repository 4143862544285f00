"""A line to a worker: whole replies from pieces, and no waiting for who has gone."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.server.pool.frames import packed, receive, unpacked
from uprgraph.server.pool.line import Line

Test = Callable[[Line, socket.socket], Awaitable[None]]


def over(test: Test) -> None:
    async def run() -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            line = await Line.over(ours)
            await asyncio.wait_for(test(line, theirs), 10)
            line.close()
            await asyncio.sleep(0)

    asyncio.run(run())


@given(st.binary(max_size=300), st.integers(1, 40))
def test_a_reply_may_come_in_pieces(content: bytes, size: int) -> None:
    async def test(line: Line, theirs: socket.socket) -> None:
        for _ in range(2):
            reply = line.ask(packed({"asked": content}))
            assert receive(theirs) == {"asked": content}
            message = packed([content])
            for start in range(0, len(message), size):
                assert not reply.done()
                theirs.sendall(message[start : start + size])
                await asyncio.sleep(0)
            assert unpacked(await reply) == [content]

    over(test)


def test_large_messages_go_both_ways() -> None:
    async def test(line: Line, theirs: socket.socket) -> None:
        large = bytes(5 << 20)
        reply = line.ask(packed(large))
        assert await asyncio.to_thread(receive, theirs) == large
        await asyncio.to_thread(theirs.sendall, packed(large))
        assert unpacked(await reply) == large

    over(test)


def test_who_waits_for_a_reply_is_told_that_the_other_side_has_gone() -> None:
    async def test(line: Line, theirs: socket.socket) -> None:
        reply = line.ask(packed("x"))
        theirs.sendall(packed("y" * 100)[:50])
        theirs.close()
        with pytest.raises(ConnectionError):
            await reply
        assert line.is_lost
        with pytest.raises(ConnectionError):
            await line.ask(packed("again"))

    over(test)


def test_a_reply_that_nobody_waits_for_is_no_trouble() -> None:
    async def test(line: Line, theirs: socket.socket) -> None:
        reply = line.ask(packed("x"))
        reply.cancel()
        theirs.sendall(packed("y"))
        await asyncio.sleep(0.01)
        assert not line.is_lost

    over(test)
