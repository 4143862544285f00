"""The gate: what it does with clients that are slow, and with large answers, without waiting as long as it does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from uprgraph.server import passage
from uprgraph.server.gate import Gate
from uprgraph.server.metrics import Metrics
from uprgraph.server.passage import ABORT


def _scope(**more: Any) -> Scope:
    return {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], **more}


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _never() -> Message:
    await asyncio.sleep(60)
    raise AssertionError


def _gate(app: ASGIApp) -> Gate:
    return Gate(app, Metrics(), 1_000, log_queries=False)


def _answering(size: int) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(bytes(size))(scope, receive, send)

    return app


def test_large_answers_go_in_pieces() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(_gate(_answering(600_000))(_scope(), _nothing, send))
    assert sent[0]["status"] == 200
    assert [len(each["body"]) for each in sent[1:]] == [262_144, 262_144, 75_712]
    assert [each["more_body"] for each in sent[1:]] == [True, True, False]


def test_a_reader_that_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage, "_PATIENCE", 0.02)
    aborted: list[bool] = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body" and not aborted:
            await asyncio.sleep(60)

    asyncio.run(_gate(_answering(600_000))(_scope(**{ABORT: lambda: aborted.append(True)}), _nothing, send))
    assert aborted == [True]


def test_a_writer_that_sends_nothing_or_too_much_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage, "_PATIENCE", 0.02)

    async def reading(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive).body()

    async def endless() -> Message:
        return {"type": "http.request", "body": bytes(600), "more_body": True}

    async def send(message: Message) -> None:
        return

    receivers: list[tuple[Callable[[], Any], int]] = [(_never, 408), (endless, 413)]
    for receive, status in receivers:
        with pytest.raises(HTTPException) as raised:
            asyncio.run(_gate(reading)(_scope(), receive, send))
        assert raised.value.status_code == status


def test_large_answers_take_no_more_room_than_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage, "_MOST_LARGE", 5 << 20)

    async def test() -> None:
        passing = _gate(_answering(2 << 20))
        going_on = asyncio.Event()
        statuses: list[int] = []

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
            elif message.get("more_body"):
                await going_on.wait()

        slow = [asyncio.create_task(passing(_scope(), _nothing, send)) for _ in range(3)]
        await asyncio.sleep(0.01)
        assert statuses == [200, 200, 503]
        going_on.set()
        await asyncio.gather(*slow)
        await passing(_scope(), _nothing, send)
        assert statuses[-1] == 200

    asyncio.run(test())
