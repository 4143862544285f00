"""Each dossier rests on its source: every quote stands, every word is used, the counts are as source.toml states."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, URIRef

from uprgraph import resources
from uprgraph.evidence import SourceText, anchor, spans, verify
from uprgraph.vocabulary import expand

DOSSIERS = sorted((resources.data() / "odihr").glob("*/source.toml"))


@dataclass
class Dossier:
    folder: Path

    @cached_property
    def graph(self) -> Graph:
        return Graph().parse(self.folder / "dossier.ttl")

    @cached_property
    def facts(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "source.toml").read_text(encoding="utf-8"))

    @cached_property
    def source(self) -> SourceText:
        return SourceText((self.folder / "source.txt").read_text(encoding="utf-8"))

    def objects(self, subject: object, name: str) -> list[Any]:
        return list(self.graph.objects(subject, URIRef(expand(name))))  # type: ignore[arg-type]


def undivided(text: str) -> str:
    """Return a text without hyphens, since a text joins words that the source divides at the end of a line."""
    return re.sub(r"[-\N{SOFT HYPHEN}] ?", "", text)


@pytest.fixture(scope="module", params=DOSSIERS, ids=lambda path: path.parent.name)
def dossier(request: pytest.FixtureRequest) -> Dossier:
    return Dossier(request.param.parent)


def test_there_is_a_dossier() -> None:
    assert DOSSIERS


def test_the_source_is_as_received(dossier: Dossier) -> None:
    assert hashlib.sha256((dossier.folder / "source.txt").read_bytes()).hexdigest() == dossier.facts["sha256"]


def test_every_quote_stands_at_its_offsets(dossier: Dossier) -> None:
    assert len(spans(dossier.graph)) > 0
    assert verify(dossier.graph, dossier.source) == []


def test_anchoring_it_again_changes_nothing(dossier: Dossier) -> None:
    again = Graph()
    for triple in dossier.graph:
        again.add(triple)
    assert anchor(again, dossier.source) == len(spans(dossier.graph))
    assert set(again) == set(dossier.graph)


def test_every_word_of_the_source_is_evidence_or_structure(dossier: Dossier) -> None:
    left = set(dossier.source.uncovered(list(spans(dossier.graph).values())))
    assert left == set(dossier.facts["structure"])


def test_every_passage_is_evidence_for_something(dossier: Dossier) -> None:
    used = {str(o) for o in dossier.graph.objects(None, URIRef(expand("upr:evidence")))}
    assert set(spans(dossier.graph)) == used


def test_every_text_is_in_the_words_of_its_evidence(dossier: Dossier) -> None:
    exact, text = URIRef(expand("oa:exact")), URIRef(expand("upr:text"))
    subjects = list(dossier.graph.subject_objects(text))
    assert subjects
    for subject, words in subjects:
        quotes = [
            str(quote)
            for passage in dossier.objects(subject, "upr:evidence")
            for selector in dossier.objects(passage, "oa:hasSelector")
            for quote in dossier.graph.objects(selector, exact)
        ]
        for part in str(words).split(" … "):
            assert any(undivided(part) in undivided(quote) for quote in quotes), (subject, part)


def test_every_text_is_the_only_one_and_every_statement_has_evidence(dossier: Dossier) -> None:
    for name in dossier.facts["counts"]:
        for subject in dossier.graph.subjects(RDF.type, URIRef(expand(f"upr:{name}"))):
            assert dossier.objects(subject, "upr:evidence"), subject
            assert len(dossier.objects(subject, "upr:text")) <= 1, subject


def test_the_counts_are_those_stated(dossier: Dossier) -> None:
    counted = {
        name: len(list(dossier.graph.subjects(RDF.type, URIRef(expand(f"upr:{name}")))))
        for name in dossier.facts["counts"]
    }
    assert counted == dossier.facts["counts"]
