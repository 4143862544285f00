"""src/uprgraph/results/rows.py and frames.py."""

import copy
import pickle
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from uprgraph.engines.terms import XSD, Iri, Literal
from uprgraph.errors import MissingExtraError, UprGraphError, UsageError
from uprgraph.results.rows import Results, Row

ROWS = Results(
    ["state", "share", "rows", "day", "asOf", "empty", "items"],
    [
        (
            Iri("https://w3id.org/uprgraph/id/state/KAZ"),
            Literal("27.1", f"{XSD}decimal"),
            Literal("3", f"{XSD}integer"),
            Literal("2016-10-06", f"{XSD}date"),
            Literal("2016-10-06", f"{XSD}date"),
            None,
            Literal("a"),
        ),
        (Literal("=x"), Literal("30", f"{XSD}integer"), None, None, Literal("2019", f"{XSD}gYear"), None, Literal("b")),
    ],
    "Which shares?",
)


def test_rows_have_attributes_and_items() -> None:
    row = ROWS[0]
    assert row.share == row["share"] == Decimal("27.1")
    assert row.day == date(2016, 10, 6)
    assert row["items"] == "a"
    assert dict(row)["rows"] == 3
    assert list(row) == list(ROWS.columns)
    assert ROWS[1].rows is None
    with pytest.raises(AttributeError, match="there is no column 'shares'; the columns are: state, share"):
        _ = row.shares
    with pytest.raises(KeyError):
        _ = row["shares"]


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda row: pickle.loads(pickle.dumps(row))])  # noqa: S301
def test_rows_can_be_copied_and_pickled(copied: Callable[[Row], Row]) -> None:
    row = ROWS[0]
    again = copied(row)
    assert again is not row
    assert again == row
    assert again.share == Decimal("27.1")
    assert repr(again) == repr(row)
    with pytest.raises(AttributeError, match="there is no column 'shares'"):
        _ = again.shares


def test_results_are_a_sequence() -> None:
    assert len(ROWS) == 2
    assert [row.rows for row in ROWS] == [row.rows for row in ROWS] == [3, None]
    assert ROWS[1:].columns == ROWS.columns
    assert ROWS[-1].asOf == 2019
    assert ROWS.column("asOf") == [date(2016, 10, 6), 2019]
    with pytest.raises(UsageError, match=r"there is no column 'shares'\nthe columns are: state, share"):
        ROWS.column("shares")
    assert repr(ROWS[:1]) == "<1 row of state, share, rows, day, asOf, empty, items>"
    assert repr(ROWS[:1][0]).startswith("Row(state='https://w3id.org/uprgraph/id/state/KAZ', share=Decimal('27.1')")


def test_an_answer_to_ask_is_one_row() -> None:
    found = Results.of(True)
    assert [dict(row) for row in found] == [{"answer": True}]


def test_pandas() -> None:
    frame = ROWS.df()
    assert list(frame.columns) == list(ROWS.columns)
    assert [str(kind) for kind in frame.dtypes] == [
        "object", "float64", "Int64", "datetime64[s]", "object", "object", "object",
    ]  # fmt: skip
    assert frame["share"].sum() == pytest.approx(57.1)
    assert ROWS[:0].df().shape == (0, 7)


def test_polars() -> None:
    frame = ROWS.pl()
    assert [str(kind) for kind in frame.dtypes] == ["String", "Float64", "Int64", "Date", "String", "String", "String"]
    assert frame["asOf"].to_list() == ["2016-10-06", "2019"]
    assert ROWS[:0].pl().shape == (0, 7)


def test_plot() -> None:
    chart = ROWS.plot().to_dict()
    assert chart["title"] == "Which shares?"
    (data,) = chart["datasets"].values()
    assert {each["count of"] for each in data} == {"share", "rows"}
    (data,) = ROWS.plot("state", "share").to_dict()["datasets"].values()
    assert {each["number"] for each in data} == {27.1, 30}
    assert {each["state"] for each in data} == {"state:KAZ", "=x"}
    with pytest.raises(UsageError, match="there is no column stat"):
        ROWS.plot("stat")
    with pytest.raises(UsageError, match="at least one column of numbers") as caught:
        ROWS.plot("state", "day")
    assert caught.value.hint == "columns of numbers: share, rows"


@pytest.mark.parametrize(
    ("library", "extra", "method"),
    [
        ("pandas", "pandas", "df"),
        ("polars", "polars", "pl"),
        ("altair", "plots", "plot"),
        ("xlsxwriter", "xlsx", "save"),
    ],
)
def test_a_missing_library_is_named_with_its_extra(
    library: str, extra: str, method: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=f"needs the library {library}, which is not installed") as caught:
        getattr(ROWS, method)(*([tmp_path / "x.xlsx"] if method == "save" else []))
    assert caught.value.hint == f'install it with: pip install "uprgraph[{extra}]"'


def test_saving(tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    target.write_text("old")
    target.chmod(0o640)
    ROWS.save(target)
    assert target.read_text() == ROWS.to_csv()
    assert target.stat().st_mode & 0o777 == 0o640
    ROWS.to_json(tmp_path / "x.dat")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.csv", "x.dat"]
    with pytest.raises(UsageError, match=r'the extension of ".*x\.foo" does not name a format'):
        ROWS.save(tmp_path / "x.foo")
    with pytest.raises(UprGraphError, match=r"cannot write .*none/x\.csv: No such file"):
        ROWS.save(tmp_path / "none" / "x.csv")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x.csv"
    target.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UprGraphError, match="No space left on device"):
        ROWS.save(target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
