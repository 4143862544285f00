"""src/uprgraph/linking/matching.py: what is one recommendation, and what only seems so."""

import time
from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprgraph.linking.matching import EXACT, FUZZY, PARAGRAPH, PART, Candidate, Match, match

LONG = "Take all necessary steps to make sure that prisons are open to independent visits"
ACCEDE = "Accede without delay to the Optional Protocol to the Convention"


def make(text: str | None, *states: str, paragraph: str | None = None, key: str | None = None) -> Candidate:
    return Candidate(key or sha256((text or "").encode()).hexdigest()[:12], text, paragraph, frozenset(states))


def pairs(matches: list[Match]) -> list[tuple[int, int, str]]:
    return [(each.known, each.new, each.method) for each in matches]


def test_the_same_text_is_found() -> None:
    assert match([make("Another thing"), make(LONG, "FRA")], [make(LONG, "FRA")]) == [Match(1, 0, 1.0, EXACT)]


def test_case_punctuation_and_a_leading_to_do_not_matter() -> None:
    assert match([make(LONG + ".", "FRA")], [make("To " + LONG.lower(), "FRA")]) == [Match(0, 0, 1.0, EXACT)]


def test_a_text_that_is_known_by_its_key_alone_is_found() -> None:
    assert match([make(None, key="0123456789ab")], [make(LONG, "FRA", key="0123456789ab")]) == [Match(0, 0, 1.0, EXACT)]
    assert not match([make(None, key="0123456789ab")], [make(LONG, "FRA")])


def test_a_text_with_slips_is_found_by_the_state_that_makes_it() -> None:
    known = [make(LONG, "FRA"), make(LONG.replace("open to", "opento the"), "ITA")]
    (found,) = match(known, [make(LONG.replace("necessary", "neccessary"), "ITA")])
    assert (found.known, found.method) == (1, FUZZY)
    assert 0.94 <= found.score < 1.0


def test_alike_texts_of_different_states_are_not_matched() -> None:
    assert not match([make(LONG, "FRA")], [make(LONG.replace("steps", "step"), "ITA")])


def test_the_same_text_of_different_states_is_one_recommendation() -> None:
    assert pairs(match([make(LONG, "FRA")], [make(LONG, "ITA")])) == [(0, 0, EXACT)]


def test_an_abbreviation_in_place_of_another_is_another_recommendation() -> None:
    text = "Ratify as soon as possible, and without any reservation, the {}"
    assert not match([make(text.format("CAT"), "FRA")], [make(text.format("CED"), "FRA")])
    assert not match(
        [make(text.format("first Optional Protocol"), "FRA")], [make(text.format("fifth Optional Protocol"), "FRA")]
    )


def test_where_no_state_is_named_texts_must_be_more_alike() -> None:
    one_slip, three_slips = LONG.replace("prisons", "prison"), LONG.replace("prisons are open", "prison is opened")
    assert pairs(match([make(LONG, "FRA")], [make(one_slip)])) == [(0, 0, FUZZY)]
    assert not match([make(LONG, "FRA")], [make(three_slips)])


def test_the_best_pair_comes_first_whatever_the_order() -> None:
    worse, better = LONG.replace("steps", "step").replace("prisons", "prison"), LONG.replace("steps", "step")
    for new in ([worse, better], [better, worse]):
        found = match([make(LONG, "FRA")], [make(text, "FRA") for text in new])
        assert [new[each.new] for each in found if each.method == FUZZY] == [better]


def test_the_same_text_is_not_displaced_by_one_that_is_alike() -> None:
    alike = LONG.replace("steps", "step")
    known, new = [make(LONG, "FRA"), make(alike, "FRA")], [make(alike, "FRA"), make(LONG, "FRA")]
    assert pairs(match(known, new)) == [(1, 0, EXACT), (0, 1, EXACT)]


def test_of_several_with_one_text_that_with_the_state_is_taken() -> None:
    known = [make(LONG, "FRA"), make(LONG, "ITA", "ESP")]
    assert pairs(match(known, [make(LONG, "ESP"), make(LONG, "FRA")])) == [(1, 0, EXACT), (0, 1, EXACT)]


def test_of_several_with_one_text_that_of_the_paragraph_is_taken() -> None:
    known = [make(LONG, "FRA", paragraph="1.1"), make(LONG, "FRA", paragraph="1.2")]
    assert pairs(match(known, [make(LONG, "FRA", paragraph="1.2")])) == [(1, 0, EXACT)]


