"""Loading into the real triplestores."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urljoin

import pytest
from tests.servers import Server

from uprgraph.errors import EndpointError
from uprgraph.stores import loading
from uprgraph.stores.connection import Store
from uprgraph.stores.content import GRAPHS
from uprgraph.stores.kinds import endpoints, kind
from uprgraph.transport.credentials import Credentials

ODD = r"""
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <http://ex.org/> .
:a :b true, false, "1"^^xsd:boolean ;
   :p 1, 7.0, 0.5, 1.5e0, "05"^^xsd:nonNegativeInteger, "2014-11-03"^^xsd:date, "2014"^^xsd:gYear,
      "2014-11-03T10:00:00.500Z"^^xsd:dateTime, "http://a.b/c"^^xsd:anyURI, "x"@en, "x"@en-GB, "", "x"^^:own ;
   :q "a\nb\r\tc\"\\ \b\f \u0001 \u007F \u2028 \U0001F600 é e\u0301", :é, <http://ex.org/a%20b>, 'tail '.
"""


def connect(server: Server, password: str | None = None) -> Store:
    user = server.user
    credentials = Credentials(user, password or server.password or "") if user else None
    return Store.connect(server.query_url, credentials=credentials)


def test_the_kind_and_its_urls_are_found(triplestore: Server) -> None:
    with connect(triplestore) as store:
        assert store.kind.key == triplestore.kind
        assert store.urls == endpoints(kind(triplestore.kind), triplestore.query_url)
        assert store.urls.update == triplestore.update_url
        assert store.urls.graph_store == triplestore.graph_store_url


def test_load_and_verify(fresh_triplestore: Server) -> None:
    with connect(fresh_triplestore) as store:
        found = list(loading.load(store, verify=True))
        again = list(loading.load(store, verify=True))
    for each in (*found, *again):
        assert each.how == "PUT"
        assert each.comparison is not None
        assert each.comparison.same, each


@pytest.mark.parametrize("by", ["graph store", "update"])
def test_odd_literals_come_back_by_value(triplestore: Server, tmp_path: Path, by: str) -> None:
    path = tmp_path / "odd.ttl"
    path.write_text(ODD, encoding="utf-8")
    name = f"{GRAPHS}loader/odd"
    with connect(triplestore) as store:
        if by == "update":
            store.urls = endpoints(kind("generic"), store.urls.query, store.urls.update)
        (loaded,) = loading.load(store, [path], [name], verify=True)
        store.delete(name)
        assert list(store.read(name)) == []
    assert loaded.how == ("PUT" if by == "graph store" else "INSERT DATA (1)")
    assert loaded.comparison is not None
    assert loaded.comparison.same, loaded.comparison
    assert (loaded.comparison.other_form == 0) == (triplestore.kind == "rdf4j")


def test_blank_nodes_come_back(triplestore: Server, tmp_path: Path) -> None:
    path = tmp_path / "blank.ttl"
    path.write_text("@prefix : <http://ex.org/> . [] :p [ :q 1, 'x' ; :r _:z ] . _:z :p _:z .")
    with connect(triplestore) as store:
        (loaded,) = loading.load(store, [path], ["loader/blank"], verify=True)
    assert str(loaded.comparison) == "same"


def test_more_than_one_page_and_more_than_one_chunk(triplestore: Server, large: Path) -> None:
    with connect(triplestore) as store:
        (by_graph_store,) = loading.load(store, [large], ["loader/large"], verify=True)
        store.urls = endpoints(kind("generic"), store.urls.query, store.urls.update)
        (by_update,) = loading.load(store, [large], ["loader/large"], verify=True)
    assert str(by_graph_store.comparison) == str(by_update.comparison) == "same"
    assert by_graph_store.how == ("PUT in 3 parts" if triplestore.kind == "virtuoso" else "PUT")
    assert by_update.how.startswith("INSERT DATA (")


def test_a_chunk_that_is_too_large_for_virtuoso_shrinks(triplestore: Server, large: Path) -> None:
    """And for the others is not: all end with the same graph."""
    from dataclasses import replace

    with connect(triplestore) as store:
        store.kind = replace(store.kind, first_chunk=16_000)
        store.urls = endpoints(kind("generic"), store.urls.query, store.urls.update)
        (loaded,) = loading.load(store, [large], ["loader/chunks"], verify=True)
    assert str(loaded.comparison) == "same"
    number = int(loaded.how.removeprefix("INSERT DATA (").removesuffix(")"))
    assert (number > 4) == (triplestore.kind == "virtuoso"), loaded.how


def test_gzip_is_taken_as_the_kind_says(triplestore: Server, large: Path) -> None:
    with connect(triplestore) as store:
        if not store.kind.gzip:
            pytest.skip(f"{store.kind.name} takes no gzip")
        (loaded,) = loading.load(store, [large], ["loader/gzip"], verify=True, compress=True)
    assert loaded.how == "PUT gzip"
    assert str(loaded.comparison) == "same"


def test_a_wrong_password(triplestore: Server, tmp_path: Path) -> None:
    if triplestore.user is None:
        pytest.skip(f"everyone may write to this {triplestore.kind}")
    path = tmp_path / "one.ttl"
    path.write_text("<http://s> <http://p> 1 .")
    with connect(triplestore) as store:
        list(loading.load(store, [path], ["loader/password"]))
    path.write_text("<http://s> <http://p> 2 .")
    with connect(triplestore, "wrong") as store:
        work = loading.load(store, [path], ["loader/password"])
        with pytest.raises(EndpointError) as caught:
            next(work)
    assert caught.value.status == 401
    assert "wrong" not in str(caught.value)
    path.write_text("<http://s> <http://p> 1 .")
    with connect(triplestore) as store:
        (comparison,) = loading.verify(store, [path], ["loader/password"])
    assert comparison.same, "what was there is still there"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of 60,000 triples, which takes more than a moment."""
    path = tmp_path_factory.mktemp("large") / "large.nt"
    path.write_text(_lines(60_000, "new"))
    return path


