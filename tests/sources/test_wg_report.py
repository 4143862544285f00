from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.written import FRONT, add, pdf, report, with_list, word, write_report

from uprgraph.errors import InvalidDataError
from uprgraph.sources import documents, wg_report
from uprgraph.sources.records import Dataset, Problem, Record
from uprgraph.vocabulary import expand
from uprgraph.wording import fold_space

KAZ, ESP, PER, CHL = (expand(f"state:{code}") for code in ("KAZ", "ESP", "PER", "CHL"))
SUPPORTED = "124. The recommendations listed below enjoy the support of Kazakhstan:"
IN_A_SENTENCE = "States stand in the middle of a sentence"
MISREAD = "looks as if it had been decoded in an encoding that is not its own"
PENDING = "125. The following recommendations will be examined by Kazakhstan:"


@cache
def known() -> wg_report.Known:
    return wg_report.Known.load()


def read(folder: Path, *conclusions: str, front: str = FRONT) -> tuple[list[Record], list[Problem]]:
    return parted(write_report(folder, *conclusions, front=front))


def parted(path: Path) -> tuple[list[Record], list[Problem]]:
    found = list(wg_report.read(path, known()))
    return [item for item in found if isinstance(item, Record)], [item for item in found if isinstance(item, Problem)]


def test_a_report_is_read_into_records(tmp_path: Path) -> None:
    records, problems = read(
        tmp_path,
        SUPPORTED,
        "124.1 Ratify the",
        " Convention (Spain) (Peru);",
        PENDING,
        "125.1 Do this (Chile); do that (Peru).",
    )
    assert problems == []
    first, second, third = records
    assert (first.dataset, first.part, first.paragraph) == ("A-HRC-28-99", "124.1", "124.1")
    assert (first.state, first.session, first.kind) == (KAZ, 20, "review")
    assert (first.text, first.recommenders) == ("Ratify the Convention", (ESP, PER))
    assert (first.response, first.source_response) == (expand("code:response/supported"), "enjoy the support")
    assert [(each.part, each.paragraph, each.recommenders) for each in (second, third)] == [
        ("125.1-1", "125.1", (CHL,)),
        ("125.1-2", "125.1", (PER,)),
    ]
    assert {each.response for each in (second, third)} == {expand("code:response/pending")}


def test_quotes_stand_in_the_text_at_their_offsets(tmp_path: Path) -> None:
    path = write_report(tmp_path, SUPPORTED, "124.1 Ratify the", "12", "A/HRC/28/99", "Convention (Spain);")
    records, _ = parted(path)
    quote = records[0].quote
    assert quote is not None
    assert fold_space(documents.text(path)[quote.start : quote.end]) == quote.words
    assert quote.words == "Ratify the 12 A/HRC/28/99 Convention (Spain)"
    assert quote.section == "paragraph 124.1"
    assert records[0].text == "Ratify the Convention"
    assert path.read_text(encoding="utf-8").splitlines()[(records[0].row or 0) - 1] == "124.1 Ratify the"


def test_a_report_describes_itself(tmp_path: Path) -> None:
    assert wg_report.describe(wg_report.load(write_report(tmp_path), known())) == Dataset(
        key="A-HRC-28-99",
        title="Report of the Working Group on the Universal Periodic Review: Kazakhstan",
        publisher=expand("organisation:HRC"),
        kind="report",
        symbol="A/HRC/28/99",
        issued="2014-12-10",
        review=(KAZ, 20),
        note="Session of the Working Group from 2014-10-27 to 2014-11-07.",
    )


def test_a_report_without_a_symbol_is_known_by_its_review(tmp_path: Path) -> None:
    front = FRONT.replace("A/HRC/28/99", "")
    records, problems = read(tmp_path, SUPPORTED, "124.1 Do this (Spain);", front=front)
    assert records[0].dataset == "wg-report-KAZ-20"
    assert [(each.column, each.outcome) for each in problems] == [("symbol", "value left out")]


