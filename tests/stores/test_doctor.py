"""What the doctor finds: on the four real servers, and on one that has each defect that is looked for."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from tests.servers import Server

from uprgraph import resources
from uprgraph.errors import EndpointError, UnknownValueError, UsageError
from uprgraph.stores import loading
from uprgraph.stores.connection import Store
from uprgraph.stores.doctor import Finding, examine
from uprgraph.transport.credentials import Credentials

GRAPHS = f"{resources.BASE}graph/"
STATES = f"{GRAPHS}reference/states"
CHECKS = [
    *("server", "query", "ASK", "CONSTRUCT", "named graphs", "default graph", "graphs in the request"),
    *("property paths", "aggregates", "open parameters", "limit of rows", "full-text search", "update"),
    *("writing by anybody", "graph store", "our graphs", "their content", "other graphs", "version of the data"),
    "a question",
]
ASKING_WHO_WRITES = {"fuseki", "virtuoso"}


def found(*arguments: object, **options: object) -> dict[str, Finding]:
    """Return the findings by the name of the check."""
    findings = list(examine(*arguments, **options))
    assert [each.check for each in findings] == CHECKS
    return {each.check: each for each in findings}


def statuses(findings: dict[str, Finding]) -> dict[str, str]:
    return {name: each.status for name, each in findings.items()}


def problems(findings: dict[str, Finding]) -> set[str]:
    return {name for name, each in findings.items() if each.status == "problem"}


# Real servers


def who(server: Server) -> Credentials | None:
    return Credentials(server.user, server.password) if server.user and server.password else None


def test_a_server_from_empty_to_loaded_to_damaged(fresh_triplestore: Server) -> None:
    server, credentials = fresh_triplestore, who(fresh_triplestore)
    asks = server.kind in ASKING_WHO_WRITES

    empty = found(server.query_url, credentials=credentials)
    assert problems(empty) == {"our graphs"}
    assert server.kind in empty["server"].found.lower()
    assert empty["our graphs"].found.startswith("none of ")
    user = f" --user {server.user}" if asks else ""
    assert empty["our graphs"].advice == f"load them: uprgraph load --endpoint {server.query_url}{user}"
    for name in ("default graph", "graphs in the request", "property paths", "their content", "a question"):
        assert empty[name].status == "unknown", name

    with Store.connect(server.query_url, credentials=credentials) as store:
        list(loading.load(store))
        loaded = found(server.query_url, credentials=credentials)
        assert problems(loaded) == set()
        quiet = {"full-text search": "not there", "version of the data": "not there"}
        anybody = {} if asks else {"writing by anybody": "note"}
        assert statuses(loaded) == {**dict.fromkeys(CHECKS, "good"), **quiet, **anybody}
        assert ("only with GRAPH" in loaded["default graph"].found) == (server.kind in {"oxigraph", "fuseki"})
        assert "15,001 rows came" in loaded["limit of rows"].found

        store.update(f"DELETE WHERE {{ GRAPH <{STATES}> {{ <{resources.BASE}id/state/KAZ> a ?kind }} }}")
        store.update(f"INSERT DATA {{ GRAPH <{STATES}> {{ <urn:a> <urn:b> <urn:c> }} }}")
        store.update(f"INSERT DATA {{ GRAPH <{GRAPHS}left-over> {{ <urn:a> <urn:b> <urn:c> }} }}")
        store.delete(f"{GRAPHS}prefixes")
    damaged = found(server.query_url, credentials=credentials)
    assert problems(damaged) == {"our graphs", "their content"}
    assert damaged["our graphs"].found.endswith(" are not there: prefixes")
    assert damaged["our graphs"].advice.endswith(" --graph prefixes")
    assert "reference/states differs: 1 missing, 1 extra" in damaged["their content"].found
    assert damaged["their content"].advice.endswith(" --graph reference/states")
    assert damaged["other graphs"].status == "note"
    assert "left-over" in damaged["other graphs"].found
    assert damaged["other graphs"].advice == (
        f"to remove one, send the update DROP GRAPH <{GRAPHS}left-over> to {server.update_url}"
    )


def test_without_credentials_it_is_read_only(triplestore: Server) -> None:
    findings = found(triplestore.query_url)
    if triplestore.kind in ASKING_WHO_WRITES:
        assert statuses(findings)["update"] == "not there"
        assert "reading only" in findings["update"].found
        assert "--user NAME" in findings["update"].advice
        assert findings["writing by anybody"].status == "good"
    else:
        assert findings["update"].found.endswith("takes updates without credentials")
        assert findings["writing by anybody"].status == "note"
        assert "here on this machine" in findings["writing by anybody"].found
        assert findings["writing by anybody"].advice.startswith("before others can reach it: ")


def test_a_wrong_password_is_a_problem(triplestore: Server) -> None:
    if triplestore.kind not in ASKING_WHO_WRITES:
        pytest.skip("it asks nobody for a password")
    findings = found(triplestore.query_url, credentials=Credentials(str(triplestore.user), "wrong"))
    assert findings["update"].status == "problem"
    assert "refuses updates with these credentials: HTTP status 401" in findings["update"].found


def test_nothing_is_written(triplestore: Server) -> None:
    with Store.connect(triplestore.query_url, credentials=who(triplestore)) as store:
        store.update(f"INSERT DATA {{ GRAPH <{GRAPHS}doctor-test> {{ <urn:a> <urn:b> <urn:c> }} }}")
        before = graphs_of(triplestore)
        found(triplestore.query_url, credentials=who(triplestore))
        assert graphs_of(triplestore) == before
        store.delete(f"{GRAPHS}doctor-test")


def graphs_of(server: Server) -> list[tuple[str, str]]:
    from uprgraph.graph import open_graph

    rows = open_graph(server.query_url).sparql("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return sorted(tuple(map(str, row)) for row in rows.terms)


@pytest.mark.xdist_group("virtuoso")
def test_a_limit_of_rows_is_found_with_its_setting(start_triplestore: Callable[..., Server]) -> None:
    server = start_triplestore("virtuoso", max_rows=1000)
    findings = found(server.query_url)
    assert findings["limit of rows"].status == "problem"
    assert "1,000 of at least" in findings["limit of rows"].found
    assert "ResultSetMaxRows" in findings["limit of rows"].advice


# A server of our own, with defects


@dataclass
class Defects:
    """A SPARQL server over pyoxigraph, right in all but what is set here."""

    store: ox.Store = field(default_factory=ox.Store)
    graphs: Callable[[list[str]], list[str]] = list
    union: bool = False
    rewrite: tuple[str, str] | None = None
    most_rows: int | None = None
    page: bytes | None = None
    delay: tuple[str, float] | None = None
    refuses: str | None = None
    writes: int = 204
    reads: int = 200
    url: str = ""
    asked: list[str] = field(default_factory=list)

    def query(self, text: str, graphs: list[str]) -> tuple[int, str, bytes]:
        self.asked.append(text)
        if self.delay and self.delay[0] in text:
            time.sleep(self.delay[1])
        if self.refuses and self.refuses in text:
            return 400, "text/plain", b"this is not known here"
        changed = re.sub(*self.rewrite, text) if self.rewrite else text
        named = [ox.NamedNode(graph) for graph in self.graphs(graphs)] or None
        answer = self.store.query(changed, default_graph=named, use_default_graph_as_union=self.union and not named)
        if isinstance(answer, ox.QueryTriples):
            return 200, "text/turtle", answer.serialize(format=ox.RdfFormat.TURTLE) or b""
        body = answer.serialize(format=ox.QueryResultsFormat.JSON) or b""
        if self.most_rows is not None:
            import json

            document = json.loads(body)
            if "results" in document:
                document["results"]["bindings"] = document["results"]["bindings"][: self.most_rows]
            body = json.dumps(document).encode()
        return 200, "application/sparql-results+json", body


class Handler(BaseHTTPRequestHandler):
    defects: Defects

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        form = parse_qs(parts.query)
        if parts.path == "/store":
            return self.answer(*self.graph(form.get("graph", [""])[0]))
        if parts.path == "/query" and "query" in form:
            return self.answer(*self.asked(form))
        return self.answer(404, "text/plain", b"nothing here")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.headers["Content-Type"] == "application/sparql-update":
            status = self.defects.writes if self.path == "/update" else 415
            return self.answer(status, "text/plain", b"")
        return self.answer(*self.asked(parse_qs(body)))

    def graph(self, graph: str) -> tuple[int, str, bytes]:
        if self.defects.reads != 200:
            return self.defects.reads, "text/plain", b""
        quads = list(self.defects.store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
        if not quads:
            return 404, "text/plain", b""
        body = ox.serialize([quad.triple for quad in quads], format=ox.RdfFormat.N_TRIPLES)
        return 200, "application/n-triples", body or b""

    def asked(self, form: dict[str, list[str]]) -> tuple[int, str, bytes]:
        if self.defects.page is not None:
            return 200, "text/html", self.defects.page
        return self.defects.query(form["query"][0], form.get("default-graph-uri", []))

    def answer(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the output of tests clean."""


