"""What the commands that ask an endpoint say when it does not answer, and how they take credentials."""

from __future__ import annotations

import base64
import contextlib
import os
import pty
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.transport.scripted import Asked, Script, answer

Runner = Callable[..., Any]
JSON = "application/sparql-results+json"
YES = answer(body=b'{"head": {"vars": []}, "results": {"bindings": []}, "boolean": true}', Content_Type=JSON)
COMMANDS = [("query", "opinions"), ("show", "KAZ"), ("sparql", "-"), ("validate",)]
ALL = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])


def ask(run: Runner, script: Script, *options: str, command: tuple[str, ...] = ("sparql", "-"), **settings: str) -> Any:
    """Run a command against the scripted server."""
    return run(*command, "--endpoint", script.url, *options, stdin=b"ASK {}", NETRC="/dev/null", **settings)


def basic(user: str, password: str) -> Callable[[socket.socket, Asked], bytes]:
    """Return a server that lets in one user."""
    wanted = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def step(connection: socket.socket, asked: Asked) -> bytes:
        return (
            YES if asked.headers.get("Authorization") == wanted else answer(401, b"", WWW_Authenticate="Basic realm=x")
        )

    return step


@ALL
def test_a_wrong_password(run: Runner, script: Script, command: tuple[str, ...]) -> None:
    script.steps = [basic("me", "right")]
    done = ask(run, script, "--user", "me", command=command, UPRGRAPH_PASSWORD="hush")
    assert (done.code, done.out) == (2, "")
    said = f"error: {script.url} answers with HTTP status 401\n"
    assert done.err == said + "it does not accept this user name and password, or this token\n"
    done = ask(run, script, command=command)
    assert (done.code, done.err) == (2, said + "give a user name and password, see docs/triplestores.md\n")


@ALL
def test_a_wrong_path(run: Runner, script: Script, command: tuple[str, ...]) -> None:
    script.steps = [answer(404, b"No such repository", Content_Type="text/plain")]
    done = ask(run, script, command=command)
    assert (done.code, done.out) == (2, "")
    said = f"error: {script.url} answers with HTTP status 404: No such repository\ncheck the path of the URL\n"
    assert done.err == said


@ALL
def test_nobody_there(run: Runner, command: tuple[str, ...]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"
    done = run(*command, "--endpoint", url, stdin=b"ASK {}")
    assert (done.code, done.out) == (2, "")
    expected = f"error: {url} cannot be reached: Connection refused\ncheck the URL, and that the server is running\n"
    assert done.err == expected


@ALL
def test_html_with_status_200(run: Runner, script: Script, command: tuple[str, ...]) -> None:
    script.steps = [answer(body=b"<html>Log in", Content_Type="text/html")]
    done = ask(run, script, command=command)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"error: {script.url} answers with text/html instead of SPARQL results\n"
        "is this the query URL of a SPARQL endpoint? A login or start page answers like this\n"
    )


def test_busy_and_then_not(run: Runner, script: Script) -> None:
    script.steps = [answer(503, Retry_After="1"), YES]
    started = time.monotonic()
    done = ask(run, script)
    assert (done.code, done.out) == (0, "answer\ntrue\n")
    assert done.err == f"{script.url} is busy; trying again in 1 seconds\n"
    assert time.monotonic() - started >= 1


@ALL
def test_busy_for_longer_than_we_wait(run: Runner, script: Script, command: tuple[str, ...]) -> None:
    script.steps = [answer(503, Retry_After="3000")]
    done = ask(run, script, "--timeout", "5", command=command)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"error: {script.url} answers with HTTP status 503 and asks to wait 3000 seconds\n"
        "try again then, or allow more time\n"
    )


def test_cut_in_the_middle_of_an_answer(run: Runner, script: Script) -> None:
    beginning = b'{"head": {"vars": ["s"]}, "results": {"bindings": ['
    script.steps = [answer(body=beginning, Content_Type=JSON, Content_Length="900", Connection="close")]
    done = ask(run, script)
    assert (done.code, done.out) == (2, "")
    assert f"the connection to {script.url} broke; trying again in " in done.err
    assert f"error: the connection to {script.url} broke: IncompleteRead(51 bytes read, 849 more expected)" in done.err
    assert len(script.asked) == 4


