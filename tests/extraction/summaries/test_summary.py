"""What ODIHR says in summaries of stakeholders' submissions, in the forms in which they say it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from bench.extraction_expected import expected
from bench.extraction_scoring import compare
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.extraction.document import Document, Kind, Paragraph, Words
from uprgraph.extraction.reading import read_text
from uprgraph.extraction.statements import Basis, Draft, Finding, Recommendation, Submission
from uprgraph.extraction.summaries import summarized, summary

BASIS = Basis("test", ())
OF_GEORGIA = Submission("GEO", 37, BASIS, symbol="A/HRC/WG.6/37/GEO/3")
MADE_FOR_TESTING = "summary-GEO-37"


def document(*texts: str) -> Document:
    """A document of numbered paragraphs; a text that begins with "*" is an item of a list."""
    paragraphs, source = [], ""
    for number, each in enumerate(texts, 1):
        kind = Kind.ITEM if each.startswith("*") else Kind.TEXT
        text = each.removeprefix("*")
        places = tuple(range(len(source), len(source) + len(text)))
        paragraphs.append(Paragraph(kind, Words(text, places), number="" if kind is Kind.ITEM else str(number)))
        source += text + "\n"
    return Document(source, tuple(paragraphs))


def statements(*texts: str) -> tuple[tuple[Finding, ...], tuple[Recommendation, ...]]:
    return summary.statements(document(*texts), OF_GEORGIA)


def found(*texts: str) -> list[tuple[str, str]]:
    return [(each.type, each.text) for each in statements(*texts)[0]]


def recommended(*texts: str) -> list[str]:
    return [each.text for each in statements(*texts)[1]]


@pytest.fixture(scope="module")
def georgia() -> Document:
    path = Path(__file__).parents[1] / "documents" / MADE_FOR_TESTING / "source.txt"
    return read_text(path.read_text(encoding="utf-8"))


class TestDocument:
    def test_all_that_odihr_says_is_found_and_nothing_else(self, georgia: Document) -> None:
        wanted = expected(MADE_FOR_TESTING)
        findings, recommendations = summary.statements(georgia, wanted.draft.submission)
        draft = Draft(wanted.draft.submission, findings=findings, recommendations=recommendations)
        comparison = compare(wanted, draft)
        for kind in ("findings", "recommendations"):
            assert (comparison.kinds[kind].missed, comparison.kinds[kind].extra) == ((), ())
        for attribute in ("position", "priority", "fallback", "others"):
            assert comparison.attribute("recommendations", attribute).f1 == 1
        assert comparison.forbidden == ()
        assert comparison.attribute("findings", "type").recall >= 0.8

    def test_words_of_statements_are_those_of_the_source(self, georgia: Document) -> None:
        for each in [part for kind in summary.statements(georgia, OF_GEORGIA) for part in kind]:
            assert each.basis.words[0].text == each.text
            assert (each.place, bool(each.paragraph), bool(each.basis.section)) == ("summary", True, True)

    def test_each_sentence_is_said_by_odihr_or_understood_as_said_by_others(self, georgia: Document) -> None:
        spoken = {place for each in summarized.told(georgia).paragraphs for place in each.words.places}
        others = {
            place
            for basis in summarized.context(georgia)
            if basis.rule.startswith("summary/")
            for place in basis.words[0].places
        }
        numbered = {place for each in georgia.paragraphs if each.number for place in each.words.places}
        assert not spoken & others
        assert "".join(georgia.source[place] for place in sorted(numbered - spoken - others)).strip() == ""

    def test_counts_figures_and_elections_are_those_of_odihr(self, georgia: Document) -> None:
        wanted = expected(MADE_FOR_TESTING)
        comparison = compare(wanted, summarized.draft(georgia, wanted.draft.submission))
        for kind in ("counts", "statistics", "elections"):
            assert (comparison.kinds[kind].missed, comparison.kinds[kind].extra) == ((), ())

    def test_counts_of_others_are_not_odihrs(self) -> None:
        of_others = document("JS1 made 12 recommendations.", "HRW stated that women held 9 per cent of the seats.")
        draft = summarized.draft(of_others, OF_GEORGIA)
        assert (draft.counts, draft.figures, draft.missions) == ((), (), ())
        assert [basis.rule for basis in draft.context] == ["summary/others-speak"] * 2


class TestNames:
    @pytest.mark.parametrize(
        "name",
        [
            "OSCE/ODIHR",
            "OSCE-ODIHR",
            "ODIHR-OSCE",
            "OSCE ODIHR",
            "ODIHR",
            "The OSCE/ODIHR",
            "In 2019, OSCE/ODIHR",
            "Similarly, OSCE/ODIHR also",
            "The OSCE Office for Democratic Institutions and Human Rights (ODIHR)",
            "The Office for Democratic Institutions and Human Rights of the OSCE",
            "The OSCE/ODIHR Election Observation Mission (EOM)",
            "The final report of OSCE/ODIHR",
        ],
    )
    def test_odihr_has_many(self, name: str) -> None:
        assert found(f"{name} noted that judges were not independent.") == [("concern", "judges were not independent")]

    @pytest.mark.parametrize(
        "name",
        [
            "JS1",
            "HRW",
            "CoE-ECRI",
            "Human Rights Watch",
            "The Public Defender of Georgia (PDG)",
            "The Ombudsman",
            "UN Women, whose study OSCE/ODIHR had quoted,",
            "In contrast to OSCE/ODIHR, JS2",
            "Referring to the opinion of OSCE/ODIHR, JS2",
            "JS1 and JS2",
            "OSCE-RFoM",
            "Several stakeholders",
        ],
    )
    def test_nothing_that_others_say_is_odihrs(self, name: str) -> None:
        paragraph = f"{name} noted that judges were not independent. It recommended to amend the law on courts."
        assert statements(paragraph) == ((), ())

    @pytest.mark.parametrize(
        "sentence",
        [
            "JS5 commended the State for having invited OSCE/ODIHR to observe the elections.",
            "JS2 stated that the authorities had disregarded the opinions which OSCE/ODIHR had given on the matter.",
            "According to JS2, OSCE/ODIHR had not been invited to observe the elections.",
            "JS2 recommended that the State implement the recommendations of OSCE/ODIHR and that it publish them.",
            "HRW said that OSCE/ODIHR had noted irregularities.",
            "Judges were appointed for life although OSCE/ODIHR had advised against it, JS2 stated.",
            "Concerns about the opinions of OSCE/ODIHR were raised by JS1.",
            "JS3 recommended cooperating with OSCE/ODIHR on hate crimes.",
            "Nobody is said to speak of OSCE/ODIHR here.",
        ],
    )
    def test_who_is_only_mentioned_does_not_speak(self, sentence: str) -> None:
        assert statements(sentence) == ((), ())

    @pytest.mark.parametrize(
        ("sentence", "others"),
        [
            ("JS3 and OSCE/ODIHR recommended that the State publish judgments.", ("JS3",)),
            ("OSCE/ODIHR and JS3 recommended that the State publish judgments.", ("JS3",)),
            (
                "AI, OSCE/ODIHR and the Public Defender of Georgia (PDG) recommended that the State publish judgments.",
                ("AI", "PDG"),
            ),
            ("OSCE/ODIHR, together with JS1 and RSF, recommended that the State publish judgments.", ("JS1", "RSF")),
            ("OSCE/ODIHR, as did JS2, recommended that the State publish judgments.", ("JS2",)),
            ("Unlike JS2, OSCE/ODIHR recommended that the State publish judgments.", ()),
        ],
    )
    def test_who_recommends_too_is_named(self, sentence: str, others: tuple[str, ...]) -> None:
        (recommendation,) = statements(sentence)[1]
        assert (recommendation.text, recommendation.others) == ("the State publish judgments", others)


class TestSpeaking:
    def test_who_spoke_last_goes_on(self) -> None:
        assert recommended(
            "JS1 noted that courts were slow. OSCE/ODIHR was concerned that few judgments were published. "
            "It recommended to publish all judgments. It also recommended to appoint more judges. "
            "JS2 stated that judges were tired. It recommended to give them leave."
        ) == ["to publish all judgments", "to appoint more judges"]

    def test_but_not_in_the_next_paragraph(self) -> None:
        assert recommended("OSCE/ODIHR recommended to amend the law.", "It recommended to train judges.") == [
            "to amend the law"
        ]

    def test_two_speak_in_one_sentence(self) -> None:
        assert recommended(
            "JS2 recommended to abolish the court, while OSCE/ODIHR recommended to reform the court.",
            "OSCE/ODIHR recommended to reform the law; JS2 recommended to abolish the law.",
        ) == ["to reform the court", "to reform the law"]

    def test_one_says_several_things_in_one_sentence(self) -> None:
        findings, recommendations = statements(
            "OSCE/ODIHR welcomed the new Law on Courts, but regretted that judges were appointed without a public "
            "procedure, and, together with JS1, called on the Government to amend the law."
        )
        assert [(each.type, each.text) for each in findings] == [
            ("commendation", "OSCE/ODIHR welcomed the new Law on Courts"),
            ("concern", "judges were appointed without a public procedure"),
        ]
        assert [(each.text, each.others) for each in recommendations] == [("to amend the law", ("JS1",))]

    def test_the_source_stands_before_or_behind(self) -> None:
        assert found("According to OSCE/ODIHR, judges were not independent.") == [
            ("concern", "judges were not independent")
        ]
        assert found("As noted by OSCE/ODIHR, judges were not independent.") == [
            ("concern", "judges were not independent")
        ]

    def test_what_stands_between_name_and_verb_does_not_matter(self) -> None:
        wanted = [("concern", "judges were not independent")]
        assert (
            found("OSCE/ODIHR, in its final report on the elections of 2020, noted that judges were not independent.")
            == wanted
        )
        assert found("OSCE/ODIHR provided information on courts, stating that judges were not independent.") == wanted

    def test_whoever_is_quoted_with_odihr_in_what_he_says_goes_on_to_speak(self) -> None:
        assert statements("JS2 stated that, in 2019, OSCE/ODIHR observed elections that were not free.") == ((), ())
        assert statements("JS2 stated that judges were not free, and OSCE/ODIHR observed the elections.") == ((), ())

    @pytest.mark.parametrize(
        "sentence",
        [
            "In 2018, OSCE/ODIHR deployed an Election Observation Mission (EOM) to observe the presidential election.",
            "OSCE/ODIHR observed the 2018 presidential election.",
            "OSCE/ODIHR made 22 recommendations, of which seven were priority recommendations.",
            "OSCE/ODIHR published an opinion on the draft law on courts.",
        ],
    )
    def test_what_odihr_did_is_no_finding(self, sentence: str) -> None:
        assert statements(sentence) == ((), ())


class TestRecommendations:
    @pytest.mark.parametrize(
        ("sentence", "texts"),
        [
            ("OSCE/ODIHR made recommendations, including to amend the law.", ["to amend the law"]),
            (
                "OSCE/ODIHR recommended, inter alia, reviewing the law, and training judges.",
                ["reviewing the law", "training judges"],
            ),
            ("OSCE/ODIHR called for the abolition of the court.", ["the abolition of the court"]),
            ("OSCE/ODIHR stated that the quota should be enforced.", ["the quota should be enforced"]),
            ("OSCE/ODIHR urged the authorities to end the practice.", ["to end the practice"]),
            ("OSCE/ODIHR recommended the law be amended.", ["the law be amended"]),
        ],
    )
    def test_forms(self, sentence: str, texts: list[str]) -> None:
        assert recommended(sentence) == texts

    def test_what_should_be_stands_beside_what_is(self) -> None:
        findings, recommendations = statements(
            "It is so. OSCE/ODIHR stated that the quota was not enforced and should be raised."
        )
        assert [each.text for each in findings] == ["the quota was not enforced"]
        assert [each.text for each in recommendations] == ["should be raised"]

    def test_lists_inside_a_sentence_and_below_one(self) -> None:
        assert recommended(
            "OSCE/ODIHR recommended that the State: (a) amend the Criminal Code; (b) train judges and prosecutors; and "
            "(c) publish data on hate crimes."
        ) == ["amend the Criminal Code", "train judges and prosecutors", "publish data on hate crimes"]
        assert recommended(
            "OSCE/ODIHR made the following recommendations:", "*to amend the Criminal Code;", "*to train judges."
        ) == ["to amend the Criminal Code", "to train judges"]
        assert recommended("JS1 recommended to the State:", "*to amend the Criminal Code;", "*to train judges.") == []

    def test_positions_count_in_each_paragraph_and_fallbacks_go_to_the_one_before(self) -> None:
        _, recommendations = statements(
            "ODIHR recommended to repeal the law, or, at a minimum, to limit it. It suggested publishing judgments.",
            "OSCE/ODIHR called on the authorities to train judges.",
        )
        assert [(each.paragraph, each.position, each.fallback_for, each.text) for each in recommendations] == [
            ("1", 1, None, "to repeal the law"),
            ("1", 2, 1, "to limit it"),
            ("1", 3, None, "publishing judgments"),
            ("2", 1, None, "to train judges"),
        ]

    def test_priorities_are_told(self) -> None:
        (recommendation,) = statements("The priority recommendations of OSCE/ODIHR included reviewing the law.")[1] or (
            None,
        )
        assert recommendation is None or recommendation.priority

    def test_rights_are_those_that_the_words_name(self) -> None:
        (recommendation,) = statements("OSCE/ODIHR recommended ensuring the secrecy of the vote.")[1]
        assert [topic.code for topic in recommendation.rights] == ["secrecy-of-the-vote"]


def test_marks_of_footnotes_that_were_left_in_the_text_do_not_stop_the_reading() -> None:
    text = "ODIHR noted that judges were not free.12 It recommended to amend the law.13 JS2 stated the contrary.14"
    assert recommended(text) == ["to amend the law"]
    assert found(text) == [("concern", "judges were not free")]


@given(
    st.lists(
        st.sampled_from(
            ["OSCE/ODIHR", "JS1", "noted", "that", ",", "and", "recommended", "to", "It", ".", "(a)", ";", "law"]
        )
    )
)
def test_any_words_give_statements_whose_words_are_there(words: list[str]) -> None:
    text = " ".join(words)
    for each in [part for kind in statements(text) for part in kind]:
        assert each.text in text


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text",
    [
        "OSCE/ODIHR noted " * 4_000,
        "JS1, " * 10_000,
        ", which " * 8_000,
        "A " * 30_000,
        "OSCE/ODIHR recommended to a, and " * 3_000,
    ],
    ids=["verbs", "names", "asides", "capitals", "items"],
)
def test_a_hostile_text_takes_little_time(text: str) -> None:
    start = time.process_time()
    statements(text)
    assert time.process_time() - start < 5
