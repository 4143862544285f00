"""src/uprgraph/engines/cut.py, and the remote engine where answers are cut off."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from tests.transport.scripted import Asked, Script, answer, scripted

from uprgraph.engines import cut
from uprgraph.engines.remote import RemoteEngine
from uprgraph.engines.terms import Iri
from uprgraph.errors import EndpointError

JSON = "application/sparql-results+json"


def rows(number: int) -> bytes:
    """Return SPARQL results with so many rows."""
    bindings = [{"s": {"type": "uri", "value": f"http://s/{each}"}} for each in range(number)]
    return json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": bindings}}).encode()


class Store:
    """A store with `total` rows or triples, of which it gives at most `limit`, and says so or not."""

    def __init__(self, total: int, limit: int, **headers: str) -> None:
        self.total, self.limit, self.headers = total, limit, headers
        self.asked: list[str] = []

    def __call__(self, connection: object, asked: Asked) -> bytes:
        query = parse_qs(asked.body.decode())["query"][0]
        self.asked.append(query)
        offset, limit = (
            int(found[1]) if (found := re.search(rf"{word} (\d+)", query)) else none
            for word, none in (("OFFSET", 0), ("LIMIT", self.total))
        )
        number = max(min(self.total - offset, limit, self.limit), 0)
        headers = self.headers if number == self.limit else {}
        if "CONSTRUCT" in query:
            triples = "".join(f"<http://s/{each}> <http://p> _:b .\n" for each in range(offset, offset + number))
            return answer(body=triples.replace("_:b", "1").encode(), Content_Type="text/turtle", **headers)
        return answer(body=rows(number), Content_Type=JSON, **headers)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, False), (99, False), (100, True), (101, False), (1000, True), (1024, True), (1_048_576, True), (512, False)],
)
def test_limits_are_round(number: int, expected: bool) -> None:
    assert cut.may_be_limit(number) is expected


def test_asks_for_the_row_after_the_last() -> None:
    text = (
        "PREFIX select: <http://x/>\n# SELECT\nSELECT DISTINCT ?s { { SELECT ?s { ?s a select:C } } } ORDER BY ?s # x"
    )
    assert cut.next_row(text, 100) == (
        "PREFIX select: <http://x/>\n# SELECT\n"
        "SELECT * { {\nSELECT DISTINCT ?s { { SELECT ?s { ?s a select:C } } } ORDER BY ?s # x\n} } OFFSET 100 LIMIT 1"
    )
    assert cut.next_row("SELECT * FROM <http://g> { ?s ?p ?o }", 100) is None
    assert cut.next_row("SELECT * { ?s ?p 'FROM' }", 100) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 100", True),
        ("SELECT * { ?s ?p ?o } limit 100 offset 5", True),
        ("SELECT * { ?s ?p ?o } LIMIT 200", False),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 100 } }", False),
        ("SELECT * { ?s ?p ?o } # LIMIT 100", False),
    ],
)
def test_knows_a_limit_of_the_query(text: str, expected: bool) -> None:
    assert cut.ends_at_own_limit(text, 100) is expected


def test_asks_for_triples_beside_their_number() -> None:
    text = "CONSTRUCT WHERE { ?s ?p ?o }"
    assert cut.later_triples(text, 9873) == [f"{text}\nOFFSET {each} LIMIT 10" for each in (5000, 10_000)]
    assert cut.later_triples(text, 10_000) == [f"{text}\nOFFSET 10000 LIMIT 10"]
    for other in (f"{text} LIMIT 10000", f"{text} OFFSET 1", f"{text} VALUES ?s {{ 1 }}", "DESCRIBE <http://x>"):
        assert cut.later_triples(other, 10_000) == []
    assert cut.later_triples(text, 999) == []


@pytest.mark.parametrize(
    ("query", "ask", "unit"),
    [
        ("SELECT ?s { ?s ?p ?o }", lambda engine, text: list(engine.select(text).rows), "rows"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", lambda engine, text: list(engine.construct(text)), "triples"),
    ],
    ids=["select", "construct"],
)
@pytest.mark.parametrize("headers", [{}, {"X_SPARQL_MaxRows": "1000"}], ids=["unsaid", "said"])
def test_an_answer_that_is_cut_off_is_none(
    script: Script, query: str, ask: Callable[..., list[Any]], unit: str, headers: dict[str, str]
) -> None:
    script.steps = [Store(1001, 1000, **headers)]
    with pytest.raises(EndpointError) as caught:
        ask(RemoteEngine(script.url), query)
    assert caught.value.message == f"{script.url} cut the answer off after 1,000 {unit}"
    assert "docs/triplestores.md" in str(caught.value.hint)
    for total in (1, 999):
        script.steps = [Store(total, 1000)]
        assert len(ask(RemoteEngine(script.url), query)) == total


@pytest.fixture
def script() -> Any:
    """A scripted server."""
    with scripted() as found:
        yield found


def test_an_answer_of_a_round_number_may_be_whole(script: Script) -> None:
    for total, limit in ((1000, 2000), (1000, 1000)):
        store = Store(total, limit)
        script.steps = [store]
        assert len(list(RemoteEngine(script.url).select("SELECT ?s { ?s ?p ?o }").rows)) == 1000
        assert len(store.asked) == 2


def test_a_limit_of_ones_own_is_enough(script: Script) -> None:
    store = Store(5000, 10_000)
    script.steps = [store]
    assert len(list(RemoteEngine(script.url).select("SELECT ?s { ?s ?p ?o } LIMIT 1000").rows)) == 1000
    assert len(store.asked) == 1
    script.steps = [Store(5000, 1000, X_SPARQL_MaxRows="1000")]
    assert len(list(RemoteEngine(script.url).select("SELECT ?s { ?s ?p ?o } LIMIT 1000").rows)) == 1000
    with pytest.raises(EndpointError, match="cut the answer off after 1,000 rows"):
        RemoteEngine(script.url).select("SELECT ?s FROM <http://g> { ?s ?p ?o }")


def test_a_store_that_refuses_to_be_asked_again(script: Script) -> None:
    first = answer(body=rows(100), Content_Type=JSON)
    refusal = answer(400, b"no sub-selects here", Content_Type="text/plain")
    said: list[str] = []
    script.steps = [first, refusal]
    assert len(list(RemoteEngine(script.url, notice=said.append).select("SELECT ?s { ?s ?p ?o }").rows)) == 100
    assert said == [f"{script.url} gave 100 rows and does not say whether there are more"]
    script.steps = [first, refusal]
    with pytest.warns(UserWarning, match="does not say whether there are more"):
        RemoteEngine(script.url).select("SELECT ?s { ?s ?p ?o }")
    script.steps = [answer(body=rows(100), Content_Type=JSON, X_SPARQL_MaxRows="100"), refusal]
    with pytest.raises(EndpointError, match="cut the answer off after 100 rows"):
        RemoteEngine(script.url).select("SELECT ?s { ?s ?p ?o }")
    script.steps = [first, lambda connection, asked: script.released.wait(20) and None]
    with pytest.raises(EndpointError, match=r"did not answer within 0\.5 seconds"):
        RemoteEngine(script.url, timeout=0.5).select("SELECT ?s { ?s ?p ?o }")


def test_an_answer_in_part(script: Script) -> None:
    script.steps = [answer(body=rows(7), Content_Type=JSON, X_SPARQL_Anytime="1000")]
    with pytest.raises(EndpointError, match="answers only in part, as it ran out of time"):
        RemoteEngine(script.url).select("SELECT ?s { ?s ?p ?o }")
    script.steps = [answer(206, rows(7), Content_Type=JSON)]
    with pytest.raises(EndpointError, match="answers only in part"):
        RemoteEngine(script.url).select("SELECT ?s { ?s ?p ?o }")


def test_equal_terms_are_one(script: Script) -> None:
    body = rows(2).replace(b"http://s/1", b"http://s/0")
    script.steps = [answer(body=body, Content_Type=JSON)]
    (one,), (other,) = RemoteEngine(script.url).select("SELECT ?s { ?s ?p ?o }").rows
    assert one is other
    assert one == Iri("http://s/0")


@pytest.mark.parametrize(
    ("value", "expected"),
    [('{"n": {"type": "typed-literal", "value": "1"}}', True), ("", False)],
)
def test_ask_may_be_answered_with_a_table(script: Script, value: str, expected: bool) -> None:
    body = f'{{"head": {{"vars": ["n"]}}, "results": {{"bindings": [{value}]}}}}'
    script.steps = [answer(body=body.encode(), Content_Type=JSON)]
    assert RemoteEngine(script.url).ask("ASK {}") is expected


def test_refuses_answers_that_are_too_large(script: Script) -> None:
    script.steps = [answer(body=rows(5000), Content_Type=JSON)]
    with pytest.raises(EndpointError, match="sends more than 10,000 bytes, and no more is taken"):
        RemoteEngine(script.url, max_bytes=10_000).select("SELECT ?s { ?s ?p ?o }")