def test_an_answer_that_ends_early(run: Runner, script: Script) -> None:
    script.steps = [answer(body=b'{"head": {"vars": ["s"]}, "results": {"bindings": [', Content_Type=JSON)]
    done = ask(run, script)
    assert (done.code, done.out) == (2, "")
    assert f"error: {script.url} sent SPARQL results that cannot be read: JSONDecodeError" in done.err


@ALL
def test_a_server_that_never_answers(run: Runner, script: Script, command: tuple[str, ...]) -> None:
    script.steps = [lambda connection, asked: script.released.wait(30) and None]
    started = time.monotonic()
    done = ask(run, script, "--timeout", "1", command=command)
    assert (done.code, done.out) == (2, "")
    expected = f"error: {script.url} did not answer within 1 seconds\nask for less, or allow more time\n"
    assert done.err == expected
    assert time.monotonic() - started < 10


def test_cut_off_at_a_limit(run: Runner, script: Script) -> None:
    row = b'{"n": {"type": "literal", "value": "x"}}'
    table = b'{"head": {"vars": ["n"]}, "results": {"bindings": [%s]}}'
    script.steps = [
        answer(body=table % b",".join([row] * 100), Content_Type=JSON),
        answer(body=table % row, Content_Type=JSON),
    ]
    done = run("sparql", "-", "--endpoint", script.url, stdin=b"SELECT ?n { ?s ?p ?n }")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"error: {script.url} cut the answer off after 100 rows\n"
        "raise the store's limit (docs/triplestores.md says where), or ask in parts, with ORDER BY, LIMIT and OFFSET\n"
    )


def test_a_query_that_is_refused(run: Runner, script: Script) -> None:
    script.steps = [answer(400, b"Parse error\n\x1b[31m at 'x'", Content_Type="text/plain")]
    done = ask(run, script)
    assert (done.code, done.err) == (2, f"error: {script.url} refuses the query: Parse error [31m at 'x'\n")
    script.steps = [answer(500, b"Virtuoso 42000 Error The estimated execution time 9 (sec) exceeds the limit of 4")]
    assert "HTTP status 500: Virtuoso 42000 Error The estimated execution time 9" in ask(run, script).err


@ALL
@pytest.mark.parametrize("inside", ["me:hush@", "me@"])
def test_credentials_in_the_url_are_refused(run: Runner, script: Script, command: tuple[str, ...], inside: str) -> None:
    done = run(*command, "--endpoint", script.url.replace("//", f"//{inside}"), stdin=b"ASK {}")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: --endpoint holds a user name or password, which others can see")
    assert "--password-file FILE" in done.err
    assert "hush" not in done.err
    assert script.asked == []


def test_where_a_password_may_stand(run: Runner, script: Script, tmp_path: Path) -> None:
    script.steps = [basic("me", "hush")]
    secret, netrc = tmp_path / "secret", tmp_path / "netrc"
    secret.write_bytes(b"hush\r\n")
    netrc.write_text("machine 127.0.0.1 login me password hush\n")
    arguments = ("sparql", "-", "--endpoint", script.url)
    for options, settings in (
        (["--user", "me"], {"UPRGRAPH_PASSWORD": "hush"}),
        (["--user", "me", "--password-file", str(secret)], {"UPRGRAPH_PASSWORD": "wrong"}),
        (["--password-file", str(secret)], {"UPRGRAPH_USER": "me"}),
        ([], {"UPRGRAPH_USER": "me", "UPRGRAPH_PASSWORD": "hush"}),
        ([], {"NETRC": str(netrc)}),
        (["--user", "me"], {"NETRC": str(netrc)}),
    ):
        done = run(*arguments, *options, stdin=b"ASK {}", **settings)
        assert (done.code, done.out, done.err) == (0, "answer\ntrue\n", ""), (options, settings)


