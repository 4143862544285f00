from __future__ import annotations

from pathlib import Path

from pyoxigraph import Triple

from uprgraph import turtle
from uprgraph.sources import statements
from uprgraph.sources.statements import LABEL, node, term, text, typed

SAID = [
    Triple(node("id/cycle/3"), LABEL, text("Third cycle")),
    Triple(term("cycle:3"), term("upr:number"), typed("3", "xsd:integer")),
]


def test_a_file_is_written_in_canonical_form_and_each_statement_once(tmp_path: Path) -> None:
    path = tmp_path / "cycles.ttl"
    statements.write(path, [*SAID, *SAID])
    assert turtle.format_files([path], check=True) == []
    assert path.read_text(encoding="utf-8").endswith(
        'cycle:3\n    rdfs:label "Third cycle"@en ;\n    upr:number 3 ;\n.\n'
    )


def test_the_order_of_statements_does_not_matter() -> None:
    assert statements.to_turtle(SAID) == statements.to_turtle(reversed(SAID))
