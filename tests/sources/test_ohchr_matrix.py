from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.written import word

from uprgraph.errors import InvalidDataError, UnknownValueError, UsageError
from uprgraph.sources import ohchr_matrix, thematic_lists, wg_report
from uprgraph.sources.known import Known
from uprgraph.sources.records import Dataset, Problem, Record
from uprgraph.vocabulary import expand

SVN, FRA, LTU = (expand(f"state:{code}") for code in ("SVN", "FRA", "LTU"))
ENTRY = """121.1 Ratify the Convention (France) (Lithuania);
Source of Position: A/HRC/43/15 - Para 121
Supported
- Enforced disappearances
- Arbitrary arrest &amp; detention
SDGs:
- 16 - PEACE, JUSTICE AND STRONG INSTITUTIONS
- 5 - GENDER EQUALITY
Affected persons:
- Disappeared persons
"""
HEADER = "Recommendation\nPosition\nFull list of themes\nAssessment/comments on level of implementation\n"


@cache
def known() -> Known:
    return Known.load()


def read(folder: Path, text: str) -> tuple[list[Record], list[Problem]]:
    path = folder / "list.txt"
    path.write_text(HEADER + text, encoding="utf-8")
    return parted(path)


def parted(path: Path) -> tuple[list[Record], list[Problem]]:
    found = list(ohchr_matrix.read(path, known(), state="Slovenia", session=34))
    return [item for item in found if isinstance(item, Record)], [item for item in found if isinstance(item, Problem)]


def test_an_entry_is_read_into_a_record(tmp_path: Path) -> None:
    records, problems = read(tmp_path, f"Theme: Enforced disappearances\n{ENTRY}")
    assert problems == []
    assert records == [
        Record(
            dataset="ohchr-matrix-SVN-34",
            part="121.1",
            state=SVN,
            text="Ratify the Convention",
            session=34,
            row=6,
            recommenders=(FRA, LTU),
            response=expand("code:response/supported"),
            source_response="Supported",
            paragraph="121.1",
            themes=(
                expand("code:uhri-theme/enforced-disappearances"),
                expand("code:uhri-theme/arbitrary-arrest-detention"),
            ),
            goals=("http://metadata.un.org/sdg/16", "http://metadata.un.org/sdg/5"),
            affected=(expand("code:affected-persons/disappeared-persons"),),
        )
    ]


def test_a_paragraph_with_several_recommendations(tmp_path: Path) -> None:
    text = ENTRY.replace("(France) (Lithuania);", "(France); do that (Lithuania);")
    records, _ = read(tmp_path, text)
    assert [(each.part, each.paragraph, each.text, each.recommenders) for each in records] == [
        ("121.1-1", "121.1", "Ratify the Convention", (FRA,)),
        ("121.1-2", "121.1", "do that", (LTU,)),
    ]
    assert records[0].themes == records[1].themes != ()


def test_a_paragraph_under_several_themes_is_read_once_with_all_of_them(tmp_path: Path) -> None:
    again = ENTRY.replace("- Enforced disappearances\n- Arbitrary arrest &amp; detention\n", "")
    records, problems = read(tmp_path, f"{ENTRY}\nTheme: Advancement of women\n{again}")
    assert problems == []
    assert [record.part for record in records] == ["121.1"]
    assert [theme.rsplit("/", 1)[1] for theme in records[0].themes] == [
        "enforced-disappearances",
        "arbitrary-arrest-detention",
        "advancement-of-women",
    ]


@pytest.mark.parametrize(
    ("old", "new", "column", "value"),
    [
        ("Enforced disappearances", "Enforced happiness", "themes", "Enforced happiness"),
        ("Disappeared persons", "Dragons", "affected", "Dragons"),
        ("- 16 - PEACE", "- 18 - PEACE", "goals", "18 - PEACE, JUSTICE AND STRONG INSTITUTIONS"),
        ("- 5 - GENDER EQUALITY", "- GENDER", "goals", "GENDER"),
        ("Supported", "Liked", "position", "Liked"),
        ("Source of Position: A/HRC/43/15 - Para 121\nSupported\n", "", "position", ""),
        ("(France) (Lithuania)", "(Lithuania) (Frence)", "paragraph", "Frence"),
        ("SDGs:", "and something else\nSDGs:", "", "and something else"),
    ],
)
def test_a_value_that_is_not_known_is_told_and_left_out(
    tmp_path: Path, old: str, new: str, column: str, value: str
) -> None:
    assert old in ENTRY
    whole = ENTRY.replace("121.1", "121.2")  # so that there is a position in the list
    records, problems = read(tmp_path, ENTRY.replace(old, new) + whole)
    assert [(each.column, each.value, each.outcome) for each in problems] == [(column, value, "value left out")]
    assert problems[0].place == "paragraph 121.1"
    assert len(records) == 2
    left = [len(record.themes) + len(record.goals) + len(record.affected) for record in records]
    assert left[1] - left[0] == (column in {"themes", "goals", "affected"})


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        (ENTRY + ENTRY.replace("Ratify", "Sign"), "text", "another text than at line 5, which is taken"),
        (ENTRY + ENTRY.replace("Supported", "Noted"), "position", "another position than at line 7, which is taken"),
        (
            ENTRY + ENTRY.replace("121.1", "121.2").replace("43/15", "44/15"),
            "source of position",
            "the positions above are from A/HRC/43/15, of another review",
        ),
        (ENTRY.replace("France", "Slovenia"), "paragraph", "the State under review recommends to itself"),
        (ENTRY.replace("(France) (Lithuania)", ""), "paragraph", "no recommending State can be read"),
    ],
)
def test_contradictions_are_told(tmp_path: Path, text: str, column: str, reason: str) -> None:
    records, problems = read(tmp_path, text)
    assert [(each.column, each.reason) for each in problems] == [(column, reason)]
    assert records[0].response == expand("code:response/supported")


