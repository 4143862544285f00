"""The package's own queries that pages need, over small graphs."""

from __future__ import annotations

from collections.abc import Callable

from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.graph import Graph
from uprgraph.server.jobs import Dataset, pages
from uprgraph.server.jobs.tables import table

BASE = "https://w3id.org/uprgraph/"
EngineOf = Callable[[str], EmbeddedEngine]


def test_things_are_called_by_their_label_then_their_title_then_their_words(engine_of: EngineOf) -> None:
    long = "word " * 50
    graph = Graph(
        engine_of(
            f"""
            <{BASE}id/x/a> rdfs:label "Étiquette"@fr, "Label"@en ; dcterms:title "A title"@en .
            <{BASE}id/x/b> dcterms:title "Title"@en ; upr:text "words"@en .
            <{BASE}id/x/c> upr:text "{long}"@en .
            <{BASE}id/x/d> oa:hasSelector [ oa:exact "quoted" ] .
            <{BASE}id/x/e> skos:prefLabel "Nur Deutsch"@de .
            <{BASE}id/x/f> upr:number 1 .
            """
        ),
        (),
    )
    found = pages.names(graph, [f"{BASE}id/x/{each}" for each in "abcdef"] + ["http://example.org/"])
    cut = found.pop(f"{BASE}id/x/c")
    assert (len(cut) <= 162, cut[-2:]) == (True, " …")
    assert found == {
        f"{BASE}id/x/a": "Label",
        f"{BASE}id/x/b": "Title",
        f"{BASE}id/x/d": "quoted",
        f"{BASE}id/x/e": "Nur Deutsch",
    }


def test_names_are_asked_for_in_batches(engine_of: EngineOf) -> None:
    turtle = "".join(f'<{BASE}id/x/{number}> rdfs:label "{number}"@en .\n' for number in range(450))
    found = pages.names(Graph(engine_of(turtle), ()), [f"{BASE}id/x/{number}" for number in range(450)])
    assert len(found) == 450


def test_counts_are_of_things_of_exactly_the_class(engine_of: EngineOf) -> None:
    turtle = f"""
        <{BASE}id/x/a> a upr:LegalOpinion, upr:Document . <{BASE}id/x/b> a upr:LegalOpinion .
        <{BASE}id/review/KAZ-1/recommendation/1> a upr:ReviewRecommendation .
    """
    counts = pages.counts(Dataset(Graph(engine_of(turtle), ()), None, ""))
    assert (counts.things["upr:LegalOpinion"], counts.things["upr:ReviewRecommendation"]) == (2, 1)
    assert (counts.things["upr:Recommendation"], counts.recommendations, counts.rows) == (0, 0, 0)


def test_states_are_listed_with_what_is_recorded(engine_of: EngineOf) -> None:
    turtle = f"""
        <{BASE}id/state/AAA> a upr:State ; rdfs:label "Aland"@en, "Terre A"@fr ; upr:iso3 "AAA" .
        <{BASE}id/state/BBB> a upr:State ; rdfs:label "Bland"@en ; upr:iso3 "BBB" .
        <{BASE}id/opinion/1> upr:concernsState <{BASE}id/state/AAA> .
        <{BASE}id/opinion/1/finding/1> upr:statedIn <{BASE}id/opinion/1> ; upr:position 1 .
        <{BASE}id/opinion/1/finding/2> upr:statedIn <{BASE}id/opinion/1> ; upr:position 2 .
        <{BASE}id/opinion/1/count/1> upr:statedIn <{BASE}id/opinion/1> .
        <{BASE}id/review/AAA-1> upr:stateUnderReview <{BASE}id/state/AAA> .
        <{BASE}id/review/AAA-1/recommendation/1> upr:inReview <{BASE}id/review/AAA-1> ;
          upr:addressedTo <{BASE}id/state/AAA> ; upr:madeBy <{BASE}id/state/BBB> .
    """
    rows = pages.states(Dataset(Graph(engine_of(turtle), ()), None, ""))
    assert [tuple(row.values()) for row in rows] == [
        (f"{BASE}id/state/AAA", "Aland", "AAA", 1, 2, 1, 1),
        (f"{BASE}id/state/BBB", "Bland", "BBB", 0, 0, 0, 0),
    ]


def test_a_chart_has_the_rows_with_the_largest_sums(shipped: Graph) -> None:
    dataset = Dataset(shipped, None, "")
    found = table(dataset, name="acceptance-by-issue", given={}, count=5, drawn=("supported", "noted"))
    assert found.drawn is not None
    sums = [int(str(row.supported)) + int(str(row.noted)) for row in found.drawn]
    assert sums == sorted(sums, reverse=True)
    assert (len(found.results), found.total) == (5, 43)
    assert table(dataset, name="acceptance-by-issue", given={}).drawn is None
