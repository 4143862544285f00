"""The command scripts/triplestores, and what it says of wrong use and of what cannot be had."""

from __future__ import annotations

import os
import signal
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

COMMAND = Path(__file__).parent.parent.parent / "scripts" / "triplestores"


def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, **environment}
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=60, env=settings)


def programs(folder: Path, **scripts: str) -> str:
    """A PATH with these programs, as shell scripts, and what the command itself needs."""
    for name, script in scripts.items():
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
    (folder / "dirname").symlink_to("/usr/bin/dirname")
    return str(folder)


JAVA = 'echo "openjdk version \\"17.0.1\\"" >&2'


def test_lists_what_is_there_and_why_the_rest_is_not(tmp_path: Path) -> None:
    done = call("list", XDG_CACHE_HOME=str(tmp_path / "cache"), PATH=programs(tmp_path))
    oxigraph, fuseki, rdf4j, virtuoso = done.stdout.splitlines()
    assert done.returncode == 0
    assert oxigraph.split()[0] == "oxigraph"
    assert fuseki == (
        f"fuseki    Apache Jena Fuseki is not installed: {tmp_path}/cache/uprgraph/triplestores/"
        "jena-fuseki-server-5.6.0.jar is not there; run: scripts/triplestores install fuseki"
    )
    assert rdf4j.endswith("is not there; run: scripts/triplestores install rdf4j")
    assert virtuoso == (
        "virtuoso  OpenLink Virtuoso is not installed: there is no program virtuoso-t; "
        "run: scripts/triplestores install virtuoso"
    )


def test_installs_only_the_file_that_is_meant(tmp_path: Path) -> None:
    mvn = 'for a; do case $a in -DoutputDirectory=*) echo x > "${a#*=}/jena-fuseki-server-5.6.0.jar";; esac; done'
    path = programs(tmp_path, java=JAVA, mvn=mvn)
    done = call("install", "fuseki", XDG_CACHE_HOME=str(tmp_path / "cache"), PATH=path, JAVA_HOME="")
    assert done.returncode == 2
    assert done.stderr.endswith(
        "error: org.apache.jena:jena-fuseki-server:5.6.0 is not the file that servers.toml names by its SHA-256\n"
    )
    assert list((tmp_path / "cache" / "uprgraph" / "triplestores").iterdir()) == []


def test_says_what_maven_said(tmp_path: Path) -> None:
    path = programs(tmp_path, java=JAVA, mvn="echo '[ERROR] no network'; exit 1")
    done = call("install", "fuseki", XDG_CACHE_HOME=str(tmp_path / "cache"), PATH=path, JAVA_HOME="")
    assert done.returncode == 2
    assert done.stderr.endswith(
        "error: Maven cannot fetch org.apache.jena:jena-fuseki-server:5.6.0: [ERROR] no network\n"
    )


def test_renews_the_lists_of_packages_if_they_are_out_of_date(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root runs apt-get")
    apt = f"""case "$1" in
    update) echo x > {tmp_path}/lists;;
    *) [ -e {tmp_path}/lists ] || exit 100
       printf '#!/bin/sh\\necho Version 7.2.5\\n' > {tmp_path}/virtuoso-t; /bin/chmod +x {tmp_path}/virtuoso-t;;
    esac"""
    done = call("install", "virtuoso", PATH=programs(tmp_path, **{"apt-get": apt}))
    package = "$ apt-get install --yes --no-install-recommends virtuoso-opensource-7-bin"
    assert done.stderr.splitlines() == [
        package,
        "$ apt-get update",
        package,
        "OpenLink Virtuoso 7.2.5 is installed",
    ]
    assert done.returncode == 0


def test_java_that_is_too_old(tmp_path: Path) -> None:
    path = programs(tmp_path, java='echo "openjdk version \\"11.0.2\\"" >&2')
    cache = tmp_path / "cache" / "uprgraph" / "triplestores"
    cache.mkdir(parents=True)
    (cache / "jena-fuseki-server-5.6.0.jar").touch()
    done = call("start", "fuseki", XDG_CACHE_HOME=str(tmp_path / "cache"), PATH=path, JAVA_HOME="")
    assert done.returncode == 2
    assert done.stderr == (
        f'error: {tmp_path}/java is too old: openjdk version "11.0.2"\n'
        "install Java 17 or later, or name it with JAVA_HOME\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["start"], "Missing argument"),
        (["start", "blazegraph"], "'blazegraph' is not one of 'oxigraph', 'fuseki', 'rdf4j', 'virtuoso'"),
        (["install", "blazegraph"], "'blazegraph' is not one of"),
        (["start", "oxigraph", "--max-rows", "5"], "oxigraph has no option --max-rows"),
        (["start", "oxigraph", "--port", "99999"], "99999 is not in the range 1<=x<=65535"),
        (["start", "oxigraph", "--folder", "/dev/null/x"], "Not a directory: '/dev/null/x'"),
    ],
)
def test_refuses_wrong_use(arguments: list[str], message: str) -> None:
    done = call(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The command, which runs an Oxigraph server."""
    command = [str(COMMAND), "start", "oxigraph", "--folder", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        try:
            yield run
        finally:
            run.kill()


@pytest.mark.server
def test_runs_a_server_until_it_is_interrupted(oxigraph: subprocess.Popen[str]) -> None:
    assert oxigraph.stdout is not None
    told = [oxigraph.stdout.readline().rsplit(maxsplit=1) for _ in range(3)]
    (_, query_url), update, graph_store = told
    urllib.request.urlopen(f"{query_url}?query=ASK%7B%7D", timeout=10).close()
    port = str(urllib.parse.urlsplit(query_url).port)
    taken = call("start", "oxigraph", "--port", port)
    assert (taken.returncode, taken.stdout) == (2, "")
    assert taken.stderr == f"error: Oxigraph cannot start: another program uses port {port}\n"
    oxigraph.send_signal(signal.SIGINT)
    _, err = oxigraph.communicate(timeout=30)
    assert update == ["update", f"http://127.0.0.1:{port}/update"]
    assert graph_store == ["graph store", f"http://127.0.0.1:{port}/store"]
    assert (oxigraph.returncode, err) == (0, "It runs until Ctrl-C.\nstopped\n")
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(query_url, timeout=10)
