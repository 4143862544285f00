from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from uprgraph import resources
from uprgraph.errors import InvalidDataError
from uprgraph.sources import reference, statements
from uprgraph.sources.reference import Lists
from uprgraph.sources.states import StateNames
from uprgraph.vocabulary import expand

HEADER = "state,organisation,role,since,note"


def column(path: Path, name: str) -> set[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row[name] for row in csv.DictReader(file)}


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    """Lists with one State, an OSCE participating State, that tests add rows to."""
    (tmp_path / "osce_participating_states.csv").write_text(
        "iso3,iso2,m49,name,year_joined_csce_osce,wikidata\nKAZ,KZ,398,Kazakhstan,1992,\n", encoding="utf-8"
    )
    (tmp_path / "state-memberships.csv").write_text(HEADER + "\n", encoding="utf-8")
    return Lists(tmp_path, tmp_path)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["states", "memberships", "regional-groups", "sessions", "wikidata-states", "m49"])
def test_the_committed_files_are_what_the_lists_and_tables_give(shared_data: Path, name: str) -> None:
    files = reference.files(shared_data / "states", shared_data / "sdg" / "sdg-codes.ttl")
    path = next(path for path in files if path.endswith(f"/{name}.ttl"))
    assert statements.to_turtle(files[path]) == (resources.root() / path).read_text(encoding="utf-8")


@pytest.mark.shared_data
def test_the_members_of_the_united_nations_are_those_whose_ratifications_are_listed(shared_data: Path) -> None:
    listed = column(shared_data / "ratification" / "hr_status_iccpr.csv", "iso2")
    lists = Lists.at(shared_data / "states")
    members = {each.state for each in reference.memberships(lists) if each.role == "member-state"}
    ours = {state.iso2 for state in reference.states(lists) if state.iso3 in members}
    assert len(ours) == 193
    assert listed - ours == {"TP"}  # the ISO code of Timor-Leste until 2002
    assert ours - listed == {"TL"}


@pytest.mark.shared_data
def test_every_name_of_a_state_in_the_upr_info_export_and_in_the_calendar_names_one_state(shared_data: Path) -> None:
    export = shared_data / "upr-info" / "recommendations-s01-20.csv"
    used = (
        column(export, "To")
        | column(export, "From")
        | column(shared_data / "states" / "upr_session_calendar_partial.csv", "state_as_named")
    )
    names = StateNames.load()
    found = {names.find(name) for name in used - {"(Unknown)"}}
    assert "(Unknown)" in used
    assert len(found) == 195


def test_a_participating_state_and_the_year(lists: Lists) -> None:
    assert reference.memberships(lists) == [
        reference.Membership("KAZ", "OSCE", "participating-state", "1992"),
    ]
    written = statements.to_turtle(reference.membership_statements(lists))
    assert "membership:OSCE-KAZ\n    a upr:Membership" in written
    assert 'upr:since "1992"^^xsd:gYear' in written


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("KAZ,UN,member,,", 'state-memberships.csv:2: column "role" is "member"'),
        ("KAZ,UN,member-state,92,", 'state-memberships.csv:2: column "since" is "92", not a year'),
        (
            "KAZ,OSCE,partner-for-co-operation,,",
            'osce_participating_states.csv:2: column "state" is KAZ, which is in OSCE already',
        ),
    ],
)
def test_a_membership_that_cannot_be_read(lists: Lists, row: str, message: str) -> None:
    (lists.tables / "state-memberships.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    with pytest.raises(InvalidDataError) as caught:
        reference.memberships(lists)
    assert caught.value.message == f"{lists.tables}/{message}"


def test_a_regional_group_and_none(lists: Lists) -> None:
    (lists.tables / "regional-groups.csv").write_text("state,group,note\nKAZ,Asia,\nVAT,,observer\n", encoding="utf-8")
    assert [str(each) for each in reference.regional_group_statements(lists)] == [
        f"<{expand('state:KAZ')}> <{expand('upr:regionalGroup')}> <{expand('code:regional-group/Asia')}>"
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("KAZ,asia,", 'regional-groups.csv:3: column "group" is "asia"'),
        ("VAT,EEG,", 'regional-groups.csv:3: column "state" is VAT, which has a row already'),
    ],
)
def test_a_regional_group_that_cannot_be_read(lists: Lists, row: str, message: str) -> None:
    (lists.tables / "regional-groups.csv").write_text(f"state,group,note\nVAT,,\n{row}\n", encoding="utf-8")
    with pytest.raises(InvalidDataError) as caught:
        list(reference.regional_group_statements(lists))
    assert caught.value.message == f"{lists.tables}/{message}"


@pytest.mark.shared_data
def test_the_regional_groups_are_those_of_every_row_of_the_export(shared_data: Path) -> None:
    names = StateNames.load()
    printed = set()
    with (shared_data / "upr-info" / "recommendations-s01-20.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            printed |= {(row[column], row[f"{column}-Rgrp"]) for column in ("To", "From")}
    with (resources.data() / "reference" / "tables" / "regional-groups.csv").open(encoding="utf-8", newline="") as file:
        table = {(expand(f"state:{row['state']}"), row["group"] or "Observer") for row in csv.DictReader(file)}
    assert {(names.find(state), group) for state, group in printed if state != "(Unknown)"} == table
    assert len(table) == 195


def test_an_observer_has_a_note_and_no_membership(lists: Lists) -> None:
    (lists.tables / "state-memberships.csv").write_text(f"{HEADER}\nKAZ,UN,observer,,\n", encoding="utf-8")
    assert "membership:UN-KAZ" not in statements.to_turtle(reference.membership_statements(lists))


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("KAZ,sameAs,Q232,", 'column "relation" is "sameAs"'),
        ("KAZ,exactMatch,232,", 'the Wikidata item of KAZ is "232"'),
        ("KAZ,exactMatch,Q1030,", "Q1030 is linked to KAZ and NAM"),
    ],
)
def test_a_link_to_wikidata_that_cannot_be_right(shared_data: Path, tmp_path: Path, row: str, message: str) -> None:
    for table in (resources.data() / "reference" / "tables").glob("*.csv"):
        (tmp_path / table.name).write_bytes(table.read_bytes())
    with (tmp_path / "state-wikidata.csv").open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")
    with pytest.raises(InvalidDataError, match=re.escape(message)):
        list(reference.wikidata_statements(Lists(shared_data / "states", tmp_path)))


@pytest.mark.shared_data
def test_an_area_that_the_list_of_m49_codes_lacks(shared_data: Path, tmp_path: Path) -> None:
    (tmp_path / "sdg-codes.ttl").write_text("", encoding="utf-8")
    with pytest.raises(InvalidDataError, match=r"there is no area http://metadata\.un\.org/.*/004, for AFG"):
        list(reference.m49_statements(Lists.at(shared_data / "states"), tmp_path / "sdg-codes.ttl"))
