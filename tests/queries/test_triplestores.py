"""Every question and check, with several values, on four real triplestores and rdflib: the embedded engine's rows.

Over the fixtures rdflib is compared in test_queries.py and tests/checks.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.servers import Server

from uprgraph import resources
from uprgraph.engines.base import Engine
from uprgraph.engines.rdflib_engine import RdflibEngine
from uprgraph.engines.remote import RemoteEngine
from uprgraph.stores import loading
from uprgraph.stores.connection import Store
from uprgraph.stores.content import FilesContent
from uprgraph.transport.credentials import Credentials

from . import differential
from .differential import Case

SHIPPED = tuple(dict.fromkeys(file.graph for file in resources.graph_files()))
QUESTIONS = sorted({f"{case.question.area}/{case.question.name}" for case in differential.cases().values()})


def cases_of(question: str, *, over_fixtures: bool) -> list[Case]:
    """Return the cases of a question, over the shipped graphs or over fixtures."""
    return [
        case
        for name, case in differential.cases().items()
        if name.startswith(f"{question}[") and (case.fixture is not None) == over_fixtures
    ]


def wrong(engine: Engine, cases: Sequence[Case], shipped: Sequence[str] = SHIPPED) -> list[str]:
    """Say which cases have other rows; `shipped`: the graphs to ask, none for all that the engine has."""
    found = []
    for case in cases:
        graphs = shipped if case.fixture is None else (case.fixture.graph,)
        differences = list(differential.differences(differential.answer(engine, case, graphs), expected(case)))
        if differences:
            found.append(f"{case}: {'; '.join(differences)}")
    return found


def expected(case: Case) -> differential.Answer:
    return differential.expected(str(case))


@pytest.fixture(scope="session")
def reference() -> RdflibEngine:
    """The shipped graphs in rdflib."""
    return RdflibEngine.shipped()


@pytest.fixture(scope="session")
def filled(triplestore: Server) -> RemoteEngine:
    """A store with the shipped graphs and the fixtures.

    Virtuoso is started again: it goes on with statistics from before the data was there, and then loses what OPTIONALs
    find, see docs/triplestores.md.
    """
    credentials = Credentials(triplestore.user, triplestore.password or "") if triplestore.user else None
    with Store.connect(triplestore.query_url, credentials=credentials) as store:
        assert all(each.seconds is not None for each in loading.load(store))
        for graph, path in differential.fixtures():
            store.put(graph, FilesContent(graph, [path]))
    if triplestore.kind == "virtuoso":
        triplestore.restart()
    return RemoteEngine(triplestore.query_url, timeout=600)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_store_gives_the_same_rows(filled: RemoteEngine, question: str) -> None:
    assert not wrong(filled, cases_of(question, over_fixtures=False))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_store_gives_the_same_rows_of_fixtures(filled: RemoteEngine, question: str) -> None:
    assert not wrong(filled, cases_of(question, over_fixtures=True))


@pytest.mark.triplestores
@pytest.mark.xdist_group("rdflib")
@pytest.mark.parametrize("question", QUESTIONS)
def test_rdflib_gives_the_same_rows(reference: RdflibEngine, question: str) -> None:
    assert not wrong(reference, cases_of(question, over_fixtures=False), ())


def test_every_question_has_cases_with_rows() -> None:
    """So that the comparisons above compare something: each question and check gives rows somewhere."""
    empty = [
        question
        for question in QUESTIONS
        if not any(
            expected(case)[1]
            for over_fixtures in (False, True)
            for case in cases_of(question, over_fixtures=over_fixtures)
        )
    ]
    assert not empty
