"""Fetch what the triplestores need: artefacts from Maven Central into a cache, programs as Debian packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .kinds import CATALOGUE, JAVA, MAVEN, MAVEN_PLUGIN, Artefact, Kind, Unavailable, cache_folder, java_program

_PATIENCE = 900  # seconds that one download or one run of apt-get may take


def install(keys: Sequence[str]) -> None:
    """Install what these kinds need and what is not there yet; raises `Unavailable` if that cannot be done."""
    kinds = [CATALOGUE[key] for key in keys]
    missing = [artefact for kind in kinds for artefact in kind.artefacts.values() if not _is_there(artefact)]
    if packages := _missing_packages(kinds, fetches=bool(missing)):
        install_packages(packages)
    for artefact in missing:
        _fetch(artefact)
    for kind in kinds:
        _say(f"{kind.name} {kind.version()} is installed")


def _is_there(artefact: Artefact) -> bool:
    return artefact.path.is_file() and artefact.matches(artefact.path)


def _missing_packages(kinds: Sequence[Kind], *, fetches: bool) -> list[str]:
    packages = [
        kind.debian_package
        for kind in kinds
        if kind.debian_package is not None and shutil.which(str(kind.program)) is None
    ]
    if fetches and shutil.which(MAVEN.program) is None:
        packages.append(MAVEN.debian_package)
    if lowest := max((kind.java for kind in kinds if kind.java is not None), default=None):
        try:
            java_program(lowest)
        except Unavailable:
            packages.append(JAVA.debian_package)
    return packages


def install_packages(packages: Sequence[str]) -> None:
    """Install packages of Debian; raises `Unavailable` if that cannot be done."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise Unavailable(f"not installed, and there is no apt-get: {', '.join(packages)}", "install them by hand")
    if os.geteuid() != 0:
        raise Unavailable(f"not installed: {', '.join(packages)}", f"run as root: {' '.join(command)}")
    # Lists of packages that are lacking or out of date make the first try fail, and only then are they renewed.
    if run(command).returncode:
        run(["apt-get", "update"])
        done = run(command)
        if done.returncode:
            raise Unavailable(f"apt-get cannot install {', '.join(packages)}: {tail(done)}")


def _fetch(artefact: Artefact) -> None:
    """Fetch an artefact next to its place, check it, and only then put it there.

    Our own SHA-256 judges it. Maven is not told to insist on the checksums beside the file, which mirrors may lack.
    """
    cache_folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache_folder()) as folder:
        done = run(
            [
                *(MAVEN.program, "--quiet", "--batch-mode", f"{MAVEN_PLUGIN}:copy"),
                *(f"-Dartifact={artefact.coordinates}", f"-DoutputDirectory={folder}", "-Dmdep.useBaseVersion=true"),
            ]
        )
        fetched = Path(folder) / artefact.path.name
        if done.returncode or not fetched.is_file():
            raise Unavailable(f"Maven cannot fetch {artefact.coordinates}: {tail(done)}")
        if not artefact.matches(fetched):
            raise Unavailable(f"{artefact.coordinates} is not the file that servers.toml names by its SHA-256")
        fetched.replace(artefact.path)


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command, after saying so, and return what it said."""
    _say("$ " + " ".join(command))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE, env=environment)


def tail(done: subprocess.CompletedProcess[str]) -> str:
    """Return the end of what a command said."""
    return "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:])


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
