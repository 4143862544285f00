"""The release bundle is the same on every build, complete, and reads back."""

import gzip
import hashlib
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.namespace import VOID

from uprgraph import bundle, resources
from uprgraph.catalog.catalogue import shipped
from uprgraph.errors import ResourceError

NAMES = ["SHA256SUMS", "queries.ttl", "uprgraph.nq", "uprgraph.trig", "void.ttl"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    assert [file.path.name for file in bundle.build(folder)] == NAMES
    return folder


def test_another_build_with_another_hash_seed_is_byte_identical(built: Path, tmp_path: Path) -> None:
    program = "import sys, pathlib, uprgraph.bundle as b; b.build(pathlib.Path(sys.argv[1]))"
    for seed in ("1", "2"):
        folder = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Almaty", "LC_ALL": "C"}
        subprocess.run([sys.executable, "-c", program, str(folder)], env=environment, check=True)
        assert {name: (folder / name).read_bytes() for name in NAMES} == {
            name: (built / name).read_bytes() for name in NAMES
        }


def test_sums_are_those_of_the_files(built: Path) -> None:
    lines = (built / "SHA256SUMS").read_text().splitlines()
    assert [line.split("  ")[1] for line in lines] == NAMES[1:]
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((built / name).read_bytes()).hexdigest() == digest


def test_n_quads_are_sorted_and_hold_every_statement_once(built: Path) -> None:
    lines = (built / "uprgraph.nq").read_bytes().splitlines()
    assert lines == sorted(set(lines))
    stated = sum(len({*ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}) for _, path in resources.graph_files())
    assert len(lines) == stated
    assert stated > 15_000


def test_trig_says_what_n_quads_say(built: Path) -> None:
    read = [ox.Dataset(ox.parse(path=str(built / name))) for name in ("uprgraph.nq", "uprgraph.trig")]
    for dataset in read:
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert read[0] == read[1]


def test_void_counts_each_graph_and_the_whole(built: Path) -> None:
    void = Graph().parse(built / "void.ttl")
    counted = Counter(
        quad.graph_name.value for quad in ox.parse(path=str(built / "uprgraph.nq"), format=ox.RdfFormat.N_QUADS)
    )
    assert len(counted) > 20
    assert {
        str(graph): int(count) for graph, count in void.subject_objects(VOID.triples) if str(graph) in counted
    } == counted
    whole = URIRef(resources.BASE + "catalog")
    assert int(void.value(whole, VOID.triples)) <= sum(counted.values())
    assert int(void.value(whole, VOID.classes)) > 30


def test_no_statement_stands_in_two_graphs(built: Path) -> None:
    """pyoxigraph counts such a statement twice when it answers over all graphs."""
    triples = Counter(quad.triple for quad in ox.parse(path=str(built / "uprgraph.nq"), format=ox.RdfFormat.N_QUADS))
    assert [str(triple) for triple, times in triples.items() if times > 1] == []


def test_questions_are_described_as_sparql_examples(built: Path) -> None:
    graph = Graph().parse(built / "queries.ttl")
    assert len(set(graph.subjects(RDF.type, SH.SPARQLExecutable))) == len(shipped().names())
    node = URIRef(resources.BASE + "query/odihr/opinions-by-right")
    question = shipped().question("opinions-by-right")
    assert graph.value(node, RDFS.label) == Literal(question.summary, lang="en")
    assert str(graph.value(node, SH.select)) == question.sparql
    assert {str(word) for word in graph.objects(node, URIRef("https://schema.org/keywords"))} == set(question.tags)


def test_compressed_files_hold_no_time_and_replace_the_plain_ones(built: Path, tmp_path: Path) -> None:
    bundle.build(tmp_path)
    (tmp_path / "mine.txt").write_text("kept")
    names = [file.path.name for file in bundle.build(tmp_path, compress=True)]
    assert names == ["SHA256SUMS", "queries.ttl", "uprgraph.nq.gz", "uprgraph.trig.gz", "void.ttl"]
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([*names, "mine.txt"])
    packed = (tmp_path / "uprgraph.nq.gz").read_bytes()
    assert gzip.decompress(packed) == (built / "uprgraph.nq").read_bytes()
    assert packed[4:8] == bytes(4)


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(ResourceError, match="cannot be written"):
        bundle.build(blocked / "below")
