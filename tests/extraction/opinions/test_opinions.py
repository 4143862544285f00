from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.extraction.by_hand import document

from uprgraph.extraction.document import Document
from uprgraph.extraction.opinions.opinions import opinions, place
from uprgraph.extraction.places import Places
from uprgraph.extraction.statements import Basis, Opinion, Submission

VENICE = ("Venice Commission",)
SUBMISSION = Submission("SRB", 43, Basis("test", ()), year="2023")


def found_in(text: Document) -> tuple[Opinion, ...]:
    return opinions(text, SUBMISSION)[0]


def one(*lines: str, footnotes: dict[str, str] | None = None) -> Opinion:
    (opinion,) = found_in(document(*lines, footnotes=footnotes))
    return opinion


@pytest.mark.parametrize(
    ("printed", "number", "others"),
    [
        ("(Opinion Nr: FOI-KAZ/268/2015)", "FOI-KAZ/268/2015", ()),
        ("(Opinion-Nr.: POLIT-MNE/581/2026 [NS])", "POLIT-MNE/581/2026 [NS]", ()),
        ("(ELE/CRO/578/2026)", "ELE/CRO/578/2026", ()),
        ("(NGO/309/2026 [AlC/NR])", "NGO/309/2026 [AlC/NR]", ()),
        ("(TERR-KAZ/019/2005 (DP/TK))", "TERR-KAZ/019/2005 (DP/TK)", ()),
        ("(Opinion No. CRIM-BiH/193/2011)", "CRIM-BiH/193/2011", ()),
        ("(ODIHR Opinion-Nr: NGO-MDA/1/2017; CDL-AD(2017)012)", "NGO-MDA/1/2017", ("CDL-AD(2017)012",)),
        ("(Venice Commission: CDL-AD(2017)012rev; JUD-MDA/7/2017)", "JUD-MDA/7/2017", ("CDL-AD(2017)012rev",)),
        ("(CDL-AD(2014)046)", "CDL-AD(2014)046", ()),
        (", Opinion-Nr. JUD-UKR/567/2026 [NS]", "JUD-UKR/567/2026 [NS]", ()),
        ("", "", ()),
    ],
)
def test_numbers_of_all_forms(printed: str, number: str, others: tuple[str, ...]) -> None:
    opinion = one(f"Joint Opinion on the Draft Law on Courts {printed}, issued on 3 May 2019")
    assert (opinion.number, opinion.other_numbers) == (number, others)
    assert opinion.title == "Joint Opinion on the Draft Law on Courts"
    assert opinion.issued == "2019-05-03"


@pytest.mark.parametrize(
    ("title", "type_", "joint"),
    [
        ("Opinion", "opinion", ()),
        ("OSCE/ODIHR Legal Opinion", "opinion", ()),
        ("ODIHR Final Opinion", "final-opinion", ()),
        ("Urgent Comments", "urgent-comments", ()),
        ("Urgent Interim Opinion", "urgent-interim-opinion", ()),
        ("ODIHR Note", "note", ()),
        ("Joint Urgent Opinion of the Venice Commission and ODIHR", "joint-urgent-opinion", VENICE),
        ("Urgent Joint Opinion of ODIHR and the Venice Commission", "joint-urgent-opinion", VENICE),
        ("ODIHR and Venice Commission Joint Interim Opinion", "joint-interim-opinion", VENICE),
        ("Joint ODIHR-Venice Commission Opinion", "joint-opinion", VENICE),
        (
            "Preliminary Opinion of the Venice Commission of the Council of Europe and ODIHR",
            "joint-preliminary-opinion",
            VENICE,
        ),
    ],
)
def test_types_and_authors(title: str, type_: str, joint: tuple[str, ...]) -> None:
    title += " on the Law on Courts"
    opinion = one(f"{title} (JUD-SRB/1/2020), 5 March 2020")
    assert (opinion.title, opinion.type, opinion.joint, opinion.basis.doubt) == (title, type_, joint, "")


def test_a_type_that_the_list_has_not_is_the_nearest_and_doubtful() -> None:
    opinion = one("Supplementary Urgent Opinion on the Law on Courts (JUD-SRB/1/2020), 5 March 2020")
    assert opinion.type == "urgent-opinion"
    assert "type" in opinion.basis.doubt


