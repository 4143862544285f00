from __future__ import annotations

import json
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uprgraph.errors import InvalidDataError, ResourceError
from uprgraph.sources import json_records
from uprgraph.sources.json_records import Broken


def read(folder: Path, content: str) -> list[dict[str, object] | Broken]:
    path = folder / "export.json"
    path.write_text(content, encoding="utf-8")
    return list(json_records.read(path))


@pytest.mark.parametrize(
    "content",
    [
        '[{"a": "x"}, {"a": "]}\\"{"}]',
        '\ufeff [ {"a":"x"}\n,{"a":"]}\\"{"} ] ',
        '{"@odata.count": 2, "@odata.context": {"x": [1]}, "value": [{"a": "x"}, {"a": "]}\\"{"}], "next": null}',
        '{"Results": [{"a": "x"}, {"a": "]}\\"{"}]}',
    ],
)
def test_a_list_of_records(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content) == [{"a": "x"}, {"a": ']}"{'}]


def test_an_export_may_be_empty(tmp_path: Path) -> None:
    assert read(tmp_path, "[]") == read(tmp_path, '{"value": []}') == []


def test_numbers_stay_as_they_are_written(tmp_path: Path) -> None:
    number = "9" * 10_000
    assert read(tmp_path, f'[{{"a": {number}, "b": 1.50, "c": 1e999999}}]') == [
        {"a": number, "b": "1.50", "c": "1e999999"}
    ]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('{"a": x}', "not valid JSON"),
        ('{"a" "b"}', "not valid JSON"),
        ('{"a": "\t"}', "not valid JSON"),
        ('{"a": [1}', "not valid JSON"),
        ("[1, 2]", "not a record"),
        ('"text"', "not a record"),
        ("17", "not a record"),
        ("null", "not a record"),
    ],
)
def test_a_broken_record_does_not_stop_those_after_it(tmp_path: Path, broken: str, reason: str) -> None:
    first, second, third = read(tmp_path, f'[{{"n": "1"}}, {broken}, {{"n": "3"}}]')
    assert (first, third) == ({"n": "1"}, {"n": "3"})
    assert isinstance(second, Broken)
    assert reason in second.reason


@pytest.mark.parametrize(
    ("content", "good", "reason"),
    [
        ('[{"a": "1"}, {"a": "2', 1, "truncated"),
        ('[{"a": "1"},', 1, "truncated"),
        ('[{"a": "1"}', 1, "neither a comma nor the end"),
        ('[{"a": "1"} {"a": "2"}]', 1, "neither a comma nor the end"),
        ("[", 0, "truncated"),
    ],
)
def test_a_list_that_does_not_end(tmp_path: Path, content: str, good: int, reason: str) -> None:
    *records, last = read(tmp_path, content)
    assert len(records) == good
    assert isinstance(last, Broken)
    assert reason in last.reason


@pytest.mark.parametrize(
    "content",
    ["", " ", "To,Text\na,b\n", '"text"', "{}", '{"a": 1}', '{"a": [{}]}', '{"value": {}}', '{"a"', "{'value': []}"],
)
def test_what_is_no_export(tmp_path: Path, content: str) -> None:
    with pytest.raises(InvalidDataError, match="JSON"):
        read(tmp_path, content)


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ResourceError):
        list(json_records.read(tmp_path / "none.json"))


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '[{"a":' * 100_000,
        '[{"a": ' + "[" * 900 + "]" * 900 + "x}]",
        '[{"a": "' + "x" * 5_000_000,
        '{"value' + "x" * 5_000_000,
        '[{"a": "' + "\\" * 5_000_000,
        "[" + "1" * 5_000_000,
    ],
    ids=["lists", "objects", "lists-in-a-record", "text", "key", "backslashes", "number"],
)
def test_what_is_too_deep_or_too_long_is_refused_in_little_time_and_memory(tmp_path: Path, content: str) -> None:
    path = tmp_path / "export.json"
    path.write_text(content, encoding="utf-8")
    tracemalloc.start()
    begin = time.monotonic()
    try:
        with pytest.raises(InvalidDataError):
            list(json_records.read(path))
        assert tracemalloc.get_traced_memory()[1] < 60 << 20
    finally:
        tracemalloc.stop()
    assert time.monotonic() - begin < 10


def test_memory_does_not_grow_with_the_records(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text("[" + ",".join(json.dumps({"n": number, "text": "x" * 500}) for number in range(20_000)) + "]")
    tracemalloc.start()
    try:
        assert sum(1 for _ in json_records.read(path)) == 20_000
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("json")


WORDS = st.text(max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | WORDS,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(WORDS, each, max_size=3),
    max_leaves=6,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(WORDS, VALUES, max_size=3), max_size=4), st.integers(3, 40))
def test_it_reads_what_the_library_reads_whatever_the_size_of_blocks(
    folder: Path, records: list[dict[str, Any]], size: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_records, "_CHUNK", size)
        assert read(folder, json.dumps(records)) == records
        assert read(folder, json.dumps({"count": 17, "value": records}, ensure_ascii=True)) == records
