from __future__ import annotations

import pytest
from tests.extraction.by_hand import document

from uprgraph.errors import InvalidDataError, UnknownValueError
from uprgraph.extraction.head import header

FORM = "Participating/Partner State: Kazakhstan", "UPR Session and Date of Review: 34th Session, 2019"


def test_state_session_and_year_are_read_from_the_form() -> None:
    found = header.submission(document("ODIHR Submission of Information", *FORM, "# Background"))
    assert (found.state, found.session, found.year) == ("KAZ", 34, "2019")
    assert [words.text for words in found.basis.words] == list(FORM)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Participating State: Croatia UPR session: 36th session (November 2020)"], ("HRV", 36, "2020")),
        (["Partner State: Republic of Korea", "UPR Session: 42"], ("KOR", 42, "")),
        (["State under review: the Republic of Moldova", "40th Session, January-February 2022"], ("MDA", 40, "2022")),
        (
            ["Submission to the Universal Periodic Review of Serbia", "Forty-third session, May 2023"],
            ("SRB", 43, "2023"),
        ),
        (["A/HRC/WG.6/37/GEO/3", "Thirty-seventh session", "18-29 January 2021"], ("GEO", 37, "2021")),
        (["A/HRC/WG.6/8/KGZ/3", "Human Rights Council"], ("KGZ", 8, "")),
    ],
)
def test_headers_of_other_forms(lines: list[str], expected: tuple[str, int, str]) -> None:
    found = header.submission(document(*lines))
    assert (found.state, found.session, found.year) == expected


def test_what_is_missing_is_an_error_that_says_what_to_give() -> None:
    with pytest.raises(InvalidDataError, match="no State under review") as error:
        header.submission(document("34th Session, 2019"))
    assert error.value.hint == "say which it is with state"
    with pytest.raises(InvalidDataError, match="no session") as error:
        header.submission(document("State under review: Serbia"))
    assert error.value.hint == "say which it is with session"


def test_two_states_or_sessions_are_an_error_unless_one_is_given() -> None:
    two = document("Universal Periodic Review of Albania", "State under review: Serbia", "43rd session", "44th session")
    with pytest.raises(InvalidDataError, match="more than one State under review: SRB, ALB"):
        header.submission(two)
    with pytest.raises(InvalidDataError, match="more than one session: 43, 44"):
        header.submission(two, state="Serbia")
    found = header.submission(two, state="alb", session=44)
    assert (found.state, found.session) == ("ALB", 44)


def test_a_name_of_no_state_is_refused() -> None:
    with pytest.raises(InvalidDataError, match="no State under review"):
        header.submission(document("State under review: Ruritania", "43rd session"))
    with pytest.raises(UnknownValueError, match="Ruritania"):
        header.submission(document("43rd session"), state="Ruritania")


def test_a_long_paragraph_is_no_header() -> None:
    text = "State under review: Serbia. " + "In its 20th session, the Working Group heard the State. " * 8
    with pytest.raises(InvalidDataError):
        header.submission(document(text, "43rd session"))


@pytest.mark.parametrize(
    ("sentence", "role", "since"),
    [
        (
            "Kazakhstan has been a participating State in the former CSCE and the OSCE since 1992",
            "participating-state",
            "1992",
        ),
        (
            "The Republic of Kazakhstan has taken part in the work of the CSCE as a participating State since 1992",
            "participating-state",
            "1992",
        ),
        ("Kazakhstan, an OSCE participating State since 1992", "participating-state", "1992"),
        ("Kazakhstan became a participating State of the OSCE in 2006", "participating-state", "2006"),
        ("Kazakhstan joined the CSCE in 1992 and is a participating State", "participating-state", "1992"),
        ("Kazakhstan is one of the 57 participating States", "participating-state", ""),
        ("Kazakhstan has been a Partner for Co-operation of the OSCE since 1995", "partner-for-co-operation", "1995"),
    ],
)
def test_memberships(sentence: str, role: str, since: str) -> None:
    found = header.submission(document(*FORM, "# Background", sentence + " and has undertaken commitments.")).membership
    assert found is not None
    assert (found.role, found.since) == (role, since)
    assert [words.text for words in found.basis.words] == [sentence]
    assert found.basis.section == "Background"


@pytest.mark.parametrize(
    "sentence",
    [
        "Upon request by authorities of a participating State, ODIHR reviews legislation.",
        "Serbia has been a participating State since 1992.",
        "ODIHR assists a participating State such as Kazakhstan.",
    ],
)
def test_no_membership_is_made_of_other_states_or_of_all(sentence: str) -> None:
    assert header.submission(document(*FORM, sentence)).membership is None
