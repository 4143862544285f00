from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace

import pyoxigraph as ox
import pytest
from tests.importing.conftest import EXPORT, INDEX, MATRIX, REPORT, SOURCES, WORDS, dataset, record, response, state

from uprgraph.importing.convert import Context, Converted, convert
from uprgraph.importing.spool import Unit, unit_of
from uprgraph.resources import BASE
from uprgraph.sources.records import Quote, Record
from uprgraph.sources.upr_info import text_key
from uprgraph.vocabulary import expand

AFG = f"{BASE}id/review/AFG-5/recommendation/"
KEY = text_key(WORDS)


def converted(*records: Record) -> Converted:
    keys = {each.dataset for each in records}
    return convert(
        Unit(unit_of(records[0]), records, {key: dataset(key) for key in keys}, {key: SOURCES[key] for key in keys})
    )


def quads(found: Converted) -> list[ox.Quad]:
    return list(ox.parse(found.quads, format=ox.RdfFormat.N_QUADS))


def values(found: Sequence[ox.Quad], subject: str, name: str) -> set[str]:
    return {
        quad.object.value for quad in found if quad.subject.value == subject and quad.predicate.value == expand(name)
    }


def graphs(found: Sequence[ox.Quad], subject: str, name: str) -> set[str]:
    return {
        quad.graph_name.value.removeprefix(f"{BASE}graph/")
        for quad in found
        if quad.subject.value == subject and quad.predicate.value == expand(name)
    }


def test_a_row_becomes_a_recommendation_with_its_words_and_row() -> None:
    found = quads(converted(record(row=17, action=expand("code:action-category/4"), issues=(expand("issue:justice"),))))
    said = {quad.predicate.value: quad.object.value for quad in found if quad.subject.value == AFG + KEY}
    assert said == {
        expand("rdf:type"): expand("upr:ReviewRecommendation"),
        expand("upr:inReview"): f"{BASE}id/review/AFG-5",
        expand("upr:addressedTo"): state("AFG"),
        expand("upr:madeBy"): state("AUT"),
        expand("upr:text"): WORDS,
        expand("upr:response"): response("supported"),
        expand("upr:sourceResponse"): "Accepted",
        expand("upr:actionCategory"): expand("code:action-category/4"),
        expand("upr:categorisedBy"): expand("organisation:UPR-Info"),
        expand("upr:sourceIssue"): expand("issue:justice"),
        expand("upr:sourceRow"): "17",
        expand("dcterms:source"): f"{BASE}id/dataset/{EXPORT}",
    }


def test_what_conforms_has_no_problems() -> None:
    quote = Quote(f"{WORDS} (Austria, Belgium)", 100, 186, "paragraph 95.1")
    report = record(REPORT, "95.1", paragraph="95.1", by=("AUT", "BEL"), quote=quote)
    matrix = record(
        MATRIX,
        "95.1",
        paragraph="95.1",
        themes=(expand("code:uhri-theme/enforced-disappearances"),),
        goals=("http://metadata.un.org/sdg/16",),
    )
    found = converted(report, record(row=3), matrix)
    assert found.problems == ()
    assert found.recommendations == 1
    assert found.matches == 2
    statements = quads(found)
    assert values(statements, AFG + KEY, "upr:evidence") == {f"{BASE}id/document/{REPORT}/passage/95-1"}
    assert values(statements, f"{BASE}id/document/{REPORT}/passage/95-1#quote", "oa:exact") == {quote.words}
    assert graphs(statements, AFG + KEY, "upr:sourceTheme") == {MATRIX}
    assert graphs(statements, AFG + KEY, "upr:response") == {EXPORT}
    assert graphs(statements, AFG + KEY, "upr:madeBy") == {EXPORT, REPORT}
    assert not values(statements, AFG + KEY, "upr:paragraph"), "its number is that of the match"
    match = f"{BASE}id/match/{REPORT}/AFG-5/95.1/{KEY}"
    assert values(statements, match, "upr:matchedAs") == {f"{AFG}95.1"}
    assert values(statements, match, "upr:matchScore") == {"1.000"}


