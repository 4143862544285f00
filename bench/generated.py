"""A generated graph of review recommendations, as large as one asks, to measure loading with.

Each has the statements that an imported recommendation has (data/upr-info/KAZ.ttl), and a sentence. The same number
gives the same file, byte for byte.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from uprgraph.vocabulary import prefixes

GRAPH = "https://w3id.org/uprgraph/graph/generated"
FULL_IMPORT = 41_066
"""The rows of the UPR Info export of sessions 1 to 20."""
_STATES = ("KAZ", "FRA", "BGD", "TJK", "SVN", "TON", "BRA", "CAN", "CHN", "CZE", "EGY", "MEX", "NOR", "PAK", "RWA")
_ISSUES = ("death-penalty", "development", "labour", "minorities", "rights-of-the-child", "women-s-rights", "justice")
_SENTENCE = (
    "take further measures to guarantee in law and in practice the right of all persons without discrimination and "
    "strengthen national mechanisms that protect children women minorities and detainees in line with international "
    "standards ratify the optional protocol"
)
_USED = ("dcterms", "issue", "organisation", "review", "state", "upr")


def write(path: Path, recommendations: int) -> None:
    """Write the graph as Turtle."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"PREFIX {name}: <{prefixes()[name]}>\n" for name in _USED)
        file.writelines(_blocks(recommendations))


def _blocks(recommendations: int) -> Iterator[str]:
    vocabulary = _SENTENCE.split()
    chance = random.Random(recommendations)  # noqa: S311 - the same numbers each time
    for number in range(recommendations):
        reviewed, maker = chance.sample(_STATES, 2)
        session = chance.randint(1, 20)
        issues = " , ".join(f"issue:{each}" for each in chance.sample(_ISSUES, chance.randint(1, 3)))
        supported = chance.random() < 0.75  # noqa: PLR2004 - about what it is in the export
        words = " ".join(chance.choices(vocabulary, k=chance.randint(8, 40)))
        yield f"""
<https://w3id.org/uprgraph/id/review/{reviewed}-{session}/recommendation/generated-{number}>
    a upr:ReviewRecommendation ;
    dcterms:source <https://w3id.org/uprgraph/id/dataset/generated> ;
    upr:actionCategory <https://w3id.org/uprgraph/code/action-category/{chance.randint(1, 5)}> ;
    upr:addressedTo state:{reviewed} ;
    upr:categorisedBy organisation:UPR-Info ;
    upr:inReview review:{reviewed}-{session} ;
    upr:madeBy state:{maker} ;
    upr:response <https://w3id.org/uprgraph/code/response/{"supported" if supported else "noted"}> ;
    upr:sourceIssue {issues} ;
    upr:sourceResponse "{"Accepted" if supported else "Noted"}" ;
    upr:text "{words.capitalize()}."@en ;
.
"""


def count(path: Path) -> int:
    """Return how many triples a Turtle file has."""
    return sum(1 for _ in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
