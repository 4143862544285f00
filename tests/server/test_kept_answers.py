"""Answers that are kept: within their room, and made once for all who ask at the same time."""

from __future__ import annotations

import asyncio

import pytest

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


def test_what_nobody_waits_for_is_given_up() -> None:
    given_up = asyncio.Event()

    async def make() -> Answered:
        try:
            await asyncio.sleep(60)
        finally:
            given_up.set()
        return _answer(1)

    async def test() -> None:
        kept = KeptAnswers(100_000)
        one, other = (asyncio.create_task(kept.made("x", 1, make)) for _ in range(2))
        await asyncio.sleep(0.01)
        one.cancel()
        await asyncio.sleep(0.01)
        assert not given_up.is_set()
        other.cancel()
        with pytest.raises(asyncio.CancelledError):
            await other
        await asyncio.wait_for(given_up.wait(), 1)

    asyncio.run(test())
