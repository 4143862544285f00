"""src/uprgraph/engines/guard.py."""

import contextlib
import subprocess
import sys

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.engines import guard
from uprgraph.errors import QueryError

NOWHERE = "http://127.0.0.1:9/"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in guard.tokens(text)]


def checked(text: str) -> None:
    """Check a query as before and after an engine refuses it: what does no harm is let through at first."""
    guard.check(text)
    guard.check_brackets(text)


def test_tells_strings_iris_and_comments_from_the_rest() -> None:
    text = """PREFIX ex: <http://e/#SERVICE> # SERVICE <x> {
        ASK { ?s ex:SERVICE "SERVICE \\" { " ; a 'x'@en-GB , '''a '' { ''' , \"""b "" } \""" FILTER(?a<-1.5e+3) }"""
    assert kinds(text) == [
        ("word", "PREFIX"), ("name", "ex:"), ("iri", "<http://e/#SERVICE>"), ("word", "ASK"), ("symbol", "{"),
        ("variable", "?s"), ("name", "ex:SERVICE"), ("string", '"SERVICE \\" { "'), ("symbol", ";"), ("word", "a"),
        ("string", "'x'"), ("tag", "@en-GB"), ("symbol", ","), ("string", "'''a '' { '''"), ("symbol", ","),
        ("string", '\"""b "" } \"""'), ("word", "FILTER"), ("symbol", "("), ("variable", "?a"), ("symbol", "<"),
        ("symbol", "-"), ("number", "1.5e+3"), ("symbol", ")"), ("symbol", "}"),
    ]  # fmt: skip
    assert guard.check(text) == "ASK"


def test_ends_a_name_where_sparql_does() -> None:
    assert kinds("ex:.a") == [("name", "ex:"), ("symbol", "."), ("word", "a")]
    assert kinds("ex:a.b. a:b:c _:x.y :-") == [
        ("name", "ex:a.b"), ("symbol", "."), ("name", "a:b:c"), ("name", "_:x.y"), ("name", ":"), ("symbol", "-"),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["SELECT * {}", "ASK {}", "CONSTRUCT {} WHERE {}", "DESCRIBE <http://a>"])
def test_names_the_form(form: str) -> None:
    head = "BASE <http://b/>\nPREFIX select: <http://s/>\nPREFIX : <http://p/> #\n"
    assert guard.check(head + form) == form.split(maxsplit=1)[0]
    assert guard.check(form.lower()) == form.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    "word", ["INSERT DATA {}", "DELETE WHERE {}", "LOAD <http://a>", "CLEAR ALL", "DROP ALL", "WITH <a>"]
)
def test_refuses_updates(word: str) -> None:
    with pytest.raises(QueryError, match="changes data, and only queries are allowed here"):
        guard.check("PREFIX a: <http://a/> " + word)


CALLS = [
    f"SELECT * {{ SERVICE <{NOWHERE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service silent <{NOWHERE}> {{ ?s ?p ?o }} }}",
    f"SELECT*{{SERVICESILENT<{NOWHERE}>{{?s?p?o}}}}",
    f"PREFIX ex:<{NOWHERE}> SELECT*{{SERVICEex:foo{{?s?p?o}}}}",
    f"PREFIX ex:<{NOWHERE}> SELECT*{{?s?p ex:.SERVICE ex:foo{{?s?p?o}}}}",
    f"SELECT*{{?s?p trueSERVICE<{NOWHERE}>{{?s?p?o}}}}",
    f'SELECT*{{?s?p "x\\\\"SERVICE<{NOWHERE}>{{?s?p?o}}}}',
    f"SELECT*{{?s?p ?o FILTER(?s<?p)SERVICE<{NOWHERE}>{{?s?p?o}}}}",
]


