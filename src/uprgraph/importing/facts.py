"""Facts of an export of UPR Info, as they are shipped: who recommended to whom, the answer, issues; no sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from pyoxigraph import NamedNode, Triple

from uprgraph.importing.convert import prefix_of
from uprgraph.importing.merging import merge
from uprgraph.importing.spool import unit_of
from uprgraph.importing.statements import Writer, dataset_of
from uprgraph.sources.records import Dataset, Record
from uprgraph.sources.statements import EDITORIAL_NOTE, RDF_TYPE, SOURCE, term, text

_SOURCE = "upr-info"
_EXPORT = NamedNode("https://github.com/rochelleterman/uprs")
_NOTE = (
    "Read from the file of commit 986898e, decoded from Mac Roman. No licence is stated; only facts are taken over "
    "(who recommended, to whom, at which session, the response, the issues and the category of action), no sentences."
)
_LEFT_OUT = (term("upr:text"), term("upr:sourceRow"))


def statements(records: Iterable[Record]) -> Iterator[Triple]:
    """Yield what records of an export say, recommendation by recommendation, as an import has it, but for the words."""
    for _, unit in groupby(sorted(records, key=unit_of), key=unit_of):
        members = list(unit)
        sources = dict.fromkeys((record.dataset for record in members), _SOURCE)
        nodes, writer = merge(members, sources, frozenset()), Writer(sources)
        quads = chain.from_iterable(writer.statements(found, prefix_of(members[0])) for found in nodes)
        yield from dict.fromkeys(quad.triple for quad in quads if quad.predicate not in _LEFT_OUT)


def description(dataset: Dataset) -> Iterator[Triple]:
    """Yield the description of the published export, to which the source of every recommendation leads."""
    subject = dataset_of(dataset.key, _SOURCE)
    yield Triple(subject, RDF_TYPE, term("dcat:Dataset"))
    yield Triple(subject, term("dcterms:title"), text(dataset.title))
    yield Triple(subject, SOURCE, _EXPORT)
    yield Triple(subject, term("dcterms:publisher"), NamedNode(dataset.publisher))
    yield Triple(subject, EDITORIAL_NOTE, text(_NOTE))
