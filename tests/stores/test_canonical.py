"""src/uprgraph/stores/canonical.py."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.stores.canonical import VALUES, Lines, by_value, compare, lines
from uprgraph.stores.kinds import kinds

LINES = st.lists(
    st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=4).map(
        lambda text: f"{text}\n".encode()
    )
)
XSD = "http://www.w3.org/2001/XMLSchema#"


@given(LINES, st.integers(1, 500))
def test_lines_are_sorted_without_repetitions_however_little_memory_there_is(found: list[bytes], memory: int) -> None:
    expected = sorted(set(found))
    sorted_lines = Lines(found, memory)
    assert list(sorted_lines) == expected
    assert list(sorted_lines) == expected, "they can be read again"
    assert sorted_lines.count == len(expected)
    assert sorted_lines.sha256 == Lines(reversed(found)).sha256


def test_more_parts_than_are_merged_at_once_are_merged() -> None:
    found = [b"%d\n" % number for number in range(1000)]
    assert list(Lines(found, 1)) == sorted(found)


@given(LINES, LINES)
def test_compare_gives_both_differences(expected: list[bytes], found: list[bytes]) -> None:
    missing, extra = compare(Lines(expected), Lines(found), shown=1_000)
    assert missing.first == [line.decode()[:-1] for line in sorted({*expected} - {*found})]
    assert extra.first == [line.decode()[:-1] for line in sorted({*found} - {*expected})]
    assert (missing.count, extra.count) == (len(missing.first), len(extra.first))


def test_blank_nodes_have_the_same_names_whatever_they_were_called() -> None:
    one = _triples('_:a <http://p> _:b . _:b <http://p> "x" .')
    other = _triples('_:b <http://p> _:z . _:z <http://p> "x" .')
    assert {*lines(one)} != {*lines(other)}
    assert {*lines(one, blank_nodes=True)} == {*lines(other, blank_nodes=True)}
    assert {*lines(one, blank_nodes=True)} != {*lines(_triples('_:a <http://p> "x" .'), blank_nodes=True)}


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("boolean", "1", "true"),
        ("integer", "+01", "1"),
        ("integer", "-0", "0"),
        ("decimal", "1.50", "1.5"),
        ("decimal", "100.000", "100"),
        ("decimal", "-0.0", "0"),
        ("decimal", "100", "100.0"),
        ("double", "1.0E0", "1"),
        ("double", "1e300", "1" + "0" * 300),
        ("float", "0.1", "0.10000000149"),
        ("dateTime", "2014-11-03T10:00:00.500+00:00", "2014-11-03T10:00:00.5Z"),
        ("dateTime", "2014-11-03T10:00:00.000", "2014-11-03T10:00:00"),
        ("time", "10:00:10", "10:00:10.0"),
        ("date", "2014-11-03+00:00", "2014-11-03Z"),
    ],
)
def test_forms_of_one_value(name: str, one: str, other: str) -> None:
    assert _valued(name, one) == _valued(name, other)
    assert _line(name, one) == by_value(_line(name, one), {}), "only for a kind of store that changes it"


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("boolean", "1", "false"),
        ("boolean", "yes", "true"),
        ("integer", "abc", "0"),
        ("integer", "10", "1"),
        ("decimal", "1.0000000000000001", "1"),
        ("decimal", "100", "1"),
        ("double", "0.1", "0.10000000149"),
        ("dateTime", "2014-11-03T10:00:00", "2014-11-03T10:00:00Z"),
        ("dateTime", "2014-11-03T10:00:10", "2014-11-03T10:00:01"),
        ("dateTime", "2014-11-03T10:00:00.5", "2014-11-03T10:00:00.05"),
        ("date", "2014-11-10", "2014-11-01"),
    ],
)
def test_different_values(name: str, one: str, other: str) -> None:
    assert _valued(name, one) != _valued(name, other)


def test_a_store_that_keeps_whole_numbers_as_integers() -> None:
    forms = kinds()["oxigraph"].forms
    assert by_value(_line("nonNegativeInteger", "05"), forms) == by_value(_line("integer", "5"), forms)
    assert by_value(_line("nonNegativeInteger", "5"), kinds()["fuseki"].forms) == _line("nonNegativeInteger", "5")


def test_text_that_looks_like_a_literal_stays() -> None:
    line = b'<http://s> <http://p> "\\"01\\"^^<http://www.w3.org/2001/XMLSchema#integer>" .\n'
    assert by_value(line, {"integer": "integer"}) == line


def test_kinds_name_only_datatypes_whose_values_are_known() -> None:
    for kind in kinds().values():
        assert {*kind.forms} <= VALUES, kind.key


def _triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


def _line(name: str, value: str) -> bytes:
    return f'<http://s> <http://p> "{value}"^^<{XSD}{name}> .\n'.encode()


def _valued(name: str, value: str) -> bytes:
    return by_value(_line(name, value), {name: name})
