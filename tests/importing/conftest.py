"""Records to import, small and named for what is asked of them."""

from __future__ import annotations

from typing import Any

from uprgraph.sources.records import Dataset, Record
from uprgraph.vocabulary import expand

EXPORT, REPORT, MATRIX, INDEX = "upr-info-s01-20", "A-HRC-9-99", "ohchr-matrix-AFG-5", "uhri"
SOURCES = {EXPORT: "upr-info", REPORT: "wg-report", MATRIX: "ohchr-matrix", INDEX: "uhri"}
WORDS = "Ratify the Convention on the Rights of Persons with Disabilities"


def state(code: str) -> str:
    return expand(f"state:{code}")


def response(name: str) -> str:
    return expand(f"code:response/{name}")


def record(dataset: str = EXPORT, part: str = "2", *, by: tuple[str, ...] = ("AUT",), **changes: Any) -> Record:
    """A recommendation to Afghanistan at session 5, by Austria, which it supports. States and response by name."""
    given: dict[str, Any] = {"text": WORDS, "session": 5, "state": state("AFG"), "source_response": "Accepted"}
    given |= {"response": "supported"} | changes
    if given["response"] is not None:
        given["response"] = response(given["response"])
    return Record(dataset=dataset, part=part, recommenders=tuple(map(state, by)), **given)


def dataset(key: str) -> Dataset:
    """A dataset of the name."""
    kind = {"wg-report": "report", "ohchr-matrix": "matrix"}.get(SOURCES[key], "export")
    review = None if kind == "export" else (state("AFG"), 5)
    symbol = "A/HRC/9/99" if kind == "report" else None
    return Dataset(key, f"Data {key}", expand("organisation:UPR-Info"), kind, symbol, review=review)  # type: ignore[arg-type]