def test_a_paragraph_of_several_states_is_what_each_of_them_is_known_to_recommend() -> None:
    known = [make(LONG, "FRA"), make(LONG.replace("steps", "step"), "ITA")]
    assert pairs(match(known, [make(LONG, "FRA", "ITA", "ESP")])) == [(0, 0, EXACT), (1, 0, FUZZY)]


def test_what_a_state_recommends_twice_in_the_same_words_is_one_recommendation() -> None:
    assert pairs(match([make(LONG, "FRA")], [make(LONG, "FRA"), make(LONG + ".", "FRA")])) == [
        (0, 0, EXACT),
        (0, 1, EXACT),
    ]


def test_the_same_paragraph_with_a_text_somewhat_alike_is_found() -> None:
    shorter = "Make sure that prisons and police stations are open to independent visits"
    known = [make(ACCEDE, "ITA", paragraph="9.4"), make(LONG, "ITA", paragraph="9.4")]
    (found,) = match(known, [make(shorter, paragraph="9.4")])
    assert (found.known, found.method) == (1, PARAGRAPH)
    assert not match(known, [make(shorter, paragraph="9.5")])
    assert not match(known, [make("Hold elections", paragraph="9.4")])


def test_what_one_source_divides_is_found_in_both_parts() -> None:
    known = [make(LONG, "FRA"), make(ACCEDE, "FRA"), make(ACCEDE + " now", "ITA")]
    found = match(known, [make(f"{LONG}; and {ACCEDE.lower()}", "FRA")])
    assert [(each.known, each.method) for each in found] == [(0, PART), (1, PART)]
    assert found[0].score > found[1].score > 0.5


def test_what_has_its_match_is_not_part_of_anything_else() -> None:
    new = [make(LONG, "FRA"), make(f"{LONG} and {ACCEDE}", "FRA")]
    assert pairs(match([make(LONG, "FRA")], new)) == [(0, 0, EXACT)]


def test_more_by_one_state_than_there_can_be_is_compared_as_wholes_only() -> None:
    many = [make(f"{LONG} number {number}", "FRA") for number in range(102)]
    found = match(many, [make(many[7].text, "FRA"), make(LONG.replace("steps", "step") + " number 8", "FRA")])
    assert pairs(found) == [(7, 0, EXACT)]


def test_texts_without_a_letter_are_not_alike() -> None:
    assert not match([make("...", "FRA")], [make("-", "FRA"), make(None, "FRA", key="0123456789ab")])


@pytest.mark.thorough
def test_many_variants_of_one_text_take_little_time() -> None:
    known, new = ([make(LONG + sign * number, "FRA") for number in range(1, 3000)] for sign in ".;")
    start = time.perf_counter()
    assert len({each.new for each in match(known, new)}) == len(new)
    assert time.perf_counter() - start < 10


STATES = st.frozensets(st.sampled_from(["FRA", "ITA", "ESP"]), max_size=2)
TEXTS = st.sampled_from(
    [LONG, LONG + ".", LONG.replace("steps", "step"), ACCEDE, f"{LONG} {ACCEDE}", "Ratify CAT", "Ratify CED"]
)
CANDIDATES = st.lists(st.builds(lambda text, states: make(text, *states), TEXTS, STATES), max_size=8)


@given(CANDIDATES, CANDIDATES)
def test_no_state_has_one_recommendation_twice_among_those_that_are_alike(
    known: list[Candidate], new: list[Candidate]
) -> None:
    found = match(known, new)
    assert found == match(known, new)
    assert len({(each.known, each.new) for each in found}) == len(found)
    alike = [each for each in found if each.method == FUZZY]
    alone = Counter((each.known, states) for each in alike if len(states := in_common(known, new, each)) == 1)
    whole = Counter(each.new for each in alike if not new[each.new].recommenders)
    assert all(count == 1 for count in (*alone.values(), *whole.values()))


@given(CANDIDATES, CANDIDATES)
def test_what_has_the_same_text_as_a_known_one_always_has_a_match(known: list[Candidate], new: list[Candidate]) -> None:
    found = {each.new for each in match(known, new) if each.method == EXACT}
    assert found >= {position for position, each in enumerate(new) if any(each.text == other.text for other in known)}


def in_common(known: list[Candidate], new: list[Candidate], found: Match) -> frozenset[str]:
    return known[found.known].recommenders & new[found.new].recommenders
