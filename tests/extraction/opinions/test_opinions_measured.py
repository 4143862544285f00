"""Opinions of the curated submission and of the documents for testing: each part of each of them is found."""

from __future__ import annotations

from typing import Any

import pytest
from tests.extraction.gold import MADE, SEED, expected, read

from uprgraph.extraction.head import header
from uprgraph.extraction.opinions.opinions import opinions, place
from uprgraph.extraction.places import Places
from uprgraph.extraction.statements import Opinion

CURATED = [
    {
        "number": "FOI-KAZ/268/2015",
        "title": "ODIHR Opinion on the draft Law on Access to Information of the Republic of Kazakhstan and on related "
        "Amendments to other Legislative Acts",
        "type": "opinion",
        "issued": "2015-05-29",
        "url": "http://www.legislationline.org/documents/id/19829",
        "reviewed": [
            {"title": "draft Law on Access to Information of the Republic of Kazakhstan", "kind": "draft-law"},
            {"title": "related Amendments to other Legislative Acts", "kind": "draft-amendments"},
        ],
    },
    {
        "number": "TERR-KAZ/296/2016",
        "title": "ODIHR Preliminary Opinion on the Draft Amendments to the Legal Framework "
        '"On Countering Extremism and Terrorism" in the Republic of Kazakhstan',
        "type": "preliminary-opinion",
        "issued": "2016-10-06",
        "url": "http://www.legislationline.org/documents/id/20060",
        "reviewed": [
            {
                "title": 'Draft Amendments to the Legal Framework "On Countering Extremism and Terrorism" in the '
                "Republic of Kazakhstan",
                "kind": "draft-amendments",
            }
        ],
    },
    {
        "number": "JUD-KAZ/337/2018",
        "title": "ODIHR Comments on the Commentary on the Code of Judicial Ethics of Kazakhstan",
        "type": "comments",
        "issued": "2018-12-27",
        "url": "https://www.legislationline.org/documents/id/22298",
        "reviewed": [
            {"title": "Commentary on the Code of Judicial Ethics of Kazakhstan", "kind": "commentary"},
            {"title": "Code of Judicial Ethics", "kind": "code"},
        ],
    },
]
"""As in data/odihr/KAZ-34/dossier.ttl."""


def _row(opinion: Opinion) -> dict[str, Any]:
    row = {
        "number": opinion.number,
        "title": opinion.title,
        "type": opinion.type,
        "issued": opinion.issued,
        "url": opinion.url,
        "joint": list(opinion.joint),
        "other_numbers": list(opinion.other_numbers),
        "reviewed": [{"title": text.title, "kind": text.kind} for text in opinion.reviewed],
    }
    return {part: value for part, value in row.items() if value}


@pytest.mark.parametrize("name", [SEED, *MADE])
def test_every_part_of_every_opinion_is_found_and_nothing_else(name: str) -> None:
    wanted = CURATED if name == SEED else expected(name).get("opinion", [])
    document = read(name)
    found, _ = opinions(document, header.submission(document))
    assert [_row(opinion) for opinion in found] == wanted


@pytest.mark.parametrize("name", MADE)
def test_statements_stand_in_their_opinion(name: str) -> None:
    """What is expected in an opinion, and of no other kind of place, lies behind its transition."""
    document = read(name)
    found, transitions = opinions(document, header.submission(document))
    place_of = Places(document, transitions)
    places = {place(opinion) for opinion in found}
    for kind in ("finding", "recommendation"):
        for row in expected(name).get(kind, []):
            words = row["text"].partition(" … ")[0][:60]
            wanted = row["in"] if row["in"] in places else "elsewhere"
            for number, paragraph in enumerate(document.paragraphs):
                offset = paragraph.words.text.find(words)
                where = place_of.at(number, max(0, offset))
                if offset >= 0:
                    assert (where if where in places else "elsewhere") == wanted, row["text"]
                    break
