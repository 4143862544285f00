from __future__ import annotations

from pathlib import Path

import pytest

from uprgraph.errors import InvalidDataError, UnknownValueError
from uprgraph.sources.states import StateNames
from uprgraph.vocabulary import expand


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
