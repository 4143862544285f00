"""What is expected of extraction, in the form in which it is found: as a `Draft` whose statements name no words.

There are two sources of it: expected.toml of the documents made for testing, and the curated dossier of the seed, of
which only what its submission states is taken, not what curators know from elsewhere.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.extraction_seed import seed_draft
from uprgraph.extraction.statements import (
    SUBMISSION,
    Adoption,
    Audit,
    Basis,
    Count,
    Draft,
    Figure,
    Finding,
    LegalText,
    Membership,
    Mission,
    Opinion,
    Plan,
    Recommendation,
    Submission,
    Topic,
)

ROOT = Path(__file__).parent.parent
DOCUMENTS = ROOT / "tests" / "extraction" / "documents"
SECOND = ROOT / "tests" / "extraction" / "second"
HELD_OUT = ROOT / "tests" / "extraction" / "held-out"
SEED = "KAZ-34"
NOTHING = Basis(rule="expected", words=())

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of a document.

    `forbidden` are texts of which no statement may be made; `unasked` the kinds that the expectation says nothing of.
    """

    name: str
    source: Path
    draft: Draft
    forbidden: tuple[str, ...] = ()
    unasked: frozenset[str] = frozenset()


def names() -> list[str]:
    """Return the names of the seed and of the documents that were written before the rules."""
    return [SEED, *_in(DOCUMENTS)]


def second() -> list[str]:
    """Return the names of the documents that were written after the first rules, and then helped to better them."""
    return _in(SECOND)


def held_out() -> list[str]:
    """Return the names of the documents that no rule was written for."""
    return _in(HELD_OUT)


def _in(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.glob("*/expected.toml"))


@cache
def expected(name: str) -> Expected:
    """Return what is expected of a document. Raises KeyError for a name that is none."""
    if name not in [*names(), *second(), *held_out()]:
        raise KeyError(name)
    if name == SEED:
        folder = ROOT / "data" / "odihr" / SEED
        draft = seed_draft(folder / "dossier.ttl", ROOT / "data" / "reference" / "memberships.ttl")
        return Expected(name, folder / "source.txt", draft)
    folder = next(each / name for each in (DOCUMENTS, SECOND, HELD_OUT) if (each / name).is_dir())
    table = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    return Expected(
        name=name,
        source=folder / "source.txt",
        draft=written_draft(table),
        forbidden=tuple(text for key in ("negative", "not_odihr") for text in table.get(key, {}).get("texts", ())),
        unasked=frozenset({"concern claims"}),
    )


def written_draft(table: Row) -> Draft:
    """Return what an expected.toml says, read as a table."""
    return Draft(
        submission=_submission(table["submission"]),
        opinions=tuple(_opinion(row) for row in table.get("opinion", ())),
        adoptions=tuple(
            Adoption(row["opinion"], row["status"], str(row["as_of"]), row["text"], NOTHING)
            for row in table.get("adoption", ())
        ),
        findings=tuple(_finding(row) for row in table.get("finding", ())),
        recommendations=tuple(_recommendation(row) for row in table.get("recommendation", ())),
        counts=tuple(_count(row) for row in table.get("count", ())),
        figures=tuple(_figure(row) for kind in ("statistic", "benchmark") for row in table.get(kind, ())),
        missions=tuple(
            Mission(str(row["date"]), row["kind"], row["mission"], NOTHING, row.get("report_url", ""))
            for row in table.get("election", ())
        ),
        audits=tuple(Audit(row["organisation"], str(row["year"]), NOTHING) for row in table.get("audit", ())),
        plans=tuple(
            Plan(row["organisation"], NOTHING, start=str(row.get("start", "")), end=str(row.get("end", "")))
            for row in table.get("plan", ())
        ),
    )


def _submission(row: Row) -> Submission:
    member = row.get("membership")
    return Submission(
        state=row["state"],
        session=row["session"],
        basis=NOTHING,
        year=str(row.get("year", "")),
        membership=Membership(member["role"], str(member.get("since", "")), NOTHING) if member else None,
        symbol=row.get("symbol", ""),
    )


def _opinion(row: Row) -> Opinion:
    return Opinion(
        number=row["number"],
        title=row["title"],
        type=row["type"],
        basis=NOTHING,
        issued=str(row.get("issued", "")),
        url=row.get("url", ""),
        joint=tuple(row.get("joint", ())),
        other_numbers=tuple(row.get("other_numbers", ())),
        reviewed=tuple(LegalText(text["title"], text.get("kind", "")) for text in row.get("reviewed", ())),
    )


def _finding(row: Row) -> Finding:
    return Finding(
        place=row["in"],
        type=row["type"],
        text=row["text"],
        basis=NOTHING,
        rights=_topics(row, "rights"),
        principles=_topics(row, "principles"),
        paragraph=str(row.get("paragraph", "")),
    )


def _recommendation(row: Row) -> Recommendation:
    return Recommendation(
        place=row["in"],
        position=row["position"],
        text=row["text"],
        basis=NOTHING,
        priority=row.get("priority", False),
        fallback_for=row.get("fallback_for"),
        rights=_topics(row, "rights"),
        principles=_topics(row, "principles"),
        others=tuple(row.get("with", ())),
        paragraph=str(row.get("paragraph", "")),
    )


def _count(row: Row) -> Count:
    place = row.get("in", SUBMISSION)
    paragraph = str(row.get("paragraph", ""))
    return Count(place, row["count_of"], row["count"], row["qualifier"], row["text"], NOTHING, paragraph=paragraph)


def _figure(row: Row) -> Figure:
    return Figure(
        value=float(row["value"]),
        text=row["text"],
        basis=NOTHING,
        unit=row.get("unit", ""),
        indicator=row.get("indicator", ""),
        kind=row.get("kind", ""),
        qualifier=row.get("qualifier", ""),
        paragraph=str(row.get("paragraph", "")),
    )


def _topics(row: Row, key: str) -> tuple[Topic, ...]:
    return tuple(Topic(code, "") for code in row.get(key, ()))
