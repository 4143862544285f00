"""How like a found statement is to an expected one: 0 if they are not the same, else how much of their words is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from uprgraph.extraction.statements import (
    SUBMISSION,
    Adoption,
    Audit,
    ConcernClaim,
    Count,
    Figure,
    Finding,
    Membership,
    Mission,
    Opinion,
    Plan,
    Recommendation,
    Submission,
)

ENOUGH = 0.6
"""Statements whose words overlap less are not the same: F1 of the words of both."""
ALIKE = 0.8
"""The same for titles."""
BARELY = 0.01
RUN = 4
"""So many words in a row, at least, make a statement one of a text."""

_INITIALS = re.compile(r"\s*\[[^\]]*\]")

Likeness = Callable[[Any, Any], float]


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without what stands between them."""
    return re.findall(r"\w+", text.lower())


def overlap(one: str, other: str) -> float:
    """Return the F1 of the words of two texts: 1 if they are the same words, 0 if they share none."""
    ours, theirs = Counter(words(one)), Counter(words(other))
    shared = (ours & theirs).total()
    return 2 * shared / (ours.total() + theirs.total()) if shared else 0.0


def number(text: str) -> str:
    """Return the number of an opinion as it compares: without initials in brackets, and without white space."""
    return "".join(_INITIALS.sub("", text).upper().split())


def place(text: str) -> str:
    """Return a place as it compares.

    Curators have recorded what an audit's report says as stated in the submission.
    """
    return number(SUBMISSION if text.startswith("audit-report/") else text)


def of_statement(wanted: Finding | Recommendation, found: Finding | Recommendation) -> float:
    """Compare findings, or recommendations."""
    if place(wanted.place) != place(found.place) or (wanted.paragraph and wanted.paragraph != found.paragraph):
        return 0
    return _at_least(ENOUGH, overlap(wanted.text, found.text))


def of_opinion(wanted: Opinion, found: Opinion) -> float:
    """Compare opinions, by any of their numbers or else by their titles."""
    ours = {number(each) for each in (wanted.number, *wanted.other_numbers)}
    theirs = {number(each) for each in (found.number, *found.other_numbers) if each}
    likeness = overlap(wanted.title, found.title)
    return 1 + likeness if ours & theirs else _at_least(ALIKE, likeness)


def of_claim(wanted: Adoption | ConcernClaim, found: Adoption | ConcernClaim) -> float:
    """Compare claims: the same of the same opinion, on the same day or in the same words."""
    if (number(wanted.opinion), wanted.status) != (number(found.opinion), found.status):
        return 0
    likeness = overlap(wanted.text, found.text)
    return likeness + (wanted.as_of == found.as_of) if likeness >= ENOUGH or wanted.as_of == found.as_of else 0


def of_count(wanted: Count, found: Count) -> float:
    """Compare stated counts."""
    same = (place(wanted.place), wanted.count_of, wanted.count) == (place(found.place), found.count_of, found.count)
    return BARELY + overlap(wanted.text, found.text) if same else 0


def of_figure(wanted: Figure, found: Figure) -> float:
    """Compare statistics, or benchmarks: the same value, in words some of which are the same."""
    same = (round(wanted.value, 1), wanted.unit) == (round(found.value, 1), found.unit)
    return overlap(wanted.text, found.text) if same else 0


def of_mission(wanted: Mission, found: Mission) -> float:
    """Compare missions to elections."""
    same = (wanted.date, wanted.mission) == (found.date, found.mission)
    return 1 + (wanted.kind == found.kind) if same else 0


def of_audit(wanted: Audit, found: Audit) -> float:
    """Compare audits."""
    return _at_least(ENOUGH, overlap(wanted.organisation, found.organisation)) if wanted.year == found.year else 0


def of_plan(wanted: Plan, found: Plan) -> float:
    """Compare action plans."""
    return _at_least(ENOUGH, overlap(wanted.organisation, found.organisation))


def of_membership(wanted: Membership, found: Membership) -> float:
    """Compare memberships."""
    return float(wanted.role == found.role)


def of_submission(wanted: Submission, found: Submission) -> float:
    """Compare submissions: for the same State and session."""
    return float((wanted.state, wanted.session) == (found.state, found.session))


def _at_least(limit: float, likeness: float) -> float:
    return likeness if likeness >= limit else 0.0


def made_of(text: str, statement: str) -> bool:
    """Tell whether a statement is made of a text: a run of words that both share is most of one of them."""
    ours, theirs = words(text), words(statement)
    run = _longest_run(ours, theirs)
    return run >= RUN and run >= ENOUGH * min(len(ours), len(theirs))


def _longest_run(one: list[str], other: list[str]) -> int:
    """Return how many words in a row two texts share at most."""
    longest = 0
    before = [0] * (len(other) + 1)
    for word in one:
        row = [0] * (len(other) + 1)
        for index, each in enumerate(other, 1):
            if each == word:
                row[index] = before[index - 1] + 1
        longest = max(longest, *row)
        before = row
    return longest
