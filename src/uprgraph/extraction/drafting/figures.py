"""Statistics and the benchmarks that they are compared with."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from uprgraph.extraction.drafting import known
from uprgraph.extraction.drafting.drafter import Drafter, decimal
from uprgraph.extraction.drafting.naming import slug
from uprgraph.extraction.drafting.triples import Value, add, code, english, node
from uprgraph.extraction.statements import Figure

_AVERAGE = "average"
_SHORT = 60


@dataclass(frozen=True, slots=True)
class _Made:
    figure: Figure
    iri: URIRef
    start: int
    end: int


def figures(drafter: Drafter, found: tuple[Figure, ...]) -> None:
    """Add statistics and benchmarks, and compare those of one sentence that measure the same in the same unit."""
    statistics = [_statistic(drafter, each) for each in found if not each.kind]
    benchmarks = [_benchmark(drafter, each) for each in found if each.kind]
    for benchmark in benchmarks:
        for statistic in statistics:
            if _comparable(statistic, benchmark):
                add(drafter.graph, statistic.iri, {"upr:comparedWith": benchmark.iri})


def _comparable(statistic: _Made, benchmark: _Made) -> bool:
    alike = all(getattr(statistic.figure, name) == getattr(benchmark.figure, name) for name in ("indicator", "unit"))
    together = benchmark.figure.text in statistic.figure.text or (
        benchmark.start < statistic.end and statistic.start < benchmark.end
    )
    return alike and bool(statistic.figure.indicator) and together


def _statistic(drafter: Drafter, figure: Figure) -> _Made:
    key = f"{drafter.submission.state}-{drafter.submission.session}"
    iri = drafter.unused(f"id/statistic/{key}-{figure.indicator or slug(figure.text, drafter.state_name, _SHORT)}")
    about = known.label_of("indicator", figure.indicator) if figure.indicator else figure.text
    drafter.thing(
        iri,
        "upr:Statistic",
        figure.basis,
        _shared(drafter, figure)
        | {
            "rdfs:label": english(f"{drafter.state_name}: {about}"),
            "qb:dataSet": node("id/dataset/statistics"),
            "upr:area": drafter.state,
            "upr:period": drafter.date(""),
        },
    )
    return _made(figure, iri)


def _benchmark(drafter: Drafter, figure: Figure) -> _Made:
    setter = drafter.organisation(figure.set_by, figure.basis) if figure.set_by else None
    key = f"{drafter.submission.state}-{drafter.submission.session}"
    about = figure.indicator or slug(figure.text, drafter.state_name, _SHORT)
    iri = drafter.unused(
        f"id/benchmark/{key}-{slug(figure.set_by)}-{about}" if setter else f"id/benchmark/{key}-{about}"
    )
    drafter.thing(
        iri,
        "upr:Benchmark",
        figure.basis,
        _shared(drafter, figure)
        | {
            "rdfs:label": english(figure.text),
            "upr:benchmarkKind": code("benchmark-kind", figure.kind),
            "upr:area" if figure.kind == _AVERAGE else "upr:setBy": setter,
        },
    )
    return _made(figure, iri)


def _shared(drafter: Drafter, figure: Figure) -> dict[str, Value | None]:
    return {
        "upr:indicator": code("indicator", figure.indicator) if figure.indicator else None,
        "upr:statedIn": drafter.iri,
        "upr:text": drafter.text(figure.text, figure.basis),
        "upr:unit": code("unit", figure.unit) if figure.unit else None,
        "upr:value": decimal(figure.value),
        "upr:countQualifier": code("count-qualifier", figure.qualifier) if figure.qualifier else None,
    }


def _made(figure: Figure, iri: URIRef) -> _Made:
    places = figure.basis.words[0].places
    return _Made(figure, iri, places[0], places[-1] + 1)
