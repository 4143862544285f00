"""Every phrase matches what it must, and does not match what it must not."""

from __future__ import annotations

import pytest

from uprgraph.extraction import phrasing
from uprgraph.extraction.phrasing import Phrase

PHRASES = [phrase for kind in phrasing.kinds() for phrase in phrasing.phrases(kind)]


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.name)
def test_a_phrase_matches_what_it_must_and_nothing_else(phrase: Phrase) -> None:
    assert phrase.must
    assert phrase.must_not
    assert [text for text in phrase.must if not phrase.pattern.search(text)] == []
    assert [text for text in phrase.must_not if phrase.pattern.search(text)] == []


def test_names_are_used_once() -> None:
    names = [phrase.name for phrase in PHRASES]
    assert sorted(set(names)) == sorted(names)


def test_no_phrase_names_a_state_or_what_is_of_one() -> None:
    for phrase in PHRASES:
        assert not any(word in phrase.pattern.pattern for word in ("Kazakh", "Nur Otan", "Ak Zhol", "KAZ")), phrase.name
