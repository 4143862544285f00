"""Drafts pass the checks, each beside what is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from uprgraph import resources
from uprgraph.catalog import catalogue
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.extraction.drafting import drafted, write
from uprgraph.extraction.reading import read
from uprgraph.extraction.recognising import recognise
from uprgraph.resources import GraphFile
from uprgraph.validation import checks

SEED = resources.data() / "odihr" / "KAZ-34"
SOURCES = [SEED / "source.txt", *sorted(Path(__file__).parents[1].glob("*/*/source.txt"))]
QUICK = ("KAZ-34", "BEL-38-flowing-prose", "summary-GEO-37")
CASES = [
    pytest.param(path, id=path.parent.name, marks=() if path.parent.name in QUICK else pytest.mark.thorough)
    for path in SOURCES
]


@pytest.mark.parametrize("source", CASES)
def test_a_draft_passes_every_check(source: Path, tmp_path: Path) -> None:
    document = read(source)
    write(drafted(recognise(document), document), tmp_path / "draft")
    files = [each for each in resources.graph_files() if each.path.with_name("source.txt") != source]
    files.append(GraphFile(f"{resources.BASE}graph/draft", tmp_path / "draft" / "dossier.ttl"))
    results = checks.run(EmbeddedEngine.of_files(files), catalogue.shipped())
    assert {each.name: each.rows for each in results if not each.passed} == {}
