"""Choosing a media type by an Accept header."""

from __future__ import annotations

import pytest

from uprgraph.server.negotiation import best, takes_gzip

_OFFERED = ["text/html; charset=utf-8", "text/turtle", "application/ld+json"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, 0),
        ("", 0),
        ("*/*", 0),
        ("*", 0),
        ("text/turtle", 1),
        ("TEXT/Turtle", 1),
        ("text/*", 0),
        ("text/html;q=0.5, text/turtle", 1),
        ("text/html;q=0.5, */*;q=0.1", 0),
        ("*/*, text/html;q=0", 1),
        ("text/*;q=0.3, text/turtle;q=0.2, application/ld+json;q=0.25", 0),
        ("application/xhtml+xml, application/ld+json ; q=0.1", 2),
        ("text/turtle;q=nan, application/ld+json;q=0.001", 2),
        ("text/turtle;q=high", None),
        ("text/turtle;q=7", 1),
        ("image/png", None),
        ("*/*;q=0", None),
        (";;;,,,/", None),
    ],
)
def test_the_best_type_that_is_offered(accept: str | None, expected: int | None) -> None:
    assert best(accept, _OFFERED) == (None if expected is None else _OFFERED[expected])


def test_nothing_offered_is_nothing_chosen() -> None:
    assert best(None, []) is None
    assert best("*/*", []) is None


@pytest.mark.parametrize(
    ("accept_encoding", "expected"),
    [
        ("", False),
        ("gzip", True),
        ("br, GZip;q=0.5", True),
        ("gzip;q=0, *", False),
        ("*", True),
        ("*;q=0", False),
        ("br", False),
        ("xgzip", False),
    ],
)
def test_gzip_is_taken(accept_encoding: str, expected: bool) -> None:
    assert takes_gzip(accept_encoding) is expected
