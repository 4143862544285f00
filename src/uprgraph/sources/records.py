"""What every reader of a dataset gives: records, problems, and a description of the dataset.

A record is what one place of one source says of one recommendation: a row of a table, a part of a paragraph, an
annotation. Readers map values to what we know (States, issues, sessions), and say what they cannot map; what becomes
of the records is not theirs to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["row left out", "value left out", "kept"]
"""What became of the row with a problem: it was not taken over, it was but for this value, or it was as it stands."""

Kind = Literal["review", "treaty-body", "special-procedure"]
"""Who recommends: States in a review, a treaty body, or a special procedure of the Human Rights Council."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a file that a reader could not take over as it stands, or took over and doubts.

    `row` is the line of a text file, or the row of a sheet, from 1; `place` says where in words if there are no rows
    ("paragraph 124.12"). `column` and `value` are as found in the file, the value cut if it is long.
    """

    file: str
    row: int | None
    place: str
    column: str
    value: str
    reason: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that a record rests on, as they stand in the text of its document, white space folded.

    `start` and `end` count Unicode characters of that text from 0; the words run up to `end`, without it.
    """

    words: str
    start: int
    end: int
    section: str


@dataclass(frozen=True, slots=True)
class Record:
    """What one place of one source says of one recommendation. IRIs are whole; empty means that the source says none.

    `dataset` is the key of the dataset, `part` the place in it: a row ("17"), a paragraph ("124.12", or "124.12-2" for
    the second recommendation in it), the number of an annotation. `row` is the line or row of the file, where it has
    such. `text` is the recommendation alone, white space folded, without its number and its recommending States.
    `state` is whom it is addressed to, `session` the number of the session of the review, None outside reviews.
    `source_response` is the response in the words of the source, `response` ours, a concept of code/response.
    `recommenders` are the IRIs of States, or of the treaty body, which `body` names in the words of the source.
    `document` is the symbol of the document that a recommendation of no review stands in, `date` the day of that.
    """

    dataset: str
    part: str
    state: str
    text: str
    kind: Kind = "review"
    session: int | None = None
    row: int | None = None
    recommenders: tuple[str, ...] = ()
    response: str | None = None
    source_response: str | None = None
    paragraph: str | None = None
    action: str | None = None
    issues: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    affected: tuple[str, ...] = ()
    document: str | None = None
    date: str | None = None
    body: str | None = None
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A source of records: an export, or a document of the United Nations.

    `key` is stable and fit for an IRI ("upr-info-s01-20", "A-HRC-43-15"). `symbol` is the document symbol, `issued` its
    day (ISO 8601), `review` the State's IRI and the session of the one review that a report is of. `publisher` is
    the IRI of an organisation.
    """

    key: str
    title: str
    publisher: str
    kind: Literal["export", "report", "matrix"] = "export"
    symbol: str | None = None
    issued: str | None = None
    review: tuple[str, int] | None = None
    note: str | None = None


Reading = Iterator[Record | Problem]
"""What a reader yields: records and problems in the order of the file."""
