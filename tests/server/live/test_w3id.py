"""The rules of docs/w3id.md in the server that w3id.org runs, Apache: every IRI leads to the site, unchanged."""

from __future__ import annotations

import http.client
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.server.live.conftest import required
from tests.server.live.install import apache
from tests.server.serving import Serving
from tests.servers.kinds import Unavailable
from tests.servers.process import Process, free_port

from uprgraph import resources

pytestmark = pytest.mark.serving

_CONFIGURATION = """
ServerRoot "{folder}"
ServerName localhost
Listen 127.0.0.1:{port}
PidFile "{folder}/pid"
ErrorLog "{folder}/errors"
User nobody
Group nogroup
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule rewrite_module {modules}/mod_rewrite.so
DocumentRoot "{folder}/w3id"
<Directory "{folder}/w3id">
    AllowOverride All
    Require all granted
</Directory>
"""


@pytest.fixture(scope="module")
def w3id() -> Iterator[int]:
    """The port of an Apache with the rules, whose host is example.org."""
    try:
        program, modules = apache()
    except Unavailable as reason:
        required(reason)
    (rules,) = re.findall(r"```apache\n(.*?)```", (resources.root() / "docs" / "w3id.md").read_text("utf-8"), re.DOTALL)
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, Apache reads with another name
        (folder / "w3id" / "uprgraph").mkdir(parents=True)
        (folder / "w3id" / "uprgraph" / ".htaccess").write_text(rules.replace("HOST", "example.org"), "utf-8")
        configuration = folder / "apache.conf"
        configuration.write_text(_CONFIGURATION.format(folder=folder, port=port, modules=modules), "utf-8")
        command = [program, "-f", str(configuration), "-D", "FOREGROUND"]
        process = Process(command, folder, os.environ, folder / "log")
        try:
            deadline = time.monotonic() + 30
            while _location(port, "/uprgraph/") is None:
                assert process.runs, process.said()
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield port
        finally:
            process.stop(30)


def _location(port: int, path: str) -> tuple[int, str | None] | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Accept": "text/turtle"})
        answer = connection.getresponse()
    except ConnectionError:
        return None
    else:
        return answer.status, answer.headers["Location"]
    finally:
        connection.close()


@pytest.mark.parametrize(
    "path",
    [
        *("id/state/KAZ", "id/opinion/FOI-KAZ-268-2015/recommendation/1", "code/right/freedom-of-religion-or-belief"),
        *("ontology", "catalog?format=ttl", "query/odihr/opinions?a=b&c=%20d", "id/a%2Cb%C3%A9", ""),
    ],
)
def test_every_iri_leads_to_the_site_as_it_is(w3id: int, path: str) -> None:
    assert _location(w3id, f"/uprgraph/{path}") == (303, f"https://example.org/{path}")


def test_the_site_knows_where_it_led(w3id: int, live: Serving) -> None:
    found = _location(w3id, "/uprgraph/id/state/KAZ")
    assert found is not None
    path = str(found[1]).removeprefix("https://example.org")
    first = live.ask(path, Accept="text/turtle")
    assert first.status == 303
    data = live.ask(first.headers["Location"].partition(f":{live.port}")[2])
    assert data.status == 200
    assert b"Kazakhstan" in data.body
