from __future__ import annotations

import pytest
from bench.extraction_expected import expected, names

from uprgraph.extraction.document import Kind
from uprgraph.extraction.elections import elections
from uprgraph.extraction.elections.votes import missions_named, votes
from uprgraph.extraction.phrasing import phrases
from uprgraph.extraction.places import Places

from ..notations import notations
from ..reported import NOBODY, document, observed, submission, written

EOM, LEOM, EAM = "election-observation-mission", "limited-election-observation-mission", "election-assessment-mission"


@pytest.mark.parametrize("name", names())
def test_every_mission_of_the_documents_is_found_and_no_other(name: str) -> None:
    found, _ = elections.missions(document(name), submission(name))
    wanted = expected(name).draft.missions
    assert sorted((each.date, each.kind, each.mission, each.report_url) for each in found) == sorted(
        (each.date, each.kind, each.mission, each.report_url) for each in wanted
    )


@pytest.mark.parametrize(("kind", "codelist"), [("missions", "mission-kind"), ("elections", "election-kind")])
def test_each_kind_has_a_phrase(kind: str, codelist: str) -> None:
    assert {phrase.means for phrase in phrases(kind)} == notations(codelist)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the 20 March 2016 early parliamentary elections", [("2016-03-20", "early-parliamentary")]),
        ("the early presidential election held on 9 June 2019", [("2019-06-09", "early-presidential")]),
        ("the 2018 presidential election", [("2018", "presidential")]),
        ("a referendum was called for 16 April 2017", [("2017-04-16", "referendum")]),
        ("elections to the National Assembly on 2 April 2017", [("2017-04-02", "parliamentary")]),
        (
            "early presidential and parliamentary elections of 24 June 2018",
            [("2018-06-24", "early-parliamentary"), ("2018-06-24", "early-presidential")],
        ),
        (
            "parliamentary elections of 3 May 2018 and presidential elections of 5 June 2019",
            [("2018-05-03", "parliamentary"), ("2019-06-05", "presidential")],
        ),
        ("In 2018 ODIHR observed the parliamentary elections of 3 May 2018", [("2018-05-03", "parliamentary")]),
        ("On 19 May 2019, early parliamentary elections were held", [("2019-05-19", "early-parliamentary")]),
        ("In 2016, ODIHR sent a team to the parliamentary elections", [("2016", "parliamentary")]),
        ("In June 2016, ODIHR prepared for the parliamentary elections", []),
        ("the local elections", []),
        ("the parliamentary group met on 3 May 2018", []),
    ],
)
def test_elections_are_named_with_their_dates(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(each.date, each.kind) for each in votes(text)] == wanted


def test_a_mission_that_is_only_recommended_is_none() -> None:
    text = "The Needs Assessment Mission (NAM) recommended the deployment of a Limited Election Observation Mission."
    assert [each.mission for each in missions_named(text)] == ["needs-assessment-mission"]


def test_two_missions_in_a_sentence_belong_to_the_elections_behind_them() -> None:
    found = observed(
        "ODIHR deployed an Election Observation Mission for the 3 May 2015 parliamentary elections and an Election "
        "Assessment Mission for the presidential election of 5 June 2019."
    )
    assert [(each.date, each.mission) for each in found] == [("2015-05-03", EOM), ("2019-06-05", EAM)]


def test_one_mission_to_two_elections_at_once_is_recorded_for_both() -> None:
    found = observed("ODIHR deployed an EOM for the presidential and parliamentary elections of 24 June 2018.")
    assert [(each.kind, each.mission) for each in found] == [("presidential", EOM), ("parliamentary", EOM)]


def test_the_kind_of_a_mission_may_be_named_later() -> None:
    [found] = observed(
        "ODIHR observed the 3 May 2015 parliamentary elections. The LEOM concluded that they were competitive."
    )
    assert (found.mission, found.basis.doubt, len(found.basis.words)) == (LEOM, "", 2)


def test_the_election_may_be_named_in_the_sentence_before() -> None:
    [found] = observed("On 19 May 2019, early parliamentary elections were held. ODIHR deployed a LEOM.")
    assert (found.date, found.kind, found.mission) == ("2019-05-19", "early-parliamentary", LEOM)


def test_the_words_of_a_mission_leave_out_what_its_report_says() -> None:
    [found] = observed("ODIHR sent an EOM to the 3 May 2015 parliamentary elections, which found that they were free.")
    assert found.basis.words[0].text == "ODIHR sent an EOM to the 3 May 2015 parliamentary elections, "
    [found] = observed("The EOM to the 3 May 2015 parliamentary elections concluded that they were free.")
    assert found.basis.words[0].text.endswith("concluded")


