from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from uprgraph.errors import InvalidDataError, UsageError
from uprgraph.sources import uhri
from uprgraph.sources.known import Known
from uprgraph.sources.records import Problem, Record
from uprgraph.vocabulary import expand

KNOWN = Known.load()
SVN, FRA, LTU, KAZ, KGZ = (expand(f"state:{iso3}") for iso3 in ("SVN", "FRA", "LTU", "KAZ", "KGZ"))
SUPPORTED = expand("code:response/supported")
LEFT_OUT, VALUE, KEPT = "row left out", "value left out", "kept"

# As exports are described; the sentences are invented.
REVIEW: dict[str, Any] = {
    "AnnotationId": "0a1b-101",
    "Symbol": "A/HRC/43/15",
    "Text": "<p>121.7&nbsp;Teach every child to swim (France) (Lithuania);</p>",
    "TextPlainRaw": "121.7 Teach every child to swim (France) (Lithuania);",
    "DocumentId": "d-1",
    "PublicationDate": "2019-12-30T00:00:00",
    "AnnotationType": "Recommendations",
    "Countries": ["Slovenia"],
    "AffectedPersons": ["Children"],
    "Themes": ["Enforced disappearances", "Right to education"],
    "Sdgs": ["16 - PEACE, JUSTICE AND STRONG INSTITUTIONS", "4.1"],
    "Regions": ["Europe"],
    "Body": "UPR",
    "UprSession": "34",
    "UprRecommendingStates": ["France", "Lithuania"],
    "UprPosition": "Supported",
}
BODY = REVIEW | {
    "AnnotationId": "0a1b-202",
    "Symbol": "CRC/C/KAZ/CO/4",
    "Text": "",
    "TextPlainRaw": "The Committee recommends that every school have a pool.",
    "Countries": ["Kazakhstan"],
    "Body": "CRC",
    "UprSession": None,
    "UprRecommendingStates": [],
    "UprPosition": None,
}
PROCEDURE = BODY | {
    "AnnotationId": "0a1b-303",
    "Symbol": "A/HRC/28/66/Add.1",
    "Countries": ["Kazakhstan", "Kyrgyzstan"],
    "Body": "Special Rapporteur on freedom of religion or belief",
}
CONCERN = BODY | {"AnnotationId": "0a1b-404", "AnnotationType": "Concerns/Observations"}

HEADER = (
    "Text",
    "Countries Concerned",
    "Reccomending Body",
    "UPR Reccomending States",
    "UPR Position",
    "UPR Session",
    "Document Symbol",
    "Themes",
    "Affected Persons",
    "Sdgs",
    "Document Publication Date",
    "Type",
    "OHCHR Annotation Id",
    "Regions Concerned",
)


def packed(values: list[str]) -> str:
    return "\n".join(f"- {value}" for value in values)


def in_sheet(record: dict[str, Any], day: object = 43829) -> list[object]:
    """Return the row of a workbook that says what a JSON record says."""
    return [
        record["TextPlainRaw"],
        packed(record["Countries"]),
        packed([record["Body"]]),
        packed(record["UprRecommendingStates"]),
        record["UprPosition"],
        int(record["UprSession"]) if record["UprSession"] else None,
        record["Symbol"],
        packed(record["Themes"]),
        packed(record["AffectedPersons"]),
        packed(record["Sdgs"]),
        day,
        packed([record["AnnotationType"]]),
        record["AnnotationId"],
        packed(record["Regions"]),
    ]


def exported(folder: Path, *records: object) -> Path:
    path = folder / "export.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def workbook(folder: Path, *rows: list[object], header: tuple[str, ...] = HEADER) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.active.append(row)
    book.save(folder / "export.xlsx")
    return folder / "export.xlsx"


def records(path: Path) -> list[Record]:
    return [each for each in uhri.read(path, KNOWN) if isinstance(each, Record)]


def problems(path: Path) -> list[Problem]:
    return [each for each in uhri.read(path, KNOWN) if isinstance(each, Problem)]


