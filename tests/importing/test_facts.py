from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple
from tests.sources.test_upr_info import ESP, GOOD, HUN, KAZ, NOTED, SUPPORTED, changed, read

from uprgraph import resources
from uprgraph.importing import facts
from uprgraph.sources import upr_info
from uprgraph.sources.known import Known
from uprgraph.sources.records import Record
from uprgraph.sources.statements import to_turtle
from uprgraph.vocabulary import expand


def objects(triples: list[Triple], predicate: str) -> Counter[str]:
    return Counter(str(triple.object.value) for triple in triples if triple.predicate.value == expand(predicate))


def test_one_text_by_two_states_is_one_recommendation_known_by_its_hash(tmp_path: Path) -> None:
    triples = list(facts.statements(read(tmp_path, GOOD, changed(From="Hungary", Text="Do this."))))
    key = sha256(b"Do this.").hexdigest()[:12]
    assert {triple.subject for triple in triples} == {NamedNode(expand(f"review:KAZ-20/recommendation/{key}"))}
    assert objects(triples, "upr:madeBy") == {ESP: 1, HUN: 1}
    assert set(objects(triples, "upr:response")) == {expand("code:response/supported")}
    assert set(objects(triples, "upr:sourceResponse")) == {"Accepted"}
    assert set(objects(triples, "upr:actionCategory")) == {expand("code:action-category/4")}
    assert "Do this." not in to_turtle(triples)


def test_one_text_at_two_sessions_is_two_recommendations(tmp_path: Path) -> None:
    triples = list(facts.statements(read(tmp_path, GOOD, changed(Session="7"))))
    assert len({triple.subject for triple in triples}) == 2


def test_issues_of_all_rows_of_a_recommendation_are_its_issues(tmp_path: Path) -> None:
    triples = list(facts.statements(read(tmp_path, GOOD, changed(From="Hungary", Issue="HIV - Aids"))))
    assert len({triple.subject for triple in triples}) == 1
    assert set(objects(triples, "upr:sourceIssue")) == {expand("issue:justice"), expand("issue:hiv-aids")}


@pytest.mark.parametrize("other", [{"Response": "Noted"}, {"Action": "5"}])
def test_one_text_with_two_answers_is_two_recommendations_each_with_its_states(
    tmp_path: Path, other: dict[str, str]
) -> None:
    rows = read(tmp_path, GOOD, changed(From="Hungary", **other))
    triples = list(facts.statements(rows))
    assert len({triple.subject for triple in triples}) == 2
    for subject in {triple.subject for triple in triples}:
        of_one = [triple for triple in triples if triple.subject == subject]
        assert len(objects(of_one, "upr:response")) == 1
        assert len(objects(of_one, "upr:actionCategory")) == 1
        assert len(objects(of_one, "upr:madeBy")) == 1
    assert set(triples) == set(facts.statements(reversed(rows)))


def test_the_word_for_a_response_does_not_change_the_hash(tmp_path: Path) -> None:
    newer = read(tmp_path, changed(Response="Supported"), changed(From="Hungary", Response="Noted"))
    older = read(tmp_path, GOOD, changed(From="Hungary", Response="Noted"))
    subjects = {triple.subject for triple in facts.statements(newer)}
    assert subjects == {triple.subject for triple in facts.statements(older)}
    key = sha256(b"Do this.\nAccepted\n4").hexdigest()[:12]
    assert NamedNode(expand(f"review:KAZ-20/recommendation/{key}")) in subjects


@pytest.mark.shared_data
def test_the_committed_file_is_what_the_export_gives(shared_files: Path) -> None:
    path = shared_files / "upr-info" / "recommendations-s01-20.csv"
    dataset = upr_info.describe(range(1, 21))
    found = (each for each in upr_info.read(path, Known.load()) if isinstance(each, Record))
    ours = [replace(each, dataset=dataset.key) for each in found if each.state == KAZ]
    assert Counter((each.session, each.source_response, each.response) for each in ours) == {
        (7, "Accepted", SUPPORTED): 122,
        (7, "Noted", NOTED): 7,
        (20, "Accepted", SUPPORTED): 147,
        (20, "Noted", NOTED): 51,
    }
    written = to_turtle(chain(facts.description(dataset), facts.statements(ours)))
    assert written == (resources.data() / "upr-info" / "KAZ.ttl").read_text(encoding="utf-8")
