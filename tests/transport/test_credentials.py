"""src/uprgraph/transport/credentials.py."""

from __future__ import annotations

import copy
import logging
import pickle
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from tests.transport.scripted import Script, answer

from uprgraph.errors import ResourceError, UsageError
from uprgraph.transport.client import Call, Client
from uprgraph.transport.credentials import Credentials, find

URL = "http://store.example:8080/sparql"


def test_a_password_stands_nowhere(script: Script, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = Credentials("me", "hush", token="hush")
    script.steps = [answer(401, WWW_Authenticate="Basic")]
    client = Client(script.url, Credentials("me", "hush"), seconds=5)
    client.send(Call("POST", script.url, {}, b"x"))
    assert caplog.records
    shown = [repr(secret), str(secret), repr(client), caplog.text]
    try:
        Credentials("me\n", "hush")
    except UsageError:
        shown.append(traceback.format_exc())
    for give_away in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError, match="credentials are not pickled"):
            give_away(secret)
    assert not [text for text in shown if "hush" in text.replace('"hush"', "")]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"user": "a\r\nX: 1"}, "the user name holds a line break"),
        ({"user": "a", "password": "b\nX: 1"}, "the password holds a line break"),
        ({"user": "a:b"}, "the user name holds a colon"),
        ({"token": "a\nX: 1"}, "the token holds a space, a line break"),
        ({"token": "ж"}, "another character that no token has"),
    ],
)
def test_refuses_what_cannot_be_sent(given: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Credentials(**given)


def test_where_credentials_are_found(tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine store.example\n login n\n password p\n")
    around = {"NETRC": str(netrc)}
    assert find(URL, around) == Credentials("n", "p", found=True)
    assert find("http://other.example/", around) is None
    assert find(URL, {"NETRC": str(tmp_path / "none")}) is None
    around["UPRGRAPH_USER"] = "u"
    assert find(URL, around) == Credentials("u", "", found=True)
    around |= {"UPRGRAPH_PASSWORD": "w"}
    assert find(URL, around) == Credentials("u", "w", found=True)
    around["UPRGRAPH_TOKEN"] = "t"
    assert find(URL, around) == Credentials(token="t", found=True)


def test_a_netrc_file_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    path = tmp_path / ".netrc"
    path.write_text("machine store.example login n password p\n")
    path.chmod(0o644)
    with pytest.raises(ResourceError, match="holds a password, and others can read it") as caught:
        find(URL, {})
    assert caught.value.hint == f"chmod 600 {path}"
    assert find("http://other.example/", {}) is None
    path.chmod(0o600)
    assert find(URL, {}) == Credentials("n", "p", found=True)
    path.write_bytes(b"machine store.example login n password \xff\n")
    with pytest.raises(ResourceError, match="is not UTF-8 text"):
        find(URL, {})
    with pytest.raises(ResourceError, match=r"cannot read .*: Is a directory"):
        find(URL, {"NETRC": str(tmp_path)})
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(Path, "expanduser", _no_home)
    assert find(URL, {}) is None


def _no_home(self: Path) -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_questions_to_the_shipped_graph_import_no_http() -> None:
    code = (
        "import sys, uprgraph.cli.query, uprgraph.cli.show, uprgraph.cli.sparql, uprgraph.cli.validate\n"
        "import uprgraph; uprgraph.query('opinions')\n"
        "print([name for name in ('requests', 'urllib3', 'netrc', 'ssl', 'SPARQLWrapper') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