@pytest.fixture(scope="module")
def shipped_store() -> ox.Store:
    store = ox.Store()
    for graph, path in resources.graph_files():
        store.load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
    return store


@pytest.fixture
def defects(shipped_store: ox.Store) -> Iterator[Defects]:
    """A server that holds the shipped graphs and has no defect yet."""
    defects = Defects(shipped_store)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Handler,), {"defects": defects}))
    defects.url = f"http://127.0.0.1:{server.server_port}/query"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield defects
    finally:
        server.shutdown()
        server.server_close()


def test_without_a_defect_there_is_no_problem(defects: Defects) -> None:
    findings = found(defects.url, "oxigraph")
    assert problems(findings) == set()
    assert findings["server"].found.startswith("Oxigraph, as you say")
    defects.union = True
    assert found(defects.url, "oxigraph")["default graph"].found.endswith("is found without GRAPH")


@pytest.mark.thorough
def test_what_is_no_kind_that_is_known(defects: Defects) -> None:
    findings = found(defects.url)
    assert findings["server"].status == "note"
    assert findings["update"].status == findings["graph store"].status == "not there"
    assert "--update-endpoint" in findings["update"].advice
    assert findings["writing by anybody"].status == "unknown"
    assert problems(findings) == set()
    base = defects.url.removesuffix("/query")
    findings = found(defects.url, update=f"{base}/update", graph_store=f"{base}/store")
    assert findings["update"].status == findings["graph store"].status == "good"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("check", "pattern", "replacement"),
    [
        ("query", "ORDER BY \\?number", "ORDER BY DESC(?number)"),
        ("ASK", r"ASK \{ \}", "ASK { FILTER(false) }"),
        ("CONSTRUCT", 'VALUES \\?text { "é" }', 'VALUES ?text { "e" }'),
        ("property paths", r"broader\*", "broader+"),
        ("property paths", r"broader\+", "broader"),
        ("aggregates", '"; "', '" "'),
        ("aggregates", "DISTINCT \\?group", "?group"),
        ("open parameters", "UNDEF", "<urn:none>"),
    ],
)
def test_a_feature_that_gives_something_else(defects: Defects, check: str, pattern: str, replacement: str) -> None:
    defects.rewrite = (pattern, replacement)
    findings = found(defects.url, "oxigraph")
    assert check in problems(findings)
    assert findings[check].advice


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("check", "refused"), [("ASK", "ASK"), ("property paths", "broader*"), ("aggregates", "GROUP_CONCAT")]
)
def test_a_feature_that_is_refused(defects: Defects, check: str, refused: str) -> None:
    defects.refuses = refused
    findings = found(defects.url, "oxigraph")
    assert check in problems(findings)
    assert "this is not known here" in findings[check].found


