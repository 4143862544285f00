"""Answers that are cut off are whole documents, whatever their terms hold."""

from __future__ import annotations

import csv
import io
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uprgraph.server.jobs.cutting import FullError, Sink, cut_rows

_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_TEXT = st.text(
    st.sampled_from("ab{}[]\",:\\\r\n<>/&;'é") | st.characters(exclude_categories=["Cs", "Cc"]), max_size=12
)
_TRICKY = st.sampled_from(['},{"', "}},{", "</result>", '"', '""', ',"', "\r\n", "\\", '},{"x":', "]}}", "</results>"])
_VALUE = st.none() | st.tuples(_TEXT | _TRICKY, st.sampled_from(["", "@en", "^^<http://example.org/t>"]))


def _solutions(rows: list[tuple[Any, Any]]) -> ox.QuerySolutions:
    def term(value: tuple[str, str] | None) -> str:
        return "UNDEF" if value is None else str(ox.Literal(value[0])) + value[1]

    values = " ".join(f"({term(one)} {term(other)})" for one, other in rows)
    solutions = ox.Store().query(f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {values} }} }}")
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def _rows(form: str, content: bytes) -> list[Any]:
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]
    solutions = ox.parse_query_results(content, _FORMATS[form])
    assert isinstance(solutions, ox.QuerySolutions)
    return [(row["x"], row["y"]) for row in solutions]


@pytest.mark.parametrize("form", list(_FORMATS))
@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.tuples(_VALUE, _VALUE), max_size=6), most=st.integers(1, 7), room=st.integers(150, 700))
def test_a_cut_answer_has_the_first_rows(form: str, rows: list[Any], most: int, room: int) -> None:
    full = _solutions(rows).serialize(format=_FORMATS[form])
    assert full is not None
    expected = _rows(form, full)
    sink, is_whole = Sink(room), True
    try:
        for start in range(0, len(full), 64):
            sink.write(full[start : start + 64])
    except FullError:
        is_whole = False
    content = bytearray(sink.getvalue())
    is_cut = cut_rows(form, content, most, is_whole=is_whole, link="https://example.org/?a&b")
    found = _rows(form, bytes(content))
    assert found == expected[: len(found)]
    empty = sum(row == (None, None) for row in rows)
    assert len(found) <= most + (empty if form == "json" else 0)
    assert is_cut or found == expected
    if not is_cut:
        assert content == full
    elif is_whole:
        assert len(found) == most or form == "json"


@pytest.mark.parametrize("form", list(_FORMATS))
@pytest.mark.parametrize("number", [49, 50, 51])
def test_rows_without_a_value_count_as_others_do(form: str, number: int) -> None:
    solutions = ox.Store().query(f"SELECT ?x {{ VALUES ?y {{ {'1 ' * number} }} }}")
    assert isinstance(solutions, ox.QuerySolutions)
    content = bytearray(solutions.serialize(format=_FORMATS[form]) or b"")
    assert cut_rows(form, content, 50, is_whole=True, link="http://e/cut") == (number > 50)
    left = ox.parse_query_results(bytes(content), _FORMATS[form]) if form != "csv" else content.split(b"\r\n")[1:-1]
    assert len(list(left)) == min(number, 50)  # type: ignore[arg-type] # solutions, or lines