def test_a_recommendation_of_a_review(tmp_path: Path) -> None:
    path = exported(tmp_path, REVIEW)
    assert list(uhri.read(path, KNOWN)) == [
        Record(
            dataset=uhri.describe(path).key,
            part="0a1b-101",
            state=SVN,
            text="Teach every child to swim",
            session=34,
            recommenders=(FRA, LTU),
            response=SUPPORTED,
            source_response="Supported",
            paragraph="121.7",
            themes=(
                expand("code:uhri-theme/enforced-disappearances"),
                expand("code:uhri-theme/right-to-education"),
            ),
            goals=("http://metadata.un.org/sdg/16", "http://metadata.un.org/sdg/4.1"),
            affected=(expand("code:affected-persons/children"),),
        )
    ]


def test_a_recommendation_of_a_treaty_body(tmp_path: Path) -> None:
    (found,) = records(exported(tmp_path, BODY))
    assert (found.kind, found.state, found.session, found.response) == ("treaty-body", KAZ, None, None)
    assert (found.recommenders, found.body) == ((expand("organisation:CRC"),), "CRC")
    assert (found.document, found.date) == ("CRC/C/KAZ/CO/4", "2019-12-30")
    assert found.text == "The Committee recommends that every school have a pool."


def test_a_recommendation_of_a_special_procedure_to_two_states(tmp_path: Path) -> None:
    found = records(exported(tmp_path, PROCEDURE))
    assert [(each.kind, each.part, each.state) for each in found] == [
        ("special-procedure", "0a1b-303-KAZ", KAZ),
        ("special-procedure", "0a1b-303-KGZ", KGZ),
    ]
    assert {each.body for each in found} == {"Special Rapporteur on freedom of religion or belief"}
    assert {each.recommenders for each in found} == {()}


def test_a_workbook_gives_the_same_records(tmp_path: Path) -> None:
    all_of_them = (REVIEW, BODY, PROCEDURE, CONCERN)
    of_json = records(exported(tmp_path, *all_of_them))
    of_sheet = records(workbook(tmp_path, *(in_sheet(each) for each in all_of_them)))
    assert len(of_json) == 4
    assert [each.row for each in of_sheet] == [2, 3, 4, 4]
    assert [replace(each, dataset="", row=None) for each in of_sheet] == [replace(each, dataset="") for each in of_json]


def test_headers_that_are_spelt_right_are_read_too(tmp_path: Path) -> None:
    header = tuple(name.replace("Reccomending", "Recommending") for name in HEADER)
    assert records(workbook(tmp_path, in_sheet(REVIEW), header=header))[0].recommenders == (FRA, LTU)


def test_what_is_no_recommendation_is_left_out_and_counted_once_for_each_type(tmp_path: Path) -> None:
    others = [CONCERN | {"AnnotationId": f"c-{number}"} for number in range(3)]
    path = exported(tmp_path, *others, REVIEW, REVIEW | {"AnnotationId": "p-1", "AnnotationType": "Poem"})
    assert len(records(path)) == 1
    assert [(each.column, each.value, each.reason, each.outcome) for each in problems(path)] == [
        ("Type", "Concerns/Observations", "3 annotations of this type, which is not of recommendations", LEFT_OUT),
        ("Type", "Poem", "1 annotation of this type, which is not known", LEFT_OUT),
    ]


def test_two_recommendations_in_one_text(tmp_path: Path) -> None:
    text = "121.8 Teach every child to swim (France); Build a pool (Lithuania);"
    found = records(exported(tmp_path, REVIEW | {"TextPlainRaw": text}))
    assert [(each.part, each.text, each.recommenders, each.paragraph) for each in found] == [
        ("0a1b-101-1", "Teach every child to swim", (FRA,), "121.8"),
        ("0a1b-101-2", "Build a pool", (LTU,), "121.8"),
    ]


def test_a_text_without_states_is_of_those_that_are_listed(tmp_path: Path) -> None:
    path = exported(tmp_path, REVIEW | {"TextPlainRaw": "Teach every child to swim"})
    (found,) = records(path)
    assert (found.text, found.paragraph, found.recommenders) == ("Teach every child to swim", None, (FRA, LTU))
    assert problems(path) == []


