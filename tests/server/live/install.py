"""Clients in other languages: Jena's rsparql, Comunica and curl; and Apache. Where they are, and how they get there.

rsparql is in the jar of Fuseki, which `scripts/triplestores` fetches. Comunica's packages are those of its lock file,
each with its hash, and lie in the cache folder; no script of theirs is run when they are installed.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from tests.servers.install import install as install_triplestores
from tests.servers.install import install_packages, run, tail
from tests.servers.kinds import CATALOGUE, Tool, Unavailable, cache_folder, java_program

_COMUNICA = Path(__file__).with_name("comunica")
_NPM = Tool("npm", "npm")
_APACHE = Tool("/usr/sbin/apache2", "apache2-bin")  # the program alone, which nothing starts
_APACHE_MODULES = Path("/usr/lib/apache2/modules")
_TOOLS = (_NPM, Tool("node", "nodejs"), Tool("curl", "curl"), _APACHE)
_HINT = "run: python -m tests.server.live"


def install() -> None:
    """Install what is not there yet; raises `Unavailable` if that cannot be done."""
    install_triplestores(["fuseki"])
    if missing := [tool.debian_package for tool in _TOOLS if shutil.which(tool.program) is None]:
        install_packages(missing)
    if not _comunica_folder().is_dir():
        _install_comunica()


def rsparql() -> list[str]:
    """Return the command of Jena's client; raises `Unavailable` if it is not there."""
    fuseki = CATALOGUE["fuseki"]
    return [java_program(fuseki.java or 0), "-cp", str(fuseki.file("server")), "arq.rsparql"]


def comunica() -> list[str]:
    """Return the command of Comunica; raises `Unavailable` if it is not there."""
    program = _comunica_folder() / "node_modules" / ".bin" / "comunica-sparql"
    if not program.is_file() or shutil.which("node") is None:
        raise Unavailable(f"Comunica is not installed: {program} is not there", _HINT)
    return [str(program)]


def curl() -> list[str]:
    """Return the command of curl; raises `Unavailable` if it is not there."""
    found = shutil.which("curl")
    if found is None:
        raise Unavailable("curl is not installed", _HINT)
    return [found, "--silent", "--show-error", "--fail-with-body", "--max-time", "60"]


def apache() -> tuple[str, Path]:
    """Return the program of Apache and the folder of its modules; raises `Unavailable` if it is not there."""
    if shutil.which(_APACHE.program) is None:
        raise Unavailable("Apache is not installed", _HINT)
    return _APACHE.program, _APACHE_MODULES


def _comunica_folder() -> Path:
    lock = hashlib.sha256((_COMUNICA / "package-lock.json").read_bytes()).hexdigest()
    return cache_folder().parent / "comunica" / lock[:16]


def _install_comunica() -> None:
    """Install it beside its place, and only then put it there."""
    place = _comunica_folder()
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as name:
        folder = Path(name) / "comunica"
        shutil.copytree(_COMUNICA, folder)
        command = [_NPM.program, "ci", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund"]
        done = run(command)
        if done.returncode:
            raise Unavailable(f"npm cannot fetch Comunica: {tail(done)}")
        folder.replace(place)
