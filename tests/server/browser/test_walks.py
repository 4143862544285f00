"""People use the site: with the keyboard alone, on a phone, without scripts, and as far as axe can tell by ear.

`make test-browser` installs Chromium and the libraries and runs these; what people do is in walks.mjs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.server.serving import serving

ROOT = Path(__file__).parents[3]
WALKS = Path(__file__).with_name("walks.mjs")
LIBRARIES = ROOT / "build" / "browser"
NAMES = re.findall(r'^  async "([a-z-]+)"', WALKS.read_text(encoding="utf-8"), re.MULTILINE)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def programs() -> tuple[str, str]:
    """Node and Chromium, with the libraries for both."""
    node, chromium = shutil.which("node"), shutil.which("chromium")
    vendor = ROOT / "src" / "uprgraph" / "server" / "static" / "vendor"
    there = (LIBRARIES / "node_modules").is_dir() and vendor.is_dir()
    if node is None or chromium is None or not there:
        message = "Chromium, Node or the libraries are not installed: make test-browser installs them"
        if os.environ.get("UPRGRAPH_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    return node, chromium


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the site runs."""
    with serving() as running:
        yield f"http://127.0.0.1:{running.port}"


@pytest.mark.parametrize("name", NAMES)
def test_walk(programs: tuple[str, str], address: str, name: str) -> None:
    node, chromium = programs
    settings = {**os.environ, "UPRGRAPH_BROWSER_LIBRARIES": str(LIBRARIES), "UPRGRAPH_CHROMIUM": chromium}
    done = subprocess.run(
        [node, str(WALKS), name, address], capture_output=True, text=True, env=settings, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_walks() -> None:
    assert len(NAMES) >= 10
