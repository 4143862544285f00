from __future__ import annotations

from pathlib import Path

import pytest

from uprgraph import resources
from uprgraph.errors import InvalidDataError
from uprgraph.sources import known
from uprgraph.sources.known import Known
from uprgraph.vocabulary import expand


@pytest.fixture(scope="module")
def everything() -> Known:
    return Known.load()


def test_all_of_it_is_there(everything: Known) -> None:
    assert len(everything.issues) == 54
    assert len(everything.cycles) == 54
    assert [everything.cycles[number] for number in (1, 12, 13, 26, 27, 40, 41, 54)] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert len(everything.themes) >= 100
    assert len(everything.affected) >= 30
    assert {"upr-info", "uhri"} <= everything.responses.keys()


@pytest.mark.parametrize(
    ("source", "word", "response"),
    [
        ("upr-info", "accepted", "supported"),
        ("upr-info", "supported", "supported"),
        ("upr-info", "noted", "noted"),
        ("upr-info", "not supported", "not-supported"),
        ("uhri", "supported", "supported"),
        ("uhri", "noted", "noted"),
    ],
)
def test_what_sources_call_responses(everything: Known, source: str, word: str, response: str) -> None:
    assert everything.responses[source][word] == expand(f"code:response/{response}")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("UPR", "review"),
        ("Working Group on the Universal Periodic Review", "review"),
        ("Working Group on Arbitrary Detention", "special-procedure"),
        ("SR  Torture", "special-procedure"),
        ("cedaw", "treaty-body"),
        ("Committee on the Rights of the Child", "treaty-body"),
        ("Working", None),
        ("SRI", None),
        ("", None),
    ],
)
def test_the_kind_of_a_body(everything: Known, body: str, kind: str | None) -> None:
    assert everything.kind(body) == kind


@pytest.mark.parametrize("code", ["CAT", "CCPR", "CED", "CEDAW", "CERD", "CESCR", "CMW", "CRC", "CRPD", "SPT"])
def test_treaty_bodies_are_known_by_their_codes(everything: Known, code: str) -> None:
    assert everything.bodies[code.casefold()] == expand(f"organisation:{code}")
    assert everything.kind(code) == "treaty-body"


@pytest.mark.parametrize(
    ("table", "rows", "message"),
    [
        ("source-responses.csv", "uhri,Yes,perhaps,", 'column "response" is "perhaps"'),
        ("source-responses.csv", "uhri,noted,supported,", 'column "value" is "noted"'),
        ("uhri-bodies.csv", "Poets,poem,", 'column "kind" is "poem"'),
        ("uhri-types.csv", "Poem,perhaps,", 'column "taken" is "perhaps"'),
    ],
)
def test_a_table_that_cannot_be_right(tmp_path: Path, table: str, rows: str, message: str) -> None:
    path = tmp_path / table
    original = (resources.data() / "reference" / "tables" / table).read_text(encoding="utf-8")
    path.write_text(original + rows + "\n", encoding="utf-8")
    readers = {
        "source-responses.csv": known._responses,
        "uhri-bodies.csv": known._kinds,
        "uhri-types.csv": known._types,
    }
    with pytest.raises(InvalidDataError) as caught:
        readers[table](path)
    assert caught.value.message.startswith(f"{path}:{len(original.splitlines()) + 1}: {message}")
