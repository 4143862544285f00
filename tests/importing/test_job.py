"""Whole imports: what is written, that it is the same wherever it is worked out, and that none leaves a half."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pyoxigraph as ox
import pytest
from bench import export
from tests.importing.conftest import EXPORT, REPORT, SOURCES, dataset, record

import uprgraph
from uprgraph import kept
from uprgraph.errors import EndpointError, ResourceError
from uprgraph.importing import job, readers, storing, work
from uprgraph.sources.records import Problem, Record

PROBLEM = Problem("file.csv", 7, "", "From", "Atlantis", "no State is called so", "value left out")
KILLS = 20
ROWS = 1_000


def source(key: str, *items: Record | Problem) -> job.Source:
    return job.Source(SOURCES[key], iter(items), lambda: dataset(key))


def quads(path: Path) -> list[ox.Quad]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(ox.parse(content, format=ox.RdfFormat.N_QUADS))


def statements(directory: Path) -> int:
    generation = kept.current(directory)
    assert generation is not None
    return len(ox.Store.read_only(str(generation.graph)))


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "export.csv"
    export.write(path, ROWS)
    return path


def upr_info(path: Path) -> Iterator[job.Source]:
    return readers.sources("upr-info", [path], readers.Options())


def test_a_file_has_what_was_read_and_says_what_it_is_from(tmp_path: Path) -> None:
    outcome = job.into_file([source(EXPORT, record(), PROBLEM)], tmp_path / "out.nq", job.Plan())
    assert (outcome.read, outcome.found, outcome.problems) == (1, 1, [PROBLEM])
    found = quads(tmp_path / "out.nq")
    assert outcome.triples == len(found)
    listed = [quad for quad in found if quad.graph_name.value.endswith("/graph/imports")]
    assert f"Imported: Data {EXPORT}" in {quad.object.value for quad in listed}


def test_a_compressed_file_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("one.nq.gz", "two.nq.gz"):
        job.into_file([source(EXPORT, record())], tmp_path / name, job.Plan())
    assert (tmp_path / "one.nq.gz").read_bytes() == (tmp_path / "two.nq.gz").read_bytes()
    job.into_file([source(EXPORT, record())], tmp_path / "plain.nq", job.Plan())
    assert gzip.decompress((tmp_path / "one.nq.gz").read_bytes()) == (tmp_path / "plain.nq").read_bytes()


@pytest.mark.parametrize("name", ["out.nq", "store"])
def test_strict_changes_nothing(tmp_path: Path, name: str) -> None:
    strict = job.Plan(strict=True)
    write = job.into_store if name == "store" else job.into_file
    assert not write([source(EXPORT, record(), PROBLEM)], tmp_path / name, strict).written
    assert not (tmp_path / "out.nq").exists()
    assert kept.current(tmp_path / "store") is None
    assert write([source(EXPORT, record())], tmp_path / name, strict).written


def test_a_strict_import_that_shacl_is_against_changes_nothing(tmp_path: Path) -> None:
    outcome = job.into_file([source(EXPORT, record(by=("AFG",)))], tmp_path / "out.nq", job.Plan(strict=True))
    assert outcome.found == 1
    assert not outcome.written
    assert list(tmp_path.iterdir()) == []


def test_a_store_answers_over_the_shipped_graph_and_all_imports(tmp_path: Path) -> None:
    job.into_store([source(EXPORT, record(), record(part="3", by=("BEL",)))], tmp_path / "store", job.Plan())
    outcome = job.into_store([source(REPORT, record(REPORT, "95.1", paragraph="95.1"))], tmp_path / "store", job.Plan())
    assert (outcome.read, outcome.recommendations, outcome.matches) == (1, 1, 1)
    graph = uprgraph.open(tmp_path / "store")
    (row,) = graph.query("acceptance-by-session", state="AFG")
    assert (row.rows, row.recommendations, row.supported) == (2, 1, 1)
    assert len(graph.query("opinions-by-right")) == len(uprgraph.open().query("opinions-by-right"))
    assert len(graph.query("acceptance-by-session", state="KAZ")) == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_a_large_store_has_the_answers_to_some_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(storing, "LARGE", 1)
    records = [record(part="3", by=("BEL",)), record(text="Another")]
    job.into_store([source(EXPORT, *records)], tmp_path / "store", job.Plan(workers=workers))
    made = kept.current(tmp_path / "store")
    assert made is not None
    prepared = [each for each in uprgraph.open().questions() if each.prepared]
    assert len(prepared) == len(list(made.answers.glob("*.srj"))) > 10
    answers = [uprgraph.open(tmp_path / "store").query(each.name).terms for each in prepared]
    assert any(answers)
    (made.answers / "state").unlink()
    assert answers == [uprgraph.open(tmp_path / "store").query(each.name).terms for each in prepared]


def test_a_small_store_has_none(tmp_path: Path) -> None:
    job.into_store([source(EXPORT, record())], tmp_path / "store", job.Plan())
    made = kept.current(tmp_path / "store")
    assert made is not None
    assert not made.answers.exists()


def test_a_dataset_read_again_replaces_what_it_was(tmp_path: Path) -> None:
    for text in ("Old words", "New words"):
        job.into_store([source(EXPORT, record(text=text))], tmp_path / "store", job.Plan())
    rows = uprgraph.open(tmp_path / "store").sparql(
        'SELECT ?text { ?r upr:text ?text FILTER(STRENDS(?text, " words")) }'.replace(
            "upr:text", "<https://w3id.org/uprgraph/ontology#text>"
        )
    )
    assert [row.text for row in rows] == ["New words"]  # type: ignore[union-attr]


def test_an_import_without_a_record_is_one_all_the_same(tmp_path: Path) -> None:
    outcome = job.into_file([source(EXPORT, PROBLEM)], tmp_path / "out.nq", job.Plan())
    assert (outcome.read, outcome.recommendations, outcome.found) == (0, 0, 1)


def test_what_cannot_be_read_leaves_all_as_it_was(tmp_path: Path) -> None:
    job.into_store([source(EXPORT, record())], tmp_path / "store", job.Plan())
    before = statements(tmp_path / "store")

    def broken() -> Iterator[Record]:
        yield record(text="New words")
        raise ResourceError("the file ends in the middle")

    half = job.Source("upr-info", broken(), lambda: dataset(EXPORT))
    with pytest.raises(ResourceError, match="in the middle"):
        job.into_store([half], tmp_path / "store", job.Plan())
    assert statements(tmp_path / "store") == before


def test_a_watcher_is_told_what_is_done(tmp_path: Path, rows: Path) -> None:
    told: list[tuple[str, int]] = []
    job.into_file(upr_info(rows), tmp_path / "out.nq", job.Plan(watch=lambda what, done: told.append((what, done))))
    assert ("rows read", ROWS) in told
    assert told[-1][0] == "reviews converted"


def test_the_output_is_the_same_however_many_work_on_it(tmp_path: Path, rows: Path) -> None:
    outcomes = [job.into_file(upr_info(rows), tmp_path / f"{n}.nq", job.Plan(workers=n)) for n in (1, 2, 3)]
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert outcomes[0].read == ROWS
    first = (tmp_path / "1.nq").read_bytes()
    assert first == (tmp_path / "2.nq").read_bytes() == (tmp_path / "3.nq").read_bytes()
    assert first.count(b"\n") == outcomes[0].triples


def started(module: str, *arguments: str, ready: str) -> tuple[subprocess.Popen[str], str]:
    """Start a module of Dask, and return its process and the line in which it says that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *arguments], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        lines.append(line)
        if ready in line:
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return process, line
    raise AssertionError("".join(lines))


