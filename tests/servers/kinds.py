"""The triplestores that can be had: what servers.toml says of each, and where its files and programs are here."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from uprgraph.errors import UprGraphError


class Unavailable(UprGraphError):  # noqa: N818 - a state, not a mistake
    """A triplestore that is not installed here, and why."""


@dataclass(frozen=True)
class Artefact:
    """A file of Maven Central: `group:name:version` or `group:name:version:packaging` (a jar otherwise)."""

    coordinates: str
    sha256: str

    @property
    def version(self) -> str:
        """Its version, as Maven writes it."""
        return self.coordinates.split(":")[2]

    @property
    def path(self) -> Path:
        """Where it is in the cache, or will be."""
        _, name, version, packaging = [*self.coordinates.split(":"), "jar"][:4]
        return cache_folder() / f"{name}-{version}.{packaging}"

    def matches(self, path: Path) -> bool:
        """Whether the file at `path` is this one, by its SHA-256."""
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == self.sha256


@dataclass(frozen=True)
class Kind:
    """One triplestore: either artefacts that Java runs (`java` is the lowest version), or a `program`."""

    key: str
    name: str
    java: int | None = None
    artefacts: dict[str, Artefact] = field(default_factory=dict)
    program: str | None = None
    version_option: str | None = None
    python_package: str | None = None
    debian_package: str | None = None

    def version(self) -> str:
        """Return the version that is installed; raises `Unavailable` if none is."""
        for artefact in self.artefacts.values():
            self.file_of(artefact)
        if self.java is not None:
            java_program(self.java)
            return self.artefacts["server"].version
        command = [self.program_path(), str(self.version_option)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        found = re.search(r"\d+\.\d+\.[\w.]+", done.stdout + done.stderr)
        if found is None:
            raise Unavailable(f"{' '.join(command)} does not say its version")
        return found.group()

    def file(self, artefact: str) -> Path:
        """Return where the artefact of that name is; raises `Unavailable` if it is not there."""
        return self.file_of(self.artefacts[artefact])

    def file_of(self, artefact: Artefact) -> Path:
        """As `file`, for an artefact at hand."""
        if not artefact.path.is_file():
            raise Unavailable(f"{self.name} is not installed: {artefact.path} is not there", self._hint)
        return artefact.path

    def program_path(self) -> str:
        """Return the path of the program; raises `Unavailable` if it is not there."""
        # The scripts of a virtual environment need not be on the PATH of who runs its Python.
        places = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
        found = shutil.which(str(self.program), path=places)
        if found is None:
            raise Unavailable(f"{self.name} is not installed: there is no program {self.program}", self._hint)
        return found

    @property
    def _hint(self) -> str:
        if self.python_package is not None:
            return "it comes with the Python packages of the tests: run make test"
        return f"run: scripts/triplestores install {self.key}"


@dataclass(frozen=True)
class Tool:
    """A program that fetches or runs artefacts, and the Debian package that has it."""

    program: str
    debian_package: str


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("servers.toml").read_text(encoding="utf-8"))


def _kind(key: str, said: dict[str, Any]) -> Kind:
    artefacts = {name: Artefact(**values) for name, values in said.get("artefacts", {}).items()}
    return Kind(key, **{**said, "artefacts": artefacts})


CATALOGUE: dict[str, Kind] = {key: _kind(key, said) for key, said in _read().items() if key != "tools"}
KINDS: tuple[str, ...] = tuple(CATALOGUE)
MAVEN = Tool(**_read()["tools"]["maven"])
JAVA = Tool(**_read()["tools"]["java"])
MAVEN_PLUGIN: str = _read()["tools"]["maven_plugin"]


def cache_folder() -> Path:
    """Return the folder that holds the fetched artefacts: under $XDG_CACHE_HOME, or ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "uprgraph" / "triplestores"


def java_program(lowest: int) -> str:
    """Return the path of Java, that of $JAVA_HOME first; raises `Unavailable` if there is none of that version."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which(str(Path(home) / "bin" / JAVA.program) if home else JAVA.program)
    if found is None:
        raise Unavailable("Java is not installed", f"install Java {lowest} or later: {JAVA.debian_package} on Debian")
    done = subprocess.run([found, "-version"], capture_output=True, text=True, check=False, timeout=30)
    version = re.search(r'version "(\d+)', done.stderr)
    if version is None or int(version.group(1)) < lowest:
        said = done.stderr.partition("\n")[0] or "no version"
        raise Unavailable(f"{found} is too old: {said}", f"install Java {lowest} or later, or name it with JAVA_HOME")
    return found
