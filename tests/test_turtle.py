"""The one written form: stable, readable back, loses nothing, and every Turtle file of the project is in it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from uprgraph import resources, vocabulary
from uprgraph.errors import InvalidDataError, ResourceError
from uprgraph.turtle import canonical, canonical_text, format_files, parse

ROOT = Path(__file__).parent.parent
FOLDERS = ("ontology", "data", "shapes", "tests")
UPR = vocabulary.prefixes()["upr"]
PREFIX = f"PREFIX upr: <{UPR}>\n"
XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"


@pytest.mark.thorough
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_turtle_file_is_in_canonical_form(folder: str) -> None:
    files = [ROOT / folder]
    assert format_files(files, check=True) == [], "run: make format"


def test_writes_only_the_prefixes_used_and_ends_with_one_newline() -> None:
    text = canonical_text(f"@prefix z: <{UPR}> .\n z:b a z:Class . z:a z:p 1.50, true ; .\n\n\n")
    assert (
        text == PREFIX + XSD + "\nupr:a\n    upr:p\n        true ,\n        1.50 ;\n.\n\nupr:b\n    a upr:Class ;\n.\n"
    )
    assert canonical_text(text) == text


def test_refuses_a_comment_and_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "note.ttl"
    before = PREFIX + "upr:a a upr:B . # why\n"
    file.write_text(before)
    with pytest.raises(InvalidDataError) as caught:
        format_files([file])
    assert (
        str(caught.value)
        == f"{file}:2: a comment, which formatting would lose\nmake it a skos:editorialNote of what it is about"
    )
    assert file.read_text() == before


def test_names_the_place_of_a_syntax_error(tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text(PREFIX + "upr:a upr:b .\n")
    with pytest.raises(InvalidDataError, match=r"broken\.ttl:2:\d+: not valid Turtle: "):
        format_files([file])


def test_refuses_a_predicate_without_a_prefix_of_ours() -> None:
    with pytest.raises(InvalidDataError, match=r"the predicate <http://nowhere\.org/p> has no prefix"):
        canonical_text("<http://nowhere.org/s> <http://nowhere.org/p> 1 .")


def test_refuses_a_number_that_would_lose_digits() -> None:
    with pytest.raises(InvalidDataError, match="would not read back as the same triples"):
        canonical_text(PREFIX + "upr:a upr:p 10000001.0e0 .")


def test_check_tells_and_writes_nothing(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.ttl", tmp_path / "sub" / "b.ttl"
    bad.parent.mkdir()
    good.write_text(PREFIX + "\nupr:a\n    a upr:B ;\n.\n")
    bad.write_text(PREFIX + "upr:a a upr:B .\n")
    assert format_files([tmp_path], check=True) == [bad]
    assert format_files([tmp_path]) == [bad]
    assert bad.read_text() == good.read_text()
    assert format_files([tmp_path]) == []


def test_a_path_that_is_not_there_or_holds_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"missing\.ttl does not exist"):
        format_files([tmp_path / "missing.ttl"])
    with pytest.raises(ResourceError, match=r"holds no file that ends in \.ttl"):
        format_files([tmp_path])


def test_a_file_that_is_not_utf_8_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "latin.ttl"
    file.write_bytes(b'<http://e.org/a> <http://e.org/b> "\xe9" .')
    with pytest.raises(InvalidDataError, match="not UTF-8"):
        format_files([file])


BLANKS = (
    PREFIX
    + """
[] a upr:X ; upr:p [ upr:q 1 ], [ upr:q 2 ; upr:r [ upr:q 3 ] ], ( upr:a [ upr:b "c"@en ] ) .
_:x upr:p _:y . _:y upr:p _:x . [] a upr:Y .
"""
)


@pytest.mark.thorough
def test_the_form_is_the_same_for_every_hash_seed() -> None:
    """Blank nodes make rdflib's `turtle` form differ from run to run; ours may not."""
    program = (
        "import sys; from uprgraph.turtle import canonical_text; sys.stdout.write(canonical_text(sys.stdin.read()))"
    )
    source = BLANKS + (resources.ontology() / "upr.ttl").read_text()
    written = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=source,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(written) == 1
    assert written.pop().startswith("PREFIX ")


names = st.text(alphabet="abZ09_-.é%()", min_size=1, max_size=4)
iris = names.map(lambda name: URIRef(UPR + name.replace("%", "%25")))
blanks = st.sampled_from([BNode(f"b{number}") for number in range(4)])
literals = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(Literal),
    st.text(alphabet="\"'\\\n\t\r a", max_size=6).map(Literal),
    st.text(max_size=4, alphabet="ab").map(lambda text: Literal(text, lang="en")),
    st.integers().map(Literal),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(Literal),
)
predicates = st.sampled_from([URIRef(UPR + "p"), URIRef(UPR + "q.r-s"), RDF.type])
triples = st.tuples(st.one_of(iris, blanks), predicates, st.one_of(iris, blanks, literals))


@settings(deadline=None, max_examples=60)
@given(st.lists(triples, max_size=12), st.randoms(use_true_random=False))
def test_reads_back_as_the_same_graph_whatever_the_order(
    rows: list[tuple[URIRef, URIRef, URIRef]], random: object
) -> None:
    graph = Graph()
    for row in rows:
        graph.add(row)
    text = canonical(graph)
    again = parse(text)
    assert isomorphic(graph, again)
    renamed = Graph()
    shuffled = list(graph)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for triple in shuffled:
        renamed.add(tuple(BNode("other" + node) if isinstance(node, BNode) else node for node in triple))  # type: ignore[arg-type]
    assert canonical(renamed) == text
    assert canonical(again) == text