@pytest.mark.parametrize(
    ("told", "issued"),
    [
        ("Opinion on the Law on Courts (JUD-SRB/1/2020), published in March 2020", "2020-03"),
        ("Opinion on the Law on Courts (JUD-SRB/1/2020) of 5 March 2020", "2020-03-05"),
        ("Opinion on the Law on Courts, 5 March 2020 (JUD-SRB/1/2020)", "2020-03-05"),
        ("Opinion on the Law on Courts (JUD-SRB/1/2020, 5 March 2020)", "2020-03-05"),
        ("Opinion on the Law on Courts of 5 March 2020 (JUD-SRB/1/2020)", "2020-03-05"),
        ("Opinion on the Law on Courts (JUD-SRB/1/2020), issued with the OHCHR on 5 March 2020", "2020-03-05"),
        ("Opinion No. JUD-SRB/1/2020 on the Law on Courts (5 March 2020)", "2020-03-05"),
        ("Opinion on the Law on Courts, 2020 (JUD-SRB/1/2020)", "2020"),
        ("5 March 2020: Opinion on the Law on Courts (JUD-SRB/1/2020)", "2020-03-05"),
        (
            "Opinion on the Law on Courts (JUD-SRB/1/2020), adopted by the Venice Commission (Paris, 10-11 March 2017)",
            "2017-03-11",
        ),
        ("On 5 March 2020, ODIHR published its Opinion on the Law on Courts (JUD-SRB/1/2020).", "2020-03-05"),
        ("In its 2020 Opinion on the Law on Courts (JUD-SRB/1/2020), ODIHR noted a law of 1 May 2019.", "2020"),
        ("In its Opinion on the Law on Courts (JUD-SRB/1/2020), ODIHR noted that it was adopted on 1 May 2019.", ""),
    ],
)
def test_days_of_issue(told: str, issued: str) -> None:
    opinion = one(told)
    assert (opinion.title, opinion.number, opinion.issued) == ("Opinion on the Law on Courts", "JUD-SRB/1/2020", issued)


@pytest.mark.parametrize(
    ("subject", "texts"),
    [
        ("the Law on Parties and the Law on Assemblies", ["law: Law on Parties", "law: Law on Assemblies"]),
        (
            "the Draft Law on Courts and on related Amendments to the Constitution",
            ["draft-law: Draft Law on Courts", "draft-amendments: related Amendments to the Constitution"],
        ),
        ("the Amendments to the Civil Code and the Penal Code", None),
        ("the Criminal Code", ["code: Criminal Code"]),
        ("Certain Provisions of the Criminal Code", ["code: Criminal Code"]),
        ("the Regulation on Judges", ["secondary-legislation: Regulation on Judges"]),
        ("the Draft Constitution", ["constitution: Draft Constitution"]),
        ("the Law Amending the Law on Courts", ["draft-amendments: Law Amending the Law on Courts"]),
        ("the Law for Amending the Law on Courts", ["draft-amendments: Law for Amending the Law on Courts"]),
        ("the Commentary on the Labour Code", ["commentary: Commentary on the Labour Code"]),
        ("the Legal Framework on Hate Crime", ["legal-framework: Legal Framework on Hate Crime"]),
        ("the Criminal Liability of Judges", []),
        ("Law Enforcement and Human Rights", []),
    ],
)
def test_reviewed_texts(subject: str, texts: list[str] | None) -> None:
    opinion = one(f"Opinion on {subject} (JUD-SRB/1/2020), 5 March 2020")
    whole = ["draft-amendments: " + subject.removeprefix("the ")]
    assert [f"{text.kind}: {text.title}" for text in opinion.reviewed] == (whole if texts is None else texts)


def test_the_text_under_a_commentary_is_reviewed_only_where_the_opinion_says_so() -> None:
    title = "Comments on the Commentary on the Code of Ethics of Serbia (JUD-SRB/1/2020), 5 March 2020"
    without = one(title, "The Comments welcomed the Commentary.")
    assert [text.title for text in without.reviewed] == ["Commentary on the Code of Ethics of Serbia"]
    both = one(title, "ODIHR examined both the Commentary and the Code.")
    assert [text.title for text in both.reviewed] == ["Commentary on the Code of Ethics of Serbia", "Code of Ethics"]


