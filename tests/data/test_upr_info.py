"""The facts of Kazakhstan's reviews as they are shipped: counts that the export announces, and no loose ends."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import RdfFormat, Store

from uprgraph import resources, turtle
from uprgraph.vocabulary import prefixes

FILE = "data/upr-info/KAZ.ttl"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    for name in (FILE, "data/reference/states.ttl", "data/reference/sessions.ttl", "data/reference/organisations.ttl"):
        store.load(path=str(resources.root() / name), format=RdfFormat.TURTLE)
    for path in (resources.ontology() / "codelists").glob("*.ttl"):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return store


def count(store: Store, pattern: str) -> int:
    found = store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}", prefixes=prefixes())
    return int(next(iter(found))["n"].value)


def test_the_file_is_in_canonical_form() -> None:
    assert turtle.format_files([resources.root() / FILE], check=True) == []


def test_recommendations_and_rows_are_counted_apart(store: Store) -> None:
    assert count(store, "?r a upr:ReviewRecommendation") == 318
    assert count(store, "?r a upr:ReviewRecommendation ; upr:madeBy ?state") == 327


@pytest.mark.parametrize(
    ("session", "response", "rows"), [(7, "supported", 122), (7, "noted", 7), (20, "supported", 147), (20, "noted", 51)]
)
def test_rows_by_session_and_response(store: Store, session: int, response: str, rows: int) -> None:
    answer = f"<https://w3id.org/uprgraph/code/response/{response}>"
    pattern = f"?r upr:madeBy ?state ; upr:response {answer} ; upr:inReview/upr:inSession session:{session}"
    assert count(store, pattern) == rows


@pytest.mark.parametrize(
    "single",
    [
        "upr:inReview",
        "upr:addressedTo",
        "upr:response",
        "upr:sourceResponse",
        "upr:actionCategory",
        "upr:categorisedBy",
        "dcterms:source",
    ],
)
def test_every_recommendation_has_one_value(store: Store, single: str) -> None:
    assert count(store, f"?r a upr:ReviewRecommendation ; {single} ?value") == 318
    assert count(store, f"?r a upr:ReviewRecommendation FILTER NOT EXISTS {{ ?r {single} ?value }}") == 0


def test_every_recommendation_has_an_issue_and_a_state_that_made_it(store: Store) -> None:
    for predicate in ("upr:sourceIssue", "upr:madeBy"):
        assert count(store, f"?r a upr:ReviewRecommendation FILTER NOT EXISTS {{ ?r {predicate} ?x }}") == 0


@pytest.mark.parametrize(
    ("predicate", "kind"),
    [
        ("upr:madeBy", "upr:State"),
        ("upr:addressedTo", "upr:State"),
        ("upr:inReview", "upr:Review"),
        ("upr:categorisedBy", "upr:Organisation"),
        ("upr:sourceIssue", "skos:Concept"),
        ("upr:response", "skos:Concept"),
        ("upr:actionCategory", "skos:Concept"),
        ("dcterms:source", "dcat:Dataset"),
    ],
)
def test_what_a_recommendation_leads_to_is_described(store: Store, predicate: str, kind: str) -> None:
    pattern = f"?r a upr:ReviewRecommendation ; {predicate} ?x FILTER NOT EXISTS {{ ?x a {kind} }}"
    assert count(store, pattern) == 0


def test_sentences_are_not_ours_to_ship(store: Store) -> None:
    assert count(store, "?r a upr:ReviewRecommendation ; upr:text ?text") == 0


def test_the_addressee_is_the_state_under_review(store: Store) -> None:
    pattern = "?r upr:addressedTo ?state ; upr:inReview/upr:stateUnderReview ?other FILTER(?state != ?other)"
    assert count(store, pattern) == 0
    assert count(store, "?r a upr:ReviewRecommendation ; upr:addressedTo state:KAZ") == 318


def test_an_issue_is_known_by_its_label_in_lower_case_and_hyphens(store: Store) -> None:
    pattern = "?issue skos:inScheme code:upr-info-issue ; skos:notation ?label"
    found = list(store.query(f"SELECT ?issue ?label WHERE {{ {pattern} }}", prefixes=prefixes()))
    assert len(found) == 54
    for solution in found:
        slug = re.sub("[^a-z0-9]+", "-", solution["label"].value.lower()).strip("-")
        assert solution["issue"].value == prefixes()["issue"] + slug
