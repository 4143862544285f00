from __future__ import annotations

import time
from pathlib import Path

import pytest

from uprgraph import resources
from uprgraph.errors import InvalidDataError, UnknownValueError
from uprgraph.sources import tables
from uprgraph.sources.statements import values
from uprgraph.sources.states import StateNames
from uprgraph.vocabulary import expand

MISREAD = "names no State; it looks as if the file had been decoded in an encoding that is not its own"


@pytest.fixture(scope="module")
def names() -> StateNames:
    return StateNames.load()


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Kazakhstan", "KAZ"),
        ("kazakhstan", "KAZ"),
        ("  Republic  of Kazakhstan", "KAZ"),
        ("Казахстан", "KAZ"),
        ("哈萨克斯坦", "KAZ"),
        ("Bosnia & Herzegovina", "BIH"),
        ("DPR Korea", "PRK"),
        ("South Korea", "KOR"),
        ("Republic of Korea", "KOR"),
        ("Swaziland", "SWZ"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Czech Republic", "CZE"),
        ("Czechia", "CZE"),
        ("United Kingdom", "GBR"),
        ("United States of America", "USA"),
        ("Iran", "IRN"),
        ("Venezuela (Bolivarian Republic of)", "VEN"),
        ("Laos", "LAO"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d\u2019Ivoire", "CIV"),
        ("Republic of Congo", "COG"),
        ("Democratic Republic of Congo", "COD"),
        ("Macedonia FYR", "MKD"),
        ("Palestine", "PSE"),
        ("Holy See", "VAT"),
    ],
)
def test_a_name_that_people_use_finds_its_state(names: StateNames, name: str, iso3: str) -> None:
    assert names.find(name) == expand(f"state:{iso3}")


def test_a_near_miss_is_not_a_match_but_a_suggestion(names: StateNames) -> None:
    with pytest.raises(UnknownValueError) as caught:
        names.find("Kazakstan")
    assert caught.value.message == 'no State is called "Kazakstan"'
    assert caught.value.suggestions[0] == "Kazakhstan"


def test_a_name_like_no_other_says_where_names_are_kept(names: StateNames) -> None:
    with pytest.raises(UnknownValueError, match=r"state-names\.csv"):
        names.find("(Unknown)")


def test_a_name_of_two_states_is_an_error() -> None:
    congo = [("Congo", expand("state:COG")), ("congo", expand("state:COD"))]
    with pytest.raises(InvalidDataError, match=r'"congo" names two States, .*/COG and .*/COD'):
        StateNames(congo)


def test_a_file_that_is_not_turtle(tmp_path: Path) -> None:
    (tmp_path / "states.ttl").write_text("state: is\nwrong", encoding="utf-8")
    with pytest.raises(InvalidDataError, match=r"states\.ttl:1:.*not valid Turtle"):
        StateNames.load(tmp_path / "states.ttl")


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Venezuela, Bolivarian Republic of", "VEN"),
        ("the former Yugoslav Republic of Macedonia", "MKD"),
        ("Republic of Moldova", "MDA"),
        ("Viet Nam", "VNM"),
        ("Vietnam", "VNM"),
        ("Cape Verde", "CPV"),
        ("Cabo Verde", "CPV"),
        ("Burma", "MMR"),
        ("Libyan Arab Jamahiriya", "LBY"),
        ("State of Palestine", "PSE"),
        ("Netherlands (the)", "NLD"),
        ("Kingdom of the Netherlands", "NLD"),
        ("The Bahamas", "BHS"),
        ("Gambia (The)", "GMB"),
        ("Upper Volta", "BFA"),
        ("Guinea-Bissau", "GNB"),
        ("Guinea\u2013Bissau", "GNB"),
        ("Timor Leste", "TLS"),
        ("Democratic People\u2019s Republic of Korea", "PRK"),
        ("U.S.A", "USA"),
        ("St. Lucia", "LCA"),
        ("Antigua & Barbuda", "ATG"),
        ("Sao Tomé and Principe", "STP"),
        ("COTE D`IVOIRE", "CIV"),
        ("Cote d\u02bcIvoire", "CIV"),
        ("Congo (Republic of the)", "COG"),
    ],
)
def test_names_of_other_times_and_publishers(names: StateNames, name: str, iso3: str) -> None:
    assert names.find(name) == names.get(name) == expand(f"state:{iso3}")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Serbia and Montenegro", "was a State until 2006; in its place today: SRB, MNE"),
        ("YUGOSLAVIA", "was a State until 2003; in its place today: BIH, HRV, MKD, MNE, SRB, SVN"),
        ("Czechoslovakia", "was a State until 1992; in its place today: CZE, SVK"),
        ("the European Union", "names no State, but an organisation of States"),
        ("Korea", "names no State, but either of two States, PRK and KOR"),
        (
            "C\u00c3\u00b4te d'Ivoire",
            MISREAD,
        ),
        (
            "C\ufffdte d'Ivoire",
            MISREAD,
        ),
        ("Atlantis", "names no State that is known"),
        ("", "is empty"),
        ("x" * 201, "is too long for the name of a State"),
    ],
)
def test_a_name_that_names_no_state_has_a_reason(names: StateNames, name: str, reason: str) -> None:
    assert names.get(name) is None
    assert names.reason(name) == reason


def test_the_successors_of_former_states_are_states() -> None:
    known = {iri for _, iri in values(resources.data() / "reference" / "states.ttl", "rdfs:label")}
    table = resources.data() / "reference" / "tables" / "former-states.csv"
    rows = list(tables.read(table, ("name", "until", "successors", "note")))
    assert len(rows) > 10
    for row in rows:
        assert {expand(f"state:{each}") for each in row["successors"].split()} <= known
        assert 1945 < int(row["until"]) < 2026


def test_a_name_cannot_name_a_state_and_none() -> None:
    with pytest.raises(InvalidDataError, match=r'"the Spain" names .*ESP, and stands among the names of no State'):
        StateNames([("Spain", expand("state:ESP"))], [("the Spain", "was a State")])


def test_the_list_to_look_through(names: StateNames) -> None:
    listed = names.unresolved({"Kazakstan": 2, "Spain": 9, "European Union": 7, "Qqqq": 2})
    assert [(each.name, each.rows, each.like) for each in listed] == [
        ("European Union", 7, ()),
        ("Kazakstan", 2, ("Kazakhstan",)),
        ("Qqqq", 2, ()),
    ]
    assert listed[0].reason == "names no State, but an organisation of States"
    assert [each.name for each in names.unresolved({"A": 1, "B": 2}, most=1)] == ["B"]


def test_looking_up_names_is_fast_even_if_none_is_known(names: StateNames) -> None:
    begin = time.monotonic()
    for number in range(20_000):
        assert names.get(f"State number {number}") is None
        assert names.reason(f"State number {number}")
    assert time.monotonic() - begin < 4
