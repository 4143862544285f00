"""Requests that schemathesis makes from the OpenAPI document, right ones and wrong ones, to a server that runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.server.serving import serving

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
NOTHING_FOUND = "No issues found"


@pytest.mark.serving
def test_no_fault_is_found_in_any_call(tmp_path: Path) -> None:
    with serving() as server:
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIGURATION), "run"]
        command += [
            f"http://127.0.0.1:{server.port}/openapi.json",
            "--max-examples",
            "5",
            "--seed",
            "1",
            "--workers",
            "2",
        ]
        found = subprocess.run(
            command, cwd=tmp_path, capture_output=True, check=False, env={**os.environ, "COLUMNS": "200"}
        )
        report = found.stdout.decode()
        assert found.returncode == 0, report + found.stderr.decode()
        assert NOTHING_FOUND in report
        assert server.events("Exception in ASGI application") == []