def _lines(number: int, value: str) -> str:
    return "".join(f'<http://ex.org/{n}> <http://ex.org/p> "{value} {n}"@en .\n' for n in range(number))


@pytest.mark.parametrize("moment", ["sent half", "sent all"])
def test_killed_in_the_middle_of_a_put(fresh_triplestore: Server, tmp_path: Path, moment: str) -> None:
    """A graph is as it was, or as it should be, where the kind says so; and loading again repairs it everywhere."""
    server, old, new = fresh_triplestore, tmp_path / "old.nt", tmp_path / "new.nt"
    old.write_text(_lines(2_000, "old"))
    new.write_text(_lines(150_000, "new"))
    other = tmp_path / "other.nt"
    other.write_text(_lines(500, "other"))
    name = f"{GRAPHS}killed"
    with connect(server) as store:
        list(loading.load(store, [other], ["other"], verify=True))
        list(loading.load(store, [old], [name], verify=True))
    killed = False

    def kill(what: str, graph: str, done: int, total: int | None) -> None:
        nonlocal killed
        if what == "sending" and not killed and total is not None:
            if moment == "sent half" and done > total / 2:
                server.kill()
                killed = True
            elif moment == "sent all" and done >= total:
                time.sleep(0.3)
                server.kill()
                killed = True

    with connect(server) as store:
        work = loading.load(store, [new], [name], watch=kill)
        with pytest.raises(EndpointError):
            next(work)
    assert killed
    server.restart()
    with connect(server) as store:
        assert verified(store, other, "other"), "no other graph is touched"
        whole = verified(store, old, name) or verified(store, new, name)
        print(f"{server.kind}, {moment}: {'as a whole' if whole else 'in part'}")
        assert whole or not store.kind.atomic
        assert (work.unsure is None) == store.kind.atomic
        (loaded,) = loading.load(store, [new], [name], verify=True)
        assert str(loaded.comparison) == "same"
        assert verified(store, other, "other")


def verified(store: Store, path: Path, name: str) -> bool:
    (comparison,) = loading.verify(store, [path], [name])
    return comparison.same


KILLED_AT_HALF = """
import contextlib, importlib, os, signal
from uprgraph.cli import main

def kill_at_half(what, graph, done, total):
    if what == "sending" and done > total / 2:
        os.kill(os.getpid(), signal.SIGKILL)

importlib.import_module("uprgraph.cli.load")._progress = lambda: contextlib.nullcontext(kill_at_half)
main()
"""


@pytest.mark.parametrize("by", ["graph store", "update"])
def test_the_command_is_killed_and_run_again(fresh_triplestore: Server, large: Path, tmp_path: Path, by: str) -> None:
    """Nothing is lost and nothing doubled when `uprgraph load` itself is killed in its middle.

    The store is not asked in between: Virtuoso 7.2 reads and empties a graph slowly that was read while it was small.
    """
    server = fresh_triplestore
    password = tmp_path / "password"
    password.write_text(server.password or "none")
    login = ["--user", server.user, "--password-file", str(password)] if server.user else []
    arguments = ["load", str(large), "--graph", "killed", "--store", server.kind, *login]
    arguments += ["--endpoint", server.query_url]
    if by == "update":
        arguments += ["--graph-store-endpoint", urljoin(server.query_url, "/none")]
    killed = subprocess.run([sys.executable, "-c", KILLED_AT_HALF, *arguments], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    with connect(server) as store:
        (partly,) = loading.verify(store, [large], ["killed"])
        assert not partly.same
        assert partly.there or by == "graph store", "what was sent is there, unless one request was to bring it all"
        again = [sys.executable, "-m", "uprgraph", *arguments, "--verify"]
        done = subprocess.run(again, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        assert b"same" in done.stdout
        assert verified(store, large, "killed")
