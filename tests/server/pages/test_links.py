"""src/uprgraph/server/pages/links.py and what the pages of rights are made of."""

from __future__ import annotations

import pytest

from uprgraph.engines.terms import XSD, Iri, Literal
from uprgraph.resources import BASE
from uprgraph.results.marked import Marked
from uprgraph.results.rows import Results
from uprgraph.server.pages.describing import natural
from uprgraph.server.pages.links import address, cell, path_of, query
from uprgraph.server.pages.rights import hierarchy


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        ("id/state/KAZ", "/states/KAZ"),
        ("id/opinion/TERR-KAZ-296-2016", "/opinions/TERR-KAZ-296-2016"),
        ("id/opinion/TERR-KAZ-296-2016/finding/2", "/page/id/opinion/TERR-KAZ-296-2016/finding/2"),
        ("code/right/right-to-life", "/rights/right-to-life"),
        ("code/right", "/page/code/right"),
        ("id/x/a b?<c>", "/page/id/x/a%20b%3F%3Cc%3E"),
        ("ontology#State", "/ontology#State"),
        ("graph/upr-info", "/graph/upr-info"),
    ],
)
def test_things_of_ours_have_a_place_here(iri: str, path: str) -> None:
    assert path_of(BASE + iri) == path
    assert address(BASE + iri, "/upr") == (f"/upr{path}", False)


@pytest.mark.parametrize(
    "iri", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "urn:x:y", "ftp://a/b"]
)
def test_only_web_addresses_are_links(iri: str) -> None:
    assert address(iri) == (None, False)
    assert cell(Iri(iri), {}).href is None
    assert cell(Literal(iri, f"{XSD}anyURI"), {}).href is None
    assert address("HTTPS://example.org/") == ("HTTPS://example.org/", True)


def test_cells_say_what_they_hold() -> None:
    assert cell(Literal("3", f"{XSD}integer"), {}).style == "number"
    assert cell(Literal("да", language="ru"), {}).language == "ru"
    assert cell(Marked("a bc", marks=((2, 4),)), {}).parts == (("a ", False), ("bc", True))
    assert cell(Iri(f"{BASE}id/state/KAZ"), {f"{BASE}id/state/KAZ": "Kazakhstan"}).parts == (("Kazakhstan", False),)
    assert cell(None, {}).parts == ()


def test_queries_leave_out_what_is_empty() -> None:
    assert query("/a", b=["x y", "z"], c="", d=None) == "/a?b=x+y&b=z"
    assert query("/a") == "/a"


def test_ten_comes_after_two() -> None:
    assert sorted(["x/10", "x/2", "x/a"], key=natural) == ["x/2", "x/10", "x/a"]


def test_a_hierarchy_with_a_circle_has_an_end() -> None:
    def row(right: str, broader: str | None) -> tuple[Iri | Literal | None, ...]:
        return Iri(right), Literal(right), None, None if broader is None else Iri(broader)

    rows = [row("x:top", None), row("x:a", "x:top"), row("x:a", "x:b"), row("x:b", "x:a")]
    (top,) = hierarchy(Results(("right", "label", "definition", "broader"), rows))
    (first,) = top.narrower
    (second,) = first.narrower
    assert (first.iri, second.iri, second.narrower) == ("x:a", "x:b", ())
