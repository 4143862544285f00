"""What hostile clients do: queries that ask for too much, requests that are none, and connections that stay.

Each takes the server's port, an address of this machine to come from, and the port of a trap that nobody must call;
and returns the status that it was answered with, 0 where there was no answer.
"""

from __future__ import annotations

import gzip
import http.client
import random
import socket
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import quote, urlencode

_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
_PATIENCE = 60.0
_LONG = 2.0
"""Seconds that a slow client stays."""


class Target(NamedTuple):
    """Whom to attack, from where, and what must not be reached."""

    port: int
    source: str
    trap: int


Attack = Callable[[Target], int]

_DOUBLINGS = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
_NESTED = "'ab'"
for _ in range(12):
    _NESTED = f"CONCAT({_NESTED}, {_NESTED})"
_OPTIONALS = "OPTIONAL { ?s ?p ?o " * 900 + "}" * 900
TOO_MUCH: Mapping[str, str] = {
    "cross join": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?l",
    "cross join that is counted": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?i) }",
    "cross join of strings": "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "distinct cross join": "SELECT DISTINCT ?a ?f ?h { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "grouped cross join": "SELECT ?a ?i (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?i",
    "triples without end": "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "rows without end": "SELECT ?nothing { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "no rows without end": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = 77777) }",
    "doublings": f"SELECT ?x40 {{ BIND('ab' AS ?x0) {_DOUBLINGS} }}",
    "nested doublings": f"SELECT ?y {{ BIND({_NESTED} AS ?y) }}",
    "replacements": "SELECT ?y { ?s ?p ?o BIND(REPLACE(REPLACE(REPLACE(STR(?o), '.', '$0$0$0$0$0$0$0$0$0$0'), '.', "
    "'$0$0$0$0$0$0$0$0$0$0'), '.', '$0$0$0$0$0$0$0$0$0$0') AS ?y) }",
    "regular expression": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '(.*a){90}(x+x+)+y')) }",
    "counted repetitions": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '((a{1,100}){1,100}){1,100}')) }",
    "paths": "SELECT * { ?a (!<x:a>|^!<x:b>)* ?b . ?b (!<x:a>|^!<x:b>)+ ?c . ?c (!<x:c>/!<x:d>)* ?d }",
    "path of paths": "SELECT (COUNT(*) AS ?n) { ?a (((!<x:a>|^!<x:a>)*)*)* ?b . ?b (!<x:a>|^!<x:a>)* ?c }",
    "optionals": f"SELECT * {{ {_OPTIONALS} }}",
    "unions": "SELECT * { " + " UNION ".join(["{ ?a ?b ?c . ?d ?e ?f }"] * 1_500) + " }",
    "values": "SELECT * { " + " ".join(f"VALUES ?v{n} {{ {'1 ' * 400}}}" for n in range(8)) + " }",
    "not exists": "SELECT * { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i && ?f = ?c) } }",
    "all things described": "DESCRIBE * { ?a ?b ?c . ?d ?e ?f }",
}
"""Queries that are stopped, refused or cut off, if they do not happen to be answered."""
REFUSED: Mapping[str, str] = {
    "braces": "ASK " + "{" * 4_000 + "}" * 4_000,
    "brackets": "ASK { ?s ?p " + "[ ?p " * 4_000 + "1" + "]" * 4_000 + "}",
    "parentheses": "SELECT (" + "(" * 4_000 + "1" + ")" * 4_000 + " AS ?x) {}",
    "operators": "SELECT (" + "1" + "+1" * 40_000 + " AS ?x) {}",
    "signs": "SELECT (" + "!" * 40_000 + "1 AS ?x) {}",
    "service": "SELECT * { SERVICE <TRAP> { ?s ?p ?o } }",
    "sErViCe": "SELECT * { sErViCe SILENT <TRAP> { ?s ?p ?o } }",
    "escaped service": "SELECT * { \\u0053ERVICE <TRAP> { ?s ?p ?o } }",
    "service after a comment": "SELECT * { #\nSERVICE#\n<TRAP> { ?s ?p ?o } }",
    "service after a quote": 'SELECT * { BIND("\\u0022 } SERVICE <TRAP> { ?s ?p ?o } #" AS ?x) }',
    "service without space": "SELECT * { SERVICESILENT<TRAP>{ ?s ?p ?o } }",
    "service by variable": "SELECT * { VALUES ?u { <TRAP> } SERVICE ?u { ?s ?p ?o } }",
    "service by prefix": "PREFIX t: <TRAP> SELECT * { { SELECT * { SERVICE t: { ?s ?p ?o } } } }",
    "service in a filter": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <TRAP> { ?s ?p ?o } } }",
    "load": "LOAD <TRAP>",
    "load into": "load silent <TRAP> into graph <a:b>",
    "from": "SELECT * FROM <TRAP> { ?s ?p ?o }",
    "from named": "BASE <TRAP> SELECT * FROM NAMED <x> { GRAPH ?g { ?s ?p ?o } }",
    "from a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "update": "DELETE WHERE { ?s ?p ?o }",
    "many words": "SELECT * { " + "?s ?p ?o . " * 9_000 + "} } }",
}
"""Queries that are answered with 400 when their turn comes."""
_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n + 1, b"&a%d;" % n * 10) for n in range(12))
    + b"]><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>&a12;</rdf:RDF>"
)


