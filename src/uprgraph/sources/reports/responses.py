"""What a chapter of a report says of the recommendations below it, and which response that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from uprgraph import resources
from uprgraph.errors import InvalidDataError
from uprgraph.sources import tables
from uprgraph.sources.statements import values
from uprgraph.wording import fold_space


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a report and the response (IRI) that they state; None where they head no recommendations."""

    words: str
    response: str | None


def load(path: Path | None = None) -> tuple[Phrase, ...]:
    """Return the phrases of the table response-phrases.csv, in its order: the first that occurs in a chapter counts.

    Raises InvalidDataError if a response is no notation of the codelist response.
    """
    known = dict(values(resources.ontology() / "codelists" / "response.ttl", "skos:notation"))
    found = []
    for row in tables.read(
        path or resources.data() / "reference" / "tables" / "response-phrases.csv", ("phrase", "response", "note")
    ):
        if row["response"] and row["response"] not in known:
            raise row.error("response", f'is "{row["response"]}"', "known are: " + ", ".join(sorted(known)))
        found.append(Phrase(row.required("phrase").casefold(), known.get(row["response"])))
    if not found:
        raise InvalidDataError("no phrase says what a response is", path)
    return tuple(found)


def stated(chapter: str, phrases: Sequence[Phrase]) -> Phrase | None:
    """Return the first of the phrases that occurs in the words of a chapter, None if none does."""
    words = fold_space(chapter).casefold()
    return next((phrase for phrase in phrases if phrase.words in words), None)
