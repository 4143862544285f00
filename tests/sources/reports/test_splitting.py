from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from uprgraph.sources.reports.splitting import Part, keys, split
from uprgraph.sources.states import StateNames

STATES = {
    "Spain": "ESP",
    "Peru": "PER",
    "Bosnia and Herzegovina": "BIH",
    "Trinidad and Tobago": "TTO",
    "United Kingdom of Great Britain and Northern Ireland": "GBR",
    "Venezuela (Bolivarian Republic of)": "VEN",
    "Côte d'Ivoire": "CIV",
    "the former Yugoslav Republic of Macedonia": "MKD",
    "Netherlands": "NLD",
    "Congo": "COG",
}
NAMES = StateNames(STATES.items())


def read(paragraph: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(part.text, part.states) for part in split(paragraph, NAMES)]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Do this (Spain);", [("Do this", ("ESP",))]),
        ("Do this (Spain) (Peru).", [("Do this", ("ESP", "PER"))]),
        ("Do this (Spain), (Peru) and (Congo)", [("Do this", ("ESP", "PER", "COG"))]),
        ("Do this (Spain); (Peru);", [("Do this", ("ESP", "PER"))]),
        ("Do this (Spain, Peru and Congo);", [("Do this", ("ESP", "PER", "COG"))]),
        ("Do this (Spain and Trinidad and Tobago);", [("Do this", ("ESP", "TTO"))]),
        ("Do this (Bosnia and Herzegovina and Peru);", [("Do this", ("BIH", "PER"))]),
        ("Do this (Spain,Peru / Congo);", [("Do this", ("ESP", "PER", "COG"))]),
        ("Do this (the Netherlands, The Congo);", [("Do this", ("NLD", "COG"))]),
        ("Do this (Venezuela (Bolivarian Republic of));", [("Do this", ("VEN",))]),
        ("Do this ( Spain, Venezuela (Bolivarian Republic of ) );", [("Do this", ("ESP", "VEN"))]),
        ("Do this (Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire);", [("Do this", ("CIV",))]),
        ("Do this (Spain) (Spain);", [("Do this", ("ESP",))]),
        ("Do this (Spain); do that (Peru);", [("Do this", ("ESP",)), ("do that", ("PER",))]),
        ("Do this (Spain). Do that (Peru);", [("Do this", ("ESP",)), ("Do that", ("PER",))]),
        ("Do this (Spain) Do that (Peru);", [("Do this", ("ESP",)), ("Do that", ("PER",))]),
        ("Do this (Spain), do that (Peru);", [("Do this", ("ESP",)), ("do that", ("PER",))]),
        ("Ratify it (CEDAW) and (b) report (Spain);", [("Ratify it (CEDAW) and (b) report", ("ESP",))]),
        ("Ratify it (CEDAW); report (Spain);", [("Ratify it (CEDAW); report", ("ESP",))]),
        ("Ratify No. 118 (No. 118, of 1962) (Spain);", [("Ratify No. 118 (No. 118, of 1962)", ("ESP",))]),
        ("Do this (Spain);2 do that (Peru)3;", [("Do this", ("ESP",)), ("do that", ("PER",))]),
        ("16 days of action (Spain);", [("16 days of action", ("ESP",))]),
        ("Do this (Spain; do that (Peru);", [("Do this", ("ESP",)), ("do that", ("PER",))]),
        ("Do this (Venezuela (Bolivarian Republic of);", [("Do this", ("VEN",))]),
        ("Do this (Spain, Peru.", [("Do this", ("ESP", "PER"))]),
        ("Do this (CEDAW (Spain);", [("Do this (CEDAW", ("ESP",))]),
        ("Do this;", [("Do this", ())]),
        ("Do this (Spain); do that.", [("Do this", ("ESP",)), ("do that", ())]),
        ("", [("", ())]),
        ("(Spain);", [("", ("ESP",))]),
    ],
)
def test_a_paragraph_is_read_as(paragraph: str, expected: list[Any]) -> None:
    assert read(paragraph) == expected


