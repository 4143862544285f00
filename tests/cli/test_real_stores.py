"""The commands that ask, against real triplestores that hold the shipped graphs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.servers import Server, Unavailable, start

import uprgraph
from uprgraph.engines.remote import RemoteEngine
from uprgraph.errors import EndpointError
from uprgraph.stores.connection import Store
from uprgraph.stores.loading import load
from uprgraph.transport.client import Call, Client, refused
from uprgraph.transport.credentials import Credentials

Runner = Callable[..., Any]
MANY = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"


def fill(server: Server) -> None:
    """Load what is shipped."""
    known = Credentials(server.user, server.password or "") if server.user else None
    urls = {"update": server.update_url, "graph_store": server.graph_store_url}
    with Store.connect(server.query_url, server.kind, credentials=known, **urls) as store:
        for _ in load(store):
            pass


@pytest.fixture(scope="module")
def filled(triplestore: Server) -> Server:
    """A store of each kind with the shipped graphs."""
    fill(triplestore)
    return triplestore


@pytest.mark.parametrize("name", ["opinions-by-right", "rights-by-state", "count-mismatches"])
def test_the_same_rows(run: Runner, triplestore: Server, filled: Server, name: str) -> None:
    here = run("query", name, "--format", "csv")
    there = run("query", name, "--format", "csv", "--endpoint", filled.query_url)
    assert (there.code, there.out, there.err) == (here.code, here.out, here.err)
    assert here.out.count("\n") > 1


def test_values_and_things_are_found(run: Runner, triplestore: Server, filled: Server) -> None:
    options = ("--format", "json", "--endpoint", filled.query_url)
    found = run("query", "opinions-by-right", "--right", "freedom of religion", "--state", "Казахстан", *options)
    assert {row["number"] for row in json.loads(found.out)} == {"TERR-KAZ/296/2016", "JUD-KAZ/337/2018"}
    here, there = (json.loads(run("show", "TERR-KAZ/296/2016", *each).out) for each in (options[:2], options))
    assert {name: in_order(value) for name, value in there.items()} == {
        name: in_order(value) for name, value in here.items()
    }


def in_order(value: object) -> object:
    """Return a list in one order, since stores put labels of several languages in orders of their own."""
    return sorted(map(json.dumps, value)) if isinstance(value, list) else value


def test_queries_of_each_form(run: Runner, triplestore: Server, filled: Server) -> None:
    def ask(text: str) -> Any:
        return run("sparql", "-", "--endpoint", filled.query_url, stdin=text.encode())

    kaz = "<https://w3id.org/uprgraph/id/state/KAZ>"
    assert ask("ASK { ?s ?p ?o }").out == "answer\ntrue\n"
    assert ask("ASK { ?s <http://none> ?o }").out == "answer\nfalse\n"
    assert ask(f"CONSTRUCT {{ {kaz} a ?c }} WHERE {{ {kaz} a ?c }}").out.splitlines()[-1] == "state:KAZ a upr:State ."
    assert "state:KAZ a upr:State" in ask(f"DESCRIBE {kaz}").out
    wrong = ask("SELECT * { ?s ?p }")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err.startswith(f"error: {filled.query_url} refuses the query: ")
    assert len(wrong.err) > len(filled.query_url) + 50


def test_validates_what_the_store_holds(run: Runner, triplestore: Server, filled: Server) -> None:
    here = json.loads(run("validate", "--format", "json").out)
    options = ["--format", "json", "--endpoint", filled.query_url, "--timeout", "600"]
    command = [sys.executable, "-m", "uprgraph", "validate", *options]
    done = subprocess.run(command, capture_output=True, timeout=900, check=False)  # Oxigraph takes minutes
    assert (done.returncode, done.stderr) == (0, b"")
    there = json.loads(done.stdout)
    for name in ("conforms", "statements", "results", "checks"):
        assert there[name] == here[name]
    assert all(each.startswith("https://w3id.org/uprgraph/") for each in there["files"])


def test_a_wrong_password(triplestore: Server) -> None:
    if triplestore.user is None:
        pytest.skip(f"{triplestore.kind} asks for no password")
    url = f"{triplestore.graph_store_url}?graph=http://example.org/wrong-password"
    for credentials, hint in (
        (Credentials(triplestore.user, "wrong"), "it does not accept this user name and password, or this token"),
        (None, "give a user name and password, see docs/triplestores.md"),
    ):
        with Client(url, credentials, seconds=30) as client:
            reply = client.send(Call("PUT", url, {"Content-Type": "text/turtle"}, b"<http://a> <http://b> 1 ."))
        error = refused(reply)
        assert (error.status, error.hint) == (401, hint)
        assert "wrong" not in error.message.replace("wrong-password", "")


@pytest.mark.triplestores
def test_a_low_limit_of_rows_is_noticed(run: Runner, tmp_path: Path) -> None:
    try:
        server = start("virtuoso", tmp_path, max_rows=1000)
    except Unavailable as error:
        pytest.skip(str(error))
    with server:
        fill(server)
        engine = RemoteEngine(server.query_url)
        with pytest.raises(EndpointError, match=r"cut the answer off after 1,000 rows"):
            engine.select(MANY)
        with pytest.raises(EndpointError, match=r"cut the answer off after [\d,]+ triples"):
            engine.construct("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
        assert len(list(engine.select(f"{MANY} LIMIT 1000").rows)) == 1000
        done = run("sparql", "-", "--endpoint", server.query_url, stdin=MANY.encode())
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"error: {server.query_url} cut the answer off after 1,000 rows\nraise the store's")
        assert run("validate", "--endpoint", server.query_url).code == 0
        found = uprgraph.open(server.query_url).query("rights-by-state")
        assert found.terms == uprgraph.query("rights-by-state").terms