def test_what_shacl_has_against_it_is_reported_and_kept() -> None:
    found = converted(record(by=("AFG",)))
    (problem,) = found.problems
    assert (problem.place, problem.column, problem.outcome) == (AFG + KEY, "upr:madeBy", "kept")
    assert "is the State under review itself" in problem.reason
    assert values(quads(found), AFG + KEY, "upr:madeBy") == {state("AFG")}


def test_no_statement_stands_in_two_graphs() -> None:
    found = quads(converted(record(), record(REPORT, "95.1", paragraph="95.1"), record(INDEX, "7", paragraph="95.1")))
    triples = [quad.triple for quad in found]
    assert len(set(triples)) == len(triples)


def test_what_the_shipped_graph_states_is_not_stated_again(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = quads(converted(record()))
    of_it = [quad.triple for quad in alone if quad.subject.value == AFG + KEY]
    stated = frozenset(triple for triple in of_it if triple.predicate.value != expand("upr:text"))
    review = f"{BASE}id/review/AFG-5"
    knowing = replace(Context.load(), stated={review: stated}, recommendations={review: frozenset([KEY])})
    monkeypatch.setattr(Context, "load", lambda: knowing)
    (text,) = [quad for quad in quads(converted(record())) if quad.subject.value == AFG + KEY]
    assert text.object.value == WORDS
    of_report = converted(record(REPORT, "95.1", paragraph="95.1", by=("BEL",)))
    assert of_report.problems == ()
    assert values(quads(of_report), AFG + KEY, "upr:madeBy") == {state("BEL")}
    assert not values(quads(of_report), AFG + KEY, "upr:response"), "the shipped graph has one"


def test_a_review_that_the_calendar_lacks_is_described() -> None:
    found = quads(converted(record(session=51)))
    assert values(found, f"{BASE}id/review/AFG-51", "rdfs:label") == {"Review of Afghanistan, 51st session"}
    assert values(found, f"{BASE}id/review/AFG-51", "upr:inSession") == {f"{BASE}id/session/51"}


def test_a_pending_response_is_kept_with_the_source_that_gives_it() -> None:
    report = record(REPORT, "95.1", paragraph="95.1", response="pending", source_response="will be examined")
    matrix = record(MATRIX, "95.1", paragraph="95.1", response="noted", source_response="Noted")
    found = quads(converted(report, matrix))
    assert values(found, f"{AFG}95.1", "upr:response") == {response("noted")}
    own = f"{BASE}id/match/{REPORT}/AFG-5/95.1/95.1"
    assert values(found, own, "upr:sourceResponse") == {"will be examined"}


def test_a_treaty_body_recommends_outside_reviews() -> None:
    given = record(
        INDEX, "123", kind="treaty-body", session=None, response=None, source_response=None, by=(), body="CCPR"
    )
    found = converted(given)
    assert found.problems == ()
    kinds = values(quads(found), f"{BASE}id/uhri/123", "rdf:type")
    assert kinds == {expand("upr:TreatyBodyRecommendation")}


def test_the_same_unit_gives_the_same_bytes_and_can_travel() -> None:
    records = (record(), record(REPORT, "95.1", paragraph="95.1"))
    found = converted(*records)
    again = pickle.loads(pickle.dumps(converted(*reversed(records))))  # noqa: S301 - our own
    assert again == found
    assert found.quads.splitlines() == sorted(found.quads.splitlines())


@pytest.mark.parametrize("words", ["“Quotes” & <tags>\u2028", 'a "b" \\ c', "\U0001d518 \U0001f600", "\u0000"])
def test_hard_words_stay_what_they_are(words: str) -> None:
    found = quads(converted(record(text=words)))
    assert {quad.object.value for quad in found if quad.predicate.value == expand("upr:text")} == {words}
