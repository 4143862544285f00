"""src/uprgraph/search/matching.py: nothing that a user types is syntax to SQLite, and prefixes are whole words."""

import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from uprgraph.errors import QueryError
from uprgraph.search.document import Document
from uprgraph.search.index import Index
from uprgraph.search.matching import MAX_BEGINNINGS, TOKENIZER, Matcher
from uprgraph.search.words import MAX_TERMS, parse

WORDS = ("ratification", "ratify", "right", "rights", "écoles")


def beginnings(text: str, limit: int) -> list[str]:
    return [word for word in WORDS if word.startswith(text)][:limit]


def expression(text: str) -> str:
    return Matcher(beginnings).expression(parse(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Torture", '("torture")'),
        ("women's", '("women s")'),
        ("non-discrimination", '("non discrimination")'),
        ('"Fair trial"', '("fair trial")'),
        ("École", '("ecole")'),
        ("a OR b NOT c", '(("a") OR ((("b")) NOT (("c"))))'),
        ("ratif*", '("ratification" OR "ratify")'),
        ('"no ratif"*', '("no ratification" OR "no ratify")'),
        ("xyz*", '""'),
        ("title:a", '("title a")'),
        ("NEAR(a b)", '(("near") AND (("a") AND ("b")))'),
        ("^a -b {c} +d:", '(("a") AND ("b") AND ("c") AND ("d"))'),
    ],
)
def test_terms_are_words_in_quotation_marks(text: str, expected: str) -> None:
    assert expression(text) == expected


@pytest.mark.parametrize("text", ["-", '""', "a & b", '"..."*'])
def test_a_term_needs_a_word(text: str) -> None:
    with pytest.raises(QueryError, match=r"what stands at character [13] holds no letters or digits"):
        expression(text)


def test_what_is_not_unicode_is_refused() -> None:
    with pytest.raises(QueryError, match="what stands at character 3 is not valid Unicode text"):
        expression("a \udcff")


def test_a_prefix_of_too_many_words_is_refused() -> None:
    many = Matcher(lambda text, limit: [f"{text}{number}" for number in range(limit)])
    with pytest.raises(QueryError, match='the prefix "a" at character 3 stands for too many words'):
        many.expression(parse("b a*"))
    half = Matcher(lambda text, limit: [f"{text}{number}" for number in range(min(limit, MAX_BEGINNINGS // 2))])
    expressed = half.expression(parse("a* OR b*"))
    assert expressed.count('"') == 2 * MAX_BEGINNINGS
    with pytest.raises(QueryError, match='the prefix "c" at character 10'):
        half.expression(parse("a* OR b* c*"))
    half.expression(parse("c*"))


TEXTS = ("ratify the right NEAR to fair trials", "é")
INDEX = Index.in_memory([Document(f"https://example.org/{text[0]}", "finding", text) for text in TEXTS])
SYNTAX = (
    '"',
    "'",
    "(",
    ")",
    "*",
    " ",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "text:",
    "-",
    "+",
    "^",
    "{",
    "}",
    ":",
    ",",
    ";",
    "?",
)
ODD = ("right", "rat*", "\0", "\\", "é", "\udcff", "“", "”", "--", "/*", "%", "\U0010ffff", "\ue000", "\u0301", "İ")
PIECES = st.sampled_from(SYNTAX + ODD)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=12).map("".join)))
@example('"' * 3)
@example("\0")
@example('right"\0')
@example("\U0010ffff*")
@example(" ".join(["right*"] * MAX_TERMS))
@example("(" * 20 + "right NOT a OR b" + ")" * 20)
def test_any_text_is_searched_for_or_refused(text: str) -> None:
    try:
        total, hits = INDEX.find(text, {}, 5)
    except QueryError:
        return
    assert total == len(hits) <= 2


@given(st.text(min_size=1, max_size=30))
def test_every_text_is_found_by_its_own_words(text: str) -> None:
    plain = text.replace('"', " ").replace("“", " ").replace("”", " ")
    try:
        index = Index.in_memory([Document("https://example.org/1", "finding", plain)])
        total, _ = index.find(f'"{plain}"', {}, 1)
    except (QueryError, UnicodeEncodeError):
        return
    assert total == 1


def test_the_tokenizer_is_that_of_this_sqlite() -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(x, tokenize = '{TOKENIZER}')")
