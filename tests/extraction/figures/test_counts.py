from __future__ import annotations

import pytest
from bench.extraction_expected import expected, names

from uprgraph.extraction.figures.counts import counts
from uprgraph.extraction.phrasing import phrases
from uprgraph.extraction.places import Places
from uprgraph.extraction.statements import Count

from ..notations import notations
from ..reported import document, places, submission, written

ALL, PRIORITY = "recommendations", "priority-recommendations"


def of(text: str) -> tuple[Count, ...]:
    read = written(text)
    return counts(read, Places(read, ()))


def in_full(count: Count) -> tuple[str, ...]:
    """Return a count as the expectations have it, which put what an audit's report says into the submission."""
    place = "submission" if count.place.startswith("audit-report/") else count.place
    return (place, count.count_of, str(count.count), count.qualifier, count.text, count.paragraph)


@pytest.mark.parametrize("name", names())
def test_every_count_of_the_documents_is_found_with_its_words_and_no_other(name: str) -> None:
    read = document(name)
    found = counts(read, places(read, submission(name)))
    assert sorted(map(in_full, found)) == sorted(map(in_full, expected(name).draft.counts))


@pytest.mark.parametrize(("name", "place"), [("KAZ-34", "audit-report/2017"), ("SVN-34-gender", "audit-report/2018")])
def test_the_reports_of_an_audit_are_a_place_of_their_own(name: str, place: str) -> None:
    read = document(name)
    assert place in {each.place for each in counts(read, places(read, submission(name)))}


def test_the_kinds_are_codes() -> None:
    assert {phrase.means for phrase in phrases("counts")} == notations("count-kind")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The report made a total of 30 recommendations, nine of which are priorities.",
            [(ALL, 30, "The report made a total of 30 recommendations"), (PRIORITY, 9, "nine of which are priorities")],
        ),
        (
            "However, the final report contains twenty-two recommendations, which were sent to the authorities.",
            [(ALL, 22, "the final report contains twenty-two recommendations")],
        ),
        (
            "The report contains nine priority recommendations and fifteen other recommendations.",
            [(PRIORITY, 9, "The report contains nine priority recommendations and fifteen other recommendations")],
        ),
        (
            "Thirty recommendations, with eight priority recommendations among them, were made.",
            [(ALL, 30, "Thirty recommendations"), (PRIORITY, 8, "with eight priority recommendations among them")],
        ),
        ("The authorities implemented 24 recommendations.", []),
        ("No recommendations were made.", []),
        ("None of the eight recommendations was followed.", []),
        ("The report made recommendations in 2018.", []),
    ],
)
def test_what_is_a_count_and_which_are_its_words(text: str, wanted: list[tuple[str, int, str]]) -> None:
    assert [(each.count_of, each.count, each.text) for each in of(text)] == wanted


@pytest.mark.parametrize(
    ("words", "qualifier"),
    [("24", "exactly"), ("more than 24", "more-than"), ("at least 24", "at-least"), ("some 24", "about")],
)
def test_how_a_count_is_qualified(words: str, qualifier: str) -> None:
    [count] = of(f"The final report made {words} recommendations.")
    assert (count.count, count.qualifier) == (24, qualifier)


def test_a_bound_that_no_code_says_is_doubted() -> None:
    [count] = of("The final report made fewer than 24 recommendations.")
    assert count.basis.doubt
    assert count.basis.confidence <= 0.5


def test_the_words_of_a_count_stand_in_the_source() -> None:
    read = document("SRB-43-elections")
    for count in counts(read, places(read, submission("SRB-43-elections"))):
        [words] = count.basis.words
        quoted = " ".join(read.source[span.start : span.end] for span in words.spans(read.source))
        assert " ".join(quoted.split()) == count.text
