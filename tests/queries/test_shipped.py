"""Rows that the shipped graph must give: the facts of ODIHR's submission for Kazakhstan, and of its reviews."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from uprgraph import resources
from uprgraph.catalog import binding, catalogue
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import XSD, Iri, Literal, Term

from . import harness

BASE = resources.BASE
KAZ = f"{BASE}id/state/KAZ"
ODIHR = f"{BASE}id/organisation/ODIHR"
FOI = f"{BASE}id/opinion/FOI-KAZ-268-2015"
TERR = f"{BASE}id/opinion/TERR-KAZ-296-2016"
JUD = f"{BASE}id/opinion/JUD-KAZ-337-2018"
REPORT = f"{BASE}id/election-report/KAZ-2016-03-20"
SUBMISSION = f"{BASE}id/submission/odihr-KAZ-34"
RELIGION = f"{BASE}code/right/freedom-of-religion-or-belief"
Row = Mapping[str, str]


@cache
def shipped() -> EmbeddedEngine:
    return EmbeddedEngine.shipped()


def term(value: str | int) -> Term:
    return Literal(str(value), f"{XSD}integer") if isinstance(value, int) else Iri(value)


def ask(name: str, **values: str | int) -> list[Row]:
    """Return the rows of a question over the shipped graph, with IRIs and numbers bound to its parameters."""
    question = catalogue.shipped().question(name)
    sparql = binding.bind(question, {parameter: [term(value)] for parameter, value in values.items()})
    header, rows = harness.table(shipped(), question, sparql)
    return [dict(zip(header, row, strict=True)) for row in rows]


def has(rows: list[Row], cells: Row) -> bool:
    """Say whether a row has all of these cells. Those called `..._part` need only be part of the column before that."""
    return any(
        all(
            part in row[column.removesuffix("_part")] if column.endswith("_part") else part == row[column]
            for column, part in cells.items()
        )
        for row in rows
    )


def test_opinions_on_religion_are_terr_and_jud_with_their_words_and_addresses() -> None:
    rows = ask("opinions-by-right", right=RELIGION)
    assert {row["number"] for row in rows} == {"TERR-KAZ/296/2016", "JUD-KAZ/337/2018"}
    for row in rows:
        assert "freedom of religion or belief" in row["quote"]
        assert row["via"] == "finding"
    assert {row["source"] for row in rows} == {
        "http://www.legislationline.org/documents/id/20060",
        "https://www.legislationline.org/documents/id/22298",
    }


def test_opinions_on_access_to_information_are_foi() -> None:
    rows = ask("opinions-by-right", right=f"{BASE}code/right/access-to-information")
    assert {row["number"] for row in rows} == {"FOI-KAZ/268/2015"}


def test_wider_right_takes_in_the_narrower() -> None:
    rows = ask("opinions-by-right", right=f"{BASE}code/right/freedom-of-expression")
    assert {row["number"] for row in rows} == {"FOI-KAZ/268/2015", "TERR-KAZ/296/2016"}


def test_recommendations_on_religion_follow_from_the_finding_that_names_it() -> None:
    rows = ask("recommendations-by-right", right=RELIGION, state=KAZ)
    assert {(row["recommendation"], row["via"]) for row in rows} == {
        (f"{TERR}/recommendation/1", "finding"),
        (f"{TERR}/recommendation/2", "finding"),
    }


@pytest.mark.parametrize(
    ("name", "values", "cells"),
    [
        # Header and background
        (
            "submissions-for-review",
            {},
            {"submission": SUBMISSION, "submittedBy": ODIHR, "state": KAZ, "documents": "7"},
        ),
        ("states-at-session", {"session": 34}, {"state": KAZ, "name": "Kazakhstan"}),
        ("osce-participating-states", {}, {"state": KAZ, "since": "1992"}),
        ("commitments-cited", {"state": KAZ}, {"citing": SUBMISSION, "cited": f"{BASE}id/instrument/ASTANA-2010"}),
        ("mandate-of-an-organisation", {}, {"aspect": "on request of", "value_part": "field operation"}),
        ("mandate-of-an-organisation", {}, {"aspect": "in co-operation with", "value_part": "Venice Commission"}),
        ("mandate-of-an-organisation", {}, {"aspect": "field", "value_part": "Roma and Sinti"}),
        # The three opinions and what became of the texts
        ("opinions", {}, {"opinion": FOI, "type": "opinion", "issued": "2015-05-29", "adoptionStatus": "not adopted"}),
        (
            "opinions",
            {},
            {"opinion": TERR, "type": "preliminary opinion", "adoptionStatus": "adopted", "asOf": "2016-12-22"},
        ),
        ("opinions", {}, {"opinion": JUD, "type": "comments", "issued": "2018-12-27", "kind": "commentary"}),
        (
            "law-adoption",
            {},
            {"opinion": FOI, "status": "not adopted", "claimedBy": ODIHR, "quote_part": "has not been adopted"},
        ),
        ("law-adoption", {}, {"opinion": TERR, "status": "adopted", "quote_part": "adopted on 22 December 2016"}),
        ("concerns-after-adoption", {}, {"number": "TERR-KAZ/296/2016", "adopted": "2016-12-22", "status": "remains"}),
        ("legal-texts-reviewed", {}, {"opinion": JUD, "author": f"{BASE}id/organisation/KAZ-supreme-court"}),
        ("open-concerns", {"state": KAZ}, {"opinion": TERR, "status": "remains", "rights_part": "freedom of movement"}),
        (
            "findings-in-document",
            {"document": FOI},
            {"type": "commendation", "text_part": "welcomed the new Draft Law"},
        ),
        ("findings-in-document", {"document": TERR}, {"principles_part": "specificity of criminal law"}),
        (
            "principles-invoked",
            {},
            {"statement": f"{TERR}/finding/1", "principle": f"{BASE}code/principle/foreseeability"},
        ),
        ("recommendations-in-document", {"document": FOI}, {"text_part": "independent Information Commissioner"}),
        ("recommendations-in-document", {"document": JUD}, {"text_part": "gross and repeated violations"}),
        (
            "fallback-recommendations",
            {},
            {"text_part": "reconsider the criminalization", "fallbackText_part": "circumscribe"},
        ),
        ("facts-in-footnotes", {}, {"footnote": "4", "statement_part": "extremism-and-terrorism/adoption-status"}),
        # Gender equality
        ("statistics-vs-benchmarks", {"state": KAZ}, {"value": "27.1", "benchmarkValue": "28", "gap": "-0.9"}),
        ("statistics-vs-benchmarks", {"state": KAZ}, {"value": "27.1", "benchmarkValue": "30", "gap": "-2.9"}),
        ("gender-audits", {}, {"name": "Nur Otan", "date": "2017", "qualifier": "more than", "recommendations": "20"}),
        ("gender-audits", {}, {"name": "Ak Zhol", "confidentiality": "confidential"}),
        ("action-plans", {}, {"plan_part": "nur-otan", "start": "2018", "end": "2020"}),
        # Elections
        ("elections-observed", {}, {"date": "2016-03-20", "kind_part": "early parliamentary", "source_part": "248781"}),
        ("election-findings", {}, {"type": "commendation", "text_part": "candidate registration was inclusive"}),
        ("election-findings", {}, {"type": "concern", "text_part": "serious procedural errors"}),
        ("stated-counts", {}, {"document": REPORT, "kind": "priority recommendations", "stated": "9", "listed": "10"}),
        ("stated-counts", {}, {"document": REPORT, "kind": "recommendations", "stated": "24", "listsAll": "false"}),
        ("quality-notes", {}, {"target": REPORT, "acknowledges": "count-mismatches"}),
        ("count-mismatches", {}, {"document": REPORT, "stated": "9", "listed": "10"}),
        ("documents", {}, {"document": REPORT, "recommendations": "10"}),
        ("evidence", {"statement": f"{TERR}/finding/2"}, {"document": SUBMISSION, "quote_part": "unduly restrict"}),
        # Reviews
        ("reviews-of-state", {}, {"session": "7", "rows": "129", "start": "2010-02-08"}),
        ("reviews-of-state", {}, {"session": "20", "rows": "198"}),
        ("states-to-wikidata", {"state": KAZ}, {"m49": "398", "wikidata": "http://www.wikidata.org/entity/Q232"}),
        (
            "repeated-recommendations",
            {},
            {
                "recommender": f"{BASE}id/state/CZE",
                "issue_part": "issue/justice",
                "earlier": "2",
                "supportedLater": "1",
            },
        ),
        (
            "first-time-recommenders",
            {},
            {"session": "20", "recommender": f"{BASE}id/state/UZB", "recommendations": "2"},
        ),
        (
            "region-flow",
            {},
            {"recommendingGroup_part": "WEOG", "reviewedGroup_part": "Asia", "rows": "113", "recommendations": "110"},
        ),
        (
            "action-categories-by-session",
            {"state": KAZ},
            {"session": "20", "label": "specific action", "recommendations": "73", "total": "189", "share": "38.6"},
        ),
        (
            "opinion-uptake",
            {"right": RELIGION},
            {"opinion": TERR, "session": "20", "timing": "before the opinion", "quote_part": "unduly restrict"},
        ),
        (
            "neglected-concerns",
            {},
            {
                "opinion": TERR,
                "right_part": "freedom-of-movement",
                "reviews": "all recorded reviews",
                "nextSession": "",
            },
        ),
        (
            "instruments-by-right",
            {},
            {"namedRight": RELIGION, "instrument": f"{BASE}id/instrument/ICCPR", "article": "18"},
        ),
        ("issues-to-rights", {"right": RELIGION}, {"issue_part": "freedom-of-religion", "counted": "true"}),
    ],
)
def test_fact_is_answered(name: str, values: dict[str, str | int], cells: dict[str, str]) -> None:
    assert has(ask(name, **values), cells)


QUOTED = [each.name for each in harness.questions() if "quotedFrom" in each.columns]


@pytest.mark.parametrize("name", QUOTED)
def test_every_row_shows_the_words_it_rests_on_and_whose_they_are(name: str) -> None:
    rows = ask(name, state=KAZ) if name == "osce-participating-states" else ask(name)
    without = [row for row in rows if not row["quote"] or "submission" not in row["quotedFrom"]]
    if name == "state-dossier":
        without = [row for row in without if row["kind"] != "review" and not row["item"].endswith("/UN-KAZ")]
    assert rows
    assert not without


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("opinions-by-right", ("statement", "namedRight")),
        ("findings-by-right", ("finding", "namedRight")),
        ("recommendations-by-right", ("recommendation", "namedRight")),
        ("election-findings", ("finding",)),
        ("principles-invoked", ("principle", "statement")),
        ("mandate-of-an-organisation", ("activity", "aspect", "value")),
        ("law-adoption", ("law", "status", "asOf", "claimedIn", "opinion")),
        ("action-plans", ("plan", "basedOn")),
        ("gender-audits", ("audit", "report")),
        ("state-dossier", ("kind", "item")),
    ],
)
def test_one_row_is_one_thing_however_many_passages_it_rests_on(name: str, columns: tuple[str, ...]) -> None:
    keys = [tuple(row[column] for column in columns) for row in ask(name)]
    assert keys
    assert len(keys) == len(set(keys))


def test_statements_stand_in_the_order_of_their_document() -> None:
    rows = ask("principles-invoked", principle=f"{BASE}code/principle/electoral-integrity")
    positions = [int(row["position"]) for row in rows if row["document"] == REPORT]
    assert positions == sorted(positions)
    findings = [row["item"] for row in ask("state-dossier") if row["item"].startswith(f"{REPORT}/finding/")]
    assert findings == [f"{REPORT}/finding/{number}" for number in range(1, 13)]


def test_words_of_the_report_are_told_from_those_of_the_submission() -> None:
    assert {row["reportedAs"] for row in ask("priority-recommendations")} == {"summary"}
    assert "quotation" in {row["reportedAs"] for row in ask("election-findings")}


@pytest.mark.parametrize("name", ["law-adoption", "opinions"])
def test_doubt_about_the_access_to_information_law_is_beside_the_claim(name: str) -> None:
    column = "law" if name == "law-adoption" else "reviewed"
    draft = f"{BASE}id/legal-text/KAZ-draft-law-on-access-to-information"
    rows = [row for row in ask(name) if row[column] == draft]
    assert rows
    assert all("Other sources disagree" in row["doubt"] and row["asOf"] == "2019" for row in rows)


def test_footnote_tells_more_than_the_text_of_one_adoption() -> None:
    rows = ask("facts-in-footnotes")
    assert {row["onlyInFootnote"] for row in rows} == {"true", "false"}
    assert has(rows, {"statement": SUBMISSION, "onlyInFootnote": "false"})
    assert has(rows, {"statement_part": "extremism-and-terrorism/adoption-status", "onlyInFootnote": "true"})


@pytest.mark.parametrize(
    ("right", "issue"),
    [
        ("freedom-of-expression", "freedom-of-opinion-and-expression"),
        ("freedom-of-peaceful-assembly", "freedom-of-association-and-peaceful-assembly"),
        ("freedom-of-association", "freedom-of-association-and-peaceful-assembly"),
        ("equality-of-women-and-men", "women-s-rights"),
        ("independent-and-impartial-tribunal", "justice"),
        ("freedom-from-arbitrary-detention", "detention"),
    ],
)
def test_wider_issues_are_found_and_kept_apart(right: str, issue: str) -> None:
    iri = f"{BASE}code/right/{right}"
    single = ask("review-recommendations-by-right", state=KAZ, right=iri)
    wider = [row for row in single if row["issue"] == f"{BASE}code/upr-info-issue/{issue}"]
    assert wider
    assert {row["issueMatch"] for row in wider} == {"wider"}
    assert not any(row["issue"].endswith("/cp-rights-general") for row in single)
    for row in ask("reviews-and-opinions-by-right", state=KAZ, right=iri):
        at_session = [
            each for each in single if (each["session"], each["issueMatch"]) == (row["session"], row["issueMatch"])
        ]
        for response in ("supported", "noted"):
            found = {each["recommendation"] for each in at_session if each["response"] == response}
            assert str(len(found)) == row[response]
    recommenders = ask("recommending-states", state=KAZ, right=iri)
    assert {row["issueMatch"] for row in recommenders} == {row["issueMatch"] for row in single}


def test_opinion_without_recommendations_on_its_right_is_listed() -> None:
    rows = ask("reviews-and-opinions-by-right", right=f"{BASE}code/right/no-punishment-without-law")
    nothing = {"supported": "0", "noted": "0", "recommendingStates": "0"}
    assert has(rows, {"state": KAZ, "opinions": "1", "session": "", "issueMatch": "same or narrower", **nothing})


def test_all_ten_listed_priority_recommendations_are_there_in_order() -> None:
    rows = ask("priority-recommendations", state=KAZ)
    assert [row["position"] for row in rows] == [str(number) for number in range(1, 11)]
    assert has(rows, {"text_part": "independent candidates", "rights_part": "right to stand for election"})
    assert all(row["rights"] for row in rows)


def test_rows_and_recommendations_of_kazakhstan_are_those_of_the_export() -> None:
    sessions = ask("acceptance-by-session", state=KAZ)
    totals = {
        name: sum(int(row[name]) for row in sessions)
        for name in ("rows", "recommendations", "supportedRows", "notedRows")
    }
    assert totals == {"rows": 327, "recommendations": 318, "supportedRows": 269, "notedRows": 58}
    categories = ask("action-categories", state=KAZ)
    assert sum(int(row["rows"]) for row in categories) == 327
    recommenders = ask("acceptance-by-recommender", state=KAZ)
    assert sum(int(row["recommendations"]) for row in recommenders) == 327
    assert sum(int(row["rows"]) for row in ask("region-flow")) == 327
    by_session = ask("action-categories-by-session", state=KAZ)
    assert sum(int(row["recommendations"]) for row in by_session) == 318


def test_questions_about_one_right_agree_with_each_other() -> None:
    both = ask("reviews-and-opinions-by-right", state=KAZ, right=RELIGION)
    single = ask("review-recommendations-by-right", state=KAZ, right=RELIGION)
    assert both
    for row in both:
        at_session = [each for each in single if each["session"] == row["session"]]
        for response in ("supported", "noted"):
            found = {each["recommendation"] for each in at_session if each["response"] == response}
            assert str(len(found)) == row[response]
        assert str(len({each["madeBy"] for each in at_session})) == row["recommendingStates"]
        assert row["opinions"] == "2"
    by_state = ask("rights-by-state", state=KAZ, right=RELIGION)
    assert [row["opinions"] for row in by_state] == ["2"]


def test_dossier_of_kazakhstan_has_every_kind_of_thing() -> None:
    kinds = {row["kind"] for row in ask("state-dossier")}
    assert kinds >= {
        *(
            "submission",
            "legal opinion",
            "finding",
            "recommendation",
            "legal text",
            "adoption status",
            "concern status",
        ),
        *("election", "election observation", "election report", "gender audit", "gender audit report", "action plan"),
        *("statistic", "stated count", "membership", "review"),
    }


# What they ask about is in no shipped graph: themes, goals, groups of persons and matches come with imports.
ONLY_IMPORTED = {
    *("disputed-responses", "recommendation-matches", "recommendations-to-groups", "reviews-by-goal"),
    *("treaty-body-recommendations", "drafts-to-review"),
}


@pytest.mark.parametrize("name", [each.name for each in harness.questions()])
def test_every_question_has_an_answer_as_it_stands(name: str) -> None:
    assert bool(ask(name)) == (name not in ONLY_IMPORTED)
