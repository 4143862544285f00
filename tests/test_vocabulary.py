"""src/uprgraph/vocabulary.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph import vocabulary
from uprgraph.errors import UnknownValueError
from uprgraph.vocabulary import Label, best_label

BASE = "https://w3id.org/uprgraph/"


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("upr:State", f"{BASE}ontology#State"),
        ("state:KAZ", f"{BASE}id/state/KAZ"),
        ("review:KAZ-20/recommendation/1", f"{BASE}id/review/KAZ-20/recommendation/1"),
    ],
)
def test_expands_and_shortens(name: str, iri: str) -> None:
    assert vocabulary.expand(name) == iri
    assert vocabulary.shorten(iri) == name


@pytest.mark.parametrize(
    ("name", "message"),
    [("Kazakhstan", "is not a prefixed name"), ("kaz:x", 'the prefix "kaz"'), ("upr:a b", "is not a prefixed name")],
)
def test_refuses_other_names(name: str, message: str) -> None:
    assert not vocabulary.is_prefixed(name)
    with pytest.raises(UnknownValueError, match=message):
        vocabulary.expand(name)


def test_prefers_the_longest_namespace() -> None:
    assert vocabulary.shorten(f"{BASE}code/right/x") == "right:x"
    assert vocabulary.shorten(f"{BASE}code/response/x") == "code:response/x"


@pytest.mark.parametrize("iri", ["https://example.org/x", f"{BASE}id/state/", f"{BASE}id/state/K Z"])
def test_leaves_other_iris_as_they_are(iri: str) -> None:
    assert vocabulary.shorten(iri) == iri


@given(st.sampled_from(sorted(vocabulary.prefixes().values())), st.text(max_size=20))
def test_what_is_shortened_expands_to_the_same(namespace: str, end: str) -> None:
    short = vocabulary.shorten(namespace + end)
    assert short == namespace + end or vocabulary.expand(short) == namespace + end


def test_the_label_to_show_is_english_then_any() -> None:
    french, title, label = Label("a", "fr"), Label("b", "en", 2), Label("c", "en", 1)
    assert best_label([french, title, label]) == "c"
    assert best_label([french, title]) == "b"
    assert best_label([french, Label("z", None, 2)]) == "z"
    assert best_label([french]) == "a"
    assert best_label([]) is None
