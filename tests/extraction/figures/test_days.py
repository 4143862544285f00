from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.extraction.figures.days import days, periods


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("20 March 2016", [("2016-03-20",)]),
        ("on 8 and 22 March 2020", [("2020-03-08", "2020-03-22")]),
        ("18-29 January 2021", [("2021-01-18", "2021-01-29")]),
        ("from 31 January to 4 February 2022", [("2022-01-31", "2022-02-04")]),
        ("28 December 2019 to 4 January 2020", [("2019-12-28", "2020-01-04")]),
        ("on 28 October and the run-off on 28 November 2018", [("2018-10-28", "2018-11-28")]),
        ("March 20, 2016", [("2016-03-20",)]),
        ("the 1st of March 2016", [("2016-03-01",)]),
        ("20.03.2016", [("2016-03-20",)]),
        ("2016-03-20", [("2016-03-20",)]),
        ("in March 2023", [("2023-03",)]),
        ("Between May 2017 and June 2019", [("2017-05",), ("2019-06",)]),
        ("the 2018 presidential election", [("2018",)]),
    ],
)
def test_days_are_read_as_far_as_they_are_said(text: str, dates: list[tuple[str, ...]]) -> None:
    assert [each.dates for each in days(text)] == dates


@pytest.mark.parametrize("text", ["No. 29/2019", "NGO/411/2021", "A/HRC/WG.6/37", "in 25 municipalities", "20160320"])
def test_what_is_no_day(text: str) -> None:
    assert days(text) == []


def test_a_day_that_there_is_not_is_no_day() -> None:
    assert [each.first for each in days("31 February 2020")] == ["2020-02"]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_as_it_is_printed(day: date) -> None:
    text = f"held on {day.day} {day:%B %Y}."
    assert [each.first for each in days(text)] == [day.isoformat()]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("for the period of 2018-2020", ("2018", "2020")),
        ("2019-22", ("2019", "2022")),
        ("from 2019 to 2022", ("2019", "2022")),
        ("between 2019 and 2022", ("2019", "2022")),
    ],
)
def test_periods(text: str, period: tuple[str, str]) -> None:
    assert [(each.first, each.last) for each in periods(text)] == [period]


@pytest.mark.parametrize("text", ["2020-2018", "in 2019 and 2020", "CDL-AD(2017)012", "29/2019"])
def test_what_is_no_period(text: str) -> None:
    assert list(periods(text)) == []
