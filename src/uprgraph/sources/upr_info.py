"""The export of the UPR Info database, sessions 1 to 20: who recommended what to whom, and the answer.

Source: UPR Info, as kept at https://github.com/rochelleterman/uprs. The sentences are not taken over: a recommendation
is known by a hash of its text. Counting: a row is one recommendation by one State; rows with one text, addressed to
one State in one review, are one recommendation made by several States.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pyoxigraph import NamedNode, Triple

from uprgraph import resources
from uprgraph.errors import UnknownValueError
from uprgraph.sources import tables
from uprgraph.sources.sessions import review_of
from uprgraph.sources.statements import EDITORIAL_NOTE, RDF_TYPE, SOURCE, node, term, text, typed, values
from uprgraph.sources.states import StateNames
from uprgraph.vocabulary import expand
from uprgraph.wording import fold_space

READ = ("To", "Text", "From", "Response", "Action", "Issue", "Session")
SET_ASIDE = ("To-Rgrp", "To-Org", "From-Rgrp", "From-Org")
"""Columns not taken over: regional group and organisations of both States, as of the time of the export."""

RESPONSES = {"Accepted": "supported", "Noted": "noted"}
"""UPR Info's word for the response, and ours."""

UNKNOWN_STATE = "(Unknown)"
"""What the export writes for a recommending State that UPR Info could not tell."""

DATASET = node("id/dataset/upr-info-s01-20")
_HASH_LENGTH = 12
_EXPORT = NamedNode("https://github.com/rochelleterman/uprs")
_NOTE = (
    "Read from the file of commit 986898e, decoded from Mac Roman. No licence is stated; only facts are taken over "
    "(who recommended, to whom, at which session, the response, the issues and the category of action), no sentences."
)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One recommendation by one State. States and issues are IRIs; `recommender` is None where UPR Info gives none.

    `response` is a key of `RESPONSES`, `action` UPR Info's category 1 to 5, `line` the line of the file, from 1.
    """

    line: int
    state_under_review: str
    recommender: str | None
    text: str
    response: str
    action: int
    issues: tuple[str, ...]
    session: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the values of an export may be: names of States, labels of issues with their IRIs, numbers of sessions."""

    states: StateNames
    issues: Mapping[str, str]
    sessions: frozenset[int]

    @classmethod
    def load(cls) -> Known:
        """Return the States and sessions of data/reference/ and the issues of the codelist upr-info-issue."""
        issues = dict(values(resources.ontology() / "codelists" / "upr-info-issue.ttl", "skos:notation"))
        numbers = values(resources.data() / "reference" / "sessions.ttl", "upr:number")
        sessions = frozenset(int(number) for number, iri in numbers if iri.startswith(expand("session:")))
        return cls(StateNames.load(), issues, sessions)


def read(path: Path, known: Known) -> Iterator[ExportRow]:
    """Yield the rows of an export (CSV, UTF-8), one per recommendation and recommending State, in their order.

    Raises InvalidDataError, with line and column, for a value that `known` or this module does not know, and for a
    column that is missing or new.
    """
    actions = {str(number): number for number in range(1, 6)}
    sessions = {str(number): number for number in known.sessions}
    for row in tables.read(path, (*READ, *SET_ASIDE)):
        labels = [label.strip() for label in row["Issue"].split(",")]
        yield ExportRow(
            line=row.line,
            state_under_review=_state(row, "To", known),
            recommender=None if row["From"] == UNKNOWN_STATE else _state(row, "From", known),
            text=fold_space(row.required("Text")),
            response=_one_of(row, "Response", row["Response"], {word: word for word in RESPONSES}),
            action=_one_of(row, "Action", row["Action"], actions),
            issues=tuple(_one_of(row, "Issue", label, known.issues) for label in labels),
            session=_one_of(row, "Session", row["Session"], sessions),
        )


def _state(row: tables.Row, column: str, known: Known) -> str:
    try:
        return known.states.find(row.required(column))
    except UnknownValueError as error:
        raise row.error(column, f'is "{row[column]}", which is not the name of a State', error.hint) from error


def _one_of(row: tables.Row, column: str, value: str, known: Mapping[str, _Value]) -> _Value:
    if value not in known:
        raise row.error(column, f'has the value "{value}"', "known values are: " + ", ".join(sorted(known)))
    return known[value]


def statements(rows: Iterable[ExportRow]) -> Iterator[Triple]:
    """Yield what the rows say, recommendation by recommendation.

    Issues are those of all rows of a recommendation. Where UPR Info gives one text in one review more than one
    response or category of action, each combination is a recommendation of its own, and its hash covers them too.
    """
    reviews: dict[tuple[str, int], dict[str, dict[tuple[str, int], list[ExportRow]]]]
    reviews = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row in rows:
        reviews[row.state_under_review, row.session][row.text][row.response, row.action].append(row)
    for texts in reviews.values():
        for words, answers in texts.items():
            for (response, action), group in answers.items():
                hashed = words if len(answers) == 1 else f"{words}\n{response}\n{action}"
                yield from _recommendation(group, sha256(hashed.encode()).hexdigest()[:_HASH_LENGTH])


def _recommendation(group: list[ExportRow], key: str) -> Iterator[Triple]:
    first = group[0]
    review = review_of(first.state_under_review, first.session)
    subject = NamedNode(f"{review.value}/recommendation/{key}")
    yield Triple(subject, RDF_TYPE, term("upr:ReviewRecommendation"))
    yield Triple(subject, term("upr:inReview"), review)
    yield Triple(subject, term("upr:addressedTo"), NamedNode(first.state_under_review))
    yield Triple(subject, term("upr:response"), term(f"code:response/{RESPONSES[first.response]}"))
    yield Triple(subject, term("upr:sourceResponse"), typed(first.response, "xsd:string"))
    yield Triple(subject, term("upr:actionCategory"), term(f"code:action-category/{first.action}"))
    yield Triple(subject, term("upr:categorisedBy"), term("organisation:UPR-Info"))
    yield Triple(subject, SOURCE, DATASET)
    for row in group:
        if row.recommender is not None:
            yield Triple(subject, term("upr:madeBy"), NamedNode(row.recommender))
        for issue in row.issues:
            yield Triple(subject, term("upr:sourceIssue"), NamedNode(issue))


def dataset() -> Iterator[Triple]:
    """Yield the description of the export, to which every recommendation's `dcterms:source` leads."""
    yield Triple(DATASET, RDF_TYPE, term("dcat:Dataset"))
    yield Triple(DATASET, term("dcterms:title"), text("Export of the UPR Info database, sessions 1 to 20"))
    yield Triple(DATASET, SOURCE, _EXPORT)
    yield Triple(DATASET, term("dcterms:publisher"), term("organisation:UPR-Info"))
    yield Triple(DATASET, EDITORIAL_NOTE, text(_NOTE))
