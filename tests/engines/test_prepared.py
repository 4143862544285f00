"""src/uprgraph/engines/prepared.py: what is kept is what the store answers, and only as long as it is that store."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from uprgraph import kept
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.prepared import Prepared, prepare
from uprgraph.errors import QueryError, UprGraphError

_TEXT = "SELECT ?s ?o WHERE { ?s <http://p> ?o } ORDER BY ?s"
_OTHER = "SELECT ?o WHERE { ?s <http://p> ?o } ORDER BY ?o"
_TRIPLE = '<http://s/{0}> <http://p> "{0}"@en .'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of one statement with one prepared answer."""
    graph = tmp_path / "graph"
    _add(graph, "a")
    prepare(ox.Store.read_only(str(graph)), graph, kept.answers_folder(graph), [_TEXT])
    return graph


def _add(graph: Path, name: str) -> None:
    store = ox.Store(str(graph))
    store.load(_TRIPLE.format(name), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("http://g"))
    store.flush()


def _rows(engine: EmbeddedEngine, text: str) -> list[list[str]]:
    return [[str(term) for term in row] for row in engine.select(text).rows]


def test_a_prepared_answer_is_given_without_asking(folder: Path) -> None:
    (file,) = kept.answers_folder(folder).glob("*.srj")
    expected = [["http://s/a", "a"]]
    assert _rows(EmbeddedEngine.opened(folder), _TEXT) == expected
    file.write_text(file.read_text("utf-8").replace("http://s/a", "http://s/kept"), "utf-8")
    assert _rows(EmbeddedEngine.opened(folder), _TEXT) == [["http://s/kept", "a"]]
    assert _rows(EmbeddedEngine.opened(folder), _OTHER) == [["a"]]
    assert _rows(EmbeddedEngine.opened(folder), _TEXT + " ") == expected, "another text is asked of the store"
    assert [str(row[0]) for row in EmbeddedEngine.opened(folder).select(_TEXT, ["http://g"]).rows] == ["http://s/a"]


def test_the_terms_are_those_of_the_store(folder: Path) -> None:
    engine = EmbeddedEngine.opened(folder)
    assert list(engine.select(_TEXT).rows) == list(engine.select(_TEXT + " ").rows)
    assert engine.select(_TEXT).variables == ("s", "o")


def test_a_store_that_has_changed_is_asked(folder: Path) -> None:
    _add(folder, "b")
    assert _rows(EmbeddedEngine.opened(folder), _TEXT) == [["http://s/a", "a"], ["http://s/b", "b"]]


@pytest.mark.parametrize(
    "content", ["", "{", '{"head": {"vars": ["s"]}, "results": {}}', '{"head": {}, "boolean": true}']
)
def test_a_damaged_answer_gives_the_rows_of_the_store_or_an_error_of_ours(folder: Path, content: str) -> None:
    (file,) = kept.answers_folder(folder).glob("*.srj")
    file.write_text(content, "utf-8")
    with contextlib.suppress(UprGraphError):
        assert _rows(EmbeddedEngine.opened(folder), _TEXT) == [["http://s/a", "a"]]


def test_what_is_no_unicode_is_an_error_of_ours(folder: Path) -> None:
    with pytest.raises(QueryError):
        EmbeddedEngine.opened(folder).query('SELECT * { ?s ?p "\udc80" }')


def test_a_store_without_answers_is_asked(tmp_path: Path) -> None:
    _add(tmp_path / "graph", "a")
    assert Prepared(tmp_path / "graph", tmp_path / "answers").answer(_TEXT) is None
    assert _rows(EmbeddedEngine.opened(tmp_path / "graph"), _TEXT) == [["http://s/a", "a"]]
