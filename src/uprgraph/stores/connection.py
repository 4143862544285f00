"""One triplestore: its kind, its URLs, and how graphs are sent to it, changed and read back."""

from __future__ import annotations

import secrets
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import IO, Protocol
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox

from uprgraph.errors import EndpointError
from uprgraph.stores.kinds import Endpoints, Kind, detect, endpoints, kind
from uprgraph.transport.address import is_loopback, without_credentials
from uprgraph.transport.client import Body, Call, Client, Reply, refused
from uprgraph.transport.credentials import Credentials

SILENCE = 600.0
"""How many seconds a store may say nothing, where the caller names no other: it may be storing what it was sent."""
N_TRIPLES = "application/n-triples"
_TURTLE = "text/turtle"
_UPDATE = "application/sparql-update; charset=utf-8"
"""Without the charset, RDF4J Server reads ISO 8859-1."""
_MOST_BYTES = 1 << 42
"""What is read back goes to a file, so its size has no limit but the disk's."""
_NO_SUCH_SERVICE = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
_CHUNK = 256 * 1024
_CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <$GRAPH> { ?s ?p ?o } }"
_PAGE = (
    "CONSTRUCT { ?s$MARK ?p$MARK ?o$MARK } WHERE { { SELECT ?s$MARK ?p$MARK ?o$MARK WHERE { GRAPH <$GRAPH> "
    "{ ?s$MARK ?p$MARK ?o$MARK } } LIMIT $LIMIT OFFSET $OFFSET } }"
)
"""One page of a graph. $MARK is new for each reading: Virtuoso answers a query that it knows from the index that it
chose at the time, and pages from two indexes, which have two orders, do not make up a whole."""


Chunks = Callable[[], Iterator[bytes]]


class Sendable(Protocol):
    """What can be sent as a graph: a stream of bytes that can be had again."""

    media_type: str

    def size(self) -> int | None:
        """Return the number of bytes, or None if it is not known."""

    def chunks(self) -> Iterator[bytes]:
        """Return the bytes from the beginning."""


class NoGraphStoreError(EndpointError):
    """There is no graph store here, or none that takes graphs: they have to come as updates."""


