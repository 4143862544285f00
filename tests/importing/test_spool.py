from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.importing.conftest import EXPORT, REPORT, dataset, record

from uprgraph.errors import ResourceError
from uprgraph.importing import spool
from uprgraph.sources.records import Quote, Record

EVERYTHING = Record(
    dataset=REPORT,
    part="95.1-2",
    state="https://w3id.org/uprgraph/id/state/AFG",
    text='Do "this"; and\u2028that',
    kind="review",
    session=5,
    row=17,
    recommenders=("a", "b"),
    response="supported",
    source_response="Accepted",
    paragraph="95.1",
    action="x/5",
    issues=("i",),
    themes=("t", "u"),
    goals=("g",),
    affected=("p",),
    document="A/HRC/9/99",
    date="2019-11-04",
    body="Committee",
    quote=Quote("Do “this”", 3, 12, "paragraph 95.1"),
)


def held(path: Path) -> list[Record]:
    with spool.opened(path) as records:
        return [each for unit in records.units() for each in unit.records]


def put(path: Path, key: str, *records: Record) -> None:
    with spool.opened(path) as found:
        found.add(records)
        found.take(dataset(key), "wg-report")


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    put(tmp_path / "spool", REPORT, EVERYTHING)
    assert held(tmp_path / "spool") == [EVERYTHING]
    defaults = {each.name: each.default for each in fields(Record)}
    given_ = {name: getattr(EVERYTHING, name) for name in defaults if name != "kind"}
    assert all(value != defaults[name] for name, value in given_.items()), "the example has a value for every field"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(text=st.text(st.characters(exclude_categories=["Cs"])), row=st.none() | st.integers(0, 2**40))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str, row: int | None) -> None:
    path = tmp_path_factory.mktemp("spool") / "spool"
    put(path, REPORT, record(REPORT, text=text, row=row))
    assert held(path) == [record(REPORT, text=text, row=row)]


def test_units_are_reviews_in_order_and_records_in_theirs(tmp_path: Path) -> None:
    with spool.opened(tmp_path / "spool") as found:
        found.add([record(part="9", session=20), record(part="8"), record(part="10"), record(part="7", session=9)])
        found.take(dataset(EXPORT), "upr-info")
        found.add([record(REPORT, "95.1")])
        found.take(dataset(REPORT), "wg-report")
        units = list(found.units())
    assert [unit.key for unit in units] == ["AFG-05", "AFG-09", "AFG-20"]
    assert [each.part for each in units[0].records] == ["8", "10", "95.1"]
    assert units[0].sources == {EXPORT: "upr-info", REPORT: "wg-report"}
    assert units[0].datasets[REPORT] == dataset(REPORT)
    assert units[1].sources == {EXPORT: "upr-info"}


def test_a_dataset_read_again_replaces_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "spool"
    put(path, EXPORT, record(part="1"), record(part="2"))
    put(path, REPORT, record(REPORT, "95.1"))
    put(path, EXPORT, record(part="3"))
    assert [each.part for each in held(path)] == ["95.1", "3"]


def test_records_of_another_version_are_not_read(tmp_path: Path) -> None:
    put(tmp_path / "spool", EXPORT, record())
    with closing(sqlite3.connect(tmp_path / "spool")) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(ResourceError, match="another version"):
        held(tmp_path / "spool")


def test_what_fails_in_between_is_no_damage_to_what_counts(tmp_path: Path) -> None:
    (tmp_path / "spool").write_bytes(b"this is no database, and long enough to be seen as such" * 100)
    with pytest.raises(ResourceError, match="cannot be read or written"):
        held(tmp_path / "spool")
