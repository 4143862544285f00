from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uprgraph.sources.seen import Seen


@given(st.lists(st.tuples(st.text(max_size=2), st.text(max_size=2))))
def test_it_is_what_a_dictionary_says(rows: list[tuple[str, str]]) -> None:
    seen, first = Seen(), dict[tuple[str, str], int]()
    for number, row in enumerate(rows):
        assert seen.first(number, *row) == first.get(row)
        first.setdefault(row, number)


def test_it_grows() -> None:
    seen = Seen()
    assert all(seen.first(number, str(number)) is None for number in range(20_000))
    assert all(seen.first(0, str(number)) == number for number in range(0, 20_000, 7))


def test_where_a_value_ends_counts() -> None:
    seen = Seen()
    assert seen.first(1, "ab", "c") is None
    assert seen.first(2, "a", "bc") is None