def test_a_token(run: Runner, script: Script, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("abc\n")

    def step(connection: socket.socket, asked: Asked) -> bytes:
        good = asked.headers.get("Authorization") == "Bearer abc"
        return YES if good else answer(401, WWW_Authenticate="Bearer")

    script.steps = [step]
    assert ask(run, script, "--token-file", str(tmp_path / "token")).code == 0
    assert ask(run, script, UPRGRAPH_TOKEN="abc").code == 0
    assert "HTTP status 401" in ask(run, script).err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--user", "me"], "there is no password for me\nset UPRGRAPH_PASSWORD, or give --password-file FILE"),
        (["--user", "a:b", "--password-file", "good"], "the user name holds a colon"),
        (["--user", "me\nX: 1", "--password-file", "good"], "the user name holds a line break"),
        (["--password-file", "good"], "a password needs a user name\ngive --user NAME, or set UPRGRAPH_USER"),
        (["--user", "me", "--token-file", "good"], "--token-file stands in place of a user name and password"),
        (["--user", "me", "--password-file", "none"], "cannot read none: No such file or directory"),
        (["--user", "me", "--password-file", "."], "cannot read .: Is a directory"),
        (["--user", "me", "--password-file", "empty"], "empty must hold one line, with nothing but the password"),
        (["--user", "me", "--password-file", "two"], "two must hold one line"),
        (["--user", "me", "--password-file", "bytes"], "bytes is not UTF-8 text"),
        (["--user", "me", "--password-file", "control"], "the password holds a line break or another control"),
        (["--token-file", "spaced"], "the token holds a space"),
    ],
)
def test_credentials_that_are_none(
    run: Runner, script: Script, tmp_path: Path, options: list[str], message: str
) -> None:
    files = {"good": b"hush", "empty": b"\n", "two": b"hush\nhush\n", "bytes": b"hush\xff", "control": b"hush\x07"}
    for name, content in {**files, "spaced": b"hush hush"}.items():
        (tmp_path / name).write_bytes(content)
    with contextlib.chdir(tmp_path):
        done = ask(run, script, *options)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: {message}")
    assert "hush" not in done.err
    assert script.asked == []


def test_credentials_are_for_endpoints(run: Runner) -> None:
    done = run("query", "opinions", "--user", "me")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: --user, --password-file and --token-file are for an endpoint\n")
    done = run("validate", "data", "--endpoint", "http://127.0.0.1:1/")
    assert done.err.startswith("error: --endpoint and PATHS name two different things to validate\n")


def test_a_password_is_asked_for_on_a_terminal(script: Script, tmp_path: Path) -> None:
    script.steps = [basic("me", "hush")]
    (tmp_path / "ask.rq").write_text("ASK {}")
    arguments = ["sparql", str(tmp_path / "ask.rq"), "--endpoint", script.url, "--user", "me"]
    child, terminal = pty.fork()
    if child == 0:
        environment = {name: text for name, text in os.environ.items() if not name.startswith("UPRGRAPH_")}
        os.execve(sys.executable, [sys.executable, "-m", "uprgraph", *arguments], environment)  # noqa: S606
    written = b""
    answered = False
    while select.select([terminal], [], [], 20)[0]:
        try:
            written += os.read(terminal, 1024)
        except OSError:  # it has ended
            break
        if b"Password of me: " in written and not answered:
            time.sleep(0.2)
            os.write(terminal, b"hush\n")
            answered = True
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(terminal)
    assert b"true" in written
    assert b"hush" not in written


def test_no_password_in_the_list_of_processes(script: Script, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush-hush")
    asked, go_on = threading.Event(), threading.Event()

    def step(connection: socket.socket, request: Asked) -> bytes:
        asked.set()
        go_on.wait(20)
        return YES

    script.steps = [step]
    options = ["--endpoint", script.url, "--user", "me", "--password-file", str(tmp_path / "secret")]
    command = [sys.executable, "-m", "uprgraph", "sparql", "-", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        process.stdin.write(b"ASK {}")
        process.stdin.close()
        assert asked.wait(20)
        lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.parent.exists()]
        go_on.set()
        assert process.wait(20) == 0
    assert any(str(tmp_path).encode() in line for line in lines)
    assert not any(b"hush-hush" in line for line in lines)
    assert script.asked[0].headers["Authorization"].startswith("Basic ")
