"""The vocabulary and the codelists as tables, for pages that people read."""

from __future__ import annotations

from uprgraph.catalog.binding import bind
from uprgraph.catalog.catalogue import system
from uprgraph.catalog.description import Description, describe
from uprgraph.engines.terms import Iri
from uprgraph.errors import UnknownValueError
from uprgraph.results.rows import Results
from uprgraph.server.jobs import Dataset
from uprgraph.server.jobs.descriptions import is_known


def terms(dataset: Dataset, *, iri: str) -> tuple[Description, Results]:
    """Return a vocabulary and its terms, see queries/system/terms-of-vocabulary.rq. Raises UnknownValueError."""
    return _listed(dataset, "terms-of-vocabulary", "vocabulary", iri)


def entries(dataset: Dataset, *, iri: str) -> tuple[Description, Results]:
    """Return a codelist and its entries, see queries/system/entries-of-scheme.rq. Raises UnknownValueError."""
    return _listed(dataset, "entries-of-scheme", "scheme", iri)


def _listed(dataset: Dataset, name: str, parameter: str, iri: str) -> tuple[Description, Results]:
    if not is_known(dataset, iri=iri):
        raise UnknownValueError(f"nothing is known of {iri}")
    graph, thing = dataset.graph, Iri(iri)
    rows = Results.of(graph.engine.select(bind(system(name), {parameter: [thing]}), graph.default_graphs))
    return describe(graph.engine, thing, graph.default_graphs), rows