@pytest.mark.parametrize(
    ("lines", "place", "reason", "outcome"),
    [
        (["124.1 A (Spain);", "124.3 B (Peru);"], "124.3", "a gap in the numbering: no paragraph 124.2", "kept"),
        (["124.4 B (Peru);"], "124.4", "a gap in the numbering: no paragraph 124.1 to 124.3", "kept"),
        (["124.1 A (Spain);", "124.1 B (Peru);"], "124.1", "a repetition in the numbering: 2 was to follow", "kept"),
        (["124.1 A (Spain);", "123.2 B (Peru);"], "123.2", "misnumbered: it stands below paragraph 124", "kept"),
        (["124.1 A (Spian);"], "124.1", "no State is called so", "value left out"),
        (["124.1 A (Peru, Atlantis);"], "124.1", "no State is called so", "value left out"),
        (["124.1 A;"], "124.1", "no recommending State can be read", "kept"),
        (["124.1 A (Kazakhstan);"], "124.1", "the State under review recommends to itself", "kept"),
        (["124.1 (Spain);"], "124.1", "no words before the recommending States", "kept"),
        (["124.1 A (Spain) b (Peru);"], "124.1", f"{IN_A_SENTENCE}: read as two recommendations", "kept"),
        (
            ["124.1 Aâ€™s (Spain);"],
            "124.1",
            "looks as if it had been decoded in an encoding that is not its own",
            "kept",
        ),
    ],
)
def test_what_is_doubtful_is_told_with_its_paragraph_and_nothing_is_dropped(
    tmp_path: Path, lines: list[str], place: str, reason: str, outcome: str
) -> None:
    records, problems = read(tmp_path, SUPPORTED, *lines)
    assert [(each.place, each.reason, each.outcome) for each in problems] == [(f"paragraph {place}", reason, outcome)]
    assert len({(record.part) for record in records}) == len(records) >= len(lines)


def test_a_chapter_whose_response_is_not_known_is_told_and_its_recommendations_are_read(tmp_path: Path) -> None:
    records, problems = read(tmp_path, "124. Kazakhstan liked these:", "124.1 Do this (Spain);")
    assert [(each.place, each.outcome) for each in problems] == [("paragraph 124", "value left out")]
    assert (records[0].response, records[0].source_response) == (None, None)


def test_pledges_are_not_recommendations(tmp_path: Path) -> None:
    records, problems = read(
        tmp_path, SUPPORTED, "124.1 Do this (Spain);", "125. The following pledges were made:", "125.1 We will do this;"
    )
    assert ([record.part for record in records], problems) == (["124.1"], [])


def test_a_response_to_recommendations_elsewhere_is_told(tmp_path: Path) -> None:
    _, problems = read(
        tmp_path,
        SUPPORTED,
        "124.1 Do this (Spain);",
        "125. The recommendations noted in paragraphs 23 and 29 (d) did not enjoy the support of Kazakhstan.",
    )
    assert [each.place for each in problems] == ["paragraph 125"]
    assert problems[0].reason.startswith("a response to recommendations in other paragraphs")


def test_conclusions_without_recommendations_are_told(tmp_path: Path) -> None:
    records, problems = read(tmp_path, SUPPORTED)
    assert (records, [each.reason for each in problems]) == ([], ["no recommendation is numbered in the conclusions"])


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("twentieth session", "nineteenth session", "the calendar has reviews of this State at sessions"),
        ("twentieth session", "sixty-ninth session", "there is no such session"),
        ("from 27 October", "from 26 October", "the session began on 2014-10-27, not on 2014-10-26"),
        ("\nKazakhstan\n", "\nKenya\n", "the title names another State"),
        ("10 December 2014", "10 Brumaire 2014", "the day of distribution cannot be read"),
        ("from 27 October to 7 November 2014", "in autumn", "the days of the session cannot be read"),
    ],
)
def test_first_pages_that_contradict_what_is_known_are_told(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in FRONT
    _, problems = read(tmp_path, SUPPORTED, "124.1 Do this (Spain);", front=FRONT.replace(old, new))
    assert [each.reason.startswith(reason) for each in problems] == [True]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it does not say which State was reviewed"),
        ("Once upon a time.", "it does not say which State was reviewed"),
        (report().replace("Kazakhstan", "Atlantis"), '"Atlantis" is not the name of a State'),
        (report().replace("twentieth session", "umpteenth session"), "it does not say at which session"),
        (FRONT, 'no section "Conclusions and/or recommendations"'),
    ],
)
def test_what_is_no_report_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDataError, match=message):
        parted(path)


LINES = [*report(SUPPORTED, "124.1 Ratify the Convention (Spain) (Peru);", "124.2 Do this (Chile);").splitlines()]