def test_the_address_is_that_of_its_own_footnote() -> None:
    opinion = one(
        "Opinion on the Law on Courts (JUD-SRB/1/2020), 5 March 2020.^1^ ODIHR welcomed it.^2^",
        footnotes={"1": "See https://one.example/a_(b). And see https://two.example", "2": "https://three.example"},
    )
    assert opinion.url == "https://one.example/a_(b)"
    assert [words.text for words in opinion.basis.words] == [
        "Opinion on the Law on Courts (JUD-SRB/1/2020), 5 March 2020",
        "See https://one.example/a_(b).",
    ]


def test_a_later_footnote_gives_the_address_only_if_it_speaks_of_the_opinion() -> None:
    lines = "Opinion on the Law on Courts (JUD-SRB/1/2020), 5 March 2020. ODIHR welcomed it.^1^"
    assert one(lines, footnotes={"1": "The Law is available at https://law.example"}).url == ""
    assert one(lines, footnotes={"1": "The Opinion is available at https://op.example."}).url == "https://op.example"


def test_an_address_in_the_text_and_a_footnote_without_a_mark() -> None:
    inline = one("Opinion on the Law on Courts (JUD-SRB/1/2020), 5 March 2020 (available at: https://op.example).")
    assert inline.url == "https://op.example"
    lost = one(
        "Opinion on the Law on Courts (JUD-SRB/1/2020), 5 March 2020",
        footnotes={"1": "Opinion on the Law on Courts, 5 March 2020, https://op.example"},
    )
    assert lost.url == "https://op.example"


def test_number_and_day_may_stand_in_the_footnote_alone() -> None:
    opinion = one(
        "In its Opinion on the Law on Courts,^1^ ODIHR welcomed it.",
        footnotes={"1": "Opinion on the Law on Courts (JUD-SRB/1/2020), 5 March 2020, https://op.example"},
    )
    assert (opinion.number, opinion.issued, opinion.url) == ("JUD-SRB/1/2020", "2020-03-05", "https://op.example")


def test_an_opinion_that_only_a_footnote_names() -> None:
    text = document(
        "ODIHR monitored trials. In a legal review, ODIHR welcomed the law.^1^",
        "ODIHR monitored elections.",
        footnotes={"1": "ODIHR Opinion on the Law on Courts (JUD-SRB/1/2020), 5 March 2020, https://op.example"},
    )
    found, transitions = opinions(text, SUBMISSION)
    assert [(each.number, each.url, each.basis.footnote) for each in found] == [
        ("JUD-SRB/1/2020", "https://op.example", "1")
    ]
    places = Places(text, transitions)
    assert [places.at(0, 3), places.at(0, 40), places.at(1)] == ["submission", "JUD-SRB/1/2020", "submission"]


def test_a_footnote_that_words_the_title_differently_makes_no_second_opinion() -> None:
    opinion = one(
        "Opinion on the Law on Courts (JUD-SRB/1/2020), 5 March 2020^1^",
        footnotes={"1": "Opinion on the Courts Law, 5 March 2020, https://op.example"},
    )
    assert opinion.url == "https://op.example"


def test_a_footnote_to_another_matter_makes_no_opinion() -> None:
    text = document(
        "Prison conditions remain poor.^1^",
        footnotes={"1": "Opinion on the Law on Prisons (PRIS-SRB/1/2020), 5 March 2020"},
    )
    assert found_in(text) == ()


def test_titles_in_lines_begin_statements_up_to_the_next_section() -> None:
    text = document(
        "# Legislation",
        "ODIHR reviewed two laws.",
        "Opinion on the Law on Courts (JUD-SRB/1/2020), 5 March 2020",
        "ODIHR welcomed it.",
        "- Comments on the Law on Parties (POLIT-SRB/2/2020), 6 March 2020 The Comments welcomed it.",
        "# Elections",
        "ODIHR observed elections.",
    )
    places = Places(text, opinions(text, SUBMISSION)[1])
    assert [places.at(number) for number in range(7)] == [
        *("submission", "submission", "JUD-SRB/1/2020", "JUD-SRB/1/2020"),
        *("POLIT-SRB/2/2020", "submission", "submission"),
    ]


