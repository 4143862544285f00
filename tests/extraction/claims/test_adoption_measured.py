"""Adoption, concerns and headers of the curated submission and of the documents for testing: all of them are found."""

from __future__ import annotations

import pytest
from tests.extraction.gold import MADE, SEED, expected, read

from uprgraph.extraction.claims import adoption
from uprgraph.extraction.head import header
from uprgraph.extraction.opinions.opinions import opinions
from uprgraph.extraction.places import Places
from uprgraph.extraction.statements import Adoption, ConcernClaim

CURATED = [
    {
        "opinion": "FOI-KAZ/268/2015",
        "status": "not-adopted",
        "as_of": "2019",
        "text": "At the time of this submission, the Draft Law has not been adopted.",
    },
    {
        "opinion": "TERR-KAZ/296/2016",
        "status": "adopted",
        "as_of": "2016-12-22",
        "text": "Amendments were adopted on 22 December 2016, with almost no modification of the substance of "
        "the text.",
    },
    {
        "opinion": "JUD-KAZ/337/2018",
        "status": "adoption-awaited",
        "as_of": "2018-12-27",
        "text": "its adoption per se would be very welcome",
    },
]
"""As in data/odihr/KAZ-34/dossier.ttl."""
INTRODUCED = (
    "In 2014-2018, following legal reviews (on topics other than elections), where concerns still remain, were issued "
    "on legislation or draft legislation of Kazakhstan"
)


def _claims(name: str) -> tuple[tuple[Adoption, ...], tuple[ConcernClaim, ...]]:
    document = read(name)
    submission = header.submission(document)
    found, transitions = opinions(document, submission)
    return adoption.claims(document, submission, found, Places(document, transitions))


@pytest.mark.parametrize("name", [SEED, *MADE])
def test_every_adoption_claim_is_found_and_nothing_else(name: str) -> None:
    wanted = CURATED if name == SEED else expected(name).get("adoption", [])
    found, _ = _claims(name)
    assert sorted((each.opinion, each.status, each.as_of, each.text) for each in found) == sorted(
        (row["opinion"], row["status"], row["as_of"], row["text"].replace(" … ", " ")) for row in wanted
    )


def test_the_concerns_of_the_curated_submission() -> None:
    _, found = _claims(SEED)
    assert [(each.opinion, each.status, each.as_of, each.text) for each in found] == [
        ("FOI-KAZ/268/2015", "remains", "2019", INTRODUCED),
        (
            "TERR-KAZ/296/2016",
            "remains",
            "2019",
            "the concerns raised by the OSCE/ODIHR in its Preliminary Opinion remain",
        ),
        ("JUD-KAZ/337/2018", "remains", "2019", INTRODUCED),
    ]
    assert [(each.basis.footnote, len(each.basis.words)) for each in found] == [("", 1), ("4", 2), ("", 1)]


@pytest.mark.parametrize("name", MADE)
def test_no_concerns_are_claimed_where_none_are_spoken_of(name: str) -> None:
    assert _claims(name)[1] == ()


@pytest.mark.parametrize("name", MADE)
def test_every_header_is_read(name: str) -> None:
    wanted = expected(name)["submission"]
    found = header.submission(read(name))
    assert (found.state, found.session, found.year) == (wanted["state"], wanted["session"], str(wanted["year"]))
    assert found.symbol == wanted.get("symbol", "")
    member = wanted.get("membership")
    assert (found.membership.role if found.membership else None) == (member["role"] if member else None)
    assert (found.membership.since if found.membership else "") == (str(member.get("since", "")) if member else "")


def test_the_header_of_the_curated_submission() -> None:
    found = header.submission(read(SEED))
    assert (found.state, found.session, found.year) == ("KAZ", 34, "2019")
    assert found.membership
    assert (found.membership.role, found.membership.since) == ("participating-state", "1992")
    assert found.membership.basis.words[0].text == (
        "Kazakhstan has been a participating State in the former Conference for Security and Co-operation in Europe "
        "(CSCE) and the present Organization for Security and Co-operation in Europe (OSCE) since 1992"
    )
