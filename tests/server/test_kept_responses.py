"""Responses that are kept: which, for whom, and for how long."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from uprgraph.server import kept_responses
from uprgraph.server.kept_responses import KeptResponses

_PUBLIC = {"ETag": '"x"', "Cache-Control": "public, max-age=300", "Vary": "Accept"}


class Counting:
    """An application that counts how often it is asked, and data that may change."""

    def __init__(self, status: int = 200, size: int = 10, **headers: str) -> None:
        self.version = "1"
        self.asked = 0
        self._response = Response(bytes(size), status, {**_PUBLIC, **headers})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert Request(scope).url.path
        self.asked += 1
        await self._response(scope, receive, send)

    async def run(self, name: str, /, client: str = "", **arguments: object) -> object:
        raise AssertionError

    def client(self) -> TestClient:
        return TestClient(KeptResponses(self, self, "/sparql"))


def test_a_public_answer_is_given_again_as_it_was() -> None:
    counting = Counting()
    client = counting.client()
    first, again = client.get("/a?x=1"), client.get("/a?x=1")
    assert counting.asked == 1
    assert (first.content, first.headers) == (again.content, again.headers)


def test_other_questions_have_other_answers() -> None:
    counting = Counting()
    client = counting.client()
    client.get("/a")
    for path, headers in (
        ("/a?x", {}),
        ("/b", {}),
        ("/a", {"Accept": "text/turtle"}),
        ("/a", {"Host": "other"}),
        ("/a", {"If-None-Match": '"y"'}),
    ):
        before = counting.asked
        client.get(path, headers=headers)
        assert counting.asked == before + 1
    client.post("/a")
    counting.version = "2"
    client.get("/a")
    assert counting.asked == 8


@pytest.mark.parametrize(
    "counting",
    [
        Counting(status=404),
        Counting(**{"Cache-Control": "no-store"}),
        Counting(Vary="Accept, Cookie"),
        Counting(size=5 << 20),
        Counting(**{"Set-Cookie": "x=y"}),
    ],
)
def test_what_is_not_for_everybody_or_too_large_is_not_kept(counting: Counting) -> None:
    client = counting.client()
    client.get("/a")
    client.get("/a")
    assert counting.asked == 2


def test_what_keeps_its_answers_itself_is_left_alone() -> None:
    counting = Counting()
    client = counting.client()
    client.get("/sparql")
    client.get("/sparql")
    assert counting.asked == 2


def test_the_room_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_responses, "_ROOM", 20_000)
    counting = Counting(size=2_000)
    client = counting.client()
    for number in range(5):
        client.get(f"/{number}")
    for number in (4, 3, 2, 0):
        client.get(f"/{number}")
    assert counting.asked == 6