Cluster = tuple[str, list["subprocess.Popen[str]"]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A Dask scheduler and two workers, each a process of its own: the scheduler's address, and the workers."""
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    with ExitStack() as stack:

        def start(*arguments: str, ready: str) -> tuple[subprocess.Popen[str], str]:
            process, line = started(*arguments, ready=ready)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process, line

        local = ("--host", "127.0.0.1", "--no-dashboard")
        _, line = start("dask_scheduler", *local, "--port", "0", ready="Scheduler at")
        address = line.split()[-1]
        own = ("--local-directory", str(tmp_path), "--no-nanny", "--nthreads", "1")
        workers = [start("dask_worker", address, *local, *own, ready="Registered to")[0] for _ in range(2)]
        yield address, workers


@pytest.mark.thorough
@pytest.mark.server
def test_a_cluster_gives_the_same_even_if_a_worker_is_killed(tmp_path: Path, rows: Path, cluster: Cluster) -> None:
    address, workers = cluster
    alone = job.into_file(upr_info(rows), tmp_path / "alone.nq", job.Plan())
    killed: list[int] = []

    def kill_one(what: str, done: int) -> None:
        if what == "reviews converted" and done == 2:
            workers[0].kill()
            killed.append(workers[0].wait())

    there = job.into_file(upr_info(rows), tmp_path / "there.nq", job.Plan(dask=address, watch=kill_one))
    assert killed == [-signal.SIGKILL]
    assert there == alone
    assert (tmp_path / "there.nq").read_bytes() == (tmp_path / "alone.nq").read_bytes()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "tcp://"])
def test_a_scheduler_that_is_not_there_is_an_error(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setattr(work, "PATIENCE", "1s")
    with pytest.raises(EndpointError, match="no Dask scheduler"):
        job.into_file([source(EXPORT, record())], tmp_path / "out.nq", job.Plan(dask=address))


def killed_import(rows: Path, directory: Path, seconds: float, workers: int) -> bool:
    """Import into a store in a child that is killed after so many seconds; return whether it was at work still."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            job.into_store(upr_info(rows), directory, job.Plan(workers=workers))
            code = 0
        finally:
            os._exit(code)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.thorough
def test_an_import_killed_anywhere_leaves_the_old_store_or_the_new_one(tmp_path: Path, rows: Path) -> None:
    store = tmp_path / "store"
    fewer = tmp_path / "fewer.csv"
    header, *lines = rows.read_bytes().splitlines(keepends=True)
    fewer.write_bytes(b"".join([header, *lines[::3]]))
    sizes = []
    for path in (rows, fewer):
        begin = time.monotonic()
        job.into_store(upr_info(path), tmp_path / path.stem, job.Plan())
        sizes.append(statements(tmp_path / path.stem))
        seconds = time.monotonic() - begin
    job.into_store(upr_info(rows), store, job.Plan())
    chance = random.Random(20)  # noqa: S311 - the same points each time
    killed = 0
    for number in range(KILLS):
        killed += killed_import((fewer, rows)[number % 2], store, chance.uniform(0, 1.2 * seconds), 1 + number % 3)
        assert statements(store) in sizes
        assert uprgraph.open(store).query("acceptance-by-session", state="KAZ")
    assert killed > KILLS // 4, "the import was over before it could be killed"
    job.into_store(upr_info(fewer), store, job.Plan())
    assert statements(store) == sizes[1]
    assert len([entry for entry in store.iterdir() if entry.is_dir()]) <= 2