class Store:
    """A triplestore. Every method raises EndpointError if it cannot be reached or refuses.

    `silence` is how many seconds it may say nothing; `notice` is told in a line when it is busy.
    """

    def __init__(
        self,
        store: Kind,
        urls: Endpoints,
        credentials: Credentials | None = None,
        *,
        silence: float = SILENCE,
        notice: Callable[[str], None] | None = None,
    ) -> None:
        self.kind = store
        self.urls = urls
        self._credentials, self._silence, self._notice = credentials, silence, notice
        self._clients: dict[tuple[str, str], Client] = {}
        self._plain = False

    @classmethod
    def connect(
        cls,
        endpoint: str,
        store: str | None = None,
        *,
        update: str | None = None,
        graph_store: str | None = None,
        credentials: Credentials | None = None,
        silence: float = SILENCE,
        notice: Callable[[str], None] | None = None,
    ) -> Store:
        """Return the store behind a query URL, which is asked what kind it is unless `store` names a kind.

        The other URLs follow from the kind if they are not given. Credentials are those given, or else those in the
        URL. Raises UsageError for what is no URL, UnknownValueError for an unknown kind.
        """
        query, inside = without_credentials(endpoint)
        connection = cls(
            kind("generic"), Endpoints(query, None, None), credentials or inside, silence=silence, notice=notice
        )
        connection.kind = kind(store) if store is not None else detect(connection.client(query), query)
        connection.urls = endpoints(connection.kind, query, update, graph_store)
        return connection

    def client(self, url: str) -> Client:
        """Return what sends requests to the server of a URL: one for each server."""
        parts = urlsplit(url)
        place = (parts.scheme, parts.netloc)
        if place not in self._clients:
            self._clients[place] = Client(
                url, self._credentials, silence=self._silence, max_bytes=_MOST_BYTES, notice=self._notice
            )
        return self._clients[place]

    def close(self) -> None:
        """Close the connections."""
        for client in self._clients.values():
            client.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def compresses(self, *, wanted: bool | None = None) -> bool:
        """Say whether graphs are sent as gzip: as `wanted`, or else where it is taken and there is a network."""
        if self._plain or self.urls.graph_store is None:
            return False
        return self.kind.gzip and not is_loopback(self.urls.graph_store) if wanted is None else wanted

    def ask_to_write(self, graph: str) -> None:
        """Find out whether graphs can be put here by these credentials, by adding nothing to a graph.

        A large graph is then not sent in vain. Raises NoGraphStoreError if there is no graph store, EndpointError if
        it refuses the credentials.
        """
        reply = self._send("POST", self._place(graph), {"Content-Type": N_TRIPLES}, b"")
        if reply.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise refused(reply)
        _refuse_missing(reply)

    def put(self, graph: str, content: Sendable, *, compress: bool | None = None) -> bool:
        """Replace a graph by a stream of RDF; return whether it went as gzip.

        Raises NoGraphStoreError if this is not possible here, EndpointError if the store refuses it or answers as no
        store does.
        """
        url, headers = self._place(graph), {"Content-Type": content.media_type}
        if self.compresses(wanted=compress):
            packed = self._put(url, {**headers, "Content-Encoding": "gzip"}, lambda: _gzip(content.chunks()), None)
            if packed.status != HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
                _check_write(packed)
                return True
            self._plain = True
        _check_write(self._put(url, headers, content.chunks, content.size()))
        return False

    def _put(self, url: str, headers: dict[str, str], chunks: Chunks, size: int | None) -> Reply:
        if size is not None:
            return self._send("PUT", url, headers, lambda: _Sized(chunks(), size))
        if self.kind.chunked:
            return self._send("PUT", url, headers, chunks)
        with tempfile.TemporaryFile() as file:  # its length has to be known before the first byte is sent
            file.writelines(chunks())
            length = file.tell()
            return self._send("PUT", url, headers, lambda: _Sized(_from_beginning(file), length))

    def put_parts(self, graph: str, parts: Iterable[bytes]) -> int:
        """Replace a graph by a first part, and add the others, all in N-Triples without blank nodes; return how many.

        Raises as `put` does. The graph is then there in part.
        """
        url, headers = self._place(graph), {"Content-Type": N_TRIPLES}
        number = 0
        for number, part in enumerate(parts, 1):
            _check_write(self._send("PUT" if number == 1 else "POST", url, headers, part))
        return number

    def delete(self, graph: str) -> None:
        """Remove a graph, if it is there, by the graph store or else by an update."""
        if self.urls.graph_store is not None:
            reply = self._send("DELETE", self._place(graph))
            if reply.ok or reply.status == HTTPStatus.NOT_FOUND:
                return
            if reply.status not in _NO_SUCH_SERVICE:
                raise refused(reply)
        self.update(self.kind.clear.replace("$GRAPH", graph))

    def update(self, text: str) -> None:
        """Run a SPARQL update, which must be such that running it twice does no harm."""
        if self.urls.update is None:
            raise EndpointError(
                f"where {self.urls.query} takes updates is not known", hint="give --update-endpoint, or --store"
            )
        reply = self._send("POST", self.urls.update, {"Content-Type": _UPDATE}, text.encode())
        _check_write(reply)

    def read(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples of a graph, none if it is not there."""
        if self.kind.page_rows:
            return self._pages(graph)
        if self.urls.graph_store is not None:
            reply = self._send("GET", self._place(graph), {"Accept": N_TRIPLES})
            if reply.ok:
                return _triples(reply)
            if reply.status not in _NO_SUCH_SERVICE:  # 404 says that there is no graph, or that there is no service
                raise refused(reply)
        return self._construct(_CONSTRUCT.replace("$GRAPH", graph))

    def _pages(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples page by page until one is empty, since each may be cut off anywhere."""
        start = 0
        page = _PAGE.replace("$MARK", secrets.token_hex(4)).replace("$GRAPH", graph)
        while True:
            number = 0
            text = page.replace("$LIMIT", str(self.kind.page_rows)).replace("$OFFSET", str(start))
            for triple in self._construct(text):
                number += 1
                yield triple
            if number == 0:
                return
            start += number

    def _construct(self, query: str) -> Iterator[ox.Triple]:
        form = urlencode({"query": query}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": N_TRIPLES}
        reply = self._send("POST", self.urls.query, headers, form)
        if not reply.ok:
            raise refused(reply)
        return _triples(reply)

    def _place(self, graph: str) -> str:
        if self.urls.graph_store is None:
            raise NoGraphStoreError(f"where {self.urls.query} takes graphs is not known")
        return f"{self.urls.graph_store}?graph={quote(graph, safe='')}"

    def _send(
        self,
        method: str,
        url: str,
        headers: dict[str, str] | None = None,
        body: Body = None,
    ) -> Reply:
        headers = {**({"Accept-Encoding": "identity"} if is_loopback(url) else {}), **(headers or {})}
        return self.client(url).send(Call(method, url, {"Accept": "*/*", **headers}, body))


class _Sized:
    """Chunks of bytes of which it is known how many there are, so that they are sent with their length."""

    def __init__(self, chunks: Iterator[bytes], size: int) -> None:
        self._chunks, self._size = chunks, size

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> _Sized:
        return self

    def __next__(self) -> bytes:
        return next(self._chunks)


def _from_beginning(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def _gzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(1, wbits=31)
    for chunk in chunks:
        packed = packer.compress(chunk)
        if packed:
            yield packed
    yield packer.flush()


def _refuse_missing(reply: Reply) -> None:
    if reply.status in _NO_SUCH_SERVICE:
        raise NoGraphStoreError(refused(reply).message, reply.status)


def _check_write(reply: Reply) -> None:
    """Raise EndpointError unless the answer says that it was done. A page of HTML says that something else was."""
    _refuse_missing(reply)
    if not reply.ok:
        raise refused(reply)
    reply.file.seek(0)
    if b"<html" in reply.file.read(2_000).lower():
        raise EndpointError(
            f"{reply.url} answers with a page of HTML instead of taking the data",
            reply.status,
            "is this the URL of a triplestore? A login or start page answers like this",
        )
    reply.file.seek(0)


def _triples(reply: Reply) -> Iterator[ox.Triple]:
    """Yield the triples of an answer in N-Triples or Turtle, read leniently, since the store has them so."""
    forms = {
        N_TRIPLES: ox.RdfFormat.N_TRIPLES,
        "text/plain": ox.RdfFormat.N_TRIPLES,
        "text/ntriples": ox.RdfFormat.N_TRIPLES,
        _TURTLE: ox.RdfFormat.TURTLE,
    }
    if reply.media_type not in forms:
        raise EndpointError(
            f"{reply.url} answers with {reply.media_type or 'no media type'} instead of a graph", reply.status
        )
    try:
        for quad in ox.parse(reply.file, format=forms[reply.media_type], lenient=True):
            yield quad.triple
    except SyntaxError as error:
        raise EndpointError(f"{reply.url} sent a graph that cannot be read: {error.msg}") from error
