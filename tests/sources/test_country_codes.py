from __future__ import annotations

import csv
from pathlib import Path

import pytest

from uprgraph.errors import InvalidDataError
from uprgraph.sources import country_codes
from uprgraph.sources.statements import to_turtle

ATLANTIS = {
    "ISO3166-1-Alpha-3": "ATL",
    "ISO3166-1-Alpha-2": "AT",
    "M49": "4",
    "wikidata_id": "https://www.wikidata.org/wiki/Q1",
    "CLDR display name": "Atlantis",
    "Capital": "Poseidonis",
    "official_name_en": "Atlantis",
    "official_name_fr": "Atlantide",
    "official_name_es": "Atlántida",
    "official_name_ru": "Атлантида",
    "official_name_cn": "亚特兰蒂斯",
    "official_name_ar": "أطلانتس (مملكة _)",
    "UNTERM English Short": "Atlantis (Kingdom of)",
    "UNTERM English Formal": "the Kingdom of  Atlantis",
    "UNTERM French Short": "Atlantide (l\u2019) *",
    "UNTERM French Formal": "le Royaume de l\u2019Atlantide *",
    "UNTERM Spanish Short": "Atlántida (la)",
    "UNTERM Spanish Formal": "",
    "UNTERM Russian Short": "",
    "UNTERM Russian Formal": "",
    "UNTERM Chinese Short": "亚特兰蒂斯",
    "UNTERM Chinese Formal": "",
    "UNTERM Arabic Short": "أطلانتس",
    "UNTERM Arabic Formal": "",
}


def lists(folder: Path, *names: str, **changes: str) -> tuple[Path, Path]:
    """Write country-codes.csv with one State, changed, and state-names.csv with rows; return their paths."""
    codes, table = folder / "country-codes.csv", folder / "state-names.csv"
    with codes.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ATLANTIS))
        writer.writeheader()
        writer.writerow(ATLANTIS | changes)
    table.write_text("\n".join(["state,language,use,name,note", *names]) + "\n", encoding="utf-8")
    return codes, table


def test_names_are_labels_and_other_names_without_articles_and_marks(tmp_path: Path) -> None:
    codes, table = lists(tmp_path, "ATL,en,also,Isle of Atlas,", "ATL,ru,label,Атлантис,")
    (state,) = country_codes.read(codes, table, {"ATL"})
    assert (state.iso3, state.iso2, state.m49, state.wikidata) == ("ATL", "AT", "004", "Q1")
    assert state.labels == {
        "en": "Atlantis (Kingdom of)",
        "fr": "Atlantide",
        "es": "Atlántida",
        "ru": "Атлантис",
        "zh": "亚特兰蒂斯",
        "ar": "أطلانتس",
    }
    others = state.names - set(state.labels.items())
    assert others == {
        ("en", "Atlantis"),
        ("en", "Kingdom of Atlantis"),
        ("en", "Isle of Atlas"),
        ("fr", "Royaume de l'Atlantide"),
        ("ru", "Атлантида"),
    }


def test_what_is_said_of_a_state(tmp_path: Path) -> None:
    (state,) = country_codes.read(*lists(tmp_path), {"ATL"})
    written = to_turtle(state.statements())
    assert "state:ATL\n    a upr:State ;" in written
    assert 'upr:m49 "004" ;' in written
    assert written.count('"Atlantide"@fr') == 1


@pytest.mark.parametrize(
    ("names", "changes", "message"),
    [
        ((), {"M49": "IV"}, 'country-codes.csv:2: column "M49" is "IV", not a number'),
        ((), {"ISO3166-1-Alpha-2": ""}, 'country-codes.csv:2: column "ISO3166-1-Alpha-2" is empty'),
        ((), {"official_name_ru": ""}, "country-codes.csv: ATL has no name in ru"),
        ((), {"ISO3166-1-Alpha-3": "ATX"}, "country-codes.csv: there is no row for ATL"),
        (("ZZZ,en,also,X,",), {}, 'state-names.csv:2: column "state" is "ZZZ", which is not among the States'),
        (("ATL,de,also,X,",), {}, 'state-names.csv:2: column "language" is "de"'),
        (("ATL,en,alias,X,",), {}, 'state-names.csv:2: column "use" is "alias"'),
        (("ATL,en,label,X,", "ATL,en,label,Y,"), {}, 'state-names.csv:3: column "use" is "label"'),
        (("ATL,en,also,,",), {}, 'state-names.csv:2: column "name" is empty'),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, names: tuple[str, ...], changes: dict[str, str], message: str) -> None:
    codes, table = lists(tmp_path, *names, **changes)
    with pytest.raises(InvalidDataError) as caught:
        country_codes.read(codes, table, {"ATL"})
    assert caught.value.message == f"{tmp_path}/{message}"