def test_a_word_document_is_read_as_its_text_is(tmp_path: Path) -> None:
    records, problems = parted(word(tmp_path / "report.docx", LINES))
    assert problems == []
    assert [(each.part, each.text, each.recommenders) for each in records] == [
        ("124.1", "Ratify the Convention", (ESP, PER)),
        ("124.2", "Do this", (CHL,)),
    ]


def test_a_word_document_numbered_by_word_is_read_as_its_text_is(tmp_path: Path) -> None:
    document = with_list(("decimal", "%1."), ("decimal", "%1.%2"), starts=(124, 1))
    for line in LINES:
        number, _, words = line.partition(" ")
        if number in {"124.", "125.", "124.1", "124.2"}:
            add(document, words, depth=0 if number.endswith(".") else 1)
        else:
            document.add_paragraph(line)
    document.save(str(tmp_path / "report.docx"))
    assert "124.1" not in "".join(paragraph.text for paragraph in document.paragraphs)
    records, problems = parted(tmp_path / "report.docx")
    assert problems == []
    assert [(each.part, each.text) for each in records] == [("124.1", "Ratify the Convention"), ("124.2", "Do this")]


def test_a_pdf_is_read_as_its_text_is_across_pages(tmp_path: Path) -> None:
    cut = next(number for number, line in enumerate(LINES) if line.startswith("124.1"))
    pages = [
        [*LINES[:cut], "124.1 Ratify the", "12 GE.14-12345"],
        ["A/HRC/28/99", "Convention (Spain) (Peru);", *LINES[cut + 1 :]],
    ]
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(pages))
    records, problems = parted(path)
    assert problems == []
    assert [(each.part, each.text, each.recommenders) for each in records] == [
        ("124.1", "Ratify the Convention", (ESP, PER)),
        ("124.2", "Do this", (CHL,)),
    ]


WORDS = st.lists(st.sampled_from(["ratify", "the", "Convention", "(CEDAW)", "of", "1979", "and", "report"]), min_size=3)
STATES = st.lists(st.sampled_from([("Spain", ESP), ("Peru", PER), ("Chile", CHL)]), min_size=1, unique=True)
PAGE = ["12", "A/HRC/28/99", "GE.14-12345", ""]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WORDS, STATES), min_size=1, max_size=5), st.booleans(), st.data())
def test_paragraphs_are_read_back_however_they_wrap(
    tmp_path: Path,
    paragraphs: list[tuple[list[str], list[tuple[str, str]]]],
    listed: bool,
    data: st.DataObject,
) -> None:
    lines = [SUPPORTED]
    for number, (words, states) in enumerate(paragraphs, 1):
        lines.append(f"{number}." if listed else f"124.{number}")
        for word_ in ["Do", *words, *(f"({name})" for name, _ in states)]:
            if data.draw(st.integers(0, 9)) == 0:
                lines += [*data.draw(st.lists(st.sampled_from(PAGE), max_size=3)), word_]
            else:
                lines[-1] += f" {word_}"
        lines[-1] += ";"
    records, problems = read(tmp_path, *lines)
    assert problems == []
    assert [(each.part, each.text, each.recommenders) for each in records] == [
        (f"124.{number}", " ".join(["Do", *words]), tuple(state for _, state in states))
        for number, (words, states) in enumerate(paragraphs, 1)
    ]


NUMBERED: Mapping[str, tuple[Mapping[int, int], int, int, int]] = {
    # report: last number below each paragraph, recommendations, States' recommendations, rows of UPR Info
    "albania2014": ({104: 105, 105: 37, 106: 23}, 165, 168, 171),
    "armenia2010": ({93: 52, 94: 27, 95: 5, 96: 1}, 155, 166, 165),
    "belarus2010": ({97: 55, 98: 38}, 167, 168, 169),
    "brazil2012": ({119: 170}, 170, 170, 170),
    "georgia2011": ({105: 96, 106: 62, 107: 5}, 163, 163, 169),
    "india2012": ({138: 169}, 170, 170, 170),
    "iran2010": ({90: 123, 91: 20, 92: 45}, 210, 212, 212),
    "kazakhstan2010": ({95: 102, 97: 26}, 129, 129, 129),
    "kazakhstan2014": ({124: 47, 125: 96, 126: 51}, 194, 198, 198),
    "kenya2010": ({101: 128, 102: 15, 103: 7}, 157, 159, 166),
    "kyrgysztan2010": ({76: 127, 77: 41}, 168, 170, 175),
    "moldova2011": ({73: 63, 74: 2, 75: 42, 76: 15}, 122, 122, 123),
    "norway2014": ({131: 203}, 203, 203, 203),
    "slovenia2010": ({111: 97}, 103, 103, 106),
    "slovenia2014": ({115: 163}, 169, 180, 180),
    "slovenia2019": ({121: 58, 122: 157}, 219, 223, 0),
    "tajikistan2011": ({88: 70, 89: 4, 90: 50, 91: 4}, 142, 144, 150),
    "turkmenistan2009": ({69: 19, 70: 13}, 72, 75, 87),
    "ukraine2012": ({97: 145}, 145, 147, 147),
    "unitedstatesofamerica2011": ({92: 228}, 255, 266, 280),
    "uzbekistan2009": ({104: 31, 105: 12, 106: 27}, 109, 137, 140),
}
"""As in the table of docs/linking.md, where the differences from UPR Info are explained."""

