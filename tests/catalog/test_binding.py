"""src/uprgraph/catalog/binding.py: no value, however hostile, changes what a question asks."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from uprgraph.catalog.binding import bind, row
from uprgraph.catalog.parameters import Parameter
from uprgraph.catalog.question import Question
from uprgraph.engines import guard
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import BlankNode, Iri, Literal, Term
from uprgraph.errors import InvalidDataError, UnknownValueError

TEXT = """# The rows below are replaced.
SELECT ?a ?b {
  VALUES ?a { 1 }
  VALUES ?b { UNDEF }
}
"""


def question(text: str = TEXT) -> Question:
    parameters = (Parameter("a", "string"), Parameter("b", "string"))
    return Question("q", "odihr", "s", "d", (), parameters, {"a": "a", "b": "b"}, text, Path("q.rq"))


def test_replaces_the_rows() -> None:
    bound = bind(question(), {"a": [Iri("http://x"), Literal("y")], "b": []})
    assert bound.splitlines()[2:4] == ['  VALUES ?a { <http://x> "y" }', "  VALUES ?b { UNDEF }"]
    assert bound.splitlines()[1] == TEXT.splitlines()[1]


@pytest.mark.parametrize(
    "line",
    [
        "VALUES ?a { 1 } ?s ?p ?o .",
        "VALUES ?a {",
        "VALUES (?a ?b) { (1 2) }",
        "VALUES ?aa { 1 }",
        "VALUES ?a { 1 }\n VALUES ?a { 2 }",
        "VALUES ?a { 1 }\n OPTIONAL { VALUES ?a { 2 } }",
    ],
)
def test_needs_one_line_for_a_parameter(line: str) -> None:
    with pytest.raises(InvalidDataError, match=r"q\.rq: the parameter a needs (a|one) line VALUES \?a"):
        row(question(f"SELECT * {{\n {line}\n}}"), "a")


def test_refuses_blank_nodes() -> None:
    with pytest.raises(UnknownValueError, match="a blank node cannot be asked for"):
        bind(question("SELECT * {\n VALUES ?a { 1 }\n}"), {"a": [BlankNode("x")]})


ENGINE = EmbeddedEngine.of_files([])
HOSTILE = ['" } ; DROP ALL #', "x> <y", "\\u0022 } SERVICE <http://x> {", "'''", "}\n#", "?x", "UNDEF", "1 2", "\x00"]
values = st.one_of(st.text(), st.sampled_from(HOSTILE))


@given(values, st.sampled_from([Literal, Iri, lambda text: Iri(f"http://x/{text}")]))
@example('" } ; DROP ALL #', Literal)
@example("x> <y", Iri)
def test_any_value_is_refused_or_is_the_one_thing_asked_for(text: str, make: type[Literal]) -> None:
    term: Term = make(text)
    try:
        bound = bind(question(TEXT[TEXT.index("SELECT") :]), {"a": [term], "b": []})
    except UnknownValueError:
        return
    kinds = [token.kind for token in guard.tokens(bound)]
    template = [token.kind for token in guard.tokens(TEXT)]
    place = template.index("number")
    assert kinds[:place] == template[:place]
    rest = len(template) - place - 1
    assert kinds[-rest:] == template[-rest:]
    assert list(ENGINE.select(bound).rows) == [(term, None)]
