from __future__ import annotations

import pytest
from bench.extraction_expected import expected, names
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.extraction.figures.figures import figures
from uprgraph.extraction.phrasing import phrases
from uprgraph.extraction.statements import Figure

from ..notations import notations
from ..reported import document, written


def of(text: str) -> tuple[Figure, ...]:
    return figures(written(text, heading="Gender equality"))


def in_full(figure: Figure) -> tuple[str, ...]:
    return (
        figure.kind,
        f"{figure.value:.1f}",
        figure.unit,
        figure.indicator,
        figure.qualifier,
        figure.text,
        figure.paragraph,
    )


@pytest.mark.parametrize("name", names())
def test_every_figure_of_the_documents_is_found_with_its_words_and_no_other(name: str) -> None:
    assert sorted(map(in_full, figures(document(name)))) == sorted(map(in_full, expected(name).draft.figures))


def test_who_set_a_benchmark_is_named_as_the_source_names_it() -> None:
    found = {each.value: each.set_by for each in figures(document("KAZ-34")) if each.kind}
    assert found == {28: "OSCE", 30: "UN Economic and Social Council"}


@pytest.mark.parametrize(("kind", "codelist"), [("benchmarks", "benchmark-kind"), ("indicators", "indicator")])
def test_kinds_and_indicators_are_codes(kind: str, codelist: str) -> None:
    assert {phrase.means for phrase in phrases(kind)} == notations(codelist)


def test_the_unit_is_a_code() -> None:
    assert {each.unit for each in of("Turnout was 46.3 per cent.")} <= notations("unit")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Currently, 38 of 150 members of parliament (25.3 per cent) are women.",
            [(25.3, "Currently, 38 of 150 members of parliament (25.3 per cent) are women")],
        ),
        (
            "While women make up 52 per cent of voters, they hold only 10 per cent of the seats in parliament.",
            [
                (52, "women make up 52 per cent of voters"),
                (10, "they hold only 10 per cent of the seats in parliament"),
            ],
        ),
        (
            "Women\u2019s representation in local councils increased from 16 per cent in 2012 to 23 per cent in 2018.",
            [
                (16, "Women\u2019s representation in local councils increased from 16 per cent in 2012"),
                (23, "Women\u2019s representation in local councils increased \u2026 to 23 per cent in 2018"),
            ],
        ),
        (
            "However, a third of the deputies and one in four mayors were women.",
            [(33.3, "a third of the deputies \u2026 were women"), (25, "one in four mayors were women")],
        ),
        (
            "Police registered 112 hate crimes in 2018, up from 80 in 2017.",
            [(112, "Police registered 112 hate crimes in 2018"), (80, "up from 80 in 2017")],
        ),
        (
            "Voting was positive in 94 per cent of polling stations, but counting was negative in one third of them.",
            [
                (94, "Voting was positive in 94 per cent of polling stations"),
                (33.3, "counting was negative in one third of them"),
            ],
        ),
    ],
)
def test_the_words_of_statistics(text: str, wanted: list[tuple[float, str]]) -> None:
    assert [(each.value, each.text) for each in of(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The law requires that at least 30 per cent of the candidates on each list be women.",
        "A gender quota of 40 per cent applies to candidate lists.",
        "The threshold is 5 per cent.",
        "ODIHR recommended that half of the members be elected by judges.",
        "Half of the members would be elected by judges.",
        "ODIHR monitored 46 hearings in eleven criminal cases.",
        "Serbia is one of the 57 participating States.",
        "The final report contains 24 recommendations, six of which are priorities.",
        "The Document was adopted in 1990.",
        "Complaints may be filed within 15 days.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert of(text) == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Women hold 21 per cent of seats, below the OSCE regional average of 28.9 per cent.",
            ("average", 28.9, "OSCE"),
        ),
        ("It fell short of the 30 per cent target set by the United Nations.", ("target", 30, "United Nations")),
        ("It has not reached the Council of Europe benchmark of 40 per cent.", ("target", 40, "Council of Europe")),
        ("It is below the 28 per cent OSCE average.", ("average", 28, "OSCE")),
    ],
)
def test_benchmarks(text: str, wanted: tuple[str, float, str]) -> None:
    assert [(each.kind, each.value, each.set_by) for each in of(text) if each.kind] == [wanted]


def test_a_benchmark_is_of_the_indicator_of_its_statistic() -> None:
    found = of("Women hold 21 per cent of the seats in parliament, below the OSCE average of 28 per cent.")
    assert [(each.kind, each.indicator) for each in found] == [
        ("", "women-in-parliament"),
        ("average", "women-in-parliament"),
    ]


def test_a_bound_that_no_code_says_is_doubted() -> None:
    [figure] = of("Women hold less than 10 per cent of the seats in parliament.")
    assert figure.qualifier == ""
    assert figure.basis.doubt
    assert figure.basis.confidence <= 0.5


def test_each_piece_of_the_words_stands_in_the_source() -> None:
    read = document("SVN-34-gender")
    for figure in figures(read):
        assert figure.text == " \u2026 ".join(piece.text for piece in figure.basis.words)


@given(st.lists(st.sampled_from(["Women", "hold", "27 per cent", ",", "of the", "seats", "and", "one in ten", "rose"])))
def test_no_sentence_is_too_odd(words: list[str]) -> None:
    for figure in of(" ".join(["It", *words, "."])):
        assert figure.text
