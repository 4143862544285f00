"""src/uprgraph/resources.py."""

from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest

from uprgraph import resources
from uprgraph.errors import InvalidDataError, ResourceError


def test_finds_the_checkout() -> None:
    root = Path(__file__).parent.parent
    assert resources.root() == root
    assert resources.is_checkout()
    assert resources.ontology() == root / "ontology"
    assert resources.shapes() == root / "shapes"


def test_lists_each_file_once_with_its_graph() -> None:
    files = resources.graph_files()
    assert len({path for _, path in files}) == len(files)
    assert ("https://w3id.org/uprgraph/graph/ontology", resources.ontology() / "upr.ttl") in files


def test_no_triple_stands_in_two_shipped_graphs() -> None:
    """pyoxigraph counts such a triple twice in the union of graphs, other engines once."""
    counts: Counter[pyoxigraph.Triple] = Counter()
    for _, path in resources.graph_files():
        quads = pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
        counts.update({quad.triple for quad in quads})
    assert [str(triple) for triple, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    "iri",
    ["https://example.org/x.ttl", f"{resources.BASE}data/../README.md", f"{resources.BASE}src/uprgraph/__init__.py"],
)
def test_refuses_files_that_are_not_data(iri: str) -> None:
    with pytest.raises(ResourceError, match="does not name a file of UPR Graph"):
        resources.file_of(iri)


def test_names_a_missing_file() -> None:
    with pytest.raises(ResourceError, match=r"data/none\.ttl is missing"):
        resources.file_of(f"{resources.BASE}data/none.ttl")


@pytest.fixture
def other_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    return tmp_path


def test_says_that_the_catalogue_is_missing(other_root: Path) -> None:
    with pytest.raises(ResourceError, match=r"catalog\.ttl is missing"):
        resources.graph_files()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<http://a> <http://b> ", r"catalog\.ttl:1:\d+: not valid Turtle"),
        ("<http://a> <http://b> 1 .", "no graph has a void:dataDump"),
        ('<http://a> <http://rdfs.org/ns/void#dataDump> "x" .', "must relate a graph's IRI to a file's IRI"),
    ],
)
def test_says_what_is_wrong_with_the_catalogue(other_root: Path, text: str, message: str) -> None:
    (other_root / "data" / "catalog.ttl").write_text(text)
    with pytest.raises(InvalidDataError, match=message):
        resources.graph_files()
