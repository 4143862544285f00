"""Turns: whose is next, and that none is lost whatever clients do."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress

import pytest

from uprgraph.errors import BusyError
from uprgraph.server.pool.admission import Admission, ClientBusyError
from uprgraph.server.settings import Limits


async def _hold(admission: Admission, client: str, order: list[str], until: asyncio.Event) -> None:
    async with admission.turn(client):
        order.append(client)
        await until.wait()


def test_free_places_go_to_clients_in_turn() -> None:
    async def test() -> None:
        admission = Admission(Limits(workers=1, per_client=10, waiting=20, patience=5))
        order: list[str] = []
        until = asyncio.Event()
        clients = ["greedy"] * 4 + ["modest", "greedy", "third", "modest"]
        tasks = []
        for client in clients:
            tasks.append(asyncio.create_task(_hold(admission, client, order, until)))
            await asyncio.sleep(0)
        until.set()
        await asyncio.gather(*tasks)
        assert order == ["greedy", "modest", "greedy", "third", "modest", "greedy", "greedy", "greedy"]

    asyncio.run(test())


def test_no_client_has_more_places_than_there_are_and_others_need_not_wait_for_it() -> None:
    async def test() -> None:
        admission = Admission(Limits(workers=2, per_client=2, waiting=4, patience=5))
        order: list[str] = []
        until = asyncio.Event()
        tasks = [asyncio.create_task(_hold(admission, "greedy", order, until)) for _ in range(4)]
        await asyncio.sleep(0)
        with pytest.raises(ClientBusyError):
            await _hold(admission, "greedy", order, until)
        tasks += [asyncio.create_task(_hold(admission, name, order, until)) for name in "abcd"]
        await asyncio.sleep(0)
        assert order == ["greedy", "greedy", "a", "b"]
        with pytest.raises(BusyError) as raised:
            await _hold(admission, "e", order, until)
        assert not isinstance(raised.value, ClientBusyError)
        until.set()
        await asyncio.gather(*tasks)

    asyncio.run(test())


@pytest.mark.parametrize("seed", range(5))
def test_no_turn_is_lost_whatever_happens(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - for a test

    async def test() -> None:
        admission = Admission(Limits(workers=2, per_client=3, waiting=6, patience=0.003))

        async def work(client: str) -> None:
            with suppress(BusyError):
                async with admission.turn(client):
                    assert admission.running <= 4
                    await asyncio.sleep(chance.choice([0, 0.001, 0.003, 0.004]))

        tasks = []
        for _ in range(400):
            tasks.append(asyncio.create_task(work(chance.choice("abcdef"))))
            if chance.random() < 0.5:
                chance.choice(tasks).cancel()
            if chance.random() < 0.3:
                await asyncio.sleep(chance.choice([0, 0.001, 0.003]))
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(each) for each in outcomes} <= {type(None), asyncio.CancelledError}
        assert (admission.running, admission.waiting) == (0, 0)
        await asyncio.wait_for(work("last"), 1)

    asyncio.run(test())
