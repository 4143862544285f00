"""src/uprgraph/engines/bounded.py."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import pytest

from uprgraph.engines import bounded
from uprgraph.errors import QueryError, QueryLimitError, ResourceError


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


def test_says_what_was_stopped_in_the_words_of_the_task() -> None:
    task = bounded.Task("reading the file", "give a smaller one", "read it elsewhere")
    with pytest.raises(QueryLimitError, match=r"reading the file took more than 0\.3 seconds and was stopped\ngive a"):
        bounded.run(lambda: time.sleep(20), seconds=0.3, task=task)
    with pytest.raises(QueryLimitError, match=r"reading the file needs more than \d+ MB of memory"):
        bounded.run(lambda: len(bytearray(900 << 20)), megabytes=600, task=task)


def test_reports_a_crash() -> None:
    with pytest.raises(QueryLimitError, match=r"ended its process \(signal 9\)"):
        bounded.run(lambda: os.kill(os.getpid(), signal.SIGKILL))


def test_passes_errors_on() -> None:
    def work() -> None:
        raise QueryError("wrong", 3, 4, "mend it")

    with pytest.raises(QueryError, match="line 3, column 4: wrong") as caught:
        bounded.run(work)
    assert (caught.value.line, caught.value.hint) == (3, "mend it")


def test_a_defect_keeps_its_traceback() -> None:
    def mistaken() -> int:
        return len(3)  # type: ignore[arg-type]

    with pytest.raises(RuntimeError, match=r"(?s)in mistaken.*TypeError: object of type 'int' has no len\(\)"):
        bounded.run(mistaken)


def test_a_result_that_cannot_be_sent_is_a_defect() -> None:
    with pytest.raises(RuntimeError, match=r"Can't pickle|cannot pickle"):
        bounded.run(lambda: lambda: 1)


def test_what_is_no_exception_ends_the_process() -> None:
    """As a panic of pyoxigraph does."""

    class Panic(BaseException):
        pass

    def work() -> NoReturn:
        raise Panic

    with pytest.raises(QueryLimitError, match=r"ended its process \(exit code 1\)"):
        bounded.run(work)


def test_allows_no_more_memory_than_the_process_has() -> None:
    """The limit of the outer child is the hard limit of the inner one."""

    def limits() -> list[int]:
        return bounded.run(lambda: [*resource.getrlimit(resource.RLIMIT_AS)], megabytes=8_000)

    assert bounded.run(limits, megabytes=1_000) == [1_000 << 20] * 2
    assert bounded.run(lambda: [*resource.getrlimit(resource.RLIMIT_AS)], megabytes=900) == [900 << 20] * 2

    def greedy() -> int:
        return bounded.run(lambda: len(bytearray(1_200 << 20)), megabytes=8_000)

    with pytest.raises(QueryLimitError, match="more than 1000 MB of memory"):
        bounded.run(greedy, megabytes=1_000)


def test_a_limit_that_the_system_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*_: object) -> NoReturn:
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refusing)
    with pytest.raises(ResourceError, match="does not allow a limit of 4096 MB: current limit exceeds") as caught:
        bounded.run(lambda: 1)
    assert "ask an endpoint" in (caught.value.hint or "")


def test_the_command_under_a_limit_of_the_shell(tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT (1 AS ?n) {}")
    command = f'ulimit -v 3000000; exec "{sys.executable}" -m uprgraph sparql --format csv "{query}"'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["n", "1"], "")


def test_without_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    with pytest.raises(ResourceError, match=r"limits need a POSIX system\nask an endpoint, or use graph\.sparql"):
        bounded.run(lambda: 1)


def test_can_be_imported_where_there_is_no_module_resource() -> None:
    code = "import sys; sys.modules['resource'] = None; import uprgraph.engines.bounded"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_waits_for_as_long_as_wanted() -> None:
    assert bounded.run(lambda: 1, seconds=float("inf")) == 1


def test_leaves_no_child_behind() -> None:
    def children() -> set[str]:
        """Return the children of this process, of which other tests may have some; those that ended count too."""
        tasks = Path("/proc/self/task").glob("*/children")
        return {child for each in tasks for child in each.read_text(encoding="ascii").split()}

    before = children()
    bounded.run(lambda: 1)
    assert children() <= before
