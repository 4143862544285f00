"""`uprgraph load`, as a process of its own, against a store that really stores."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox
import pytest
from tests.servers import Server

from uprgraph import resources


class Run(Protocol):
    """What the fixture `run` gives for a command."""

    code: int
    out: str
    err: str


Runner = Callable[..., Run]
CATALOGUE = "https://w3id.org/uprgraph/graph/catalog"


def rows(run: Run) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run.out)))


@pytest.fixture
def endpoint(triplestore: Server, tmp_path: Path) -> list[str]:
    """The options for a store, with the password in a file."""
    (tmp_path / "password").write_text(triplestore.password or "none")
    login = ["--user", triplestore.user, "--password-file", str(tmp_path / "password")] if triplestore.user else []
    return ["--endpoint", triplestore.query_url, *login]


def test_loads_all_and_again_verifies(run: Runner, endpoint: list[str]) -> None:
    loaded = run("load", *endpoint, "--verify")
    assert (loaded.code, loaded.err) == (0, "")
    found = rows(loaded)
    assert {row["graph"] for row in found} == {graph for graph, _ in resources.graph_files()}
    assert found[-1]["graph"] == CATALOGUE
    assert {row["how"] for row in found} == {"PUT"}
    assert all(row["verified"].startswith("same") for row in found)
    compared = run("load", *endpoint, "--verify-only", "--graph", "catalog", "--format", "json")
    assert compared.code == 0
    assert '"verified": "same"' in compared.out


def test_a_difference_is_a_finding(run: Runner, endpoint: list[str], tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text("<http://s> <http://p> 'one', 'two' .")
    name = "https://w3id.org/uprgraph/graph/cli-load"
    assert run("load", *endpoint, str(file), "--graph", name).code == 0
    file.write_text("<http://s> <http://p> 'one', 'three' .")
    compared = run("load", *endpoint, str(file), "--graph", name, "--verify-only")
    assert compared.code == 1
    assert rows(compared)[0]["verified"] == "differs: 1 missing, 1 extra"
    assert 'missing: <http://s> <http://p> "three" .' in compared.err
    assert 'extra: <http://s> <http://p> "two" .' in compared.err


def test_a_dry_run_changes_nothing(run: Runner, endpoint: list[str], tmp_path: Path) -> None:
    file = tmp_path / "data.nt"
    file.write_text('<http://s> <http://p> "x" .\n')
    planned = run("load", *endpoint, str(file), "--graph", "dry", "--dry-run")
    assert planned.code == 0
    assert rows(planned)[0] | {"url": ""} == {
        "graph": "https://w3id.org/uprgraph/graph/dry",
        "triples": "1",
        "how": "PUT",
        "url": "",
    }
    assert "nothing was sent" in planned.err
    compared = run("load", *endpoint, str(file), "--graph", "dry", "--verify-only")
    assert (compared.code, rows(compared)[0]["verified"]) == (1, "not there")


def test_a_broken_file(run: Runner, endpoint: list[str], tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text("<http://s> <http://p> ")
    broken = run("load", *endpoint, str(file), "--graph", "x")
    assert (broken.code, broken.out) == (2, "")
    assert "data.ttl:1" in broken.err


def test_a_password_in_the_url_is_refused(run: Runner) -> None:
    for option in ("--endpoint", "--update-endpoint", "--graph-store-endpoint"):
        refused = run("load", "--endpoint", "http://127.0.0.1:9/sparql", option, "http://me:secret@127.0.0.1:9/x")
        assert refused.code == 2
        assert "secret" not in refused.err


def test_what_goes_wrong_says_what_is_done(run: Runner) -> None:
    gone = run("load", "--endpoint", "http://127.0.0.1:9/ds/query", "--store", "fuseki", "--graph", "catalog")
    assert (gone.code, gone.out) == (2, "")
    assert f"0 of 1 graphs are loaded; not loaded: {CATALOGUE}" in gone.err
    assert "cannot be reached" in gone.err


def test_options_that_do_not_go_together(run: Runner) -> None:
    for options in (["--dry-run", "--verify"], ["--dry-run", "--verify-only"]):
        assert run("load", "--endpoint", "http://127.0.0.1:9/", *options).code == 2
    unknown = run("load", "--endpoint", "http://127.0.0.1:9/", "--store", "fuzeki")
    assert unknown.code == 2
    assert "fuseki" in unknown.err


def test_a_folder_of_a_store(run: Runner, endpoint: list[str], tmp_path: Path) -> None:
    source = ox.Store(str(tmp_path / "store"))
    source.load(b"<http://s> <http://p> 1, 2 .", format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("http://g/cli"))
    source.flush()
    del source
    loaded = run("load", *endpoint, str(tmp_path / "store"), "--verify")
    assert loaded.code == 0, loaded.err
    assert [(row["graph"], row["triples"], row["verified"]) for row in rows(loaded)] == [("http://g/cli", "2", "same")]
