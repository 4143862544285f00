"""src/uprgraph/search: the face in Python, filters, and stores with an index."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from uprgraph import kept, resources
from uprgraph.engines.terms import Iri
from uprgraph.errors import QueryError, ResourceError, UnknownValueError, UsageError
from uprgraph.resources import BASE
from uprgraph.results.formats import render
from uprgraph.search import COLUMNS, Search, open_search
from uprgraph.search.index import Index, build
from uprgraph.search.reading import documents

TERR = f"{BASE}id/opinion/TERR-KAZ-296-2016"
JUD = f"{BASE}id/opinion/JUD-KAZ-337-2018"


@pytest.fixture(scope="module")
def search() -> Search:
    return open_search()


def test_freedom_of_religion_is_found_in_findings_first(search: Search) -> None:
    hits = search.find('"freedom of religion"')
    items = hits.column("item")
    assert set(items[:4]) == {f"{TERR}/finding/2", TERR, f"{JUD}/finding/3", JUD}
    assert (hits.total, len(hits)) == (28, 20)
    assert hits.columns == tuple(COLUMNS)
    assert hits.column("rank") == list(range(1, 21))
    assert set(hits.column("kind")[4:]) == {"review-recommendation"}
    assert hits[4].snippet == "(words not recorded) on freedom of religion and belief"
    for *_, item, _, _, _, _, _ in hits.terms:
        assert isinstance(item, Iri)
        assert search.graph.show(item.value).to_json()


@pytest.mark.parametrize(
    ("words", "filters", "total"),
    [
        ("religion", {"state": "Kazakhstan"}, 28),
        ("religion", {"state": "KAZ", "kind": "finding"}, 2),
        ("religion", {"state": "France"}, 0),
        ("religion", {"kind": ["finding", "opinion"]}, 4),
        ("religion", {"kind": "recommendation"}, 24),
        ("religion", {"session": 7}, 10),
        ("religion", {"session": [7, 20]}, 24),
        ("religion", {"response": "noted", "state": "KAZ"}, 6),
        ("religion", {"response": "rejected"}, 6),
        ("religion", {"recommender": "Mexico"}, 2),
        ("extremism", {"recommender": "ODIHR"}, 3),
        ("extremism", {"recommender": ["ODIHR", "Slovenia"], "kind": "opinion"}, 1),
        ("freedom", {"right": "freedom of movement", "kind": "finding"}, 1),
        ("freedom", {"right": "access to the internet", "kind": "finding"}, 1),
        ("freedom", {"right": "freedom of expression", "kind": "finding"}, 1),
    ],
)
def test_filters(search: Search, words: str, filters: dict[str, object], total: int) -> None:
    assert search.find(words, **filters).total == total  # type: ignore[arg-type]


def test_a_right_is_met_through_issues_and_anything_narrower(search: Search) -> None:
    rows = search.graph.query("review-recommendations-by-right", right="freedom of religion", state="KAZ")
    asked = {row.recommendation for row in rows if row.issueMatch == "same or narrower"}
    hits = search.find("free* OR religion", right="freedom of religion", kind="review-recommendation", limit=100)
    assert asked == set(hits.column("item"))
    assert len(asked) == 24
    wide = search.find("free*", right="civil and political rights", limit=100).total
    assert wide > search.find("free*", right="freedom of religion", limit=100).total


def test_what_is_wrong(search: Search) -> None:
    for filters, kind, message in (
        ({"state": "Kazakstan"}, UnknownValueError, 'state: "Kazakstan" is unknown\ndid you mean "Kazakhstan"'),
        ({"recommender": "Slovania"}, UnknownValueError, 'recommender: "Slovania" is unknown\ndid you mean "Slovenia"'),
        ({"recommender": "ODIR"}, UnknownValueError, 'recommender: "ODIR" is unknown'),
        ({"right": "xyzzy"}, UnknownValueError, 'right: "xyzzy" is unknown'),
        ({"session": "seven"}, UsageError, 'session: "seven" is not a whole number'),
        (
            {"kind": "findings"},
            UnknownValueError,
            'kind: "findings" is unknown\nthe kinds are: recommendation, review-',
        ),
        ({"state": []}, UsageError, "state: no value is given"),
        ({"limit": 0}, UsageError, "the limit 0 is not between 1 and"),
    ):
        with pytest.raises(kind) as caught:
            search.find("x", **filters)  # type: ignore[arg-type]
        assert str(caught.value).startswith(message)
    with pytest.raises(QueryError, match="is not closed"):
        search.find('"x')


def test_words_stand_out_where_a_format_can_show_it(search: Search) -> None:
    hits = search.find("circumscribe", limit=1)
    assert "circumscribe," in render(hits, "csv").decode()
    assert "\x1b[1mcircumscribe\x1b[0m" in render(hits, "table", 60, colour=True).decode()
    assert "\x1b" not in render(hits, "table", 60).decode()
    assert "\x1b[1mcircumscribe\x1b[0m" in render(hits, "table", 400, colour=True).decode()
    assert "**circumscribe**" in render(hits, "md").decode()
    assert "<mark>circumscribe</mark>" in render(hits, "html").decode()
    assert '"snippet": "to amend, and more strictly circumscribe,' in render(hits, "json").decode()


def test_a_text_that_looks_like_a_formula_is_none(engine_of: Callable[..., object]) -> None:
    engine = engine_of('<urn:x> a upr:Finding ; upr:text "=HYPERLINK(1) in words" .')
    shipped = open_search()
    hits = Search(shipped.graph, Index.in_memory(documents(engine))).find("words")  # type: ignore[arg-type]
    assert ",'=HYPERLINK(1) in words," in hits.to_csv()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store as imports make it, of the shipped graph."""
    directory = tmp_path / "store"
    with kept.changing(directory) as made:
        graph = pyoxigraph.Store(str(made.graph))
        for name, path in resources.graph_files():
            graph.load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE, to_graph=pyoxigraph.NamedNode(name))
        graph.flush()
        del graph
        build(documents(open_search().graph.engine), made.search)
    return directory


def test_a_store_answers_from_the_index_beside_it(store: Path, search: Search) -> None:
    found = open_search(store).find('"freedom of religion"', state="KAZ", right="freedom of religion")
    assert list(found) == list(search.find('"freedom of religion"', state="KAZ", right="freedom of religion"))
    assert found.total == 28


def test_a_store_without_an_index_says_how_to_get_one(tmp_path: Path, store: Path) -> None:
    pyoxigraph.Store(str(tmp_path / "plain")).flush()
    with pytest.raises(ResourceError, match=r"plain has no full-text index\n.*uprgraph import SOURCE FILE --store"):
        open_search(tmp_path / "plain")
    generation = kept.current(store)
    assert generation is not None
    generation.search.unlink()
    with pytest.raises(ResourceError, match="there is no index"):
        open_search(store)
