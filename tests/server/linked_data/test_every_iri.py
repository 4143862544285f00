"""Every IRI of ours in the shipped graph resolves, for people and for programs."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient
from tests.server.inprocess import dataset

from uprgraph.graph import Graph
from uprgraph.resources import BASE
from uprgraph.server.jobs import descriptions
from uprgraph.server.linked_data import dumps


def iris(shipped: Graph) -> list[str]:
    """Return every IRI of ours that the shipped graph has at any place."""
    rows = shipped.sparql(
        "SELECT DISTINCT ?x WHERE { { ?x ?p ?o } UNION { ?s ?x ?o } UNION { ?s ?p ?x } FILTER(isIRI(?x)) }"
    )
    return sorted(str(row.x) for row in rows if str(row.x).startswith(BASE))  # type: ignore[union-attr]


def resolves(client: TestClient, iri: str) -> None:
    """Follow an IRI as a program and as a browser do, and fail if it leads nowhere."""
    path = "/" + quote(iri.removeprefix(BASE).partition("#")[0])
    whole = path.removeprefix("/") in dumps() or path.startswith("/graph/")  # a graph need not name itself
    data = client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
    if path != "/":
        assert data.status_code == 200, f"{iri}: {data.text}"
        assert data.headers["Content-Type"].startswith("text/turtle")
        if not whole:
            assert any(iri in str(quad) for quad in ox.parse(data.content, ox.RdfFormat.TURTLE)), iri
    page = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
    assert page.status_code == 200, f"{iri}: {page.text}"


def kind(iri: str) -> str:
    """Return the part of an IRI that says of what kind the thing is."""
    return "/".join(iri.removeprefix(BASE).partition("#")[0].split("/")[:2])


@pytest.mark.thorough
def test_one_iri_of_every_kind_resolves(client: TestClient, shipped: Graph) -> None:
    by_kind = {kind(iri): iri for iri in iris(shipped)}
    assert len(by_kind) > 60
    for iri in by_kind.values():
        resolves(client, iri)


@pytest.mark.serving
def test_every_iri_resolves(client: TestClient, shipped: Graph) -> None:
    found = iris(shipped)
    assert len(found) > 2_500
    for iri in found:
        resolves(client, iri)


def test_every_subject_has_a_description(shipped: Graph) -> None:
    served = dataset()
    for iri in iris(shipped)[::7]:
        if descriptions.is_known(served, iri=iri):
            assert f"<{iri}>".encode() in descriptions.describe(served, iri=iri, document=iri, form="nt")
