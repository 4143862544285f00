"""src/uprgraph/catalog/resolve.py and names.py."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import uprgraph
from uprgraph.catalog.binding import bind
from uprgraph.catalog.names import key, search_key
from uprgraph.catalog.parameters import Parameter
from uprgraph.catalog.question import Question
from uprgraph.catalog.resolve import Given, Resolver
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import XSD, Iri, Literal
from uprgraph.errors import UnknownValueError, UprGraphError, UsageError
from uprgraph.graph import Graph

RIGHT = Parameter("right", "concept", scheme="right")
STATE = Parameter("state", "state")
OPINION = Parameter("opinion", "thing", of_class="upr:Document")
BASE = "https://w3id.org/uprgraph/"
RELIGION = Iri(f"{BASE}code/right/freedom-of-religion-or-belief")
KAZ = Iri(f"{BASE}id/state/KAZ")


@pytest.mark.parametrize(
    "text",
    [
        "freedom of religion or belief",
        "freedom of religion",
        "  Freedom  Of RELIGION ",
        "freedom-of-religion-or-belief",
        "right:freedom-of-religion-or-belief",
        "code/right/freedom-of-religion-or-belief",
        RELIGION.value,
        f"<{RELIGION.value}>",
    ],
)
def test_a_right_by_label_alternative_label_code_and_iri(shipped: Graph, text: str) -> None:
    assert shipped.resolver.term(RIGHT, text) == RELIGION


@pytest.mark.parametrize(
    "text",
    ["KAZ", "kaz", "KZ", "Kazakhstan", "KAZAKHSTAN", "Казахстан", "哈萨克斯坦", "كازاخستان", "state:KAZ", KAZ.value],
)
def test_a_state_by_name_in_any_language_and_by_code(shipped: Graph, text: str) -> None:
    assert shipped.resolver.term(STATE, text) == KAZ


def test_diacritics_and_punctuation_do_not_matter(shipped: Graph) -> None:
    assert shipped.resolver.term(STATE, "cote divoire") == Iri(f"{BASE}id/state/CIV")


@pytest.mark.parametrize(
    "text", ["TERR-KAZ/296/2016", "terr-kaz 296 2016", "TERR-KAZ-296-2016", "id/opinion/TERR-KAZ-296-2016"]
)
def test_a_thing_of_a_subclass_by_number_and_key(shipped: Graph, text: str) -> None:
    opinion = Iri(f"{BASE}id/opinion/TERR-KAZ-296-2016")
    assert shipped.resolver.term(OPINION, text) == opinion
    assert shipped.resolver.anything(text) == opinion


@pytest.mark.parametrize(
    ("parameter", "text", "message", "hint"),
    [
        (
            RIGHT,
            "freedm of religon",
            'right: "freedm of religon" is unknown',
            'did you mean "freedom of religion or belief"',
        ),
        (RIGHT, "arbitrary deten", 'right: "arbitrary deten" is unknown', 'did you mean "freedom from arbitrary'),
        (STATE, "Kazakstan", 'state: "Kazakstan" is unknown', 'did you mean "Kazakhstan"'),
        (
            RIGHT,
            "qqq",
            'right: "qqq" is unknown',
            "it must be an entry of the codelist right: a label, a code or an IRI",
        ),
        (RIGHT, "", 'right: "" is unknown', "it must be"),
        (RIGHT, '" } ; DROP ALL #', 'right: "" } ; DROP ALL #" is unknown', "it must be"),
        (RIGHT, "x> <y", 'right: "x> <y" is unknown', "it must be"),
        (RIGHT, "http://x> <y", '"http://x> <y" is not an IRI', ""),
        (
            RIGHT,
            "state:KAZ",
            'right: "state:KAZ" is not an entry of the codelist right',
            "the graph does not have this IRI",
        ),
        (STATE, "state:ZZZ", 'state: "state:ZZZ" is not a State', "the graph does not have this IRI"),
        (OPINION, KAZ.value, f'opinion: "{KAZ}" is not a thing of the class upr:Document', "does not have this IRI"),
        (STATE, "\udcff", 'state: "\ufffd" is unknown', "it must be a State"),
    ],
)
def test_what_is_unknown(shipped: Graph, parameter: Parameter, text: str, message: str, hint: str) -> None:
    with pytest.raises(UnknownValueError) as caught:
        shipped.resolver.term(parameter, text)
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")


def test_a_label_wins_over_an_alternative_label(engine_of: Callable[[str], EmbeddedEngine]) -> None:
    names = {"a": ("play", "game"), "b": ("rest", "play"), "c": ("sleep", "nap"), "d": ("break", "nap")}
    engine = engine_of(
        "\n".join(
            f'right:{at} skos:inScheme <{BASE}code/right> ; skos:prefLabel "{label}"@en ; skos:altLabel "{other}"@en .'
            for at, (label, other) in names.items()
        )
    )
    resolver = Resolver(engine)
    assert resolver.term(RIGHT, "Play") == Iri(f"{BASE}code/right/a")
    with pytest.raises(UnknownValueError, match='right: "nap" names 2 things') as caught:
        resolver.term(RIGHT, "nap")
    assert caught.value.hint == "give one of: right:c (sleep), right:d (break)"


@pytest.mark.parametrize(
    ("kind", "text", "term"),
    [
        ("integer", "34", Literal("34", f"{XSD}integer")),
        ("integer", 34, Literal("34", f"{XSD}integer")),
        ("integer", "+034", Literal("34", f"{XSD}integer")),
        ("date", "2016-10-06", Literal("2016-10-06", f"{XSD}date")),
        ("date", date(2016, 10, 6), Literal("2016-10-06", f"{XSD}date")),
        ("string", ' a "b" ', Literal('a "b"')),
    ],
)
def test_literals(shipped: Graph, kind: str, text: Given, term: Literal) -> None:
    assert shipped.resolver.term(Parameter("p", kind), text) == term  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("integer", "3.5", 'p: "3.5" is not a whole number'),
        ("integer", "3 } #", "is not a whole number"),
        ("date", "6 October 2016", "is not a day, such as 2016-10-06"),
        ("date", "2016-13-01", "is not a day"),
        ("date", "20161006", "is not a day"),
    ],
)
def test_literals_of_the_wrong_kind(shipped: Graph, kind: str, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        shipped.resolver.term(Parameter("p", kind), text)  # type: ignore[arg-type]


def test_a_parameter_that_is_not_given_keeps_the_row_of_the_file(shipped: Graph) -> None:
    question, terms = shipped.bound("opinions-by-right", {})
    assert terms == {}
    assert bind(question, terms) == question.sparql


def test_given_and_open_parameters(shipped: Graph) -> None:
    _, terms = shipped.bound("opinions-by-right", {"state": "any", "right": ["freedom of religion", RELIGION.value]})
    assert terms == {"right": [RELIGION], "state": []}


def test_any_leaves_a_parameter_open_that_has_a_default(shipped: Graph) -> None:
    parameters = (
        Parameter("state", "state", defaults=("KAZ",), optional=True),
        Parameter("right", "state", defaults=("KAZ",)),
    )
    question = Question("q", "odihr", "s", "d", (), parameters, {}, "", Path("q.rq"))
    assert shipped.resolver.terms(question, {}) == {}
    assert shipped.resolver.terms(question, {"state": ["any"]}) == {"state": []}
    with pytest.raises(UnknownValueError, match='right: "any" is unknown'):
        shipped.resolver.terms(question, {"right": ["any"]})


def test_a_parameter_without_a_default_must_be_given(shipped: Graph) -> None:
    from uprgraph.catalog import catalogue

    question = catalogue.system("is-known")
    with pytest.raises(UsageError, match="is-known needs the parameter thing: anything in the graph"):
        shipped.resolver.terms(question, {})


def test_an_unknown_parameter_gets_those_there_are(shipped: Graph) -> None:
    with pytest.raises(UsageError, match='opinions-by-right has no parameter "rigth"') as caught:
        shipped.query("opinions-by-right", rigth="x")
    assert caught.value.hint == "its parameters: right, state"


GRAPH = uprgraph.open()


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=30), st.sampled_from([RIGHT, STATE]))
def test_any_text_is_resolved_or_refused(text: str, parameter: Parameter) -> None:
    try:
        term = GRAPH.resolver.term(parameter, text)
    except UprGraphError:
        return
    assert isinstance(term, Iri)
    assert term.value.startswith(BASE)


@given(st.text())
@example("㏆")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@pytest.mark.parametrize(
    ("iri", "end"),
    [("id/state/KAZ", "KAZ"), ("id/opinion/A/finding/1", "A/finding/1"), ("code/right/x", "x"), ("ontology", None)],
)
def test_the_key_of_an_iri(iri: str, end: str | None) -> None:
    assert key(BASE + iri) == end
    assert key(f"https://example.org/{iri}") is None