def asks(query: str) -> Attack:
    """Return an attack that sends a query, in one of the three ways."""

    def attack(target: Target) -> int:
        text = query.replace("TRAP", f"http://127.0.0.1:{target.trap}/")
        way = random.choice(("get", "form", "direct"))  # noqa: S311 - any of them
        if way == "get" and len(text) < 20_000:
            return _send(target, "GET", f"/sparql?query={quote(text)}")
        if way == "direct":
            return _send(target, "POST", "/sparql", text.encode(), {"Content-Type": _QUERY})
        return _send(target, "POST", "/sparql", urlencode({"query": text}).encode(), {"Content-Type": _FORM})

    return attack


def _send(target: Target, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = {}) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", target.port, _PATIENCE, source_address=(target.source, 0))
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return 0
    else:
        return answer.status
    finally:
        connection.close()


def posts(body: bytes, **headers: str) -> Attack:
    """Return an attack that posts a body to the endpoint."""
    return lambda target: _send(target, "POST", "/sparql", body, {n.replace("_", "-"): v for n, v in headers.items()})


def gets(path: str, **headers: str) -> Attack:
    """Return an attack that gets an address."""
    return lambda target: _send(target, "GET", path, None, headers)


def _raw(data: bytes, *, stays: float = 0, piece: int | None = None) -> Attack:
    """Return an attack that sends bytes as they are, in pieces if wished, stays for a time and reads what comes."""

    def attack(target: Target) -> int:
        try:
            with socket.create_connection(("127.0.0.1", target.port), 10, (target.source, 0)) as connection:
                end = time.monotonic() + stays
                for start in range(0, len(data), piece or len(data)):
                    connection.sendall(data[start : start + (piece or len(data))])
                    if piece and time.monotonic() < end:
                        time.sleep(0.1)
                time.sleep(max(0, end - time.monotonic()))
                connection.settimeout(0.2 if stays else 15)
                head = connection.recv(64)
                return int(head.split(b" ")[1]) if head.startswith(b"HTTP/1.1 ") else 0
        except (OSError, IndexError, ValueError):
            return 0

    return attack


def _slow_reader(query: str) -> Attack:
    request = f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()

    def attack(target: Target) -> int:
        connection = socket.socket()
        try:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            connection.settimeout(10)
            connection.bind((target.source, 0))
            connection.connect(("127.0.0.1", target.port))
            connection.sendall(request)
            end = time.monotonic() + _LONG
            while time.monotonic() < end and connection.recv(100):
                time.sleep(0.05)
        except OSError:
            pass
        finally:
            connection.close()
        return 0

    return attack


def _leaves(query: str) -> Attack:
    """Ask for much, and go away."""
    return _raw(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), stays=0.3)


_HEAD = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
_ALL = "SELECT ?s ?p ?o ?q { ?s ?p ?o . ?q ?p ?o }"
NO_QUERIES: Mapping[str, Attack] = {
    "10 MB": posts(b"SELECT * { ?s ?p '" + b"x" * (10 << 20) + b"' }", Content_Type=_QUERY),
    "10 MB in a form": posts(b"query=" + b"%41" * (10 << 18), Content_Type=_FORM),
    "10 MB of fields": posts(b"a&" * (5 << 20), Content_Type=_FORM),
    "10 MB of pieces": _raw(
        _HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"400\r\n" + (b"x" * 1_024 + b"\r\n400\r\n") * 9_999
    ),
    "address of 1 MB": _raw(b"GET /sparql?query=" + b"x" * (1 << 20) + b" HTTP/1.1\r\nHost: x\r\n\r\n"),
    "entity bomb": posts(_BOMB, Content_Type="application/rdf+xml"),
    "entity bomb as a query": posts(_BOMB, Content_Type=_QUERY),
    "entity bomb in a form": posts(urlencode({"query": _BOMB.decode()}).encode(), Content_Type=_FORM),
    "packed bomb": posts(gzip.compress(b"x" * (50 << 20)), Content_Type=_QUERY, Content_Encoding="gzip"),
    "many wishes": gets("/sparql?query=ASK%7B%7D", Accept=",".join(f"a/b{n};q=0.{n % 10}" for n in range(5_000))),
    "many headers": gets("/", **{f"X-{n}": "x" for n in range(90)}),
    "two lengths": _raw(_HEAD + b"Content-Length: 5\r\nContent-Length: 60\r\n\r\nASK{}"),
    "length and pieces": _raw(
        _HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n"
    ),
    "negative length": _raw(_HEAD + b"Content-Length: -5\r\n\r\nASK{}"),
    "no HTTP": _raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 50),
    "other HTTP": _raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    "search": gets("/search?q=" + quote("(" * 900 + "a*" * 2_000)),
    "search for all": gets("/search?q=" + quote(" OR ".join(f"{chr(97 + n % 26)}*" for n in range(500)))),
    "values of a call": gets("/api/opinions-by-right?right=" + quote("x\x00' \" > } SERVICE <TRAP> {" * 50)),
    "paths upwards": gets("/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd"),
    "data upwards": gets("/data/..%2f..%2f..%2fetc/passwd"),
    "slow writer of a head": _raw(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nX-Slow: ", stays=_LONG, piece=2),
    "slow writer of a body": _raw(_HEAD + b"Content-Length: 100000\r\n\r\nSELECT", stays=_LONG, piece=8),
    "silent connection": _raw(b"G", stays=_LONG),
    "slow reader": _slow_reader(_ALL),
    "another slow reader": _slow_reader("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"),
    "leaves": _leaves("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?i) }"),
    "leaves what is large": _leaves(_ALL),
}
"""Requests of every other kind."""


def attacks() -> dict[str, Attack]:
    """Return all of them by name."""
    return {**{name: asks(query) for name, query in {**TOO_MUCH, **REFUSED}.items()}, **NO_QUERIES}
