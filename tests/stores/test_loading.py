"""src/uprgraph/stores/: loading, inserting, content and verifying, against a store that refuses what it is told to."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph import resources
from uprgraph.errors import EndpointError, InvalidDataError, ResourceError, UnknownValueError, UprGraphError, UsageError
from uprgraph.stores import inserting, loading
from uprgraph.stores.connection import N_TRIPLES, Store
from uprgraph.stores.content import GRAPHS, StoreContent, contents, serialised
from uprgraph.stores.kinds import detect, endpoints, kind, kinds
from uprgraph.stores.verifying import verify
from uprgraph.transport.client import Client
from uprgraph.transport.credentials import Credentials

GRAPH = f"{GRAPHS}test"
Answer = tuple[int, dict[str, str], bytes]


class Request(Protocol):
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes
    data: bytes


class Fake(Protocol):
    """What the fixture `fake` gives."""

    url: str
    rule: Callable[[Request], Answer | None]
    cut_after: int | None
    cuts: int
    server: str
    asked: list[Request]
    store: ox.Store

    def sent(self, method: str) -> list[Request]: ...


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A Turtle file of 100 triples."""
    path = tmp_path / "data.ttl"
    path.write_text("@prefix : <http://ex.org/> .\n" + "".join(f':s{n} :p "{n} é" .\n' for n in range(100)), "utf-8")
    return path


def refusing(matches: Callable[[Request], bool], *answer: object) -> Callable[[Request], Answer | None]:
    """A rule that answers with a status, and perhaps headers and a body."""
    status, headers, body = (*answer, *({}, b"")[len(answer) - 1 :])
    return lambda request: (status, headers, body) if matches(request) else None  # type: ignore[return-value]


def connect(fake: Fake, **options: str) -> Store:
    return Store.connect(fake.url, **options)  # type: ignore[arg-type]


def stored(fake: Fake, graph: str = GRAPH) -> int:
    return sum(1 for _ in fake.store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))


def test_a_graph_is_put_as_its_file_is_and_replaces_what_was_there(fake: Fake, data: Path) -> None:
    fake.store.add(ox.Quad(ox.NamedNode("http://old"), ox.NamedNode("http://p"), ox.Literal("x"), ox.NamedNode(GRAPH)))
    with connect(fake) as store:
        (loaded,) = loading.load(store, [data], ["test"], verify=True)
    (put,) = fake.sent("PUT")
    assert put.body == data.read_bytes()
    assert put.headers["Content-Type"] == "text/turtle"
    assert put.headers["Content-Length"] == str(data.stat().st_size)
    assert (loaded.graph, loaded.triples, loaded.how) == (GRAPH, 100, "PUT")
    assert str(loaded.comparison) == "same"
    assert stored(fake) == 100


@pytest.mark.thorough
def test_the_shipped_graphs_with_the_catalogue_last(fake: Fake) -> None:
    with connect(fake) as store:
        found = list(loading.load(store, verify=True))
    assert {each.graph for each in found} == {graph for graph, _ in resources.graph_files()}
    assert found[-1].graph == f"{GRAPHS}catalog"
    assert all(each.comparison and each.comparison.same for each in found)
    assert sum(each.triples for each in found) == len(fake.store)


