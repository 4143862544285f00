"""What pages are made of: answers to questions, the names of what they hold, and what people may choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from uprgraph.catalog import catalogue
from uprgraph.catalog.binding import bind
from uprgraph.catalog.names import Name, search_key
from uprgraph.catalog.names import labels as shown_names
from uprgraph.catalog.parameters import Parameter
from uprgraph.engines.base import Row, Solutions, Triples
from uprgraph.engines.terms import Iri, Literal
from uprgraph.graph import Argument, Graph
from uprgraph.resources import BASE
from uprgraph.results.rows import Results
from uprgraph.server.jobs import Dataset
from uprgraph.vocabulary import Label, best_label, expand
from uprgraph.wording import fold_space

_AT_ONCE = 200
"""Things whose names are asked for in one query."""
_LONGEST_NAME = 160
_SUGGESTED = 12
_SHOWN = 500
"""Rows of an answer to somebody's own SPARQL that are shown on a page."""
COUNTED = (
    *("upr:State", "upr:Review", "upr:LegalOpinion", "upr:LegalText", "upr:Finding", "upr:Passage", "upr:Right"),
    *("upr:Recommendation", "upr:ReviewRecommendation", "upr:Election", "upr:Submission", "upr:Instrument"),
)
"""The classes that the first page counts."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to several questions, by the name under which each was asked, and what the things in them are called."""

    results: Mapping[str, Results]
    labels: Mapping[str, str]

    def __getitem__(self, name: str) -> Results:
        return self.results[name]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: what it is called, what tells it from others (KAZ), and its IRI."""

    label: str
    key: str
    iri: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things there are by class (as upr:LegalOpinion), and in all reviews the recommendations and rows."""

    things: Mapping[str, int]
    recommendations: int
    rows: int


def answers(graph: Graph, asked: Mapping[str, tuple[str, Mapping[str, Argument]]]) -> Answers:
    """Return the answers to questions, each given as its name with its arguments, and all names."""
    results = {key: graph.query(name, **arguments) for key, (name, arguments) in asked.items()}
    return Answers(results, labels(graph, *results.values()))


def ask(dataset: Dataset, asked: Mapping[str, tuple[str, Mapping[str, Argument]]]) -> Answers:
    """Return the answers to several questions."""
    return answers(dataset.graph, asked)


def labels(graph: Graph, *results: Results, more: Iterable[str] = ()) -> dict[str, str]:
    """Return what the things of ours in some results are called."""
    iris = {term.value for each in results for row in each.terms for term in row if isinstance(term, Iri)}
    return names(graph, iris.union(more))


def names(graph: Graph, iris: Iterable[str]) -> dict[str, str]:
    """Return what things of ours are called, those that have a label, a title, or words, which may be cut off."""
    wanted = iter(sorted(each for each in set(iris) if each.startswith(BASE)))
    found: dict[str, list[Label]] = {}
    while batch := [Iri(each) for each in islice(wanted, _AT_ONCE)]:
        text = bind(catalogue.system("labels-of-things"), {"thing": batch})
        for thing, rank, name in graph.engine.select(text, graph.default_graphs).rows:
            if isinstance(name, Literal):
                found.setdefault(str(thing), []).append(Label(name.value, name.language, int(str(rank))))
    return {thing: _cut(best_label(each) or "") for thing, each in found.items()}


def _cut(text: str) -> str:
    folded = fold_space(text)
    if len(folded) <= _LONGEST_NAME:
        return folded
    return folded[:_LONGEST_NAME].rsplit(" ", 1)[0] + " …"


def counts(dataset: Dataset) -> Counts:
    """Return how much there is."""
    graph = dataset.graph
    by_iri = {expand(each): each for each in COUNTED}
    text = bind(catalogue.system("counts-of-classes"), {"class": [Iri(each) for each in by_iri]})
    rows = graph.engine.select(text, graph.default_graphs).rows
    things = {by_iri[str(kind)]: int(str(number)) for kind, number in rows}
    sessions = graph.query("acceptance-by-session")
    totals = [sum(int(str(each)) for each in sessions.column(name)) for name in ("recommendations", "rows")]
    return Counts(dict.fromkeys(COUNTED, 0) | things, *totals)


def states(dataset: Dataset) -> Results:
    """Return every State with how much is recorded of it, see queries/system/states-with-holdings.rq."""
    graph = dataset.graph
    return Results.of(graph.engine.select(catalogue.system("states-with-holdings").sparql, graph.default_graphs))


def choices(graph: Graph, parameter: Parameter) -> list[Choice]:
    """Return everything that a parameter may be, by name."""
    found = graph.resolver.names(parameter)
    keys = {each.thing: each.text for each in found if each.kind == "key"}
    listed = [Choice(label, keys.get(iri, label), iri) for iri, label in shown_names(found).items()]
    return sorted(listed, key=lambda each: (search_key(each.label), each.iri))


def pick_lists(dataset: Dataset, parameters: Sequence[Parameter]) -> dict[str, list[Choice]]:
    """Return the choices of parameters that are States or entries of codelists, by the name of the parameter."""
    return {each.name: choices(dataset.graph, each) for each in parameters if each.kind in {"state", "concept"}}


def suggest(dataset: Dataset, parameter: Parameter, text: str) -> list[Choice]:
    """Return what somebody who has typed `text` may mean: names that begin so, then those that hold it."""
    wanted = search_key(text)
    found = dataset.graph.resolver.names(parameter)
    shown = shown_names(found)
    keys = {each.thing: each.text for each in found if each.kind == "key"}
    best: dict[str, tuple[bool, int, str]] = {}
    for name in found:
        rank = _rank(name, wanted)
        if rank is not None and (name.thing not in best or rank < best[name.thing]):
            best[name.thing] = rank
    ranked = sorted(best, key=lambda thing: (best[thing], thing))[:_SUGGESTED]
    return [Choice(shown[each], keys.get(each, shown[each]), each) for each in ranked]


def _rank(name: Name, wanted: str) -> tuple[bool, int, str] | None:
    text = search_key(name.text)
    return (not text.startswith(wanted), len(text), text) if wanted and wanted in text else None


@dataclass(frozen=True, slots=True)
class Sparql:
    """The answer to somebody's own query: the first rows, whether there are more, and the names of the things."""

    results: Results
    cut: bool
    labels: Mapping[str, str]


def sparql(dataset: Dataset, text: str) -> Sparql:
    """Return the first rows of the answer to a query; a graph is rows of subject, predicate and object."""
    answer = dataset.graph.engine.query(text, dataset.graph.default_graphs)
    if isinstance(answer, bool):
        return Sparql(Results.of(answer), cut=False, labels={})
    columns = answer.variables if isinstance(answer, Solutions) else ("subject", "predicate", "object")
    source: Iterable[Row] = answer.triples if isinstance(answer, Triples) else answer.rows
    rows: list[Row] = list(islice(source, _SHOWN + 1))
    results = Results(columns, rows[:_SHOWN], sparql=text)
    return Sparql(results, len(rows) > _SHOWN, labels(dataset.graph, results))