def test_text_over_several_lines(tmp_path: Path) -> None:
    records, problems = read(
        tmp_path, ENTRY.replace("Ratify the Convention", "Ratify the\nConvention of non-\nviolence")
    )
    assert ([record.text for record in records], problems) == (["Ratify the Convention of non-violence"], [])


def test_a_word_document(tmp_path: Path) -> None:
    records, problems = parted(word(tmp_path / "list.docx", (HEADER + ENTRY).splitlines()))
    assert (len(records), problems) == (1, [])


@pytest.mark.parametrize("text", ["", "Once upon a time", "121.1 Do this (France);\n"])
def test_what_is_no_list_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidDataError, match="no thematic list"):
        read(tmp_path, text)


def test_the_review_must_be_given_and_known() -> None:
    assert {ohchr_matrix.review(known(), state, 34) for state in ("Slovenia", "SVN", "svn", SVN)} == {(SVN, 34)}
    with pytest.raises(UsageError, match="give --state and --session"):
        ohchr_matrix.review(known(), None, 34)
    with pytest.raises(UsageError, match="give --state and --session"):
        ohchr_matrix.review(known(), "Slovenia", None)
    with pytest.raises(UsageError, match="no session 999"):
        ohchr_matrix.review(known(), "Slovenia", 999)
    with pytest.raises(UnknownValueError, match='"Slovenija"'):
        ohchr_matrix.review(known(), "Slovenija", 34)
    with pytest.raises(UnknownValueError, match="XXX"):
        ohchr_matrix.review(known(), expand("state:XXX"), 34)


def test_a_list_describes_itself() -> None:
    assert ohchr_matrix.describe(SVN, 34) == Dataset(
        key="ohchr-matrix-SVN-34",
        title="Thematic list of recommendations of OHCHR: SVN, session 34",
        publisher=expand("organisation:OHCHR"),
        kind="matrix",
        review=(SVN, 34),
    )


LINES = [*ENTRY.splitlines(), "Theme: X", "- 3", "x", "SDGs:", "122.9 (France);"]


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_lines_in_any_order_are_all_taken(lines: list[str]) -> None:
    found = list(thematic_lists.entries("\n".join(lines)))
    assert [entry.line for entry in found] == [number for number, line in enumerate(lines, 1) if line[0] == "1"]
    taken = {value.line for entry in found for values in entry.lists.values() for value in values}
    for number, line in enumerate(lines, 1):
        if line.startswith("- "):
            begun = [entry.line for entry in found if entry.line < number]
            closed = any(each.startswith("Theme") for each in lines[max(begun, default=0) : number])
            assert (number in taken) == (bool(begun) and not closed)


@pytest.mark.shared_data
def test_the_published_list_says_what_the_report_says(shared_data: Path) -> None:
    records, problems = parted(shared_data / "ohchr-matrix" / "slovenia-2019.txt")
    assert problems == []
    assert len({record.paragraph for record in records}) == 215
    assert Counter((record.source_response, (record.response or "").rsplit("/", 1)[1]) for record in records) == {
        ("Supported", "supported"): 184,
        ("Noted", "noted"): 35,
    }
    assert sum(len(record.goals) for record in records) == 320
    assert all(record.themes for record in records)
    report = wg_report.read(shared_data / "wg-reports" / "slovenia2019.txt", wg_report.Known.load())
    assert {(each.part, each.text, each.recommenders) for each in records} == {
        (each.part, each.text, each.recommenders) for each in report if isinstance(each, Record)
    }
