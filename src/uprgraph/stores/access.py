"""Who may read graphs and write to a server. Nothing is written: the update that is sent adds no triple."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from uprgraph import resources
from uprgraph.stores.patient import ANONYMOUS, Found, Patient
from uprgraph.transport.address import is_loopback
from uprgraph.transport.client import Call, Reply, refused
from uprgraph.transport.credentials import Credentials, find

_CLOSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_NONE = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
_NOTHING = b"INSERT DATA { }"
_HOW = "to load, give --user NAME, and the password in UPRGRAPH_PASSWORD or a file: see docs/triplestores.md"
_WHERE = "to load by updates, say where: --update-endpoint URL, or --store KIND"
_NO_GRAPH = f"{resources.BASE}graph/doctor-asks-for-what-is-not-there"
_GRAPHS = "text/turtle, application/n-triples;q=0.9"
_GRAPH_TYPES = {"text/turtle", "application/n-triples", "text/plain", "text/ntriples", "application/x-turtle"}


def update(patient: Patient) -> Found:
    """Say whether updates are taken from whoever asks."""
    url = patient.urls.update
    if url is None:
        return Found("not there", "where this server takes updates is not known", _WHERE)
    reply = _write(patient, url, patient.credentials)
    if _done(reply):
        return Found("good", f"{url} takes updates {_by_whom(patient, url)}")
    if reply.status in _CLOSED:
        patient.asks_who_writes = True
        return _closed(patient, url, reply, "updates")
    if reply.status in _NONE:
        return Found("not there", f"{url} takes no updates: HTTP status {reply.status}", _WHERE)
    raise refused(reply)


def anonymous_writing(patient: Patient) -> Found:
    """Say whether anybody may write, where updates are taken or where questions are asked."""
    urls = [url for url in dict.fromkeys([patient.urls.update, patient.urls.query]) if url is not None]
    refusals: list[str] = []
    for url in urls:
        reply = _write(patient, url, ANONYMOUS)
        if _done(reply):
            local = is_loopback(url)
            what = f"{url} takes updates from anybody who reaches it" + (", here on this machine" if local else "")
            hint = f"before others can reach it: {patient.kind.closing}" if local else patient.kind.closing
            return Found("note" if local else "problem", what, hint)
        refusals.append(f"HTTP status {reply.status}")
    if patient.urls.update is None:
        return Found("unknown", "the query URL takes no updates; where updates are taken is not known", _WHERE)
    patient.asks_who_writes = True
    return Found("good", f"an update without a password is refused: {', '.join(dict.fromkeys(refusals))}")


def graph_store(patient: Patient) -> Found:
    """Say whether the graph store gives graphs: one of ours, or else what it says of one that is not there."""
    url = patient.urls.graph_store
    if url is None:
        hint = "graphs are loaded by updates then; or say where: --graph-store-endpoint URL, or --store KIND"
        return Found("not there", "where this server takes graphs is not known", hint)
    sizes = patient.sizes
    graph = min(sizes, key=lambda each: (sizes[each], each)) if sizes else _NO_GRAPH
    reply = patient.send(Call("GET", f"{url}?graph={quote(graph, safe='')}", {"Accept": _GRAPHS}))
    if reply.status in _CLOSED:
        return _closed(patient, url, reply, "reading of graphs")
    if reply.ok and reply.media_type in _GRAPH_TYPES:
        patient.graph_store_reads = True
        return Found("good", f"{url} answers with a graph" + (f", {graph}" if sizes else ""))
    if reply.status == HTTPStatus.NOT_FOUND and not sizes:
        return Found("good", f"{url} says that a graph is not there which is not")
    if reply.ok or reply.status in _NONE:
        said = f"HTTP status {reply.status}, {reply.media_type or 'no media type'}"
        hint = "graphs are loaded by updates then; or say where: --graph-store-endpoint URL"
        return Found("not there", f"{url} gives no graph: {said}", hint)
    raise refused(reply)


def _write(patient: Patient, url: str, credentials: Credentials | None) -> Reply:
    headers = {"Content-Type": "application/sparql-update", "Accept": "*/*"}
    return patient.send(Call("POST", url, headers, _NOTHING), credentials)


def _done(reply: Reply) -> bool:
    """Say whether an update was done. A page of HTML with a good status, as of a login, is no sign of it."""
    reply.file.seek(0)
    return reply.ok and b"<html" not in reply.file.read(2_000).lower()


def _known(patient: Patient, url: str) -> bool:
    return (patient.credentials or find(url)) is not None


def _by_whom(patient: Patient, url: str) -> str:
    return "with these credentials" if _known(patient, url) else "without credentials"


def _closed(patient: Patient, url: str, reply: Reply, what: str) -> Found:
    if _known(patient, url):
        return Found(
            "problem",
            f"{url} refuses {what} with these credentials: HTTP status {reply.status}",
            "check the user name and password, and what this user may do there",
        )
    if reply.status == HTTPStatus.FORBIDDEN:
        return Found("not there", f"{url} allows no {what}: HTTP status {reply.status}, reading only", _HOW)
    return Found("not there", f"{url} wants credentials for {what}, and there are none: reading only", _HOW)