def test_what_is_found_before_an_election_is_not_told_as_the_report_on_it() -> None:
    read = written(
        "A Needs Assessment Mission visited the country before the 3 May 2015 parliamentary elections. "
        "The mission noted that there was trust in the election administration."
    )
    assert elections.missions(read, NOBODY)[1] == ()


def test_a_kind_that_is_not_named_is_doubted() -> None:
    [found] = observed("ODIHR observed the 3 May 2015 parliamentary elections.")
    assert found.mission == EOM
    assert found.basis.confidence <= 0.5
    assert "of what kind" in found.basis.doubt


@pytest.mark.parametrize(
    "text",
    [
        "ODIHR has not observed the local elections of 3 May 2015.",
        "No observation mission was deployed for the 3 May 2015 parliamentary elections.",
        "The law was changed shortly before the 3 May 2015 parliamentary elections.",
        "Civil society observed the parliamentary elections of 3 May 2015.",
    ],
)
def test_what_odihr_did_not_observe(text: str) -> None:
    assert observed(text) == ()


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("The final report was published on 3 August 2015.", True),
        ("The EOM issued no public report.", False),
        ("Its report was not available when this was written.", False),
        ("The elections were held in one day.", False),
    ],
)
def test_whether_there_is_a_report(text: str, report: bool) -> None:
    [found] = observed(f"ODIHR sent an EOM to the 3 May 2015 parliamentary elections. {text}")
    assert found.has_report is report


def places_of(*paragraphs: str) -> list[str]:
    read = written(*paragraphs)
    _, transitions = elections.missions(read, NOBODY)
    places = Places(read, transitions)
    return [
        places.at(number, paragraph.words.text.find(sentence))
        for number, paragraph in enumerate(read.paragraphs)
        if paragraph.kind is not Kind.HEADING
        for sentence in paragraph.words.text.split(". ")
    ]


REPORT = "election-report/2015-05-03"


def test_from_where_on_the_report_speaks() -> None:
    assert places_of(
        "ODIHR observed the 3 May 2015 parliamentary elections. The final report noted that the law is vague. Media "
        "were free. ODIHR has not observed the local elections. ODIHR welcomed this.",
        "The report contains 24 recommendations. At the time of writing, none has been implemented.",
    ) == ["submission", REPORT, REPORT, "submission", "submission", REPORT, "submission"]


def test_a_new_mission_ends_what_the_report_before_says() -> None:
    assert places_of(
        "ODIHR observed the 3 May 2015 parliamentary elections. The EOM found that the media were free. An Election "
        "Assessment Mission followed the presidential election of 5 June 2019. It had six members."
    ) == ["submission", REPORT, "submission", "submission"]


def test_a_sentence_may_present_a_mission_and_then_tell_its_report() -> None:
    read = written("ODIHR sent an EOM to the 3 May 2015 parliamentary elections, which concluded that they were free.")
    _, [transition] = elections.missions(read, NOBODY)
    assert transition.place == REPORT
    assert read.paragraphs[transition.paragraph].words.text[transition.offset :].startswith("which concluded")


def test_a_report_on_anything_else_is_no_report_on_an_election() -> None:
    assert places_of("ODIHR monitored trials in 2018. The report called upon the courts to publish judgments.") == [
        "submission",
        "submission",
    ]


def test_a_summary_has_no_other_places() -> None:
    assert elections.missions(document("summary-GEO-37"), submission("summary-GEO-37"))[1] == ()


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("KAZ-34", ["The Election Observation Mission\u2019s (EOM) final report concluded"]),
        ("KGZ-35-trials", ["The Election Observation Mission noted", "ODIHR has not observed local"]),
        ("MNE-43-long-sentences", ["As the final report put it", "An Election Assessment Mission was envisaged"]),
        ("SRB-43-elections", ["In its final report", "“Contestants were able", "While it found that the elections"]),
    ],
)
def test_where_the_reports_of_the_documents_begin_and_end(name: str, begins: list[str]) -> None:
    read = document(name)
    _, transitions = elections.missions(read, submission(name))
    found = [read.paragraphs[each.paragraph].words.text[each.offset :] for each in transitions]
    assert [text[: len(begin)] for text, begin in zip(found, begins, strict=True)] == begins


def test_the_basis_has_the_sentence_first_and_then_the_footnote() -> None:
    found, _ = elections.missions(document("KAZ-34"), submission("KAZ-34"))
    words = [each.text for each in found[0].basis.words]
    assert words[0] == "ODIHR observed the 20 March 2016 early parliamentary elections."
    assert any(each.startswith("See ODIHR Election Observation Mission final report") for each in words[1:])
    assert found[0].has_report
