"""A document's statements beside the text that they are known from, with links from each to the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from uprgraph.evidence import Span
from uprgraph.results.rows import Results, Row
from uprgraph.server.jobs.reading import Paragraph, Run, Source, runs
from uprgraph.server.jobs.things import Document

_LETTERS = {"finding": "F", "recommendation": "R"}
CONCERNS = "concerns"
"""The place on the page of what is said of the concerns of an opinion."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What rests on a passage, as the text names it: F2, for "finding 2", with the place of that on the page."""

    short: str
    called: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A finding or recommendation, its place on the page, and the places of the words that it rests on."""

    row: Row
    iri: str
    anchor: str
    rights: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Some words of the text. `anchor` is the place of the passage that begins here, `references` what rests on it."""

    text: str
    note: str
    highlighted: bool
    anchors: tuple[str, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Paragraphs that hold words which are quoted, or some in between that do not (`apart`)."""

    apart: bool
    paragraphs: tuple[tuple[Paragraph, tuple[Mark, ...]], ...]


def beside(found: Document) -> dict[str, Any]:
    """Return what the page of a document shows besides what is known of it.

    `texts` are the held texts in parts; `quotes` the evidence that stands in texts which are not held.
    """
    evidence = list(found.evidence)
    passages = list(dict.fromkeys((str(row.passage)) for row in evidence))
    held = [each for each in passages if _document_of(evidence, each) in found.sources]
    anchors = {passage: f"words-{number}" for number, passage in enumerate(held, start=1)}
    findings = _statements(found.answers["findings-in-document"], "finding", evidence, anchors)
    recommendations = _statements(found.answers["recommendations-in-document"], "recommendation", evidence, anchors)
    laws = _rows(found, "law-adoption", "opinion")
    known = {each.iri: each.anchor for each in (*findings, *recommendations)}
    known |= {str(row.law): f"law-{number}" for number, row in enumerate(laws, start=1)}
    counts = found.answers["stated-counts"]
    known |= {str(row["count"]): f"count-{number}" for number, row in enumerate(counts, start=1)}
    concerns = _concern_status(_rows(found, "open-concerns", "opinion"))
    known |= {CONCERNS: CONCERNS} if concerns else {}
    texts = [(source, _parts(source, evidence, anchors, known, found.iri)) for source in found.sources.values()]
    about = next(iter(_rows(found, "opinions", "opinion")), None)
    return {
        "about": about,
        "findings": findings,
        "recommendations": recommendations,
        "laws": laws,
        "concerns": concerns,
        "texts": texts,
        "quotes": [row for row in evidence if str(row.passage) not in anchors],
    }


def _rows(found: Document, name: str, column: str) -> list[Row]:
    """Return the rows about the document of an answer that is about its whole State."""
    results = found.answers.results.get(name)
    return [] if results is None else [row for row in results if row[column] == found.iri]


def _concern_status(rows: Sequence[Row]) -> list[Row]:
    """Return one row for each claim about whether the concerns of an opinion are open."""
    return list({(row.status, row.asOf, row.claimedBy): row for row in rows if row.status}.values())


def _document_of(evidence: Iterable[Row], passage: str) -> str:
    return next(str(row.document) for row in evidence if row.passage == passage)


def _statements(
    results: Results, kind: str, evidence: Sequence[Row], anchors: Mapping[str, str]
) -> tuple[Statement, ...]:
    found = []
    for row in results:
        iri = str(row[kind])
        places = (str(each.passage) for each in evidence if each.statement == iri)
        found.append(
            Statement(
                row,
                iri,
                f"{kind}-{row.position}",
                tuple(each for each in str(row.rights or "").split("; ") if each),
                tuple(anchors[each] for each in dict.fromkeys(places) if each in anchors),
            )
        )
    return tuple(found)


def _parts(
    source: Source, evidence: Sequence[Row], anchors: Mapping[str, str], known: Mapping[str, str], document: str
) -> tuple[Part, ...]:
    own = [row for row in evidence if row.document == source.document]
    spans = {str(row.passage): Span(int(str(row.start)), int(str(row.end))) for row in own}
    resting: dict[str, list[Reference]] = {}
    for row in own:
        reference = _reference(str(row.statement), known, document)
        if reference not in resting.setdefault(str(row.passage), []):
            resting[str(row.passage)].append(reference)
    seen: set[str] = set()
    marked = [
        (each, tuple(_mark(run, anchors, resting) for run in runs(each, spans.items(), seen)))
        for each in source.paragraphs
    ]
    grouped = groupby(marked, key=lambda pair: not any(mark.highlighted for mark in pair[1]))
    return tuple(Part(apart, tuple(pairs)) for apart, pairs in grouped)


def _mark(run: Run, anchors: Mapping[str, str], resting: Mapping[str, Sequence[Reference]]) -> Mark:
    references = dict.fromkeys(each for passage in run.opens for each in resting.get(passage, ()))
    return Mark(run.text, run.note, bool(run.passages), tuple(anchors[each] for each in run.opens), tuple(references))


def _reference(statement: str, known: Mapping[str, str], document: str) -> Reference:
    found = re.fullmatch(r".*/(finding|recommendation)/([^/]+)", statement)
    if found and statement in known:
        return Reference(_LETTERS[found[1]] + found[2], f"{found[1]} {found[2]}", known[statement])
    if "/count/" in statement and statement in known:
        return Reference("count", "what the document says it holds", known[statement])
    if "/concern-status/" in statement and CONCERNS in known:
        return Reference("concerns", "what is said of its concerns", CONCERNS)
    law = statement.split("/adoption-status/", maxsplit=1)[0]
    if law in known:
        return Reference("law", "what became of the law", known[law])
    called = "this document" if statement == document else "what is known of it"
    return Reference("about", called, "about")
