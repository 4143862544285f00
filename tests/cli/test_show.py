"""`uprgraph show`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Runner = Callable[..., Any]


@pytest.mark.parametrize("thing", ["TERR-KAZ/296/2016", "id/opinion/TERR-KAZ-296-2016"])
def test_shows_an_opinion_with_its_quotes(run: Runner, thing: str) -> None:
    done = run("show", thing)
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out
    assert "The words it rests on" in done.out
    assert "footnote 4" in done.out
    assert "http://www.legislationline.org/documents/id/20060" in done.out


@pytest.mark.thorough
def test_formats(run: Runner, tmp_path: Path) -> None:
    assert json.loads(run("show", "KAZ", "--format", "json").out)["label"] == "Kazakhstan"
    assert "state:KAZ a upr:State" in run("show", "KAZ", "--format", "ttl").out
    run("show", "KAZ", "-o", str(tmp_path / "kaz.ttl"))
    assert "state:KAZ a upr:State" in (tmp_path / "kaz.ttl").read_text()
    run("show", "KAZ", "-o", str(tmp_path / "kaz.txt"))
    assert (tmp_path / "kaz.txt").read_text() == run("show", "KAZ").out


@pytest.mark.thorough
def test_lists_everything_when_asked_to(run: Runner) -> None:
    assert "more: uprgraph show state:KAZ --all\n" in run("show", "KAZ").out
    done = run("show", "KAZ", "--all")
    assert "--all" not in done.out
    assert done.out.count("review:KAZ-20/recommendation/") > 180


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        ("TERR-KAZ/297/2016", 'error: "TERR-KAZ/297/2016" is unknown\ndid you mean'),
        ("state:ZZZ", 'error: "state:ZZZ" is not anything in the graph\nthe graph does not have this IRI'),
        ('" } ; DROP ALL #', 'error: "" } ; DROP ALL #" is unknown\n'),
        ("x> <y", 'error: "x> <y" is unknown\n'),
        ("http://x> <y", 'error: "http://x> <y" is not an IRI\n'),
    ],
)
def test_mistakes(run: Runner, thing: str, message: str) -> None:
    done = run("show", thing)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(message)
