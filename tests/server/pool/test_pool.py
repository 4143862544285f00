"""The pool of workers: what goes wrong in one job is of that job only."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Iterator

import pytest

from uprgraph.errors import BusyError, QueryError, QueryLimitError, ResourceError
from uprgraph.server.pool import ClientBusyError, Pool
from uprgraph.server.settings import Limits, Settings

_LIMITS = Limits(seconds=2.0, megabytes=400, workers=2, per_client=2, waiting=4, patience=0.5)
Test = Callable[[Pool], Awaitable[None]]
Over = Callable[[Test], None]


async def _started() -> Pool:
    pool = Pool(Settings(limits=_LIMITS), "tests.server.pool.strange_jobs:job")
    await pool.start()
    await pool.settled()
    return pool


@pytest.fixture(scope="module")
def over() -> Iterator[Over]:
    """What runs a test with a pool of strange jobs, which all tests share."""
    with asyncio.Runner() as runner:
        pool = runner.run(_started())

        def run(test: Test) -> None:
            runner.run(asyncio.wait_for(_as_coroutine(test, pool), 60))
            assert (pool.admission.running, pool.admission.waiting) == (0, 0)

        yield run
        runner.run(pool.close())


async def _as_coroutine(test: Test, pool: Pool) -> None:
    await test(pool)


def test_jobs_return_and_raise(over: Over) -> None:
    async def test(pool: Pool) -> None:
        assert await pool.run("echo", value={"a": [1, None]}) == {"a": [1, None]}
        assert (await pool.run("triples"))[0].value != "0"  # type: ignore[index]
        with pytest.raises(QueryError, match="line 3, column 4") as raised:
            await pool.run("wrong")
        assert raised.value.hint == "a hint"
        for name in ("defect", "unpicklable"):
            with pytest.raises(RuntimeError, match=name):
                await pool.run(name)
        with pytest.raises(QueryLimitError, match="bytes"):
            await pool.run("large")
        first = await pool.run("process")
        assert await pool.run("process") == first, "nothing of this needs another worker"

    over(test)


def test_what_ends_a_worker_leaves_the_others_unharmed(over: Over) -> None:
    async def test(pool: Pool) -> None:
        for name in ("crash", "leave", "braces", "eat", "spin"):
            other = asyncio.create_task(pool.run("sleep", "other", seconds=0.2))
            with pytest.raises(QueryLimitError):
                await pool.run(name, "hostile")
            assert await pool.run("echo", "hostile", value=1) == 1
            assert await other == "slept"

    over(test)


def test_a_worker_that_has_become_large_is_replaced(over: Over) -> None:
    async def test(pool: Pool) -> None:
        large = await pool.run("grow")
        assert large not in [await pool.run("process") for _ in range(3)]

    over(test)


def test_long_jobs_let_others_go_first(over: Over) -> None:
    async def test(pool: Pool) -> None:
        process, before = await pool.run("priority_after", seconds=0)  # type: ignore[misc]
        again, after = await pool.run("priority_after", seconds=1.2)  # type: ignore[misc]
        assert (process, before < after) == (again, True)
        assert process not in [await pool.run("process") for _ in range(3)]

    over(test)


def test_workers_have_no_network_no_programs_and_no_input(over: Over) -> None:
    async def test(pool: Pool) -> None:
        assert pool.isolated
        with socket.create_server(("127.0.0.1", 0)) as listening:
            listening.settimeout(0)
            port = listening.getsockname()[1]
            for name in ("connect", "call_service"):
                with pytest.raises(RuntimeError, match=r"not permitted|error sending|OSError|ermission"):
                    await pool.run(name, port=port)
            with pytest.raises(BlockingIOError):
                listening.accept()
        with pytest.raises(RuntimeError, match="not permitted"):
            await pool.run("run_program")
        assert await pool.run("streams") == ["/dev/null"] * 3

    over(test)


def test_a_workers_random_numbers_are_its_own(over: Over) -> None:
    async def test(pool: Pool) -> None:
        found = await asyncio.gather(pool.run("unique", "a"), pool.run("unique", "b"), pool.run("unique", "a"))
        by_process = dict(found)  # type: ignore[arg-type]
        assert len(set(by_process.values())) == len(by_process)

    over(test)


def test_clients_with_too_much_are_told_to_wait_and_others_are_served(over: Over) -> None:
    async def test(pool: Pool) -> None:
        greedy = [asyncio.create_task(pool.run("sleep", "greedy", seconds=0.4)) for _ in range(4)]
        await asyncio.sleep(0.05)
        assert (pool.admission.running, pool.admission.waiting) == (2, 2)
        with pytest.raises(ClientBusyError) as raised:
            await pool.run("echo", "greedy", value=1)
        assert raised.value.retry_after >= 1
        started = time.monotonic()
        assert await pool.run("echo", "modest", value=1) == 1
        assert time.monotonic() - started < 0.2
        assert await asyncio.gather(*greedy) == ["slept"] * 4

    over(test)


def test_too_many_of_all_clients_and_too_much_patience(over: Over) -> None:
    async def test(pool: Pool) -> None:
        tasks = [asyncio.create_task(pool.run("sleep", f"client {each}", seconds=0.8)) for each in range(8)]
        await asyncio.sleep(0.05)
        with pytest.raises(BusyError) as raised:
            await pool.run("echo", "one more", value=1)
        assert not isinstance(raised.value, ClientBusyError)
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(each) for each in outcomes] == [str] * 4 + [BusyError] * 4

    over(test)


def test_a_job_that_nobody_waits_for_any_more_is_stopped(over: Over) -> None:
    async def test(pool: Pool) -> None:
        tasks = [asyncio.create_task(pool.run("spin", "a")) for _ in range(3)]
        await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert await pool.run("echo", "a", value=1) == 1

    over(test)


def test_a_reload_loses_nothing(over: Over) -> None:
    async def test(pool: Pool) -> None:
        running = asyncio.create_task(pool.run("sleep", seconds=0.8))
        await asyncio.sleep(0.05)
        version = pool.version
        assert not await pool.reload()
        assert pool.version == version
        assert await pool.run("echo", value=1) == 1
        assert await running == "slept"

    over(test)


def test_a_lost_zygote_is_started_again(over: Over) -> None:
    async def test(pool: Pool) -> None:
        with pytest.raises(QueryLimitError):
            await pool.run("kill_zygote")
        for _ in range(600):
            try:
                assert await pool.run("echo", value=1) == 1
                break
            except (BusyError, QueryLimitError):
                await asyncio.sleep(0.05)
        else:
            pytest.fail("the pool is not there again")
        assert pool.is_ready
        await pool.settled()

    over(test)


def test_a_target_that_is_no_dataset_is_an_error() -> None:
    async def test() -> None:
        with pytest.raises(ResourceError, match="not a store"):
            await Pool(Settings("/nowhere")).start()

    asyncio.run(test())
