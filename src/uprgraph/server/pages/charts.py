"""Charts of answers: which questions have one, as bars in a table and as a specification for Vega-Lite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from uprgraph.engines.terms import Iri, Term
from uprgraph.results.rows import Results
from uprgraph.results.values import compact, value

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True, slots=True)
class Design:
    """What a chart shows: bars named by `by`, as long as the numbers in `columns`, and what these count.

    `stacked` bars are parts of one whole; `ranked` ones stand in the order of their lengths, the longest first.
    """

    by: tuple[str, ...]
    columns: Mapping[str, str]
    title: str
    stacked: bool = True
    ranked: bool = True

    @property
    def drawn(self) -> tuple[str, ...]:
        """The columns by which the rows are chosen that are drawn; none for the first."""
        return tuple(self.columns) if self.ranked else ()


_ANSWERED = {"supported": "supported", "noted": "noted"}
_RECOMMENDED = "Recommendations in reviews, each text counted once, by the answer of the State under review"
DESIGNS = {
    "acceptance-by-issue": Design(("issue",), _ANSWERED, _RECOMMENDED),
    "acceptance-by-session": Design(("session",), _ANSWERED, _RECOMMENDED, ranked=False),
    "acceptance-by-recommender": Design(
        ("recommender",), _ANSWERED, "Recommendations, counted once for each State that makes them, by the answer"
    ),
    "action-categories": Design(("label",), _ANSWERED, _RECOMMENDED),
    "action-categories-by-session": Design(
        ("session", "label"),
        {"recommendations": "recommendations"},
        "Recommendations by kind of action and session",
        ranked=False,
    ),
    "region-flow": Design(("recommendingGroup", "reviewedGroup"), _ANSWERED, _RECOMMENDED),
    "reviews-of-state": Design(
        ("session",),
        {"recommendations": "recommendations"},
        "Recommendations recorded, by session",
        ranked=False,
    ),
    "reviews-and-opinions-by-right": Design(("state", "session", "issueMatch"), _ANSWERED, _RECOMMENDED, ranked=False),
    "rights-by-state": Design(
        ("state", "right"),
        {"findings": "findings", "recommendations": "recommendations"},
        "Findings and recommendations of organisations that are about a right or anything narrower",
        stacked=False,
    ),
    "statistics-vs-benchmarks": Design(
        ("indicator", "area", "benchmark"),
        {"value": "value of the State", "benchmarkValue": "benchmark"},
        "Values of States beside their benchmarks",
        stacked=False,
        ranked=False,
    ),
}
"""The questions whose answers a chart makes easier to read."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the number it stands for, its start and length of a hundred, and its place in a row ten high."""

    series: int
    number: str
    start: float
    length: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: what it counts, what its bars stand for, and the bars by name. `left` rows are not drawn."""

    title: str
    series: tuple[str, ...]
    bars: tuple[tuple[str, tuple[Bar, ...]], ...]
    left: int
    spec: Mapping[str, Any]


def chart(name: str, drawn: Results | None, total: int, labels: Mapping[str, str]) -> Chart | None:
    """Return the chart of an answer, None if the question has none or there is nothing to compare."""
    design = DESIGNS.get(name)
    if design is None or drawn is None or not drawn:
        return None
    rows = [(_name(drawn, row, design.by, labels), _numbers(drawn, row, design)) for row in drawn.terms]
    longest = max(sum(numbers) if design.stacked else max(numbers) for _, numbers in rows)
    if longest <= 0:
        return None
    bars = tuple((called, _bars(numbers, longest, stacked=design.stacked)) for called, numbers in rows)
    series = tuple(design.columns.values())
    return Chart(design.title, series, bars, total - len(rows), _spec(design, rows))


def _name(drawn: Results, row: Sequence[Term | None], by: Sequence[str], labels: Mapping[str, str]) -> str:
    """Return what a bar is called; a column that is the same in all rows tells nothing."""
    named = []
    for column in by:
        at = drawn.columns.index(column)
        if len(by) == 1 or len({each[at] for each in drawn.terms}) > 1 or column == by[-1]:
            term = row[at]
            text = labels.get(term.value, compact(term)) if isinstance(term, Iri) else compact(term)
            named.append(f"session {text}" if column == "session" else text)
    return ", ".join(each for each in named if each)


def _numbers(drawn: Results, row: Sequence[Term | None], design: Design) -> list[float]:
    found = [value(row[drawn.columns.index(column)]) for column in design.columns]
    return [float(each) if isinstance(each, int | float | Decimal) else 0.0 for each in found]


def _bars(numbers: Sequence[float], longest: float, *, stacked: bool) -> tuple[Bar, ...]:
    found, start = [], 0.0
    for series, number in enumerate(numbers):
        length = round(max(number, 0) / longest * 100, 2)
        height = 10 if stacked else round(10 / len(numbers), 2)
        top = 0 if stacked else series * height
        found.append(Bar(series, f"{number:,.10g}", round(start, 2), length, top, height))
        start += length if stacked else 0
    return tuple(found)


def _spec(design: Design, rows: Sequence[tuple[str, Sequence[float]]]) -> Mapping[str, Any]:
    series = list(design.columns.values())
    data = [
        {"name": name, "series": what, "number": number, "order": order}
        for name, numbers in rows
        for order, (what, number) in enumerate(zip(series, numbers, strict=True))
    ]
    encoding: dict[str, Any] = {
        "y": {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 260}},
        "x": {"field": "number", "type": "quantitative", "title": None, "stack": "zero" if design.stacked else None},
        "color": {"field": "series", "type": "nominal", "sort": series, "title": None, "legend": {"orient": "top"}},
        "order": {"field": "order"},
        "tooltip": [{"field": each, "title": each} for each in ("name", "series", "number")],
    }
    if not design.stacked:
        encoding["yOffset"] = {"field": "series", "sort": series}
    return {
        "$schema": _SCHEMA,
        "description": design.title,
        "data": {"values": data},
        "width": "container",
        "mark": "bar",
        "encoding": encoding,
    }
