"""src/uprgraph/search/words.py: the grammar, and where it is broken."""

import pytest

from uprgraph.errors import QueryError
from uprgraph.search.words import MAX_DEPTH, MAX_LENGTH, MAX_TERMS, Both, Either, Node, Term, parse


def shape(node: Node) -> object:
    """Return a tree as tuples: (+ wanted, - unwanted), {either}, "a phrase", prefix*."""
    if isinstance(node, Term):
        return node.text + "*" * node.prefix
    if isinstance(node, Both):
        return ("+", *map(shape, node.wanted), *(("-", *map(shape, node.unwanted)) if node.unwanted else ()))
    return ("|", *map(shape, node.parts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("torture", "torture"),
        ("torture prison", ("+", "torture", "prison")),
        ("torture AND prison", ("+", "torture", "prison")),
        ("torture and prison", ("+", "torture", "and", "prison")),
        ('"fair trial"', "fair trial"),
        ("“fair trial”", "fair trial"),
        ('"fair tri"*', "fair tri*"),
        ("ratif*", "ratif*"),
        ("a b OR c d", ("|", ("+", "a", "b"), ("+", "c", "d"))),
        ("a (b OR c)", ("+", "a", ("|", "b", "c"))),
        ("a NOT b", ("+", "a", "-", "b")),
        ("NOT b a", ("+", "a", "-", "b")),
        ("a AND NOT b NOT c", ("+", "a", "-", "b", "c")),
        ("a NOT (b OR c)", ("+", "a", "-", ("|", "b", "c"))),
        ("a OR b NOT c", ("|", "a", ("+", "b", "-", "c"))),
        ("((a))", "a"),
        ("a(b)c", ("+", "a", "b", "c")),
        ('"a AND (b"', "a AND (b"),
    ],
)
def test_what_is_asked_for(text: str, expected: object) -> None:
    assert shape(parse(text)) == expected


def test_places_count_from_one() -> None:
    assert parse('ab "c d"') == Both((Term("ab", 1), Term("c d", 4)))
    assert parse("a OR b*") == Either((Term("a", 1), Term("b", 6, prefix=True)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there is nothing to search for"),
        (" \n", "there is nothing to search for"),
        ('a "b', "the quotation mark at character 3 is not closed"),
        ("a (b", "the parenthesis at character 3 is not closed"),
        ("a) b", "the parenthesis at character 2 was not opened"),
        (")", "the parenthesis at character 1 was not opened"),
        ("a ()", "the parentheses at character 3 hold nothing"),
        ("a AND", "AND at character 3 has nothing after it"),
        ("a OR", "OR at character 3 has nothing after it"),
        ("a NOT", "NOT at character 3 has nothing after it"),
        ("(a AND) b", "AND at character 4 has nothing after it"),
        ("OR a", "OR at character 1 has nothing before it"),
        ("a (AND b)", "AND at character 4 has nothing before it"),
        ("a OR OR b", "OR at character 3 has nothing after it"),
        ("a AND OR b", "AND at character 3 has nothing after it"),
        ("a NOT NOT b", "NOT at character 3 has nothing after it"),
        ("NOT a", "NOT at character 1 has nothing beside it to take away from"),
        ("a OR NOT b", "NOT at character 6 has nothing beside it to take away from"),
        ("*", "the * at character 1 does not stand at the end of a word"),
        ("ab c*d", "the * at character 5 does not stand at the end of a word"),
        ("a**", "the * at character 2 does not stand at the end of a word"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.message == message
    assert caught.value.hint == 'write words, "a phrase", prefix*, AND, OR, NOT and ( )'


def test_too_much_is_refused() -> None:
    parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH)
    parse(" ".join(["a"] * MAX_TERMS))
    parse("a" * MAX_LENGTH)
    for text, message in (
        ("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1), "more than 20 parentheses within each other"),
        (" ".join(["a"] * (MAX_TERMS + 1)), "more than 100 words and phrases"),
        ("a" * (MAX_LENGTH + 1), "1,001 characters are too many"),
    ):
        with pytest.raises(QueryError, match=message):
            parse(text)
