"""src/uprgraph/linking/matching.py on pairs labelled by hand, of reports and rows of UPR Info: see docs/linking.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from tests.linking import labels
from tests.linking.labels import LINKED, Verdict

from uprgraph import resources
from uprgraph.importing.drafts import drafts
from uprgraph.linking.matching import EXACT, FUZZY, match

pytestmark = [pytest.mark.shared_data, pytest.mark.xdist_group("labelled"), pytest.mark.thorough]


@pytest.fixture(scope="module")
def data() -> Path:
    folder = resources.root().parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the reports and the export are not at {folder}")
    return folder


@pytest.fixture(scope="module")
def verdicts(data: Path) -> list[Verdict]:
    pairs = labels.labelled()
    found = labels.verdicts(data, pairs)
    assert len(found) >= 0.95 * len(pairs), (
        "paragraphs are read otherwise than when they were labelled: label them again"
    )
    return [each for each in found if each.pair.label != "unsure"]


def counts(
    verdicts: Iterable[Verdict], matched: Callable[[Verdict], bool], wanted: set[str] = LINKED
) -> tuple[int, int, int]:
    """Return how many pairs are matched rightly, matched wrongly, and missed."""
    found = Counter((matched(each), each.pair.label in wanted) for each in verdicts)
    return found[True, True], found[True, False], found[False, True]


def test_enough_pairs_are_labelled_and_each_once() -> None:
    pairs = labels.labelled()
    assert len(pairs) >= 250
    assert len({(each.report, each.part, each.row) for each in pairs}) == len(pairs)
    assert {each.label for each in pairs} <= labels.LABELS
    assert len({each.report for each in pairs}) == 20


def test_precision_and_recall_on_the_half_that_was_kept_apart(verdicts: list[Verdict]) -> None:
    right, wrong, missed = counts(
        [each for each in verdicts if not each.pair.tuning], lambda each: each.method is not None
    )
    assert right + missed >= 70
    assert right / (right + wrong) >= 0.98
    assert right / (right + missed) >= 0.95
    assert labels.interval(right, right + wrong)[0] >= 0.95
    assert labels.interval(right, right + missed)[0] >= 0.89


def test_the_pairs_that_are_not_the_same_text_alone(verdicts: list[Verdict]) -> None:
    unequal = [each for each in verdicts if not each.pair.tuning and each.stratum == "unequal"]
    right, wrong, missed = counts(unequal, lambda each: each.method is not None)
    assert right / (right + wrong) >= 0.97
    assert right / (right + missed) >= 0.95


def test_what_is_called_the_same_is_seldom_but_a_part(verdicts: list[Verdict]) -> None:
    right, wrong, _ = counts(verdicts, lambda each: each.method in {EXACT, FUZZY}, {"same"})
    assert right / (right + wrong) >= 0.96


def test_two_that_are_all_there_is_are_wrongly_matched_only_where_they_are_very_near(verdicts: list[Verdict]) -> None:
    apart = [each for each in verdicts if not each.pair.tuning]
    others = [each for each in apart if each.pair.label == "not same"]
    right, wrong, missed = counts(apart, lambda each: each.alone is not None)
    assert right / (right + missed) >= 0.95
    assert wrong / len(others) <= 0.15


def test_nearly_all_paragraphs_and_rows_have_a_match(data: Path) -> None:
    paragraphs = rows = unmatched_paragraphs = unmatched_rows = 0
    for records in labels.reports(data).values():
        new, known = drafts(records), drafts(labels.rows(data)[records[0].state, records[0].session])
        found = match(list(map(labels.candidate, known)), list(map(labels.candidate, new)))
        paragraphs, rows = paragraphs + len(new), rows + len(known)
        unmatched_paragraphs += len(new) - len({each.new for each in found})
        unmatched_rows += len(known) - len({each.known for each in found})
    assert paragraphs > 3000
    assert unmatched_paragraphs / paragraphs <= 0.01
    assert unmatched_rows / rows <= 0.02


def test_a_paragraph_whose_row_is_missing_finds_hardly_ever_another(data: Path) -> None:
    tried, found = 0, []
    for name, records in labels.reports(data).items():
        new = [labels.candidate(each) for each in drafts(records)]
        known = [labels.candidate(each) for each in drafts(labels.rows(data)[records[0].state, records[0].session])]
        words = [labels.hashed(each.text or "") for each in known]
        for position in range(0, len(new), 20):
            twin = labels.hashed(new[position].text or "")
            if twin in words:
                tried += 1
                rest = [each for each, word in zip(known, words, strict=True) if word != twin]
                found += [(name, new[position].paragraph) for each in match(rest, new) if each.new == position]
    assert tried > 140
    assert len(found) / tried <= 0.01
