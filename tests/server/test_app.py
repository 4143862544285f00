"""What all answers have in common, and what is there for whoever runs the site."""

from __future__ import annotations

import re

import pytest
from starlette.requests import Request
from starlette.routing import Route
from starlette.testclient import TestClient

from uprgraph.errors import BusyError
from uprgraph.server.app import create_app
from uprgraph.server.clients import client_of
from uprgraph.server.pool import ClientBusyError
from uprgraph.server.settings import Settings

_PATHS = ["/", "/sparql", "/health", "/nowhere", "/static/nowhere.css", "/api/opinions-by-right", "/sparql?query=x"]


class Refusing:
    """Runs nothing."""

    version = "1"

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def run(self, name: str, /, client: str = "", **arguments: object) -> object:
        raise self._error


@pytest.mark.parametrize("path", _PATHS)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_every_answer_has_the_headers_for_safety(client: TestClient, path: str, accept: str) -> None:
    headers = client.get(path, headers={"Accept": accept}).headers
    policy = headers["content-security-policy"]
    assert re.match("default-src '(self|none)'", policy)
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"]
    assert headers["access-control-allow-origin"] == "*"


def test_errors_are_pages_for_people_and_json_for_machines(client: TestClient) -> None:
    page = client.get("/nowhere/<script>", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script>" not in page.text
    machine = client.get("/nowhere")
    assert machine.status_code == 404
    assert machine.headers["content-type"] == "application/problem+json"
    assert "/nowhere" in machine.json()["detail"]
    assert client.request("DELETE", "/").status_code == 405


def test_a_client_that_asks_too_much_is_told_so_in_another_way_than_all() -> None:
    for error, status in ((ClientBusyError("you", 3), 429), (BusyError("all", 4), 503)):
        with TestClient(create_app(Settings(), Refusing(error))) as refused:
            for path in ("/sparql?query=ASK{}", "/api/opinions-by-right", "/states"):
                response = refused.get(path)
                assert response.status_code == status, path
                assert response.headers["retry-after"] == str(error.retry_after)


def test_a_defect_is_an_error_without_details() -> None:
    failing = create_app(Settings(), Refusing(RuntimeError("a secret")))
    with TestClient(failing, raise_server_exceptions=False) as broken:
        for accept in ("text/html", "application/json"):
            response = broken.get("/sparql?query=ASK{}", headers={"Accept": accept})
            assert response.status_code == 500
            assert "secret" not in response.text
            assert "content-security-policy" in response.headers


def test_whoever_runs_the_site_sees_how_it_is(client: TestClient) -> None:
    assert client.get("/health").text == "alive\n"
    ready = client.get("/ready")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert re.fullmatch("[0-9a-f]{16}", ready.json()["version"])
    client.get("/states/KAZ")
    client.get('/nowhere"%0A')
    metrics = client.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    line = re.compile(r'# (HELP|TYPE) \w+ .+|\w+(\{\w+="(?:[^"\\\n]|\\.)*"(,\w+="(?:[^"\\\n]|\\.)*")*\})? [0-9.e+-]+')
    assert all(line.fullmatch(each) for each in metrics.text.splitlines()), metrics.text
    assert 'route="/states/{key:path}",method="GET",status="200"} ' in metrics.text
    assert "uprgraph_workers_isolated 1" in metrics.text
    assert "nowhere" not in metrics.text


def test_the_pool_is_not_ready_before_it_has_the_dataset() -> None:
    app = create_app(Settings())
    assert TestClient(app).get("/ready").status_code == 503


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("testclient", "testclient"),
        (None, ""),
    ],
)
def test_clients_are_told_apart_by_their_network(host: str | None, client: str) -> None:
    scope = {"type": "http", "client": None if host is None else (host, 1)}
    assert client_of(Request(scope)) == client


def test_every_route_has_a_path_of_its_own(client: TestClient) -> None:
    paths = [each.path for each in client.app.routes if isinstance(each, Route)]  # type: ignore[attr-defined]
    assert {"/", "/sparql", "/health", "/ready", "/metrics"} <= set(paths)
