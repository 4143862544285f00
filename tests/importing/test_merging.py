from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st
from tests.importing.conftest import EXPORT, INDEX, MATRIX, REPORT, SOURCES, WORDS, record, state

from uprgraph.importing.merging import Node, answering, merge
from uprgraph.sources.records import Record
from uprgraph.sources.upr_info import text_key

NONE: frozenset[str] = frozenset()


def merged(*records: Record, shipped: frozenset[str] = NONE) -> list[Node]:
    return merge(records, SOURCES, shipped)


def test_a_recommendation_in_two_sources_is_one_named_by_the_first() -> None:
    (node,) = merged(record(REPORT, "95.1", paragraph="95.1"), record())
    assert node.part == text_key(WORDS)
    assert node.draft is not None
    assert node.draft.first.dataset == EXPORT
    assert [(link.draft.part, link.score, link.method) for link in node.links] == [("95.1", 1.0, "exact-text")]


def test_the_order_of_the_records_does_not_matter() -> None:
    records = [record(), record(REPORT, "95.1", paragraph="95.1"), record(INDEX, "7", paragraph="95.1")]
    for order in permutations(records):
        (node,) = merged(*order)
        assert [draft.first.dataset for draft in node.drafts] == [EXPORT, REPORT, INDEX]


def test_other_texts_stay_apart() -> None:
    nodes = merged(record(), record(REPORT, "95.1", paragraph="95.1", text="Abolish the death penalty"))
    assert [node.part for node in nodes] == [text_key(WORDS), "95.1"]


def test_what_the_shipped_graph_has_is_not_named_anew() -> None:
    (node,) = merged(record(REPORT, "95.1", paragraph="95.1"), shipped=frozenset({text_key(WORDS)}))
    assert node.part == text_key(WORDS)
    assert node.draft is None
    assert len(node.links) == 1


def test_a_pending_response_gives_way_to_a_given_one() -> None:
    report = record(REPORT, "95.1", paragraph="95.1", response="pending", source_response="will be examined")
    matrix = record(MATRIX, "95.1", paragraph="95.1", response="noted", source_response="Noted")
    (node,) = merged(report, matrix)
    found = answering(node, SOURCES)
    assert found is not None
    assert found.first.source_response == "Noted"
    assert node.part == "95.1"


def test_where_sources_disagree_the_response_of_upr_info_counts() -> None:
    report = record(REPORT, "95.1", paragraph="95.1", response="noted", source_response="noted")
    (node,) = merged(report, record())
    found = answering(node, SOURCES)
    assert found is not None
    assert found.first.dataset == EXPORT


def test_no_response_is_no_response() -> None:
    (node,) = merged(record(response=None, source_response=None))
    assert answering(node, SOURCES) is None


def test_two_committees_may_use_the_same_words() -> None:
    other = "uhri-other"
    of_body = {"kind": "treaty-body", "session": None, "response": None, "source_response": None}
    nodes = merge(
        [record(INDEX, "1", by=("AUT",), **of_body), record(other, "2", by=("BEL",), **of_body)],
        {INDEX: "uhri", other: "uhri"},
        NONE,
    )
    assert [(node.part, node.links) for node in nodes] == [("1", []), ("2", [])]
    again = merge(
        [record(INDEX, "1", **of_body), record(other, "1", **of_body | {"text": WORDS + " now"})],
        {INDEX: "uhri", other: "uhri"},
        NONE,
    )
    assert [(node.part, len(node.drafts), node.links) for node in again] == [("1", 2, [])]


texts = st.sampled_from([WORDS, "Abolish the death penalty", "Adopt a law on asylum", "Invite all special procedures"])
makers = st.sampled_from(["AUT", "BEL", "CAN"])


@given(st.lists(st.tuples(st.sampled_from([EXPORT, REPORT, INDEX]), texts, makers), max_size=12))
def test_nothing_is_lost_whatever_the_records(given_records: list[tuple[str, str, str]]) -> None:
    records = [
        record(dataset, str(number), by=(maker,), text=words)
        for number, (dataset, words, maker) in enumerate(given_records)
    ]
    nodes = merged(*records)
    held = [each for node in nodes for draft in node.drafts for each in draft.records]
    assert sorted(each.part for each in held) == sorted(each.part for each in records)
    assert len({node.part for node in nodes}) == len(nodes)
    said = {(each.text, maker) for each in records for maker in each.recommenders}
    kept = {(node.draft.first.text, m) for node in nodes if node.draft for d in node.drafts for m in d.recommenders}
    assert kept == said
    assert all(maker in {state("AUT"), state("BEL"), state("CAN")} for _, maker in kept)