@pytest.mark.parametrize("text", CALLS)
def test_refuses_calls_to_elsewhere(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is not allowed here"):
        guard.check(text)


@pytest.mark.parametrize("text", CALLS)
def test_what_is_refused_as_a_call_is_one(text: str) -> None:
    """So that the list above tests something: pyoxigraph understands each of these."""
    store = pyoxigraph.Store()
    store.add(pyoxigraph.Quad(*[pyoxigraph.NamedNode("http://a")] * 3))
    with contextlib.suppress(OSError):  # it tried to call
        list(store.query(text))


def test_allows_the_word_in_names_and_text() -> None:
    guard.check('PREFIX service: <http://s/> SELECT ?service { ?s service:service "SERVICE { " ; a service:x . }')


def test_refuses_from_only_where_it_fetches() -> None:
    text = "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"
    assert guard.check(text) == "SELECT"
    with pytest.raises(QueryError, match="line 1, column 10: FROM is not allowed here"):
        guard.check(text, allow_dataset=False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the query is empty"),
        ("# nothing", "the query is empty"),
        ("select", None),
        ("hello", "line 1, column 1: expected PREFIX, BASE, SELECT, ASK, CONSTRUCT or DESCRIBE, found hello"),
        ("SELECT * {\n  ?s ?p 'x }", "line 2, column 9: this string does not end"),
        ("SELECT * { ?s ?p ?o", "line 1, column 10: this { is not closed"),
        ("SELECT * }", "line 1, column 10: this } closes nothing"),
        ("SELECT * { FILTER(1] }", r"line 1, column 18: this \( is not closed before the next \]"),
        ("SELECT * { ?s ?p \\x }", "line 1, column 18: a backslash may stand only in"),
        ("ASK { ?s ?p ~ }", "line 1, column 13: unexpected character '~'"),
        ('ASK { ?s ?p "\\u0022 }', r"the escape \\u0022 is not allowed"),
        ("ASK { # \\u000A SERVICE\n }", r"the escape \\u000A is not allowed"),
        ('ASK { ?s ?p "\\u00000022" }', r"the escape \\u00000022 is not allowed"),
        ("ASK { <http://a\\u0020SERVICE> ?p ?o }", "an IRI may not hold white space"),
        ("ASK {" + " " * guard.MAX_LENGTH + "}", "at most 1,000,000 are allowed"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, message: str | None) -> None:
    if message is None:
        assert guard.check(text) == "SELECT"
    else:
        with pytest.raises(QueryError, match=message):
            checked(text)


CHAINS = {
    "braces": lambda n: "SELECT * " + "{" * n + "}" * n,
    "parens": lambda n: "SELECT * { FILTER" + "(" * n + "1" + ")" * n + "}",
    "brackets": lambda n: "SELECT * { ?s ?p " + "[ <http://p> " * n + " 1 " + "]" * n + "}",
    "union": lambda n: "SELECT * {" + " UNION ".join(["{?s ?p ?o}"] * n) + "}",
    "optional": lambda n: "SELECT * {" + "OPTIONAL {?s ?p ?o} " * n + "}",
    "or": lambda n: "SELECT * { FILTER(" + "||".join(["?s"] * n) + ") }",
    "and": lambda n: "SELECT * { FILTER(?a<" + "&&".join(["?s"] * n) + ">1) }",
    "plus": lambda n: "SELECT * { FILTER(" + "+".join(["1"] * n) + ") }",
    "not": lambda n: "SELECT * { FILTER(" + "!" * n + "?s) }",
    "bind": lambda n: "SELECT * {" + " ".join(f"BIND(1 AS ?v{i})" for i in range(n)) + "}",
    "filter": lambda n: "SELECT * {" + "FILTER(1) " * n + "}",
    "in an IRI": lambda n: "SELECT * { FILTER(?a<" + "(" * n + "1" + ")" * n + ">2) }",
}


@pytest.mark.parametrize("name", CHAINS)
def test_refuses_what_would_end_the_process(name: str) -> None:
    with pytest.raises(QueryError, match=r"nested more than 100 deep|more than 1,000 operators"):
        guard.check(CHAINS[name](20_000))


def test_what_is_let_through_does_not_end_the_process() -> None:
    """The limits are low enough, with the stack of a process that has just started."""
    sizes = {"braces": 95, "parens": 95, "brackets": 95, "optional": 100, "and": 490, "in an IRI": 900}
    texts = [make(sizes.get(name, 950)) for name, make in CHAINS.items()]
    for text in texts:
        guard.check(text)
    code = """import contextlib, pyoxigraph, sys
for text in sys.stdin.read().split("\\0"):
    with contextlib.suppress(SyntaxError):
        pyoxigraph.Store().query(text)"""
    done = subprocess.run(
        [sys.executable, "-c", code], input="\0".join(texts), text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@given(st.text(st.sampled_from("{}()[]<>\"'\\#:?$.@_-abSERVICEselect \n*|&=^/+!1é\u00a0,;%u0"), max_size=60))
def test_reads_all_or_says_where_it_cannot(text: str) -> None:
    try:
        found = list(guard.tokens(text))
    except QueryError as error:
        if error.line is None:
            pytest.fail("the error has no place")
        return
    end = 0
    for token in found:
        gap = text[end : token.start]
        assert text[token.start :].startswith(token.text)
        assert all(not line.strip(" \t\r\n") or line.lstrip(" \t\r\n").startswith("#") for line in gap.split("\n"))
        end = token.start + len(token.text)


@given(st.text(), st.text())
def test_what_stands_in_a_string_stays_in_it(text: str, other: str) -> None:
    from uprgraph.engines.terms import Literal
    from uprgraph.errors import UnknownValueError

    try:
        parts = [Literal(text).n3(), Literal(other).n3()]
    except UnknownValueError:
        return
    assert [token.kind for token in guard.tokens(" ".join(parts))] == ["string", "string"]
    guard.check(f"ASK {{ VALUES ?x {{ {' '.join(parts)} }} }}")
