from __future__ import annotations

from pathlib import Path

import pytest

from uprgraph import resources
from uprgraph.errors import InvalidDataError
from uprgraph.sources import sessions
from uprgraph.sources.statements import to_turtle
from uprgraph.sources.states import StateNames
from uprgraph.vocabulary import expand

KAZ = expand("state:KAZ")
NAMES = StateNames([("Kazakhstan", KAZ)])
LABELS = {KAZ: "Kazakhstan"}
TABLE = resources.data() / "reference" / "tables" / "cycles.csv"
CYCLES = sessions.read_cycles(TABLE)


def calendar(folder: Path, row: str) -> Path:
    path = folder / "calendar.csv"
    header = "session,cycle,start,end,state_as_named,recs_in_upr_info_export,source"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    return path


def test_a_review_its_session_and_cycle(tmp_path: Path) -> None:
    path = calendar(tmp_path, "34,3,2019-11-04,2019-11-15,Kazakhstan,,a list")
    blocks = to_turtle(sessions.statements(path, CYCLES, NAMES, LABELS)).split("\n\n")
    described = {block.split("\n")[0]: block for block in blocks}
    assert 'rdfs:label "Review of Kazakhstan, 34th session"@en' in described["review:KAZ-34"]
    assert "upr:inCycle cycle:3" in described["session:34"]
    assert 'upr:startDate "2019-11-04"^^xsd:date' in described["session:34"]
    assert 'upr:endDate "2019-11-15"^^xsd:date' in described["session:34"]
    assert "Date" not in described["session:35"]
    assert '"34th session"@en' in described["session:34"]
    assert '"session 34"@en' in described["session:34"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("34,2,,,Kazakhstan,,x", '2: column "session" is "34", which is no session of cycle 2'),
        ("55,4,,,Kazakhstan,,x", '2: column "session" is "55", which is no session of cycle 4'),
        ("IV,1,,,Kazakhstan,,x", '2: column "session" is "IV", which is no session of cycle 1'),
        ("34,3,4.11.2019,,Kazakhstan,,x", '2: column "start" is "4.11.2019", which is no date'),
        ("34,3,,,Kazakstan,,x", '2: column "state_as_named" cannot be read: no State is called "Kazakstan"'),
    ],
)
def test_a_row_that_cannot_be_read(tmp_path: Path, row: str, message: str) -> None:
    path = calendar(tmp_path, row)
    with pytest.raises(InvalidDataError) as caught:
        list(sessions.statements(path, CYCLES, NAMES, LABELS))
    assert caught.value.message == f"{path}:{message}"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (48, "48th"),
    ],
)
def test_ordinals(number: int, written: str) -> None:
    assert sessions.ordinal(number) == written


def test_a_cycle_is_numbered(tmp_path: Path) -> None:
    path = tmp_path / "cycles.csv"
    path.write_text("cycle,name,first,last,note\n1,First,1,x,\n", encoding="utf-8")
    with pytest.raises(InvalidDataError, match=r'cycles\.csv:2: column "last" is "x", not a number'):
        sessions.read_cycles(path)
