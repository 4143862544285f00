"""From the records of one review to its N-Quads: a pure function, so that it may run anywhere and in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from uprgraph import files, resources
from uprgraph.importing import descriptions
from uprgraph.importing.merging import Node, merge
from uprgraph.importing.spool import Unit, document_of
from uprgraph.importing.statements import Writer, review
from uprgraph.resources import BASE
from uprgraph.sources.records import Problem, Record
from uprgraph.sources.sessions import ordinal, review_of
from uprgraph.sources.statements import LABEL, RDF_TYPE, term
from uprgraph.validation.bulk import BulkValidator
from uprgraph.validation.report import Violation

_RECOMMENDATION = "/recommendation/"
_DATASET = f"{BASE}id/dataset/"


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a unit: its statements as sorted lines of N-Quads, what SHACL has against them, and counts.

    `triples` counts the statements of each graph by the key of its dataset.
    """

    key: str
    quads: bytes
    problems: tuple[Problem, ...]
    recommendations: int
    matches: int
    triples: Mapping[str, int]


@dataclass(frozen=True)
class Context:
    """What the shipped graph knows that matters here.

    `reviews` are the IRIs of reviews, `labels` the English labels of things by their IRIs. Of the recommendations of
    reviews, `stated` is what is stated of them and `recommendations` the last parts of their IRIs, by review;
    `datasets` is what is stated of those that they are from. `validator` has all shapes, and all that is shipped.
    """

    reviews: frozenset[str]
    labels: Mapping[str, str]
    stated: Mapping[str, frozenset[Triple]]
    recommendations: Mapping[str, frozenset[str]]
    datasets: frozenset[Triple]
    validator: BulkValidator

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Context:
        """Read it; a second call returns the same."""
        triples = [quad.triple for _, path in resources.graph_files() for quad in files.read_turtle(path)]
        kind = term("upr:Review")
        reviews = {_iri(each.subject) for each in triples if each.predicate == RDF_TYPE and each.object == kind}
        stated: dict[str, set[Triple]] = {}
        for each in triples:
            place, is_one, _ = _iri(each.subject).partition(_RECOMMENDATION)
            if is_one:
                stated.setdefault(place, set()).add(each)
        return cls(
            validator=BulkValidator([resources.shapes()], triples),
            datasets=frozenset(each for each in triples if _iri(each.subject).startswith(_DATASET)),
            reviews=frozenset(reviews),
            labels=dict(_labels(triples)),
            stated={found: frozenset(members) for found, members in stated.items()},
            recommendations={found: frozenset(_parts(members)) for found, members in stated.items()},
        )


def _labels(triples: Iterable[Triple]) -> Iterator[tuple[str, str]]:
    for each in triples:
        label = each.object
        if each.predicate == LABEL and isinstance(label, Literal) and label.language == "en":
            yield _iri(each.subject), label.value


def _parts(triples: Iterable[Triple]) -> Iterator[str]:
    return (_iri(each.subject).rpartition("/")[2] for each in triples if each.predicate == RDF_TYPE)


def convert(unit: Unit) -> Converted:
    """Return what becomes of a unit. The same unit gives the same bytes, in whatever process."""
    context = Context.load()
    place = _place(unit.records[0])
    nodes = merge(unit.records, unit.sources, context.recommendations.get(place, frozenset()))
    quads = _once(_statements(unit, nodes, place, context), context.stated.get(place, frozenset()))
    described = [
        *(each for key, dataset in unit.datasets.items() for each in descriptions.describe(dataset, unit.sources[key])),
        *(
            each
            for record in unit.records
            if (symbol := document_of(record)) is not None
            for each in descriptions.describe_document(symbol, record.dataset)
        ),
    ]
    stated = context.stated.get(place, ())
    violations = context.validator.violations(chain(quads, described, stated))
    return Converted(
        key=unit.key,
        quads=lines(quads.values()),
        problems=tuple(_problem(unit.key, each) for each in violations if each.severity == "violation"),
        recommendations=len(nodes),
        matches=sum(len(found.links) for found in nodes),
        triples=Counter(_iri(quad.graph_name).rpartition("/graph/")[2] for quad in quads.values()),
    )


def _problem(unit: str, found: Violation) -> Problem:
    return Problem(unit, None, found.focus_iri, found.path or "", found.value or "", found.message, "kept")


def lines(quads: Iterable[Quad]) -> bytes:
    """Return quads as sorted lines of N-Quads."""
    serialised = serialize(quads, format=RdfFormat.N_QUADS)
    assert serialised is not None  # noqa: S101 - it is bytes where no file is given
    return b"".join(sorted(serialised.splitlines(keepends=True)))


def _iri(found: object) -> str:
    return found.value if isinstance(found, NamedNode) else ""


def _place(record: Record) -> str:
    """Return what a recommendation belongs to: a review, or the index."""
    if record.session is None:
        return f"{BASE}id/uhri"
    return review_of(record.state, record.session).value


def prefix_of(record: Record) -> str:
    """Return what the IRI of a recommendation begins with: the part of its draft follows."""
    return _place(record) + ("/" if record.session is None else _RECOMMENDATION)


def _statements(unit: Unit, nodes: Iterable[Node], place: str, context: Context) -> Iterator[Quad]:
    first = unit.records[0]
    if first.session is not None and place not in context.reviews:
        label = f"Review of {context.labels[first.state]}, {ordinal(first.session)} session"
        yield from review(NamedNode(place), first, label)
    writer = Writer(unit.sources)
    yield from chain.from_iterable(writer.statements(found, prefix_of(first)) for found in nodes)


def _once(quads: Iterable[Quad], stated: frozenset[Triple]) -> dict[Triple, Quad]:
    """Return each statement once, in the first graph that has it, without those that the shipped graph has.

    In the union of its graphs pyoxigraph counts what stands in two of them twice.
    """
    found: dict[Triple, Quad] = {}
    for quad in quads:
        triple = quad.triple
        if triple not in stated:
            found.setdefault(triple, quad)
    return found
