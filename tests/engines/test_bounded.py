"""src/uprgraph/engines/bounded.py."""

import os
import signal
import time

import pytest

from uprgraph.engines import bounded
from uprgraph.errors import QueryError, QueryLimitError


def test_returns_what_the_work_returns() -> None:
    assert bounded.run(lambda: ["x"] * 500_000) == ["x"] * 500_000


def test_works_in_another_process() -> None:
    assert bounded.run(os.getpid) != os.getpid()


def test_stops_at_the_time_limit() -> None:
    started = time.monotonic()
    with pytest.raises(QueryLimitError, match=r"took more than 0\.3 seconds and was stopped"):
        bounded.run(lambda: time.sleep(20), seconds=0.3)
    assert time.monotonic() - started < 5


def test_stops_at_the_memory_limit() -> None:
    with pytest.raises(QueryLimitError, match="more than 600 MB of memory"):
        bounded.run(lambda: len(bytearray(900 << 20)), megabytes=600)


def test_reports_a_crash() -> None:
    with pytest.raises(QueryLimitError, match=r"ended its process \(signal 9\)"):
        bounded.run(lambda: os.kill(os.getpid(), signal.SIGKILL))


def test_passes_errors_on() -> None:
    def work() -> None:
        raise QueryError("wrong", 3, 4, "mend it")

    with pytest.raises(QueryError, match="line 3, column 4: wrong") as caught:
        bounded.run(work)
    assert (caught.value.line, caught.value.hint) == (3, "mend it")


def test_leaves_no_child_behind() -> None:
    bounded.run(lambda: 1)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
