"""Validating an import: chunk by chunk with our bulk validation, beside pySHACL over the same statements.

Each chunk is what an import makes of one review. pySHACL gets the first chunks, as many as it can do in some 20 s, all
at once, so that it reads the shapes and the background once, as ours does; ours does these in turn, and then all of
them. What both find has to be the same. One recommendation in fifty is spoilt. Times are those of the processor: both
run in one thread and wait for nothing.

Usage: python -m bench.validation, with RECOMMENDATIONS=number for another size.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from bench import generated
from uprgraph import resources
from uprgraph.files import read_turtle
from uprgraph.validation import loading, shacl
from uprgraph.validation.bulk import BulkValidator
from uprgraph.validation.report import Violation
from uprgraph.vocabulary import expand

SIZE = int(os.environ.get("RECOMMENDATIONS", str(generated.FULL_IMPORT)))
REVIEWS = 290
SHARED_WITH_PYSHACL = 32
"""Chunks that pySHACL does in some 20 s."""
TARGET_SECONDS = 8.0
TARGET_START = 1.5
_SENTENCE = "Take further measures to guarantee in law and in practice the right of all persons to a fair trial, no. "


def background() -> list[ox.Quad]:
    """Return what is shipped, without the recommendations of reviews."""
    return [quad for _, path in resources.graph_files() if path.parent.name != "upr-info" for quad in read_turtle(path)]


def chunks(recommendations: int, shipped: Iterable[ox.Quad]) -> Iterator[list[ox.Triple]]:
    """Yield the statements of one review after the other; the same number gives the same statements."""
    chance = random.Random(recommendations)  # noqa: S311 - the same numbers each time
    about = {(quad.subject, quad.predicate.value): quad.object for quad in shipped}
    reviewed = {s: o for (s, p), o in about.items() if p == expand("upr:stateUnderReview")}
    states = sorted(set(reviewed.values()), key=str)
    issues = sorted((s for (s, p), o in about.items() if o == ox.NamedNode(expand("upr:Issue"))), key=str)
    chosen = chance.sample(sorted(reviewed, key=str), REVIEWS)
    for number, review in enumerate(chosen):
        many = recommendations // REVIEWS + (number < recommendations % REVIEWS)
        yield [
            triple
            for each in range(many)
            for triple in _recommendation(chance, each, (review, reviewed[review]), states, issues)
        ]


def _recommendation(
    chance: random.Random,
    number: int,
    addressed: tuple[object, object],
    states: Sequence[object],
    issues: Sequence[object],
) -> list[ox.Triple]:
    """Return what is stated of a recommendation of a review to its State, which are `addressed`."""
    review, state = addressed
    supported = chance.random() < 0.75  # noqa: PLR2004 - about what it is in the export
    text = _SENTENCE + str(chance.random())
    row = ox.Literal(str(number + 1), datatype=ox.NamedNode(expand("xsd:integer")))
    values: list[tuple[str, object]] = [
        ("rdf:type", ox.NamedNode(expand("upr:ReviewRecommendation"))),
        ("dcterms:source", ox.NamedNode(f"{resources.BASE}id/dataset/upr-info-s01-20")),
        ("upr:actionCategory", ox.NamedNode(f"{resources.BASE}code/action-category/{chance.randint(1, 5)}")),
        ("upr:addressedTo", state),
        ("upr:categorisedBy", ox.NamedNode(f"{resources.BASE}id/organisation/UPR-Info")),
        ("upr:inReview", review),
        ("upr:madeBy", chance.choice([each for each in states if each != state])),
        ("upr:response", ox.NamedNode(f"{resources.BASE}code/response/{'supported' if supported else 'noted'}")),
        ("upr:sourceResponse", ox.Literal("Accepted" if supported else "Noted")),
        ("upr:sourceRow", row),
        ("upr:text", ox.Literal(text, language="en")),
        *(("upr:sourceIssue", each) for each in chance.sample(issues, chance.randint(1, 5))),
    ]
    if number % 50 == 49:  # noqa: PLR2004 - one in fifty
        values.pop(chance.randrange(len(values)))
    subject = ox.NamedNode(f"{str(review)[1:-1]}/recommendation/{chance.getrandbits(48):012x}")
    return [ox.Triple(subject, ox.NamedNode(expand(name)), value) for name, value in values]  # type: ignore[arg-type]


def with_pyshacl(triples: Iterable[ox.Triple], under: Iterable[ox.Quad]) -> list[Violation]:
    """Return what pySHACL finds, with the shapes cut down to the subjects of the triples."""
    paths = [*sorted(resources.shapes().glob("*.ttl")), resources.ontology() / "prefixes.ttl"]
    shapes = shacl.graph_of(triple for n, path in enumerate(paths) for triple in loading.read(path, n).triples)
    files = [loading.of_graph("chunk", triples, 0), loading.of_graph("background", (q.triple for q in under), 1)]
    data = shacl.graph_of(triple for file in files for triple in file.triples)
    narrow = shacl.narrowed(shapes, shacl.focus_nodes(shapes, data), files[0].subjects)
    return list(shacl.violations(shacl.run(data, narrow), data, shapes, []))


def line(name: str, seconds: float, statements: int, found: int) -> str:
    """Return one line of the report."""
    return (
        f"{name:<38}{seconds:8.2f} s  {statements:9,} statements  {statements / seconds:9,.0f}/s  {found:6,} violations"
    )


def measure() -> int:
    """Measure both and print it; return 0 if ours is as fast as it should be and finds the same, else 1."""
    shipped = background()
    made = list(chunks(SIZE, shipped))
    shared = made[:SHARED_WITH_PYSHACL]
    few, many = sum(map(len, shared)), sum(map(len, made))

    start = time.process_time()
    validator = BulkValidator([resources.shapes()], shipped)
    ready = time.process_time() - start
    start = time.process_time()
    ours = [each for chunk in shared for each in validator.violations(chunk)]
    ours_seconds = time.process_time() - start
    start = time.process_time()
    found = sum(len(validator.violations(chunk)) for chunk in made)
    all_seconds = time.process_time() - start
    start = time.process_time()
    theirs = with_pyshacl((triple for chunk in shared for triple in chunk), shipped)
    theirs_seconds = time.process_time() - start

    print(f"{SIZE:,} recommendations of {REVIEWS} reviews; background {len(shipped):,} statements")
    print(line(f"pySHACL, {len(shared)} reviews at once", theirs_seconds, few, len(theirs)))
    print(line(f"ours, the same {len(shared)} reviews in turn", ours_seconds, few, len(ours)))
    print(line(f"ours, all {REVIEWS} reviews", all_seconds, many, found))
    print(f"ours {theirs_seconds / ours_seconds:.0f} times as fast; start {ready:.2f} s")
    same = sorted(map(str, ours)) == sorted(map(str, theirs))
    print(f"the same violations: {same}; targets: {TARGET_SECONDS:.0f} s for all, {TARGET_START} s to start")
    return 0 if same and all_seconds <= TARGET_SECONDS and ready <= TARGET_START else 1


if __name__ == "__main__":
    sys.exit(measure())