def test_statements_of_an_opinion_told_in_a_sentence_end_with_what_is_told_of_it() -> None:
    text = document(
        "Prisons are full. In its Opinion on the draft Law on Prisons (PRIS-SRB/1/2020), published on 5 March 2020, "
        "ODIHR welcomed the law. It recommended to amend it:",
        "- to build prisons;",
        "The Opinion also noted that guards are few.",
        "ODIHR visited prisons in 2021.",
        "As noted in PRIS-SRB/1/2020, guards are few.",
    )
    (opinion,), transitions = opinions(text, SUBMISSION)
    places = Places(text, transitions)
    assert place(opinion) == "PRIS-SRB/1/2020"
    assert [places.at(0, 2), *(places.at(number, 20) for number in range(5))] == [
        "submission",
        *["PRIS-SRB/1/2020"] * 3,
        "submission",
        "PRIS-SRB/1/2020",
    ]


def test_an_opinion_told_of_twice_is_one() -> None:
    found = found_in(
        document(
            "Opinion on the Law on Courts (JUD-SRB/1/2020)",
            "# Judiciary",
            "In its Opinion on the Law on Courts, issued on 5 March 2020, ODIHR welcomed it.",
            "In its Opinion on the Law on Courts (JUD-SRB/1/2020 [NS]), ODIHR welcomed it.",
        )
    )
    assert [(each.number, each.issued) for each in found] == [("JUD-SRB/1/2020", "2020-03-05")]


def test_an_opinion_without_number_is_known_by_its_title() -> None:
    text = document("Opinion on the Law on Courts, issued on 5 March 2020", "ODIHR welcomed it.")
    (opinion,), transitions = opinions(text, SUBMISSION)
    assert (opinion.number, place(opinion)) == ("", "Opinion on the Law on Courts")
    assert opinion.basis.doubt == "the source gives no number"
    assert Places(text, transitions).at(1) == "Opinion on the Law on Courts"


@pytest.mark.parametrize(
    "text",
    [
        "The Opinion on the law welcomed that it was adopted on 3 May 2019.",
        "In its opinion on the matter, issued on 3 May 2019, the court disagreed.",
        "No opinion on the draft was requested.",
        "The Advisory Opinion of the Constitutional Court on the Law on Courts, 5 March 2020, is clear.",
        "Courts should follow the Guidelines on Political Party Regulation, 2011.",
        "ODIHR is of the opinion that the Law (Official Gazette 12/2019) is good.",
        "The High Court gave no opinion on A/HRC/37/2/2019.",
    ],
)
def test_what_is_no_opinion_of_odihr(text: str) -> None:
    assert found_in(document(text)) == ()


WORDS = st.sampled_from(
    [
        *("Opinion", "on", "the", "Joint", "of", "(", ")", "[", "]", ",", ".", ";", "ODIHR", "Venice", "Commission"),
        *("and", "Law", "JUD-SRB/1/2020", "CDL-AD(2017)012", "issued", "5", "March", "2020", "which", "adopted", "by"),
    ]
)


@given(st.lists(WORDS, max_size=80))
def test_whatever_stands_there_the_words_of_opinions_are_those_of_the_text(words: list[str]) -> None:
    text = document(" ".join(words) or "empty")
    for opinion in found_in(text):
        assert opinion.title in opinion.basis.words[0].text
        assert opinion.basis.words[0].text in text.paragraphs[0].words.text


@pytest.mark.thorough
def test_a_long_hostile_line_is_read_in_bounded_time() -> None:
    import time

    start = time.process_time()
    for line in (
        "Opinion on the " * 5_000,
        "Opinion on " + "(" * 50_000,
        "ODIHR and the " * 8_000,
        "Law and on the " * 5_000,
    ):
        found_in(document(line, "Opinion on the " + line + " (JUD-SRB/1/2020)"))
    assert time.process_time() - start < 20


@pytest.mark.thorough
def test_a_document_of_very_many_opinions_is_read_in_bounded_time() -> None:
    import time

    lines = [f"Opinion on the Commentary on the Code (JUD-SRB/{n}/2020), 5 March 2020^{n}^" for n in range(1, 1500)]
    notes = {str(n): f"Opinion on another Law {n}, 6 March 2020, https://op.example/{n}" for n in range(1, 1500)}
    start = time.process_time()
    assert len(found_in(document(*lines, footnotes=notes))) == len(lines)
    assert time.process_time() - start < 20
