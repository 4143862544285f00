"""src/uprgraph/catalog/catalogue.py, and every shipped question as far as binding goes."""

from pathlib import Path

import pytest

from uprgraph.catalog import catalogue
from uprgraph.catalog.binding import bind, row
from uprgraph.engines import guard
from uprgraph.engines.base import Solutions
from uprgraph.errors import InvalidDataError, UnknownValueError
from uprgraph.graph import Graph
from uprgraph.resources import queries

SHIPPED = catalogue.shipped().questions()
SYSTEM = [catalogue.system(path.stem) for path in sorted((queries() / "system").glob("*.rq"))]
HEAD = "#+ summary: What?\n#+ description: This.\n#+ columns: {thing: the thing}\n"


def test_lists_questions_by_area() -> None:
    assert len(SHIPPED) >= 30
    areas = [question.area for question in SHIPPED]
    assert areas == sorted(areas, key=list(catalogue.AREAS).index)
    assert {"opinions-by-right", "count-mismatches"} <= set(catalogue.shipped().names())


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(UnknownValueError, match='there is no question "opinion-by-right"') as caught:
        catalogue.shipped().question("opinion-by-right")
    assert caught.value.suggestions[0] == "opinions-by-right"
    with pytest.raises(UnknownValueError) as caught:
        catalogue.shipped().question("zzz")
    assert caught.value.hint == "uprgraph query lists all questions"


def test_a_name_may_be_used_once(tmp_path: Path) -> None:
    for area in ("odihr", "checks"):
        (tmp_path / area).mkdir()
        (tmp_path / area / "same.rq").write_text(HEAD)
    with pytest.raises(InvalidDataError, match="there is another question of this name"):
        catalogue.Catalogue(tmp_path)


@pytest.mark.parametrize("question", [*SHIPPED, *SYSTEM], ids=lambda question: question.name)
def test_each_parameter_has_one_row(question: catalogue.Question) -> None:
    for parameter in question.parameters:
        row(question, parameter.name)


@pytest.mark.parametrize("question", SHIPPED, ids=lambda question: question.name)
def test_the_file_as_it_stands_asks_for_its_defaults(shipped: Graph, question: catalogue.Question) -> None:
    _, terms = shipped.bound(question.name, {})
    for name, values in terms.items():
        start, end = row(question, name)
        asked = f"SELECT ?x {{ VALUES ?x {{ {question.sparql[start:end]} }} }}"
        assert list(shipped.engine.select(asked).rows) == [(value,) for value in values or [None]], name


@pytest.mark.parametrize("question", SHIPPED, ids=lambda question: question.name)
def test_the_header_names_the_columns(shipped: Graph, question: catalogue.Question) -> None:
    answer = shipped.engine.query(question.sparql)
    assert isinstance(answer, Solutions)
    assert answer.variables == tuple(question.columns)


@pytest.mark.parametrize("question", [*SHIPPED, *SYSTEM], ids=lambda question: question.name)
def test_a_bound_question_has_the_shape_of_the_file(question: catalogue.Question) -> None:
    bound = bind(question, {parameter.name: [] for parameter in question.parameters})
    assert _shape(bound) == _shape(question.sparql)


def _shape(text: str) -> list[str]:
    """Return the tokens of a query without the rows of its parameters."""
    found: list[str] = []
    inside = False
    for token in guard.tokens(text):
        if token.text == "}":
            inside = False
        if not inside:
            found.append(token.text)
        inside = inside or (token.text == "{" and len(found) > 2 and found[-3].upper() == "VALUES")
    return found


@pytest.mark.parametrize("place", ["newarea", "odihr/deeper", "."])
def test_questions_in_a_folder_that_is_no_area_are_not_ignored(tmp_path: Path, place: str) -> None:
    (tmp_path / place).mkdir(parents=True, exist_ok=True)
    (tmp_path / place / "mine.rq").write_text(HEAD + "SELECT ?thing { ?thing a ?class }")
    with pytest.raises(InvalidDataError, match=r"is no area\nthe areas are: odihr, ") as caught:
        catalogue.Catalogue(tmp_path)
    assert caught.value.path == tmp_path / place
