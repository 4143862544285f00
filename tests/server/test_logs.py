"""The log of requests: lines of JSON, once it is set up, and no trouble where they cannot be written."""

from __future__ import annotations

import io
import json

import pytest

from uprgraph.server import logs


class Full(io.StringIO):
    """A file on a full disk."""

    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_request_is_one_line_of_json(monkeypatch: pytest.MonkeyPatch) -> None:
    output = io.StringIO()
    monkeypatch.setattr(logs, "_output", output)
    logs.request({"path": '/a"\n\u2028é', "status": 200})
    (line,) = output.getvalue().splitlines(keepends=True)[:1]
    read = json.loads(output.getvalue())
    assert output.getvalue().count("\n") == 1
    assert line.startswith('{"time": "20')
    assert {name: read[name] for name in read if name != "time"} == {
        "level": "info",
        "event": "request",
        "path": '/a"\n\u2028é',
        "status": 200,
    }


@pytest.mark.parametrize("output", [None, Full()])
def test_where_nothing_can_be_written_requests_go_on(monkeypatch: pytest.MonkeyPatch, output: io.StringIO) -> None:
    monkeypatch.setattr(logs, "_output", output)
    logs.request({"status": 200})