def test_a_folder_of_a_store_graph_by_graph(fake: Fake, tmp_path: Path) -> None:
    source = ox.Store(str(tmp_path / "store"))
    for graph in ("http://g/a", f"{GRAPHS}b"):
        source.load(b"<http://s> <http://p> 1, 2, _:x .", format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
    source.flush()
    del source
    with connect(fake) as store:
        found = list(loading.load(store, [tmp_path / "store"], verify=True))
        assert [each.graph for each in loading.load(store, [tmp_path / "store"], ["b"])] == [f"{GRAPHS}b"]
    assert [(each.graph, each.triples, str(each.comparison)) for each in found] == [
        ("http://g/a", 3, "same"),
        (f"{GRAPHS}b", 3, "same"),
    ]


def test_a_store_that_needs_lengths_is_told_them(fake: Fake, tmp_path: Path) -> None:
    packed = tmp_path / "data.nt.gz"
    packed.write_bytes(gzip.compress(b'<http://s> <http://p> "x" .\n'))
    with connect(fake, store="virtuoso", graph_store=fake.url.replace("query", "store")) as store:
        store.put(GRAPH, contents([packed], ["test"])[0])
    with connect(fake) as store:
        store.put(GRAPH, contents([packed], ["test"])[0])
    with_length, chunked = fake.sent("PUT")
    assert with_length.headers["Content-Length"] == "28"
    assert "Content-Length" not in chunked.headers
    assert with_length.body == chunked.body == b'<http://s> <http://p> "x" .\n'


def test_several_files_become_one_graph(fake: Fake, tmp_path: Path, data: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_bytes(b"\xef\xbb\xbf@prefix : <http://other/> . :s :p 1 . # no end of line")
    last = tmp_path / "last.nt.gz"
    last.write_bytes(gzip.compress(b'<http://s> <http://p> "x" .'))
    with connect(fake) as store:
        (loaded,) = loading.load(store, [data, other, last], [GRAPH], verify=True)
    assert loaded.triples == stored(fake) == 102
    assert str(loaded.comparison) == "same"
    with connect(fake) as store:
        store.put(GRAPH, contents([data, other], [GRAPH])[0])
    assert stored(fake) == 101


def test_files_that_share_a_blank_node_are_refused(fake: Fake, tmp_path: Path) -> None:
    paths = [tmp_path / "a.ttl", tmp_path / "b.ttl"]
    for path in paths:
        path.write_text("_:x <http://p> 1 .")
    with connect(fake) as store, pytest.raises(InvalidDataError, match="_:x is in another of the files"):
        loading.load(store, paths, ["test"])
    assert not fake.sent("PUT")


def test_a_broken_file_replaces_nothing(fake: Fake, tmp_path: Path, data: Path) -> None:
    with connect(fake) as store:
        list(loading.load(store, [data], ["test"]))
        broken = tmp_path / "broken.ttl"
        broken.write_text("<http://s> <http://p> 1 .\n<http://s> <http://p> .")
        with pytest.raises(InvalidDataError, match=r"broken\.ttl:2:"):
            loading.load(store, [data, broken], ["test"])
    assert stored(fake) == 100
    assert len(fake.sent("PUT")) == 1


def test_gzip_is_sent_where_it_is_wanted_and_plain_text_where_it_is_refused(fake: Fake, data: Path) -> None:
    with connect(fake) as store:
        (packed,) = loading.load(store, [data], ["test"], compress=True)
        assert packed.how == "PUT gzip"
        assert fake.sent("PUT")[0].body != fake.sent("PUT")[0].data == data.read_bytes()
        fake.rule = refusing(lambda request: "Content-Encoding" in request.headers, 415)
        (plain,) = loading.load(store, [data], ["test"], compress=True)
        again = list(loading.load(store, [data], ["test"], compress=True))
    assert plain.how == again[0].how == "PUT"
    assert len(fake.sent("PUT")) == 4, "and it is not tried again"
    assert stored(fake) == 100


def test_on_this_machine_nothing_is_compressed() -> None:
    near = Store(kind("fuseki"), endpoints(kind("fuseki"), "http://127.0.0.1/ds"))
    far = Store(kind("fuseki"), endpoints(kind("fuseki"), "https://example.org/ds"))
    assert (near.compresses(), far.compresses(), near.compresses(wanted=True)) == (False, True, True)


@pytest.mark.parametrize("status", [404, 405, 501])
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_without_a_graph_store_updates_are_sent(fake: Fake, data: Path, status: int, method: str) -> None:
    fake.rule = refusing(lambda request: request.path == "/store" and request.method == method, status)
    with connect(fake) as store:
        (loaded,) = loading.load(store, [data], ["test"], verify=True)
    assert loaded.how == "INSERT DATA (1)"
    assert str(loaded.comparison) == "same"
    assert stored(fake) == 100


@pytest.mark.parametrize("status", [400, 413, 500])
def test_chunks_shrink_until_they_are_taken(fake: Fake, data: Path, status: int) -> None:
    update = fake.url.replace("query", "update")
    fake.rule = refusing(lambda request: request.path == "/update" and request.body.count(b" .\n") > 30, status)
    with connect(fake, store="generic", update=update) as store:
        (loaded,) = loading.load(store, [data], ["test"], verify=True)
    assert loaded.how == "INSERT DATA (4)", "25 each"
    assert str(loaded.comparison) == "same"
    sizes = [request.body.count(b" .\n") for request in fake.asked if b"INSERT" in request.body]
    assert sizes == [100, 50, 25, 25, 25, 25]


def test_a_statement_that_is_refused_is_named(fake: Fake, data: Path) -> None:
    fake.rule = refusing(lambda request: b"/s77>" in request.body, 400, {"Content-Type": "text/plain"}, b"too odd")
    with connect(fake, store="generic", update=fake.url.replace("query", "update")) as store:
        work = loading.load(store, [data], ["test"])
        with pytest.raises(EndpointError, match=r"(?s)too odd.*the statement <http://ex\.org/s77>"):
            next(work)
    assert work.unsure == GRAPH
    assert work.left == [GRAPH]


@pytest.mark.parametrize("path", ["/store", "/update"])
def test_a_wrong_password_is_tried_once_and_changes_nothing(fake: Fake, data: Path, path: str) -> None:
    fake.rule = refusing(
        lambda request: request.path == path and request.headers.get("Authorization") != "right",
        401,
        {"WWW-Authenticate": 'Basic realm="x"'},
    )
    options = {"store": "generic", "update": fake.url.replace("query", "update")} if path == "/update" else {}
    with Store.connect(fake.url, credentials=Credentials("me", "wrong"), **options) as store:  # type: ignore[arg-type]
        work = loading.load(store, [data], ["test"])
        with pytest.raises(EndpointError, match="401") as caught:
            next(work)
    assert caught.value.status == 401
    assert work.unsure is None
    assert not fake.sent("PUT")
    assert len([request for request in fake.asked if request.path == path]) <= 2


def test_a_busy_store_is_asked_again(fake: Fake, data: Path) -> None:
    busy = iter([True, False])
    fake.rule = refusing(lambda request: request.method == "PUT" and next(busy), 503, {"Retry-After": "0"})
    with connect(fake) as store:
        (loaded,) = loading.load(store, [data], ["test"], verify=True)
    assert len(fake.sent("PUT")) == 2
    assert str(loaded.comparison) == "same"


def test_a_connection_that_is_cut_is_opened_again_and_all_is_sent_again(fake: Fake, tmp_path: Path) -> None:
    large = tmp_path / "large.nt"
    large.write_text("".join(f'<http://s{n}> <http://p> "{"x" * 200}" .\n' for n in range(30_000)))
    fake.cuts, fake.cut_after = 1, 100_000
    with connect(fake) as store:
        (loaded,) = loading.load(store, [large], ["test"])
    assert fake.cuts == 0
    assert loaded.triples == stored(fake) == 30_000


def test_a_store_that_is_gone_leaves_word_of_what_is_done(fake: Fake) -> None:
    puts = iter(range(100))
    fake.rule = refusing(lambda request: request.method == "PUT" and next(puts) >= 2, 507)
    with connect(fake) as store:
        work = loading.load(store)
        with pytest.raises(EndpointError, match="507"):
            list(work)
    assert len(work.done) == 2
    assert len(work.left) == len({graph for graph, _ in resources.graph_files()}) - 2
    assert work.unsure is None, "Oxigraph replaces a graph as a whole"


def test_a_page_of_html_is_no_answer_to_a_put(fake: Fake, data: Path) -> None:
    fake.rule = refusing(
        lambda request: request.method == "PUT", 200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><HTML>Log in"
    )
    with connect(fake) as store, pytest.raises(EndpointError, match="page of HTML"):
        list(loading.load(store, [data], ["test"]))


def test_blank_nodes_are_not_torn_apart(fake: Fake, tmp_path: Path) -> None:
    path = tmp_path / "blank.ttl"
    path.write_text("".join(f"_:x <http://p> {number} .\n" for number in range(1500)))
    with connect(fake, store="generic", update=fake.url.replace("query", "update")) as store:
        with pytest.raises(InvalidDataError, match="blank nodes"):
            list(loading.load(store, [path], ["test"]))
        assert not fake.sent("POST"), "and nothing was changed before"
        path.write_text("_:x <http://p> 1, 2 . [] <http://p> _:x .")
        (loaded,) = loading.load(store, [path], ["test"], verify=True)
    assert str(loaded.comparison) == "same"


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["", "en", "http://dt"]))))
def test_insert_data_keeps_every_literal(values: list[tuple[str, str]]) -> None:
    subject, predicate = ox.NamedNode("http://s/é"), ox.NamedNode("http://p")
    literals = [
        ox.Literal(text, datatype=ox.NamedNode(kind_)) if ":" in kind_ else ox.Literal(text, language=kind_ or None)
        for text, kind_ in values
    ]
    triples = [ox.Triple(subject, predicate, literal) for literal in literals]
    target = ox.Store()

    class Target(Store):
        def update(self, text: str) -> None:
            target.update(text)

    source = ox.Store()
    source.extend(ox.Quad(*triple, ox.NamedNode(GRAPH)) for triple in triples)
    store = Target(kind("generic"), endpoints(kind("generic"), "http://127.0.0.1/q"))
    inserting.insert(store, StoreContent(GRAPH, source), blank_nodes=False)
    assert {quad.triple for quad in target} == set(triples)


