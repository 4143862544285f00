from __future__ import annotations

from time import process_time

import pytest

from uprgraph.extraction import gender
from uprgraph.extraction.bounded import LONGEST, bounded_sentences
from uprgraph.extraction.elections import elections
from uprgraph.extraction.figures import counts, figures
from uprgraph.extraction.places import Places

from . import by_hand
from .reported import NOBODY

HOSTILE = [
    "presidential election 3 May 2015 ",
    "10 per cent of the 20 women and one in ten ",
    "noted that 10 per cent, ",
    "made 10 recommendations including 5 priority ",
    "number of x rose from 1 to 2 ",
    "the OSCE average of 10 per cent and the 40 per cent that X recommends ",
    "one two three ",
    "one-",
    "a",
    "Aaa Bbb of ",
]
SECONDS = 5


def test_what_is_too_long_is_no_sentence() -> None:
    [_, paragraph] = by_hand.document("# Heading", f"It is short. Long {'long ' * LONGEST}. It ends.").paragraphs
    assert [words.text for _, words in bounded_sentences(paragraph.words)] == ["It is short.", "It ends."]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("length", [LONGEST - 100, 200_000])
def test_no_text_takes_long(text: str, length: int) -> None:
    document = by_hand.document("# Gender", f"It begins. {(text * length)[:length]} gender audit.")
    start = process_time()
    figures.figures(document)
    counts.counts(document, Places(document, ()))
    gender.audits(document)
    elections.missions(document, NOBODY)
    assert process_time() - start < SECONDS
