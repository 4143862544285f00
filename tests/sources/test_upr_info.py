from __future__ import annotations

import csv
import random
from collections import Counter
from pathlib import Path

import pytest

from uprgraph import resources
from uprgraph.errors import InvalidDataError
from uprgraph.sources import upr_info
from uprgraph.sources.known import Known, folded
from uprgraph.sources.records import Problem, Record
from uprgraph.sources.states import StateNames
from uprgraph.vocabulary import expand

HEADER = "To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session"
KAZ, ESP, HUN = (expand(f"state:{iso3}") for iso3 in ("KAZ", "ESP", "HUN"))
SUPPORTED, NOTED, NOT_SUPPORTED = (expand(f"code:response/{each}") for each in ("supported", "noted", "not-supported"))
KNOWN = Known(
    states=StateNames([("Kazakhstan", KAZ), ("Spain", ESP), ("Hungary", HUN)]),
    issues={folded("Justice"): expand("issue:justice"), folded("HIV - Aids"): expand("issue:hiv-aids")},
    cycles={7: 1, 20: 2},
    responses={
        "upr-info": {"accepted": SUPPORTED, "supported": SUPPORTED, "noted": NOTED, "not supported": NOT_SUPPORTED}
    },
)
GOOD = ["Kazakhstan", "Asia", "OIC", "Do  this.", "Spain", "WEOG", "EU", "Accepted", "4", "Justice", "20"]


def export(folder: Path, *rows: list[str], more: str = "") -> Path:
    path = folder / "export.csv"
    lines = [",".join(f'"{value}"' for value in row) for row in rows]
    path.write_text("\n".join([HEADER + more, *lines]) + "\n", encoding="utf-8")
    return path


def workbook(folder: Path, *rows: list[str | int]) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (HEADER.split(","), *rows):
        book.active.append(row)
    book.save(folder / "export.xlsx")
    return folder / "export.xlsx"


def changed(**values: str) -> list[str]:
    return [values.get(column.replace("-", "_"), value) for column, value in zip(HEADER.split(","), GOOD, strict=True)]


def records(path: Path) -> list[Record]:
    return [each for each in upr_info.read(path, KNOWN) if isinstance(each, Record)]


def problems(path: Path) -> list[Problem]:
    return [each for each in upr_info.read(path, KNOWN) if isinstance(each, Problem)]


def read(folder: Path, *rows: list[str]) -> list[Record]:
    return records(export(folder, *rows))


EXPECTED = Record(
    dataset="upr-info",
    part="2",
    state=KAZ,
    text="Do this.",
    session=20,
    row=2,
    recommenders=(ESP,),
    response=SUPPORTED,
    source_response="Accepted",
    action=expand("code:action-category/4"),
    issues=(expand("issue:justice"), expand("issue:hiv-aids")),
)


def test_a_row_is_a_record(tmp_path: Path) -> None:
    assert list(upr_info.read(export(tmp_path, changed(Issue="Justice, HIV - Aids")), KNOWN)) == [EXPECTED]


def test_a_row_of_a_workbook_is_the_same_record(tmp_path: Path) -> None:
    path = workbook(tmp_path, [*changed(Issue="Justice, HIV - Aids")[:-1], 20])
    assert list(upr_info.read(path, KNOWN)) == [EXPECTED]


@pytest.mark.parametrize(
    ("word", "response"),
    [("Accepted", SUPPORTED), ("supported", SUPPORTED), ("Noted", NOTED), ("Not supported", NOT_SUPPORTED)],
)
def test_the_words_of_older_and_newer_exports(tmp_path: Path, word: str, response: str) -> None:
    (record,) = read(tmp_path, changed(Response=word))
    assert (record.response, record.source_response) == (response, word)


def test_a_recommender_that_upr_info_could_not_tell_is_none_and_reported(tmp_path: Path) -> None:
    path = export(tmp_path, changed(From="(Unknown)"))
    assert records(path)[0].recommenders == ()
    assert not any(each.recommenders for each in records(path))
    (found,) = problems(path)
    assert (found.row, found.column, found.value, found.outcome) == (2, "From", "(Unknown)", "kept")


LEFT_OUT = "row left out"
VALUE = "value left out"
SHOWN = {" ": "", "Justice,Peace": "Peace", "9" * 5000: "9" * 199 + "\u2026"}


@pytest.mark.parametrize(
    ("column", "value", "reason", "outcome"),
    [
        ("To", "Atlantis", "names no State", LEFT_OUT),
        ("To", "(Unknown)", "names no State", LEFT_OUT),
        ("To", "", "is empty", LEFT_OUT),
        ("From", "Hungry", "names no State", VALUE),
        ("From", "", "is empty", VALUE),
        ("From", "Kazakhstan", "does not recommend to itself", VALUE),
        ("Response", "Perhaps", "not a response", VALUE),
        ("Response", "", "not a response", VALUE),
        ("Action", "6", "not a category", VALUE),
        ("Issue", "Justice,Peace", "not an issue", VALUE),
        ("Session", "21", "not the number of a session", LEFT_OUT),
        ("Session", "VII", "not the number of a session", LEFT_OUT),
        ("Session", "9" * 5000, "not the number of a session", LEFT_OUT),
        ("Text", " ", "is empty", LEFT_OUT),
    ],
)
def test_a_value_that_is_not_known_is_reported_and_the_rows_around_it_are_read(
    tmp_path: Path, column: str, value: str, reason: str, outcome: str
) -> None:
    path = export(tmp_path, GOOD, changed(**{column: value}), changed(From="Hungary"))
    (found,) = problems(path)
    assert (found.file, found.row, found.column, found.value) == (str(path), 3, column, SHOWN.get(value, value))
    assert reason in found.reason
    assert found.outcome == outcome
    assert [each.row for each in records(path)] == ([2, 4] if outcome == LEFT_OUT else [2, 3, 4])