def test_verify_says_what_differs(fake: Fake, data: Path) -> None:
    (content,) = contents([data], ["test"])
    with connect(fake) as store:
        absent = verify(store, content)
        assert (str(absent), absent.same, absent.there) == ("not there", False, False)
        list(loading.load(store, [data], ["test"]))
        fake.store.update(
            f"DELETE DATA {{ GRAPH <{GRAPH}> {{ <http://ex.org/s3> <http://ex.org/p> '3 é' }} }} ;"
            f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <http://ex.org/s3> <http://ex.org/p> '3 e', 1 }} }}"
        )
        (different,) = loading.verify(store, [data], ["test"])
    assert str(different) == "differs: 1 missing, 2 extra"
    assert different.missing.first == ['<http://ex.org/s3> <http://ex.org/p> "3 é" .']
    assert different.expected != different.found


def test_verify_says_that_literals_are_in_another_form(fake: Fake, tmp_path: Path) -> None:
    path = tmp_path / "numbers.ttl"
    path.write_text("<http://s> <http://p> 1.50, 01, 'x' .")
    with connect(fake) as store:
        (loaded,) = loading.load(store, [path], ["test"], verify=True)
        assert str(loaded.comparison) == "same, 2 in another form"
        path.write_text("[] <http://p> 1.50 ; <http://q> [ <http://p> 2 ] .")
        (loaded,) = loading.load(store, [path], ["test"], verify=True)
        assert str(loaded.comparison).startswith("same")
        rdf4j = Store(kind("rdf4j"), store.urls)
        path.write_text("<http://s> <http://p> 1.50 .")
        (loaded,) = loading.load(rdf4j, [path], ["test"], verify=True)
        assert str(loaded.comparison) == "differs: 1 missing, 1 extra", "RDF4J changes no literal"


