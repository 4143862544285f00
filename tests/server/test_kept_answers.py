"""Answers that are kept: within their room, and made once for all who ask at the same time."""

from __future__ import annotations

import asyncio

from uprgraph.errors import QueryError
from uprgraph.server.jobs.sparql import Answered
from uprgraph.server.kept_answers import KeptAnswers


def _answer(size: int) -> Answered:
    return Answered(bytes(size), "text/plain")


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept = KeptAnswers(100_000)
    for number in range(10):
        kept.keep(number, _answer(10_000), 10)
        assert kept.get(0) is not None
    assert [number for number in range(10) if kept.get(number) is None] == [1]


def test_what_is_too_large_is_not_kept() -> None:
    kept = KeptAnswers(100_000)
    kept.keep("large", _answer(20_000), 10)
    assert kept.get("large") is None


def test_what_many_ask_is_made_once_and_errors_are_not_kept() -> None:
    made = 0

    async def make() -> Answered:
        nonlocal made
        made += 1
        await asyncio.sleep(0.01)
        if made == 1:
            raise QueryError("the first fails")
        return _answer(3)

    async def test() -> None:
        kept = KeptAnswers(100_000)
        first = await asyncio.gather(*(kept.made("x", 1, make) for _ in range(5)), return_exceptions=True)
        assert [type(each) for each in first] == [QueryError] * 5
        again = await asyncio.gather(*(kept.made("x", 1, make) for _ in range(5)))
        assert made == 2
        assert {each.content for each in again} == {bytes(3)}
        assert kept.get("x") is not None

    asyncio.run(test())


def test_when_who_asked_first_gives_up_the_next_makes_it_and_otherwise_nobody() -> None:
    begun, given_up = 0, 0

    async def make() -> Answered:
        nonlocal begun, given_up
        begun += 1
        try:
            await asyncio.sleep(60 if begun == 1 else 0.01)
        except asyncio.CancelledError:
            given_up += 1
            raise
        return _answer(1)

    async def test() -> None:
        kept = KeptAnswers(100_000)
        first, second, third = (asyncio.create_task(kept.made("x", 1, make)) for _ in range(3))
        await asyncio.sleep(0.01)
        assert begun == 1
        second.cancel()
        await asyncio.sleep(0.01)
        assert (begun, given_up) == (1, 0)
        first.cancel()
        assert (await asyncio.wait_for(third, 1)).content == bytes(1)
        assert (begun, given_up) == (2, 1)
        assert first.cancelled()
        assert second.cancelled()
        alone = asyncio.create_task(KeptAnswers(1).made("x", 1, make))
        await asyncio.sleep(0)
        alone.cancel()
        await asyncio.gather(alone, return_exceptions=True)
        assert (begun, given_up) == (3, 2)

    asyncio.run(test())