@pytest.mark.thorough
def test_a_full_text_index_that_is_refused_is_no_problem(defects: Defects) -> None:
    defects.refuses = "bif:contains"
    finding = found(defects.url, "virtuoso")["full-text search"]
    assert finding.status == "not there"
    assert "this is not known here" in finding.found


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("graphs", "union", "said"),
    [
        (lambda graphs: [], False, "is asked of neither"),
        (lambda graphs: [], True, "is asked of more"),
        (lambda graphs: graphs[:1], False, "is asked of one"),
        (lambda graphs: graphs[-1:], False, "is asked of one"),
    ],
)
def test_graphs_in_the_request_that_are_not_asked(
    defects: Defects, graphs: Callable[[list[str]], list[str]], union: bool, said: str
) -> None:
    defects.graphs, defects.union = graphs, union
    findings = found(defects.url, "oxigraph")
    assert findings["graphs in the request"].status == "problem"
    assert said in findings["graphs in the request"].found
    if not union:
        assert findings["a question"].status == "problem"


@pytest.mark.thorough
def test_a_limit_that_nothing_tells(defects: Defects) -> None:
    defects.most_rows = 1000
    finding = found(defects.url, "virtuoso")["limit of rows"]
    assert finding.status == "problem"
    assert finding.found == "answers are cut off: 1,000 of at least 15,001 rows came, without saying so"
    assert finding.advice == "raise its limit: ResultSetMaxRows under [SPARQL] in virtuoso.ini"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("writes", "status"), [(204, "good"), (401, "not there"), (403, "not there"), (404, "not there"), (500, "problem")]
)
def test_what_the_update_url_answers(defects: Defects, writes: int, status: str) -> None:
    defects.writes = writes
    assert found(defects.url, "oxigraph")["update"].status == status