@pytest.mark.parametrize(
    ("field", "value", "column", "reason", "outcomes"),
    [
        ("Countries", ["Atlantis"], "Countries Concerned", "no State that is known", [VALUE, LEFT_OUT]),
        ("Countries", [], "Countries Concerned", "no State that is known", [LEFT_OUT]),
        ("Countries", ["Slovenia", "Kazakhstan"], "Countries Concerned", "a review is of one State", [LEFT_OUT]),
        ("Body", "Committee on Swimming", "Recommending Body", "not a treaty body", [VALUE]),
        ("Body", "Swimmers", "Recommending Body", "not a body", [LEFT_OUT]),
        ("UprSession", "99", "UPR Session", "not the number of a session", [LEFT_OUT]),
        ("UprSession", None, "UPR Session", "not the number of a session", [LEFT_OUT]),
        ("UprPosition", "Perhaps", "UPR Position", "not a position", [VALUE]),
        ("UprRecommendingStates", ["France"], "UPR Recommending States", "the text names other States", [KEPT]),
        ("Themes", ["Swimming"], "Themes", "no concept is called so", [VALUE]),
        ("AffectedPersons", ["Swimmers"], "Affected Persons", "no concept is called so", [VALUE]),
        ("Sdgs", ["18 - WATER"], "Sdgs", "not the number of a goal", [VALUE]),
        ("TextPlainRaw", "121.7 (France, Lithuania)", "Text", "no words before", [LEFT_OUT]),
        ("TextPlainRaw", "Swim \ud800 (France)", "Text", "a character that is in no text", [LEFT_OUT]),
        ("TextPlainRaw", "Swim \x00 (France)", "Text", "a character that is in no text", [LEFT_OUT]),
        ("TextPlainRaw", "Swim at Ch\u00c3\u00a2teau (France) (Lithuania)", "Text", "decoded in an encoding", [KEPT]),
        ("TextPlainRaw", {"en": "Swim"}, "", "a value is no text", [LEFT_OUT]),
        ("AnnotationId", "../../etc", "OHCHR Annotation Id", "not the number of an annotation", [LEFT_OUT]),
        ("Colour", "red", "Colour", "the field is not known", [VALUE]),
    ],
)
def test_a_value_that_cannot_be_taken_over(  # noqa: PLR0917
    tmp_path: Path, field: str, value: object, column: str, reason: str, outcomes: list[str]
) -> None:
    path = exported(tmp_path, REVIEW | {field: value}, BODY)
    found = problems(path)
    assert [each.outcome for each in found] == outcomes
    assert {each.column for each in found} == {column}
    assert reason in found[-1].reason
    assert all("record 1" in each.place for each in found if field != "Colour")
    assert len(records(path)) == (1 if LEFT_OUT in outcomes else 2)


@pytest.mark.parametrize(
    ("field", "value", "column"),
    [("Symbol", "no symbol", "Document Symbol"), ("PublicationDate", "30/12/2019", "Document Publication Date")],
)
def test_a_symbol_and_a_day_that_cannot_be_read(tmp_path: Path, field: str, value: str, column: str) -> None:
    path = exported(tmp_path, BODY | {field: value})
    (found,) = problems(path)
    assert (found.column, found.value, found.outcome) == (column, value, VALUE)
    assert len(records(path)) == 1


def test_a_state_does_not_recommend_to_itself(tmp_path: Path) -> None:
    path = exported(tmp_path, REVIEW | {"TextPlainRaw": "Swim (Slovenia, France)", "UprRecommendingStates": []})
    assert [(each.reason, each.outcome) for each in problems(path)] == [("a State does not recommend to itself", VALUE)]
    assert records(path)[0].recommenders == (FRA,)


def test_an_annotation_comes_once(tmp_path: Path) -> None:
    path = exported(tmp_path, REVIEW, BODY, REVIEW)
    assert [(each.reason, each.outcome) for each in problems(path)] == [("its number is that of record 1", LEFT_OUT)]
    assert len(records(path)) == 2


def test_an_export_is_known_by_what_it_holds(tmp_path: Path) -> None:
    one = uhri.describe(exported(tmp_path, REVIEW)).key
    assert uhri.describe(exported(tmp_path, REVIEW)).key == one
    assert uhri.describe(exported(tmp_path, BODY)).key != one


@pytest.mark.parametrize("wrapped", [lambda each: {"value": each}, lambda each: {"count": 1, "results": each, "x": {}}])
def test_a_list_in_an_object(tmp_path: Path, wrapped: Callable[[list[Any]], Any]) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(wrapped([REVIEW, BODY])), encoding="utf-8")
    assert len(records(path)) == 2


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"give a \.json or an \.xlsx file"):
        records(exported(tmp_path, REVIEW).rename(tmp_path / "export.csv"))
    with pytest.raises(InvalidDataError, match="there is no column Countries Concerned"):
        records(workbook(tmp_path, header=("Text",)))
