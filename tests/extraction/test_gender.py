from __future__ import annotations

import pytest
from bench.extraction_expected import expected, names

from uprgraph.extraction.gender import audits
from uprgraph.extraction.statements import Audit, Plan

from .reported import document, written


def of(*paragraphs: str) -> tuple[tuple[Audit, ...], tuple[Plan, ...]]:
    return audits(written(*paragraphs, heading="Gender Equality"))


@pytest.mark.parametrize("name", names())
def test_every_audit_and_plan_of_the_documents_is_found_and_no_other(name: str) -> None:
    found, plans = audits(document(name))
    wanted = expected(name).draft
    assert sorted((each.organisation, each.year) for each in found) == sorted(
        (each.organisation, each.year) for each in wanted.audits
    )
    assert sorted((each.organisation, each.start, each.end) for each in plans) == sorted(
        (each.organisation, each.start, each.end) for each in wanted.plans
    )


def test_the_reports_of_the_seed_are_confidential_and_its_plans_dated() -> None:
    found, plans = audits(document("KAZ-34"))
    assert {each.confidential for each in found} == {True}
    assert {each.created for each in plans} == {"2018"}


def test_the_words_of_an_audit_leave_out_what_it_found() -> None:
    found, _ = audits(document("KAZ-34"))
    assert found[0].basis.words[0].text.endswith("ODIHR conducted a gender audit of these parties")


def test_a_public_report_is_not_confidential() -> None:
    [found], _ = audits(document("SVN-34-gender"))
    assert not found.confidential


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In 2020, ODIHR carried out a gender audit of the Supreme Council.", [("Supreme Council", "2020")]),
        ("A gender audit of the Supreme Council was carried out in 2020.", [("Supreme Council", "2020")]),
        (
            "In 2021 three parties (The Greens, New Dawn and Unity) underwent gender audits.",
            [("Greens", "2021"), ("New Dawn", "2021"), ("Unity", "2021")],
        ),
        ("ODIHR recommended a gender audit of the Supreme Council.", []),
        ("A gender audit of the Supreme Council is needed.", []),
    ],
)
def test_audits(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(each.organisation, each.year) for each in of(text)[0]] == wanted


def test_an_organisation_that_is_not_named_is_doubted() -> None:
    [found], _ = of("In 2020, ODIHR carried out a gender audit of two political parties.")
    assert found.organisation == "two political parties"
    assert "does not name" in found.basis.doubt
    assert found.basis.confidence <= 0.5


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "In June 2020 the Supreme Council adopted a gender action plan for 2021-2024.",
            [("Supreme Council", "2020-06", "2021", "2024")],
        ),
        ("Parliament has not yet adopted a gender action plan.", []),
        ("ODIHR recommended that Parliament adopt a gender equality action plan.", []),
        ("The Ministry of Health adopted an action plan on vaccines.", []),
    ],
)
def test_plans(text: str, wanted: list[tuple[str, str, str, str]]) -> None:
    assert [(each.organisation, each.created, each.start, each.end) for each in of(text)[1]] == wanted
