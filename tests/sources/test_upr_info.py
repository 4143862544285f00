from __future__ import annotations

from collections import Counter
from hashlib import sha256
from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from uprgraph import resources
from uprgraph.errors import InvalidDataError
from uprgraph.sources import upr_info
from uprgraph.sources.statements import to_turtle
from uprgraph.sources.states import StateNames
from uprgraph.vocabulary import expand

HEADER = "To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session"
KAZ, ESP, HUN = (expand(f"state:{iso3}") for iso3 in ("KAZ", "ESP", "HUN"))
KNOWN = upr_info.Known(
    StateNames([("Kazakhstan", KAZ), ("Spain", ESP), ("Hungary", HUN)]),
    {"Justice": expand("issue:justice"), "HIV - Aids": expand("issue:hiv-aids")},
    frozenset({7, 20}),
)
GOOD = ["Kazakhstan", "Asia", "OIC", "Do  this.", "Spain", "WEOG", "EU", "Accepted", "4", "Justice", "20"]


def export(folder: Path, *rows: list[str]) -> Path:
    path = folder / "export.csv"
    lines = [",".join(f'"{value}"' for value in row) for row in rows]
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def changed(**values: str) -> list[str]:
    return [values.get(column.replace("-", "_"), value) for column, value in zip(HEADER.split(","), GOOD, strict=True)]


def read(folder: Path, *rows: list[str]) -> list[upr_info.ExportRow]:
    return list(upr_info.read(export(folder, *rows), KNOWN))


def objects(triples: list[Triple], predicate: str) -> Counter[str]:
    return Counter(str(triple.object.value) for triple in triples if triple.predicate.value == expand(predicate))


def test_a_row_is_read_into_types(tmp_path: Path) -> None:
    assert read(tmp_path, changed(Issue="Justice, HIV - Aids")) == [
        upr_info.ExportRow(
            line=2,
            state_under_review=KAZ,
            recommender=ESP,
            text="Do this.",
            response="Accepted",
            action=4,
            issues=(expand("issue:justice"), expand("issue:hiv-aids")),
            session=20,
        )
    ]


def test_a_recommender_that_upr_info_could_not_tell_is_none(tmp_path: Path) -> None:
    rows = read(tmp_path, changed(From="(Unknown)"))
    assert rows[0].recommender is None
    assert not objects(list(upr_info.statements(rows)), "upr:madeBy")


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("To", "Atlantis", 'column "To" is "Atlantis", which is not the name of a State'),
        ("To", "(Unknown)", 'column "To" is "(Unknown)", which is not the name of a State'),
        ("From", "Hungry", 'column "From" is "Hungry", which is not the name of a State\ndid you mean "Hungary"?'),
        ("Response", "Rejected", 'column "Response" has the value "Rejected"\nknown values are: Accepted, Noted'),
        ("Action", "6", 'column "Action" has the value "6"\nknown values are: 1, 2, 3, 4, 5'),
        ("Issue", "Justice,Peace", 'column "Issue" has the value "Peace"'),
        ("Issue", "", 'column "Issue" has the value ""'),
        ("Session", "21", 'column "Session" has the value "21"'),
        ("Text", " ", 'column "Text" is empty'),
    ],
)
def test_a_value_that_is_not_known_is_an_error_with_row_and_column(
    tmp_path: Path, column: str, value: str, message: str
) -> None:
    with pytest.raises(InvalidDataError) as caught:
        read(tmp_path, GOOD, changed(**{column: value}))
    assert str(caught.value).startswith(f"{tmp_path / 'export.csv'}:3: {message}")


def test_a_column_that_is_new_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f"{HEADER},Cycle\n", encoding="utf-8")
    with pytest.raises(InvalidDataError, match="unknown column Cycle"):
        list(upr_info.read(path, KNOWN))


def test_one_text_by_two_states_is_one_recommendation_known_by_its_hash(tmp_path: Path) -> None:
    triples = list(upr_info.statements(read(tmp_path, GOOD, changed(From="Hungary", Text="Do this."))))
    key = sha256(b"Do this.").hexdigest()[:12]
    assert {triple.subject for triple in triples} == {NamedNode(expand(f"review:KAZ-20/recommendation/{key}"))}
    assert objects(triples, "upr:madeBy") == {ESP: 1, HUN: 1}
    assert set(objects(triples, "upr:response")) == {expand("code:response/supported")}
    assert set(objects(triples, "upr:sourceResponse")) == {"Accepted"}
    assert set(objects(triples, "upr:actionCategory")) == {expand("code:action-category/4")}
    assert "Do this." not in to_turtle(triples)


def test_one_text_at_two_sessions_is_two_recommendations(tmp_path: Path) -> None:
    triples = list(upr_info.statements(read(tmp_path, GOOD, changed(Session="7"))))
    assert len({triple.subject for triple in triples}) == 2


def test_issues_of_all_rows_of_a_recommendation_are_its_issues(tmp_path: Path) -> None:
    triples = list(upr_info.statements(read(tmp_path, GOOD, changed(From="Hungary", Issue="HIV - Aids"))))
    assert len({triple.subject for triple in triples}) == 1
    assert set(objects(triples, "upr:sourceIssue")) == {expand("issue:justice"), expand("issue:hiv-aids")}


@pytest.mark.parametrize("other", [{"Response": "Noted"}, {"Action": "5"}])
def test_one_text_with_two_answers_is_two_recommendations_each_with_its_states(
    tmp_path: Path, other: dict[str, str]
) -> None:
    rows = read(tmp_path, GOOD, changed(From="Hungary", **other))
    triples = list(upr_info.statements(rows))
    assert len({triple.subject for triple in triples}) == 2
    for subject in {triple.subject for triple in triples}:
        of_one = [triple for triple in triples if triple.subject == subject]
        assert len(objects(of_one, "upr:response")) == 1
        assert len(objects(of_one, "upr:actionCategory")) == 1
        assert len(objects(of_one, "upr:madeBy")) == 1
    assert set(triples) == set(upr_info.statements(reversed(rows)))


@pytest.mark.shared_data
def test_the_committed_file_is_what_the_export_gives(shared_data: Path) -> None:
    rows = list(upr_info.read(shared_data / "upr-info" / "recommendations-s01-20.csv", upr_info.Known.load()))
    assert len(rows) == 41066
    assert sum(row.recommender is None for row in rows) == 9
    ours = [row for row in rows if row.state_under_review == KAZ]
    assert Counter((row.session, row.response) for row in ours) == {
        (7, "Accepted"): 122,
        (7, "Noted"): 7,
        (20, "Accepted"): 147,
        (20, "Noted"): 51,
    }
    written = to_turtle(chain(upr_info.dataset(), upr_info.statements(ours)))
    assert written == (resources.data() / "upr-info" / "KAZ.ttl").read_text(encoding="utf-8")


@pytest.mark.shared_data
def test_every_review_of_the_export_is_in_the_reference_data(shared_data: Path) -> None:
    rows = upr_info.read(shared_data / "upr-info" / "recommendations-s01-20.csv", upr_info.Known.load())
    reviews = {(row.state_under_review.rsplit("/", 1)[1], row.session) for row in rows}
    text = (resources.data() / "reference" / "sessions.ttl").read_text(encoding="utf-8")
    assert [each for each in reviews if f"\nreview:{each[0]}-{each[1]}\n" not in text] == []
