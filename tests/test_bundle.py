"""The release bundle is the same on every build, complete, and reads back."""

import gzip
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import DCAT, DCTERMS, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.namespace import VOID

import uprgraph
from uprgraph import bundle, resources
from uprgraph.catalog.catalogue import shipped
from uprgraph.errors import ResourceError

NAMES = ["SHA256SUMS", "queries.ttl", "uprgraph.nq", "uprgraph.trig", "void.ttl"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    assert [file.path.name for file in bundle.build(folder)] == NAMES
    return folder


@pytest.mark.thorough
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


@pytest.mark.thorough
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


def test_the_whole_is_described_for_dcat_and_void(built: Path) -> None:
    void = Graph().parse(built / "void.ttl")
    whole = URIRef(resources.BASE + "catalog")
    graphs = {URIRef(entry.graph) for entry in resources.graph_files()}
    assert set(void.objects(whole, VOID.subset)) == set(void.objects(whole, DCAT.dataset)) == graphs
    assert void.value(whole, URIRef(str(DCAT) + "version")) == Literal(uprgraph.__version__)
    files = {str(void.value(file, DCTERMS.title)) for file in void.objects(whole, DCAT.distribution)}
    assert files == {"uprgraph.nq", "uprgraph.trig"}
    vocabularies = {str(vocabulary) for vocabulary in void.objects(whole, VOID.vocabulary)}
    assert {"https://schema.org/", "http://www.w3.org/ns/prov#"} & vocabularies == set()  # aligned with, not used
    assert {resources.BASE + "ontology#", str(SKOS), "http://www.w3.org/ns/oa#"} <= vocabularies
    entities = {
        str(void.value(part, VOID["class"])): int(str(void.value(part, VOID.entities)))
        for part in void.objects(whole, VOID.classPartition)
    }
    assert entities[resources.BASE + "ontology#State"] == 195
    assert len(entities) == int(str(void.value(whole, VOID.classes)))


def test_each_graph_has_its_file_as_a_distribution(built: Path) -> None:
    void = Graph().parse(built / "void.ttl")
    for graph, dump in void.subject_objects(VOID.dataDump):
        (file,) = void.objects(graph, DCAT.distribution)
        assert (file, RDF.type, DCAT.Distribution) in void
        assert void.value(file, DCAT.downloadURL) == dump
        assert str(void.value(file, DCAT.mediaType)).endswith("/text/turtle")


def test_the_links_of_a_linkset_are_counted_by_property(built: Path) -> None:
    void = Graph().parse(built / "void.ttl")
    linksets = list(void.subjects(RDF.type, VOID.Linkset))
    assert linksets
    for linkset in linksets:
        parts = list(void.objects(linkset, VOID.propertyPartition))
        assert {void.value(part, VOID.property) for part in parts} == set(void.objects(linkset, VOID.linkPredicate))
        counts = [int(str(void.value(part, VOID.triples))) for part in parts]
        assert sum(counts) == int(str(void.value(linkset, VOID.triples)))


@pytest.mark.thorough
def test_a_compressed_distribution_says_so(tmp_path: Path) -> None:
    bundle.build(tmp_path, compress=True)
    void = Graph().parse(tmp_path / "void.ttl")
    files = list(void.objects(URIRef(resources.BASE + "catalog"), DCAT.distribution))
    assert {str(void.value(file, DCTERMS.title)) for file in files} == {"uprgraph.nq.gz", "uprgraph.trig.gz"}
    assert all(str(void.value(file, DCAT.compressFormat)).endswith("/gzip") for file in files)


SPARQL_EXAMPLES = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
[] sh:targetClass sh:SPARQLExecutable ;
  sh:property [ sh:path [ sh:alternativePath (sh:select sh:ask sh:construct) ] ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path rdfs:comment ; sh:minCount 1 ; sh:or ([ sh:datatype rdf:langString ] [ sh:datatype rdf:HTML ]) ] ,
    [ sh:path sh:prefixes ; sh:minCount 1 ; sh:property [ sh:path sh:declare ; sh:minCount 1 ;
      sh:property [ sh:path sh:prefix ; sh:minCount 1 ] , [ sh:path sh:namespace ; sh:minCount 1 ] ] ] ,
    [ sh:path schema:keyword ; sh:maxCount 0 ] .
"""


def test_questions_have_the_form_of_sparql_examples_but_for_the_endpoint(built: Path) -> None:
    form = Graph().parse(data=SPARQL_EXAMPLES, format="turtle")
    questions = Graph().parse(built / "queries.ttl")
    conforms, _, text = pyshacl.validate(questions, shacl_graph=form)
    assert conforms, text
    questions.remove((URIRef(resources.BASE + "query/odihr/opinions-by-right"), RDFS.comment, None))
    assert not pyshacl.validate(questions, shacl_graph=form)[0]


PAGE = Path(__file__).parents[1] / "docs" / "linked-data.md"


@pytest.mark.thorough
@pytest.mark.server
def test_the_commands_of_the_page_on_linked_data_work(tmp_path: Path) -> None:
    """Its blocks in their order, as one script: build, check, load, serve, ask over HTTP, read with rdflib."""
    lacking = [name for name in ("bash", "curl", "sha256sum", "oxigraph") if shutil.which(name, path=search()) is None]
    if lacking:
        pytest.skip(f"not installed: {', '.join(lacking)}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    blocks = re.findall(r"```(sh|python)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert [kind for kind, _ in blocks] == ["sh", "sh", "sh", "sh", "python"]
    wait = f"for _ in $(seq 100); do curl -s http://localhost:{port}/ >/dev/null && break; sleep 0.1; done\n"
    parts = [body if kind == "sh" else f"python - <<'EOF'\n{body}EOF\n" for kind, body in blocks]
    script = "set -euo pipefail\ntrap 'kill $(jobs -p)' EXIT\n" + "echo ==\n".join(parts).replace("7878", port)
    script = script.replace(" &\n", f" 2>/dev/null &\n{wait}")
    environment = {**os.environ, "PATH": search()}
    command = ["bash", "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    checked, _, union, named, rdflib = done.stdout.replace("\r", "").split("==\n")
    assert checked.count(": OK") == 4
    assert named.startswith(union)
    for answer, times in ((union, 1), (named, 2), (rdflib, 1)):
        assert answer.count("TERR-KAZ/296/2016") == times
        assert "FOI-KAZ/268/2015" not in answer


def search() -> str:
    """Return the path on which commands are looked up: that of this Python first."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