@pytest.mark.parametrize("column", ["Action", "Issue"])
def test_a_row_may_have_no_category_and_no_issue(tmp_path: Path, column: str) -> None:
    path = export(tmp_path, changed(**{column: ""}))
    assert problems(path) == []
    assert len(records(path)) == 1


@pytest.mark.parametrize(
    ("cycle", "outcomes"),
    [("2", []), ("2nd", []), ("Cycle 2", []), ("", []), ("1", [LEFT_OUT]), ("MMXX", [VALUE])],
)
def test_a_cycle_that_contradicts_the_session(tmp_path: Path, cycle: str, outcomes: list[str]) -> None:
    path = export(tmp_path, [*GOOD, cycle], more=",Cycle")
    assert [(each.column, each.outcome) for each in problems(path)] == [("Cycle", each) for each in outcomes]
    assert len(records(path)) == (LEFT_OUT not in outcomes)


def test_a_row_that_repeats_another_is_left_out_and_says_which(tmp_path: Path) -> None:
    path = export(tmp_path, GOOD, changed(From="Hungary"), GOOD, GOOD)
    assert [each.row for each in records(path)] == [2, 3]
    assert [(each.row, each.reason) for each in problems(path)] == [(4, "the same as row 2"), (5, "the same as row 2")]


def test_columns_that_are_not_needed_and_columns_that_are_not_known(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Session,Colour,Response,From,Text,to\n20,red,Noted,Spain,Do this.,Kazakhstan\n", encoding="utf-8")
    (found,) = problems(path)
    assert (found.row, found.column, found.outcome) == (None, "Colour", VALUE)
    assert records(path)[0].recommenders == (ESP,)


def test_a_column_that_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Session,Response,From,Text\n", encoding="utf-8")
    with pytest.raises(InvalidDataError, match=r"export\.csv:1: there is no column To"):
        records(path)


@pytest.mark.parametrize(
    ("sessions", "key", "title"),
    [
        ({20, 1, 7}, "upr-info-s01-20", "Export of the UPR Info database, sessions 1 to 20"),
        ({34}, "upr-info-s34-34", "Export of the UPR Info database, session 34"),
    ],
)
def test_an_export_is_known_by_its_sessions(sessions: set[int], key: str, title: str) -> None:
    described = upr_info.describe(sessions)
    assert (described.key, described.title) == (key, title)
    assert described.publisher == expand("organisation:UPR-Info")


@pytest.fixture(scope="module")
def real(shared_files: Path) -> list[Record | Problem]:
    return list(upr_info.read(shared_files / "upr-info" / "recommendations-s01-20.csv", Known.load()))


@pytest.mark.shared_data
def test_every_row_of_the_real_export_is_read(real: list[Record | Problem]) -> None:
    found = [each for each in real if isinstance(each, Record)]
    reported = [each for each in real if isinstance(each, Problem)]
    unknown = [each for each in reported if each.column == "From"]
    same = [each for each in reported if each.reason.startswith("the same as row ")]
    assert len(found) == 41_066 - 3
    assert len(unknown) == 9
    assert {(each.value, each.outcome) for each in unknown} == {("(Unknown)", "kept")}
    assert [each.outcome for each in same] == ["row left out"] * 3
    assert len(reported) == 9 + 3
    assert sum(not each.recommenders for each in found) == 9
    assert len({each.state for each in found}) == 193
    assert upr_info.describe({each.session for each in found if each.session}).key == "upr-info-s01-20"


@pytest.mark.shared_data
def test_every_review_of_the_export_is_in_the_reference_data(real: list[Record | Problem]) -> None:
    reviews = {(each.state.rsplit("/", 1)[1], each.session) for each in real if isinstance(each, Record)}
    text = (resources.data() / "reference" / "sessions.ttl").read_text(encoding="utf-8")
    assert [each for each in reviews if f"\nreview:{each[0]}-{each[1]}\n" not in text] == []
    assert len(reviews) > 193


@pytest.mark.shared_data
def test_the_records_of_the_real_export_are_what_a_plain_reading_counts(
    real: list[Record | Problem], shared_files: Path
) -> None:
    path = shared_files / "upr-info" / "recommendations-s01-20.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = {tuple(row.items()) for row in csv.DictReader(file)}
    plain = Counter((row["Session"], row["Response"], row["Action"]) for row in map(dict, rows))
    found = Counter(
        (str(each.session), each.source_response, (each.action or "")[-1]) for each in real if isinstance(each, Record)
    )
    assert found == plain


@pytest.mark.shared_data
def test_columns_in_another_order_give_the_same_records(shared_files: Path, tmp_path: Path) -> None:
    with (shared_files / "upr-info" / "recommendations-s01-20.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[:300]
    order = list(range(len(rows[0])))
    random.Random(7).shuffle(order)  # noqa: S311 - the same order each time
    for name, places in (("a", range(len(order))), ("b", order)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([row[place] for place in places] for row in rows)
    known = Known.load()
    assert list(upr_info.read(tmp_path / "a.csv", known)) == list(upr_info.read(tmp_path / "b.csv", known))
