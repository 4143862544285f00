"""Things as pages show them: States, rights, documents beside their sources, and anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uprgraph.catalog.description import Description, describe
from uprgraph.catalog.parameters import ANYTHING, Parameter
from uprgraph.engines.terms import Iri
from uprgraph.graph import Argument, Graph
from uprgraph.results.rows import Results
from uprgraph.server.jobs import Dataset
from uprgraph.server.jobs.pages import Answers, answers, labels
from uprgraph.server.jobs.reading import Source, source_of
from uprgraph.vocabulary import expand

KINDS = {
    "state": Parameter("", "state"),
    "right": Parameter("", "concept", scheme="right"),
    "opinion": Parameter("", "thing", of_class="upr:LegalOpinion"),
    "document": Parameter("", "thing", of_class="upr:Document"),
    "thing": ANYTHING,
}
"""What an address may name."""
_OF_STATE = (
    *("opinions", "open-concerns", "law-adoption", "documents", "elections-observed", "statistics-vs-benchmarks"),
    *("reviews-of-state", "acceptance-by-session", "acceptance-by-issue", "state-dossier", "gender-audits"),
    *("action-plans", "rights-by-state"),
)
_OF_RIGHT = (
    *("instruments-by-right", "opinions-by-right", "findings-by-right", "recommendations-by-right"),
    *("reviews-and-opinions-by-right", "rights-to-sdg", "rights-to-other-vocabularies"),
)
_OF_DOCUMENT = ("findings-in-document", "recommendations-in-document", "stated-counts")


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing: its IRI, all that is known of it, and the names of what it is related to."""

    iri: str
    description: Description
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A State or right: what is known of it, and the answers to the questions about it by their names."""

    iri: str
    description: Description
    answers: Answers


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its statements, the passages that they rest on, and the texts that these stand in.

    `evidence` has the rows of the question of that name; `sources` the texts that are held, by their documents.
    """

    iri: str
    description: Description
    answers: Answers
    evidence: Results
    sources: Mapping[str, Source]


def resolve(graph: Graph, kind: str, text: str) -> Iri:
    """Return the thing that the end of an address names. Raises UnknownValueError."""
    found = graph.resolver.term(KINDS[kind], text)
    assert isinstance(found, Iri)  # noqa: S101 - no kind is a literal
    return found


def thing(dataset: Dataset, *, text: str) -> Thing:
    """Return anything of the graph, by its IRI or name."""
    graph = dataset.graph
    iri = resolve(graph, "thing", text)
    described = describe(graph.engine, iri, graph.default_graphs)
    return Thing(iri.value, described, _names(graph, described))


def state(dataset: Dataset, *, text: str) -> Dossier:
    """Return a State with all that is recorded of it."""
    return _dossier(dataset.graph, "state", text, {name: (name, "state") for name in _OF_STATE})


def right(dataset: Dataset, *, text: str) -> Dossier:
    """Return a right with all that concerns it or anything narrower; the answer "rights" is the whole hierarchy."""
    asked = {name: (name, "right") for name in _OF_RIGHT} | {"rights": ("rights-catalogue", "")}
    return _dossier(dataset.graph, "right", text, asked)


def document(dataset: Dataset, *, kind: str, text: str) -> Document:
    """Return a document, of the kind "opinion" or of any ("document"), beside the texts that it is known from."""
    graph = dataset.graph
    iri = resolve(graph, kind, text)
    described = describe(graph.engine, iri, graph.default_graphs)
    statements = sorted({str(each) for each in described.evidence.column("statement")})
    state = _value(described, expand("upr:concernsState"))
    asked: dict[str, tuple[str, Mapping[str, Argument]]] = {
        name: (name, {"document": iri.value}) for name in _OF_DOCUMENT
    }
    if state is not None:
        asked |= {name: (name, {"state": state}) for name in ("opinions", "law-adoption", "open-concerns")}
    found = answers(graph, asked)
    evidence = graph.query("evidence", statement=statements) if statements else Results((), [])
    shown = {**found.labels, **_names(graph, described), **labels(graph, evidence)}
    documents = sorted({str(each) for each in evidence.column("document")}) if statements else []
    sources = {each: source for each in documents if (source := source_of(each)) is not None}
    return Document(iri.value, described, Answers(found.results, shown), evidence, sources)


def _dossier(graph: Graph, kind: str, text: str, asked: Mapping[str, tuple[str, str]]) -> Dossier:
    iri = resolve(graph, kind, text)
    found = answers(
        graph, {key: (name, {parameter: iri.value} if parameter else {}) for key, (name, parameter) in asked.items()}
    )
    described = describe(graph.engine, iri, graph.default_graphs)
    return Dossier(iri.value, described, Answers(found.results, {**_names(graph, described), **found.labels}))


def _names(graph: Graph, described: Description) -> dict[str, str]:
    return labels(
        graph,
        described.statements,
        described.references,
        described.details,
        described.evidence,
        more=[described.thing.value],
    )


def _value(described: Description, relation: str) -> str | None:
    found = (str(row.value) for row in described.statements if row.property == relation)
    return next(found, None)