@pytest.mark.thorough
@pytest.mark.parametrize(("reads", "status"), [(200, "good"), (401, "not there"), (404, "not there"), (500, "problem")])
def test_what_the_graph_store_answers(defects: Defects, reads: int, status: str) -> None:
    defects.reads = reads
    findings = found(defects.url, "oxigraph")
    assert findings["graph store"].status == status
    assert findings["their content"].status == "good", "graphs are read by queries where the graph store gives none"


@pytest.mark.thorough
def test_anybody_may_write_is_a_problem_but_on_this_machine(defects: Defects) -> None:
    assert found(defects.url, "oxigraph")["writing by anybody"].status == "note"
    elsewhere = defects.url.replace("127.0.0.1", "0.0.0.0")  # noqa: S104 - this machine, but no name of loopback
    finding = found(elsewhere, "oxigraph")["writing by anybody"]
    assert finding.status == "problem"
    assert "proxy" in finding.advice


@pytest.mark.thorough
def test_what_was_found_is_kept_when_a_query_takes_too_long(defects: Defects) -> None:
    defects.delay = ("COUNT(?name)", 3)
    findings = found(defects.url, "oxigraph", seconds=1.0)
    assert problems(findings) == {"aggregates"}
    assert "did not answer within 1 seconds" in findings["aggregates"].found


@pytest.mark.thorough
def test_all_the_time_together_is_bounded(defects: Defects) -> None:
    defects.delay = ("?", 0.25)
    start = time.monotonic()
    findings = found(defects.url, "oxigraph", seconds=0.3)
    assert time.monotonic() - start < 6 * 0.3 + 1
    assert findings["query"].status == "good"
    assert findings["a question"].status == "unknown"
    assert "are over" in findings["a question"].found
    assert "--timeout" in findings["a question"].advice


def test_a_page_is_no_sparql_server(defects: Defects) -> None:
    defects.page = b"<html><body>Please log in</body></html>"
    with pytest.raises(EndpointError, match="answers with text/html instead of SPARQL results"):
        next(examine(defects.url))


@pytest.mark.parametrize(
    ("url", "expected"),
    [("http://127.0.0.1:9/query", EndpointError), ("ftp://example.org/", UsageError)],
)
def test_what_cannot_be_reached_at_all(url: str, expected: type[Exception]) -> None:
    with pytest.raises(expected):
        next(examine(url))


def test_an_unknown_kind(defects: Defects) -> None:
    with pytest.raises(UnknownValueError, match="virtuso"):
        next(examine(defects.url, "virtuso"))
