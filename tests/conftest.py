"""What many tests need: the shipped graph, small graphs, and the command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import uprgraph
from uprgraph import resources
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.graph import Graph

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shipped() -> Graph:
    """The shipped graph."""
    return uprgraph.open()


@pytest.fixture
def engine_of(tmp_path: Path) -> Callable[[str], EmbeddedEngine]:
    """A maker of engines over one small Turtle text, with our prefixes."""

    def make(turtle: str) -> EmbeddedEngine:
        from uprgraph.vocabulary import prefixes

        head = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in prefixes().items())
        path = tmp_path / "data.ttl"
        path.write_text(head + turtle, encoding="utf-8")
        return EmbeddedEngine.of_files([resources.GraphFile("https://w3id.org/uprgraph/graph/test", path)])

    return make


class Run:
    """What a command wrote, as text, and its exit code."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode()
        self.err = done.stderr.decode()
        self.bytes = done.stdout


@pytest.fixture
def run() -> Callable[..., Run]:
    """A runner of `uprgraph` in a process of its own, not on a terminal."""

    def runner(*arguments: str, stdin: bytes = b"", **environment: str) -> Run:
        settings = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment}
        command = [sys.executable, "-m", "uprgraph", *arguments]
        done = subprocess.run(command, input=stdin, capture_output=True, env=settings, timeout=120, check=False)
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Run(done)

    return runner
