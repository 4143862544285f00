"""Two dossiers are compared as statements."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph

from uprgraph import resources
from uprgraph.errors import ResourceError
from uprgraph.extraction import comparing
from uprgraph.extraction.drafting import drafted
from uprgraph.extraction.drafting.triples import node
from uprgraph.extraction.reviewing import deciding
from uprgraph.extraction.statements import Draft

from .drafting.drafts import made_by_hand

OPINION = "id/opinion/JUD-SLO-348-2019"


def graph(change: Draft | None = None) -> Graph:
    read, draft = made_by_hand()
    return drafted(change or draft, read).graph


def changes(before: Graph, after: Graph) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in comparing.compare(before, after)]


def test_a_dossier_is_the_same_as_itself() -> None:
    assert changes(graph(), graph()) == []


def test_what_was_drafted_and_accepted_says_the_same() -> None:
    after = graph()
    for name in ("upr:reviewStatus", "upr:madeByRule", "upr:confidence"):
        after.remove((None, comparing.term(name), None))
    assert changes(graph(), after) == []


def test_rights_and_types_that_differ_are_told() -> None:
    after = graph()
    finding = node(f"{OPINION}/finding/1")
    deciding.set_topics(after, finding, "right", ["freedom-of-movement"])
    deciding.set_type(after, finding, "Finding", "observation")
    (row,) = changes(graph(), after)
    assert row[:3] == ("changed", "Finding", "opinion/JUD-SLO-348-2019/finding/1")
    assert row[4] == "type concern -> observation; rights +freedom-of-movement -freedom-of-religion-or-belief"


def test_a_statement_more_in_the_middle_changes_no_other() -> None:
    _, draft = made_by_hand()
    fewer = graph(replace(draft, recommendations=draft.recommendations[1:]))
    (row,) = changes(fewer, graph())
    assert (row[0], row[3]) == ("added", "to define worship")
    (row,) = changes(graph(), fewer)
    assert (row[0], row[3]) == ("removed", "to define worship")


def test_a_text_that_is_cut_otherwise_is_the_same_statement() -> None:
    _, draft = made_by_hand()
    finding = replace(draft.findings[0], text="which is vague, restricts the freedom of religion")
    (row,) = changes(graph(), graph(replace(draft, findings=(finding, *draft.findings[1:]))))
    assert row[0] == "changed"
    assert str(row[4]).startswith('text "the law')


def test_the_curated_dossier_is_read_from_its_folder_and_its_file() -> None:
    folder = resources.data() / "odihr" / "KAZ-34"
    assert changes(comparing.read(folder), comparing.read(folder / "dossier.ttl")) == []


def test_a_path_without_a_dossier_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="holds no dossier"):
        comparing.read(tmp_path)