def test_answers_that_are_cut_off_are_read_page_by_page(fake: Fake, tmp_path: Path) -> None:
    path = tmp_path / "data.nt"
    path.write_text("".join(f'<http://s> <http://p> "{number}" .\n' for number in range(2500)))

    def cut(request: Request) -> Answer | None:
        if request.path != "/query" or b"CONSTRUCT" not in request.body:
            return None
        status, headers, body = fake.answer(request)  # type: ignore[attr-defined]
        return status, headers, b"".join(body.splitlines(keepends=True)[:700])

    fake.rule = cut
    with connect(fake, store="generic", graph_store=fake.url.replace("query", "store")) as store:
        (loaded,) = loading.load(store, [path], ["test"], verify=True)
    assert str(loaded.comparison) == "same"
    assert len([request for request in fake.asked if b"CONSTRUCT" in request.body]) == 5


def test_a_plan_asks_the_store_nothing(fake: Fake, data: Path) -> None:
    with connect(fake) as store:
        asked = len(fake.asked)
        (planned,) = loading.plan(store, [data], ["test"])
        assert len(fake.asked) == asked
    assert (planned.triples, planned.how, planned.seconds) == (100, "PUT", None)


@pytest.mark.parametrize(
    ("query", "update", "graph_store"),
    [
        ("fuseki /ds", "/ds/update", "/ds/data"),
        ("fuseki /ds/", "/ds/update", "/ds/data"),
        ("fuseki /ds/query", "/ds/update", "/ds/data"),
        ("fuseki /a/ds/sparql", "/a/ds/update", "/a/ds/data"),
        ("rdf4j /rdf4j-server/repositories/x", "{}/statements", "{}/rdf-graphs/service"),
        ("graphdb /repositories/x", "{}/statements", "{}/rdf-graphs/service"),
        ("virtuoso /sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
        ("virtuoso /sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth"),
        ("oxigraph /query", "/update", "/store"),
        ("qlever /api/x", "/api/x", "/api/x"),
        ("neptune /sparql", "/sparql", "/sparql/gsp/"),
        ("virtuoso /other", None, None),
        ("generic /sparql", None, None),
    ],
)
def test_urls_follow_from_the_query_url(query: str, update: str | None, graph_store: str | None) -> None:
    name, path = query.split()
    found = endpoints(kind(name), f"https://user:pw@h:1{path}?x=1")
    assert found.query == f"https://h:1{path}?x=1"
    expected = [None if each is None else f"https://h:1{each.format(path)}" for each in (update, graph_store)]
    assert [found.update, found.graph_store] == expected
    given_ = endpoints(kind(name), f"https://h:1{path}", "http://u/", "http://g/")
    assert (given_.update, given_.graph_store) == ("http://u/", "http://g/")


@pytest.mark.parametrize(
    ("expected", "server", "answers"),
    [
        ("oxigraph", "Oxigraph/0.5", {}),
        ("virtuoso", "Virtuoso/07.20", {}),
        ("fuseki", "x", {"/query": (200, {"Fuseki-Request-Id": "1"}, b"")}),
        ("graphdb", "x", {"/rest/info/version": (200, {}, b'{"productVersion":"10"}'), "/protocol": (200, {}, b"12")}),
        ("rdf4j", "x", {"/protocol": (200, {}, b"12")}),
        ("qlever", "x", {"/query": (200, {}, b'{"git-hash":"abc"}')}),
        ("neptune", "x", {"/status": (200, {}, b'{"status":"healthy","dbEngineVersion":"1.3"}')}),
        ("generic", "x", {"/query": (200, {}, b"{}"), "/protocol": (200, {}, b"<html>12 pages")}),
    ],
)
def test_kinds_are_recognised_by_reading(fake: Fake, expected: str, server: str, answers: dict[str, Answer]) -> None:
    fake.server = server
    fake.rule = lambda request: answers.get(request.path, (404, {}, b"<html>404"))
    url = fake.url.replace("/query", "/repositories/x") if expected in {"graphdb", "rdf4j"} else fake.url
    assert detect(Client(url), url).key == expected
    assert {request.method for request in fake.asked} == {"GET"}


def test_every_kind_is_complete() -> None:
    for each in kinds().values():
        assert each.probes or each.key == "generic"
        assert each.urls or each.key == "generic"
        assert "$GRAPH" in each.clear
        assert each.full_text == "" or "$WORD" in each.full_text
        assert each.default_graph in {"own", "union", "unknown"}


@pytest.mark.parametrize(
    ("sources", "graphs", "error", "message"),
    [
        ([], ["nowhere/at/all"], UnknownValueError, "the graphs are: "),
        ([], ["reference/state"], UnknownValueError, 'did you mean "reference/states"'),
        ([], ["state"], UnknownValueError, "reference/states"),
        (["data.ttl"], [], UsageError, "--graph IRI"),
        (["data.ttl"], ["a", "b"], UsageError, "one graph"),
        (["data.ttl"], ["http://a b"], UsageError, "not an IRI"),
        (["data.nq"], ["a"], UsageError, "graphs of its own"),
        (["data.csv"], ["a"], InvalidDataError, "ends in .ttl"),
        (["absent.ttl"], ["a"], ResourceError, "does not exist"),
        (["."], [], ResourceError, "not a store"),
        ([".", "data.ttl"], [], UsageError, "loaded alone"),
    ],
)
def test_mistakes_in_what_is_to_be_loaded(
    data: Path, sources: list[str], graphs: list[str], error: type[UprGraphError], message: str
) -> None:
    with pytest.raises(error) as caught:
        contents([data.parent / source for source in sources], graphs)
    assert message in str(caught.value)


@pytest.mark.thorough
def test_a_store_of_which_nothing_is_known_needs_more_words(fake: Fake, data: Path) -> None:
    fake.server = "nginx"
    with connect(fake) as store, pytest.raises(UsageError, match="--store"):
        loading.load(store, [data], ["test"])


def test_memory_stays_flat(tmp_path: Path) -> None:
    """A large graph is serialised and sent in chunks, never as a whole."""
    import tracemalloc

    path = tmp_path / "large.nt"
    with path.open("w") as file:
        file.writelines(f'<http://s{n}> <http://p> "{"x" * 200}" .\n' for n in range(50_000))
    (content,) = contents([path], ["test"])
    tracemalloc.start()
    try:
        assert content.check().triples == 50_000
        assert sum(map(len, content.chunks())) == path.stat().st_size
        assert sum(map(len, serialised(content.triples()))) == path.stat().st_size
        assert tracemalloc.get_traced_memory()[1] < 8_000_000 < path.stat().st_size
    finally:
        tracemalloc.stop()


def test_an_interruption_leaves_word(fake: Fake, data: Path) -> None:
    stopped = threading.Event()

    def watch(what: str, graph: str, done: int, total: int | None) -> None:
        if what == "sending" and done:
            stopped.set()
            raise KeyboardInterrupt

    with connect(fake, store="virtuoso", graph_store=fake.url.replace("query", "store")) as store:
        work = loading.load(store, [data], ["test"], watch=watch)
        with pytest.raises(KeyboardInterrupt):
            next(work)
    assert stopped.is_set()
    assert (work.done, work.left, work.unsure) == ([], [GRAPH], GRAPH)


def test_pages_that_are_mixed_up_are_read_again(fake: Fake, tmp_path: Path) -> None:
    path = tmp_path / "data.nt"
    path.write_text("".join(f'<http://s> <http://p> "{number}" .\n' for number in range(2500)))
    first = iter([True])

    def mixed(request: Request) -> Answer | None:
        if b"OFFSET+1000" in request.body and next(first, False):
            request.body = request.body.replace(b"OFFSET+1000", b"OFFSET+0")
        return None

    fake.rule = mixed
    with connect(fake, store="generic", graph_store=fake.url.replace("query", "store")) as store:
        (loaded,) = loading.load(store, [path], ["test"], verify=True)
    assert next(first, None) is None, "a page came twice, and another not at all"
    assert str(loaded.comparison) == "same"


def test_a_graph_that_is_too_large_for_one_request_goes_in_parts(fake: Fake, data: Path) -> None:
    fake.store.add(ox.Quad(ox.NamedNode("http://old"), ox.NamedNode("http://p"), ox.Literal("x"), ox.NamedNode(GRAPH)))
    told: list[int] = []
    with connect(fake) as store:
        store.kind = replace(store.kind, part=40)
        assert [each.how for each in loading.plan(store, [data], ["test"])] == ["PUT in parts"]
        work = loading.load(store, [data], ["test"], verify=True)
        work.watch = lambda what, graph, done, total: told.append(done) if what == "sending" else None
        (loaded,) = work
        store.kind = replace(store.kind, part=100)
        (whole,) = loading.load(store, [data], ["test"])
    assert loaded.how == "PUT in 3 parts"
    assert str(loaded.comparison) == "same"
    assert told == [40, 80, 100]
    assert whole.how == "PUT"
    first, second, third = [
        request for request in fake.asked if request.headers.get("Content-Type") == N_TRIPLES and request.body
    ]
    assert (first.method, second.method, third.method) == ("PUT", "POST", "POST")


def test_a_graph_with_blank_nodes_is_not_taken_apart(fake: Fake, tmp_path: Path) -> None:
    path = tmp_path / "blank.ttl"
    path.write_text("@prefix : <http://ex.org/> . :a :b [ :c 1, 2, 3 ] .")
    with connect(fake) as store:
        store.kind = replace(store.kind, part=2)
        (loaded,) = loading.load(store, [path], ["test"])
    assert loaded.how == "PUT"


def test_a_part_that_is_refused_leaves_the_graph_there_in_part(fake: Fake, data: Path) -> None:
    fake.rule = refusing(lambda request: request.method == "POST" and bool(request.body), 500)
    with connect(fake) as store:
        store.kind = replace(store.kind, part=40, atomic=False)
        work = loading.load(store, [data], ["test"])
        with pytest.raises(EndpointError, match="500"):
            next(work)
    assert work.unsure == GRAPH
    assert stored(fake) == 40