ONLY_IN_THE_REPORT = {
    "armenia2010": Counter({"GRC": 1}),
    "turkmenistan2009": Counter({"URY": 1}),
    "uzbekistan2009": Counter({"DNK": 3, "GBR": 2, "NLD": 2, "FRA": 1}),
}
"""Recommendations of States, by report, that UPR Info has fewer of: it has one row for two with much the same words."""


@cache
def upr_info(path: Path) -> dict[tuple[str, int], Counter[str]]:
    rows: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            recommender = known().states.get(row["From"]) or row["From"]
            rows[known().states.find(row["To"]), int(row["Session"])][recommender.rsplit("/", 1)[-1]] += 1
    return rows


@pytest.mark.shared_data
def test_every_published_report_is_in_the_table(shared_data: Path) -> None:
    assert {path.stem for path in (shared_data / "wg-reports").glob("*.txt")} == set(NUMBERED)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", NUMBERED)
def test_every_numbered_paragraph_of_a_published_report_is_read(shared_data: Path, name: str) -> None:
    records, problems = parted(shared_data / "wg-reports" / f"{name}.txt")
    last, recommendations, by_states, _ = NUMBERED[name]
    expected = {f"{chapter}.{number}" for chapter, count in last.items() for number in range(1, count + 1)}
    assert {record.paragraph for record in records} == expected
    assert len(records) == len({record.part for record in records}) == recommendations
    assert sum(len(record.recommenders) for record in records) == by_states
    assert all(record.recommenders and record.text and record.response for record in records)
    assert not [each for each in problems if "numbering" in each.reason or each.outcome == "row left out"] or name in {
        "turkmenistan2009",
        "uzbekistan2009",
    }


@pytest.mark.shared_data
@pytest.mark.parametrize("name", NUMBERED)
def test_quotes_of_a_published_report_stand_in_its_text(shared_data: Path, name: str) -> None:
    path = shared_data / "wg-reports" / f"{name}.txt"
    text = documents.text(path)
    for record in parted(path)[0]:
        assert record.quote is not None
        assert fold_space(text[record.quote.start : record.quote.end]) == record.quote.words


@pytest.mark.shared_data
@pytest.mark.parametrize("name", NUMBERED)
def test_recommending_states_are_those_of_upr_info(shared_data: Path, name: str) -> None:
    records, _ = parted(shared_data / "wg-reports" / f"{name}.txt")
    review = records[0].state, records[0].session or 0
    theirs = upr_info(shared_data / "upr-info" / "recommendations-s01-20.csv").get(review, Counter[str]())
    assert theirs.total() == NUMBERED[name][3]
    if theirs:
        ours = Counter(state.rsplit("/", 1)[1] for record in records for state in record.recommenders)
        assert ours - theirs == ONLY_IN_THE_REPORT.get(name, Counter())


@pytest.mark.shared_data
def test_upr_info_confirms_more_than_98_of_100_states(shared_data: Path) -> None:
    rows = upr_info(shared_data / "upr-info" / "recommendations-s01-20.csv")
    confirmed = total = 0
    for name in set(NUMBERED) - {"slovenia2019"}:
        records, _ = parted(shared_data / "wg-reports" / f"{name}.txt")
        ours = Counter(state.rsplit("/", 1)[1] for record in records for state in record.recommenders)
        confirmed += (ours & rows[records[0].state, records[0].session or 0]).total()
        total += ours.total()
    assert (confirmed, total) == (3240, 3250)
