"""A generated export of UPR Info's form, as large as one asks, to measure imports with.

Rows are spread over reviews as in the real export, some 135 a review; the same number gives the same file, byte for
byte. Names of States and issues are real, the sentences are words in a row.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

from uprgraph import resources
from uprgraph.sources.statements import values

FULL_EXPORT = 41_066
"""The rows of the real export of sessions 1 to 20."""
_COLUMNS = (
    "To",
    "To-Rgrp",
    "To-Org",
    "Text",
    "From",
    "From-Rgrp",
    "From-Org",
    "Response",
    "Action",
    "Issue",
    "Session",
)
_A_REVIEW = 135
_SESSIONS = 54
_SENTENCE = (
    "take further measures to guarantee in law and in practice the right of all persons without discrimination and "
    "strengthen national mechanisms that protect children women minorities and detainees in line with international "
    "standards ratify the optional protocol to the convention against torture and other cruel inhuman or degrading "
    "treatment adopt a plan of action for freedom of expression religion association and peaceful assembly"
)


def write(path: Path, rows: int) -> None:
    """Write the export as CSV."""
    chance = random.Random(rows)  # noqa: S311 - the same numbers each time
    states = sorted(_labels("data/reference/states.ttl"))
    issues = sorted(
        label for label, _ in values(resources.ontology() / "codelists/upr-info-issue.ttl", "skos:notation")
    )
    reviews = [(state, session) for session in range(1, _SESSIONS + 1) for state in states]
    chosen = chance.sample(reviews, min(len(reviews), rows // _A_REVIEW + 1))
    vocabulary = _SENTENCE.split()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for number in range(rows):
            reviewed, session = chosen[number // _A_REVIEW]
            maker = chance.choice(states)
            while maker == reviewed:
                maker = chance.choice(states)
            words = " ".join(chance.choices(vocabulary, k=chance.randint(12, 45))).capitalize()
            answer = "Accepted" if chance.random() < 0.75 else "Noted"  # noqa: PLR2004 - about what it is in the export
            labels = ",".join(chance.sample(issues, chance.randint(1, 3)))
            action = chance.randint(1, 5)
            writer.writerow((reviewed, "", "", f"{words}.", maker, "", "", answer, action, labels, session))


def _labels(path: str) -> set[str]:
    """Return one name of each State, in no language in particular; a name names one State."""
    found: dict[str, str] = {}
    for name, state in values(resources.root() / path, "rdfs:label"):
        if name.isascii():
            found.setdefault(state, name)
    return set(found.values())
