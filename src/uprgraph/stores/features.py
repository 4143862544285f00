"""Which features of SPARQL 1.1 a server has: those that our questions need, and a few that are good to know of."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from uprgraph.catalog.catalogue import system
from uprgraph.engines.base import Triples
from uprgraph.engines.terms import Iri
from uprgraph.errors import EndpointError, QueryError
from uprgraph.stores.patient import Found, Patient
from uprgraph.transport.client import Call, refused

_ROWS = [("1", "é"), ("2", "\u04af")]
_GROUPS = {("a", ("x", "y"), "2"), ("b", ("z",), "1")}
_NEEDED = "questions need it: use a newer version of the server, or another one"
_NOTHING = "nothing is there to try it on"
_LOAD_FIRST = "load graphs, then ask again"
_WORD = "freedom"
_ENOUGH = 15_000
"""How many rows are asked for, but for one: more than common limits allow."""
_MAX_ROWS = "X-SPARQL-MaxRows"


def query(patient: Patient) -> Found:
    """Ask for rows by POST, as JSON in UTF-8. What goes wrong is raised: it may be no SPARQL server."""
    rows = [tuple(map(str, row)) for row in patient.rows("select")]
    if rows != _ROWS:
        return Found("problem", f"a query for two known rows gives {rows[:3]}", "is this a SPARQL 1.1 server?")
    return Found("good", "SELECT by POST, answered as JSON in UTF-8")


def ask(patient: Patient) -> Found:
    """Ask for yes or no."""
    if patient.ask("ask") is not True:
        return Found("problem", "ASK { } is not answered with yes", _NEEDED)
    return Found("good", "answered with yes or no")


def construct(patient: Patient) -> Found:
    """Ask for a graph."""
    answer = patient.ask("construct")
    values = [str(value) for _, _, value in answer.triples] if isinstance(answer, Triples) else []
    if values != ["é"]:
        return Found("problem", f"a known triple does not come back: {values}", _NEEDED)
    return Found("good", "answered with a graph, in UTF-8")


def named_graphs(patient: Patient) -> Found:
    """Look into named graphs."""
    rows = patient.rows("named")
    if not rows:
        return Found("unknown", f"GRAPH is understood; {_NOTHING}", _LOAD_FIRST)
    return Found("good", f"GRAPH finds triples, as in {rows[0][0]}")


def default_graph(patient: Patient) -> Found:
    """Say what a query sees that names no graph. Our questions name theirs, so that either will do."""
    if not patient.sizes:
        return Found("unknown", "none of our graphs is there to try it on", _LOAD_FIRST)
    smallest = min(patient.sizes, key=lambda graph: (patient.sizes[graph], graph))
    if patient.rows("union", graph=[Iri(smallest)]):
        return Found("good", "what is in named graphs is found without GRAPH")
    return Found("good", "what is in named graphs is found only with GRAPH, or where the request names them")


def requested_graphs(patient: Patient) -> Found:
    """Try whether the default graph is the union of those in `default-graph-uri`, on which our questions rest."""
    sizes = patient.sizes
    graphs = sorted(sizes, key=lambda graph: (sizes[graph], graph))[:2]
    if len(graphs) < len("ab"):
        return Found("unknown", "fewer than two of our graphs are there to try it on", _LOAD_FIRST)
    found, both = patient.number("size", graphs), sum(sizes[graph] for graph in graphs)
    largest = max(sizes[graph] for graph in graphs)
    if largest < found <= both:
        return Found("good", "a request that names two graphs by default-graph-uri is asked of both")
    if found > both:
        what = f"is asked of more: {found:,} triples where these have {both:,}"
    elif found == 0:
        what = "is asked of neither"
    else:
        what = f"is asked of one: {found:,} triples where both have {both:,}"
    return Found(
        "problem",
        f"a request that names two graphs by default-graph-uri {what}",
        "questions rest on it: check that nothing between here and the server drops parameters that are repeated",
    )


def paths(patient: Patient) -> Found:
    """Follow paths of any length, in the form that the questions have them."""
    chain = patient.rows("chain")
    if not chain:
        return Found("unknown", "no skos:broader of two steps is there to try it on", _LOAD_FIRST)
    graph, narrow, middle, broad = map(str, chain[0])
    reached = {(str(path), str(end)) for path, end in patient.rows("path", [graph], narrow=[Iri(narrow)])}
    expected = {("*", narrow), *((path, end) for path in "*+" for end in (middle, broad))}
    lacking = sorted(f"skos:broader{path} does not reach {end}" for path, end in expected - reached)
    if lacking:
        return Found("problem", "; ".join(lacking), _NEEDED)
    return Found("good", "skos:broader* and skos:broader+ reach what they should")


def aggregates(patient: Patient) -> Found:
    """Try sub-selects, GROUP BY, COUNT and GROUP_CONCAT."""
    groups = {
        (str(group), tuple(sorted(str(names).split("; "))), str(number))
        for group, names, number in patient.rows("aggregate")
    }
    if groups != _GROUPS:
        return Found("problem", f"two known groups come back as {sorted(groups)}", _NEEDED)
    return Found("good", "sub-selects, GROUP BY, COUNT, GROUP_CONCAT")


def undef(patient: Patient) -> Found:
    """Try UNDEF in VALUES, by which a question leaves a parameter open."""
    rows = patient.rows("named")
    if not rows:
        return Found("unknown", _NOTHING, _LOAD_FIRST)
    graph, subject, known = (Iri(str(term)) for term in rows[0])
    found = {str(row[0]) for row in patient.rows("undef", graph=[graph], subject=[subject], property=[])}
    if str(known) not in found:
        return Found("problem", f"VALUES with UNDEF does not find {known} of {subject}", _NEEDED)
    return Found("good", "VALUES with UNDEF leaves a parameter open")


def row_limit(patient: Patient) -> Found:
    """Say whether all rows come, rather than as many as a server likes to send. It counts them, and so do we."""
    there = patient.number("countable")
    form = urlencode({"query": system("doctor-rows").sparql}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"}
    reply = patient.send(Call("POST", patient.urls.query, headers, form))
    if not reply.ok:
        raise refused(reply)
    try:
        came = len(json.load(reply.file)["results"]["bindings"])
    except (ValueError, KeyError, TypeError) as error:
        raise EndpointError(f"{reply.url} sent SPARQL results that cannot be read: {error!r}") from error
    if came < there or _MAX_ROWS in reply.headers:
        said = f", as its header {_MAX_ROWS} says" if _MAX_ROWS in reply.headers else ", without saying so"
        return Found(
            "problem",
            f"answers are cut off: {came:,} of at least {there:,} rows came{said}",
            f"raise its limit: {patient.kind.row_limit or 'see its documentation'}",
        )
    return Found("good", f"{came:,} rows came, all that {'were asked for' if came > _ENOUGH else 'are there'}")


def full_text(patient: Patient) -> Found:
    """Look for a full-text index, which no question needs."""
    text = patient.kind.full_text
    if not text:
        return Found("not there", "none that is known of this kind of server")
    try:
        rows = list(patient.engine.select(text.replace("$WORD", _WORD)).rows)
    except (EndpointError, QueryError) as error:
        return Found("not there", f"none answers: {error.message}", "no question needs it")
    if any(term is not None for row in rows for term in row):
        return Found("good", f'there is an index, and it has "{_WORD}"')
    return Found("not there", f'no index has "{_WORD}"', "no question needs it")
