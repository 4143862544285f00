"""src/uprgraph/engines/glance.py: what it lets through, reading token by token lets through as well."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.engines import glance, guard
from uprgraph.errors import QueryError
from uprgraph.graph import Graph

_HARMLESS = "does not end|closed|closes nothing|unexpected character|a backslash may stand"
"""What is wrong with a query that every engine refuses, and without harm."""
_PIECES = st.sampled_from(
    [
        *(
            "SELECT ",
            "ASK",
            "select*",
            "DESCRIBE ",
            "INSERT DATA ",
            "PREFIX ex: <http://e/>",
            "BASE <http://b/>",
            "a:b",
        ),
        *("SERVICE", "sErViCe ", "FROM ", "from", "ex:from", "wasFrom", "?from", "<http://from/>", "NAMED ", "GRAPH "),
        *(
            "\\u0053",
            "\\U00000053",
            "\\",
            '"',
            "'",
            '"""',
            "'''",
            "#",
            "\n",
            "\r",
            " ",
            "\n  # ",
            "<",
            ">",
            "<http://a>",
        ),
        *("{", "}", "(", ")", "[", "]", "?s ?p ?o", ".", ";", "||", "&&", "!", "UNION", "OPTIONAL", "FILTER", "1", "é"),
    ]
)


def _read(text: str) -> tuple[str, bool] | None:
    """Return what reading each token tells, or None if the query is wrong in a harmless way."""
    try:
        return guard._read(text, allow_dataset=True)
    except QueryError as error:
        if not re.search(_HARMLESS, error.message):
            raise
        return None


@given(st.lists(_PIECES, max_size=14), st.sampled_from(["SELECT * ", "ASK ", ""]))
def test_what_is_let_through_neither_calls_out_nor_names_graphs(pieces: list[str], opening: str) -> None:
    text = opening + "".join(pieces)
    seen = glance.form(text, 4, 8)
    if seen is not None:
        assert _read(text) in {(seen, False), None}


@given(st.integers(0, 12), st.sampled_from(["{}", "()", "[]"]), st.sampled_from(["||", "-", "UNION", "filter", "/"]))
def test_limits_hold(number: int, pair: str, operator: str) -> None:
    brackets, operators = pair[0] * number + pair[1] * number, operator * number
    assert (glance.form(f"ASK {brackets}", 6, 100) == "ASK") == (number <= 6)
    assert glance.form(f"ASK {{ {operators} }}", 6, 6) is None or number <= 6


@pytest.mark.parametrize(
    "text",
    [
        "ASK { <http://a> ?p ?o } # FROM",
        "SELECT *FROM <http://g> {}",
        "ASKFROM <http://g> {}",
        "ASK {trueSERVICE<http://x>{}}",
        'ASK { ?s ?p """\n# " } SERVICE <http://x> {} """ }',
        "ASK { # \rSERVICE <http://x> {} }",
        "ASK { \\u0053ERVICE <http://x> {} }",
        "INSERT DATA {}",
        "SELECTED {}",
        "",
        "ASK { <" + "a" * 3_000 + "> ?p ?o }",
    ],
)
def test_what_is_not_seen_at_once_is_left_to_be_read(text: str) -> None:
    assert glance.form(text, 100, 1_000) is None


def test_comments_and_names_are_no_calls() -> None:
    text = "# SERVICE\n  # from { { {\nPREFIX ex: <http://e/>\nselect * { ?s ex:wasDerivedFrom ?from }"
    assert glance.form(text, 4, 20) is None, "a variable may not be told from the word"
    assert glance.form(text.replace("?from", "?source"), 4, 20) == "SELECT"


def test_questions_are_seen_at_once(shipped: Graph) -> None:
    texts = {question.name: shipped.query(question.name).sparql or "" for question in shipped.questions()}
    assert len(texts) > 80
    assert [name for name, text in texts.items() if glance.form(text, 100, 1_000) != "SELECT"] == []
