"""The site under load: many harmless questions, and hostile clients of every kind among them.

UPRGRAPH_LOAD_SECONDS says for how long; all requests go to this machine. No answer may be wrong, the server must not
break, its memory must stay bounded, and the harmless ones must be served.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import pytest
from bench.processes import proportional, with_descendants
from tests.server.live.conftest import rows_of_json
from tests.server.live.hostile import REFUSED, Target, attacks
from tests.server.serving import Serving, serving

from uprgraph.catalog.binding import bind
from uprgraph.graph import Graph

_Value = TypeVar("_Value")
pytestmark = pytest.mark.serving
_SECONDS = float(os.environ.get("UPRGRAPH_LOAD_SECONDS", "20"))
_WORKERS, _MEGABYTES, _TIMEOUT = 2, 200, 2.0
_HARMLESS, _HOSTILE = 6, 12
"""Clients of each kind, each with an address of its own on this machine; of the hostile ones, some share one."""
_MOST_REQUESTS = 20_000
_TRIES = 30
_SLOW_QUESTION = 0.5
_KEPT_MEGABYTES = 300
"""What the web server may need: the answers that it keeps and those on their way to slow readers."""


@dataclass
class Told:
    """What the clients have seen."""

    answered: Counter[str] = field(default_factory=Counter)
    put_off: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    durations: list[float] = field(default_factory=list)
    attacked: Counter[tuple[str, int]] = field(default_factory=Counter)
    megabytes: float = 0.0


@dataclass(frozen=True)
class Question:
    """A harmless request, and what is known to be the answer."""

    name: str
    path: str
    query: str | None
    words: Counter[bytes]
    status: int = 200


def _words(body: bytes) -> Counter[bytes]:
    """Return what stands in an answer, without its order, which is not fixed where a question joins quotes."""
    return Counter(re.split(rb'[\s|",<>]+', body))


def _row(values: Iterable[str | None]) -> tuple[object, ...]:
    return tuple(value and sorted(value.split(" | ")) for value in values)


def _questions(site: Serving, shipped: Graph) -> Iterator[Question]:
    """Yield every canned question that is fast, whose rows are those of the embedded engine, and other requests."""
    for question in shipped.questions():
        bound, terms = shipped.bound(question.name, {})
        started = time.monotonic()
        rows = [_row(term and term.value for term in row) for row in shipped.answer(bound, terms).terms]
        if time.monotonic() - started > _SLOW_QUESTION:
            continue
        text = bind(bound, terms)
        answer = site.ask("/sparql", text).body
        assert [_row(row) for row in rows_of_json(answer)] == rows, question.name
        yield Question(question.name, "/sparql", text, _words(answer))
    calls = ["/api/opinions-by-right?right=freedom%20of%20religion", "/search?q=religion&format=json"]
    for path in [*calls, "/states/KAZ", "/data/id/state/KAZ.nt", "/id/state/KAZ", "/openapi.json"]:
        reply = site.ask(path)
        assert reply.status in {200, 303}, path
        yield Question(path, path, None, _words(reply.body), reply.status)


def _ask(site: Serving, question: Question, source: str, told: Told) -> None:
    """Ask until there is an answer, as polite clients do: when told to come again, later."""
    started = time.monotonic()
    for _ in range(_TRIES):
        mark = f"\n# {random.random()}"  # noqa: S311 - so that it is no answer that is kept
        reply = site.ask(question.path, None if question.query is None else question.query + mark, source=source)
        if reply.status not in {429, 503}:
            break
        told.put_off[reply.status] += 1
        assert int(reply.headers["Retry-After"]) > 0
        time.sleep(0.2)
    if (reply.status, _words(reply.body)) != (question.status, question.words):
        told.wrong.append(f"{question.name}: {reply.status} {reply.body[:300]!r}")
    told.answered[question.name] += 1
    told.durations.append(time.monotonic() - started)


def _in_turn(values: list[_Value]) -> Callable[[], _Value]:
    """Return what gives the values to several threads, in an order of chance and again from the start."""
    turns = itertools.cycle(random.sample(values, len(values)))
    lock = threading.Lock()

    def following() -> _Value:
        with lock:
            return next(turns)

    return following


def _until(end: float, following: Callable[[], _Value]) -> Iterator[_Value]:
    for _ in range(_MOST_REQUESTS):
        if time.monotonic() > end:
            return
        yield following()


def test_harmless_clients_are_served_among_hostile_ones(shipped: Graph) -> None:
    told, hostile = Told(), attacks()
    options = ["--workers", str(_WORKERS), "--memory", str(_MEGABYTES), "--timeout", str(_TIMEOUT)]
    with serving(*options) as site, socket.create_server(("127.0.0.1", 0)) as trap:
        questions = list(_questions(site, shipped))
        pid, trap_port = site.process.pid, trap.getsockname()[1]
        quiet = proportional(pid) / 1024
        end = time.monotonic() + _SECONDS
        stopping = threading.Event()

        next_question, next_attack = _in_turn(questions), _in_turn(list(hostile))

        def harmless(number: int) -> None:
            for question in _until(end, next_question):
                _ask(site, question, f"127.0.1.{number + 1}", told)

        def attack(number: int) -> None:
            target = Target(site.port, f"127.0.2.{number % 4 + 1}", trap_port)
            for name in _until(end, next_attack):
                told.attacked[name, hostile[name](target)] += 1

        def watch() -> None:
            while not stopping.wait(0.1):
                told.megabytes = max(told.megabytes, proportional(pid) / 1024)

        with ThreadPoolExecutor(_HARMLESS + _HOSTILE + 1) as clients:
            watching = clients.submit(watch)
            running = [clients.submit(harmless, number) for number in range(_HARMLESS)]
            running += [clients.submit(attack, number) for number in range(_HOSTILE)]
            for each in running:
                each.result()
            stopping.set()
            watching.result()
        _report(told, quiet)
        assert site.process.poll() is None
        trap.settimeout(0)
        with pytest.raises(BlockingIOError):
            trap.accept()
        _until_quiet(site)
        assert len(list(with_descendants(pid))) <= 2 + 2 * _WORKERS
        after = Told()
        for question in questions:
            _ask(site, question, "127.0.0.1", after)
        assert not after.wrong
        assert site.stop() == 0
    _judge(told, site, quiet)
    assert set(told.answered) == {question.name for question in questions}


def _judge(told: Told, site: Serving, quiet: float) -> None:
    assert not told.wrong
    for name, status in told.attacked:
        assert status in {0, 200, 303, *range(400, 500), 503}, (name, status)
        assert name not in REFUSED or status in {400, 429, 503}, (name, status)
    assert {name for name, _ in told.attacked} == set(attacks())
    # Twice as many jobs as workers may run at once, where clients are several.
    assert told.megabytes < quiet + 2 * _WORKERS * _MEGABYTES + _KEPT_MEGABYTES
    assert [line for line in site.lines if '"traceback"' in line or '"level": "error"' in line] == []


def _until_quiet(site: Serving) -> None:
    deadline = time.monotonic() + 60
    while b"uprgraph_jobs_running 0" not in site.ask("/metrics").body:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _report(told: Told, quiet: float) -> None:
    """Print what happened; pytest shows it with -s, or if the test fails."""
    durations = sorted(told.durations)
    print(f"\n{_SECONDS:g} s: {len(durations)} harmless requests answered, {sum(told.attacked.values())} hostile ones")
    print(
        f"put off: {dict(told.put_off)}; slowest {durations[-1]:.2f} s, median {durations[len(durations) // 2]:.2f} s"
    )
    print(f"memory: {quiet:.0f} MB before, {told.megabytes:.0f} MB at most")
    for name, status in sorted(told.attacked):
        print(f"  {name:<32}{status:>4} {told.attacked[name, status]:>6}")