def test_a_sentence_that_goes_on_after_states_has_the_words_before_too() -> None:
    first, second = split("Ratify it (Spain) as soon as possible (Peru);", NAMES)
    assert (first.text, first.states, first.continues) == ("Ratify it", ("ESP",), False)
    assert second == Part("Ratify it as soon as possible", 0, 44, ("PER",), (), continues=True)


def test_parts_say_where_they_stand_with_their_states() -> None:
    paragraph = "Do this (Spain); do that (Peru);"
    assert [paragraph[part.start : part.end] for part in split(paragraph, NAMES)] == [
        "Do this (Spain)",
        "do that (Peru)",
    ]


@pytest.mark.parametrize("paragraph", ["Do this (Spian);", "Do this (Peru) (Nederlands).", "Do this (Peru, Atlantis);"])
def test_a_name_where_states_stand_that_names_none_is_told_and_not_part_of_the_text(paragraph: str) -> None:
    (part,) = split(paragraph, NAMES)
    assert part.text == "Do this"
    assert len(part.unknown) == 1
    assert part.unknown[0] in paragraph


def test_a_name_like_that_of_a_state_within_a_sentence_is_part_of_the_text() -> None:
    assert read("Ratify it (Spian) now (Spain);") == [("Ratify it (Spian) now", ("ESP",))]


def test_keys_count_where_a_paragraph_comes_more_than_once() -> None:
    assert keys(["9.1", "9.2", "9.2", "9.3", "9.2"]) == ["9.1", "9.2-1", "9.2-2", "9.3", "9.2-3"]


WORD = st.from_regex(r"[A-Za-z][a-z'-]{0,8}|\((?:CEDAW|ICCPR|NGO|b)\)|[0-9]{1,4}", fullmatch=True)
TEXT = st.lists(WORD, min_size=1, max_size=8).map(" ".join).filter(lambda text: text[0].isalpha())
GROUP = st.lists(st.sampled_from(sorted(STATES)), min_size=1, max_size=4, unique=True)
STYLE = st.sampled_from(["({})", ", ", " and ", "; ", " & "])
PARAGRAPH = st.lists(st.tuples(TEXT, GROUP, STYLE), min_size=1, max_size=4)


def written(groups: list[tuple[str, list[str], str]]) -> str:
    def states(names: list[str], style: str) -> str:
        return " ".join(f"({name})" for name in names) if style == "({})" else f"({style.join(names)})"

    return "; ".join(f"{text} {states(names, style)}" for text, names, style in groups) + ";"


@given(PARAGRAPH)
def test_what_is_written_is_read_back(groups: list[tuple[str, list[str], str]]) -> None:
    expected = [(text, tuple(STATES[name] for name in names)) for text, names, _ in groups]
    assert read(written(groups)) == expected


@given(st.text(st.sampled_from("()();,. aAb1&") | st.characters(), max_size=60))
@example("(Spain) and (")
@example("((((Spain))))")
def test_no_word_is_lost(text: str) -> None:
    paragraph = " ".join(text.split())
    covered: set[int] = set()
    for part in split(paragraph, NAMES):
        covered.update(range(part.start, part.end))
    lost = "".join(letter for place, letter in enumerate(paragraph) if place not in covered)
    assert not any(letter.isalpha() for letter in lost)


@pytest.mark.parametrize(
    "paragraph",
    ["(" * 200_000 + ")" * 200_000, "(" + "A," * 200_000, "(A, Spain) " * 20_000, "x (Spain) " * 40_000, "(" * 200_000],
    ids=["nested", "pieces", "lists", "sentences", "unclosed"],
)
def test_time_does_not_grow_out_of_bounds(paragraph: str) -> None:
    started = time.monotonic()
    split(paragraph, NAMES)
    assert time.monotonic() - started < 10
