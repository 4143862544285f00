"""From a graph to what can be found in it.

Stores on disk read all values of one property quickly and those of one thing slowly. So everything is read property by
property into a temporary SQLite table, which sorts it by thing: memory does not grow with the number of things.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

import pyoxigraph
from pyoxigraph import NamedNode

from uprgraph.catalog.binding import bind
from uprgraph.catalog.catalogue import system
from uprgraph.engines.base import Engine, Row
from uprgraph.engines.terms import Iri, Literal
from uprgraph.search.document import CLASSES, KINDS, Document
from uprgraph.vocabulary import expand

_PROPERTIES = {
    "upr:text": "text",
    "dcterms:title": "title",
    "upr:opinionNumber": "number",
    "upr:addressedTo": "state",
    "upr:concernsState": "state",
    "upr:inReview": "place",
    "upr:statedIn": "document",
    "dcterms:source": "source",
    "upr:response": "response",
    "upr:madeBy": "recommender",
    "upr:issuedBy": "recommender",
    "upr:concernsRight": "about",
    "upr:sourceIssue": "about",
    "upr:sourceTheme": "about",
}
"""What each property says of a thing that can be found."""
_KIND = "kind"
_LANGUAGES = {"en": 0, None: 1}
"""Of texts in several languages, the one in English is found, or else one without a language."""
_OTHER = 2

_Fact = tuple[str, str, int, str]
"""A thing, what is said of it (a value of _PROPERTIES, or kind), the rank of the value, and the value."""
_Place = tuple[set[str], set[int]]


PLACING = frozenset(map(expand, ("upr:inSession", "upr:number", "upr:stateUnderReview", "upr:submittedFor")))
"""The properties of reviews and sessions that say where what they are about belongs."""


def documents(engine: Engine, more: Iterable[pyoxigraph.Quad] = ()) -> Iterator[Document]:
    """Yield everything in a graph that can be found, ordered by IRI: recommendations, findings and opinions.

    What has neither words nor a title, nor is about something that has a name, is left out. `more` is read beside the
    graph, for what it says of recommendations; what has a property of PLACING has to be in the graph.
    """
    names = {str(concept): str(label) for concept, label in _rows(engine, "search-labels")}
    places = _places(engine)
    with closing(_spooled(engine, more)) as spool:
        facts = spool.execute("SELECT item, said, rank, value FROM fact ORDER BY item, said, rank, value")
        for item, own in groupby(facts, key=itemgetter(0)):
            document = _document(item, _by_kind_of_fact(own), places, names)
            if document is not None:
                yield document


def _rows(engine: Engine, name: str, **terms: Sequence[Iri]) -> Iterator[Row]:
    return engine.select(bind(system(name), terms)).rows


def _spooled(engine: Engine, more: Iterable[pyoxigraph.Quad]) -> sqlite3.Connection:
    """Return a temporary database with the table of facts."""
    spool = sqlite3.connect("", isolation_level=None)
    spool.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000; BEGIN")
    spool.execute("CREATE TABLE fact (item TEXT, said TEXT, rank INTEGER, value TEXT)")
    for facts in (_kinds(engine), _facts(engine), _of_opinions(engine), _of_quads(more)):
        spool.executemany("INSERT INTO fact VALUES (?, ?, ?, ?)", facts)
    return spool


def _kinds(engine: Engine) -> Iterator[_Fact]:
    ranks = {expand(each): rank for rank, each in enumerate(CLASSES)}
    for item, kind in _rows(engine, "search-kinds", **{"class": [Iri(each) for each in ranks]}):
        if isinstance(item, Iri):
            rank = ranks[str(kind)]
            yield item.value, _KIND, rank, KINDS[rank]


def _facts(engine: Engine) -> Iterator[_Fact]:
    said = {expand(each): what for each, what in _PROPERTIES.items()}
    for item, has, value in _rows(engine, "search-facts", property=[Iri(each) for each in said]):
        if isinstance(item, Iri) and isinstance(has, Iri) and value is not None:
            rank = _LANGUAGES.get(value.language, _OTHER) if isinstance(value, Literal) else 0
            yield item.value, said[has.value], rank, str(value)


def _of_quads(quads: Iterable[pyoxigraph.Quad]) -> Iterator[_Fact]:
    ranks = {NamedNode(expand(each)): rank for rank, each in enumerate(CLASSES)}
    said = {NamedNode(expand(each)): what for each, what in _PROPERTIES.items()}
    kind = NamedNode(expand("rdf:type"))
    for item, has, value, _ in quads:
        if what := said.get(has):
            rank = _LANGUAGES.get(value.language, _OTHER) if isinstance(value, pyoxigraph.Literal) else 0
            yield item.value, what, rank, value.value
        elif has == kind and value in ranks:
            yield item.value, _KIND, ranks[value], KINDS[ranks[value]]


def _of_opinions(engine: Engine) -> Iterator[_Fact]:
    said = {expand("upr:text"): "finding", expand("upr:concernsRight"): "about"}
    for item, has, value, position in _rows(engine, "search-opinions"):
        yield str(item), said[str(has)], int(str(position or 0)), str(value)


def _places(engine: Engine) -> Mapping[str, _Place]:
    """Return the States and the sessions of reviews and documents."""
    found: dict[str, _Place] = {}
    for place, state, session in _rows(engine, "search-places"):
        states, sessions = found.setdefault(str(place), (set(), set()))
        if state is not None:
            states.add(str(state))
        if session is not None:
            sessions.add(int(str(session)))
    return found


@dataclass(slots=True)
class _Said:
    """What is said of one thing, by what it says."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def all(self, what: str) -> list[str]:
        return list(dict.fromkeys(self.values.get(what, ())))

    def first(self, what: str) -> str | None:
        return next(iter(self.values.get(what, ())), None)


def _by_kind_of_fact(facts: Iterable[_Fact]) -> _Said:
    said = _Said()
    for _, what, _, value in facts:
        said.values.setdefault(what, []).append(value)
    return said


def _document(item: str, said: _Said, places: Mapping[str, _Place], names: Mapping[str, str]) -> Document | None:
    kind = said.first(_KIND)
    if kind is None:
        return None
    about = said.all("about")
    text = said.first("text") or " | ".join(said.all("finding"))
    title = " ".join(said.all("number") + said.all("title")[:1])
    if not text and not title:
        title = "; ".join(sorted(names[each] for each in about if each in names))
    if not text and not title:
        return None
    own = [places[each] for each in (*said.all("place"), *said.all("document"), item) if each in places]
    inherited = {state for states, _ in own for state in states}
    sessions = {session for _, numbers in own for session in numbers}
    response = said.first("response")
    return Document(
        item=item,
        kind=kind,
        text=text,
        title=title,
        states=tuple(said.all("state") or sorted(inherited)),
        session=min(sessions, default=None),
        response=response,
        response_label=names.get(response, response) if response else None,
        source=said.first("document") or said.first("source"),
        recommenders=tuple(said.all("recommender")),
        about=tuple(about),
    )
