"""Exports of the UPR Info database: who recommended what to whom, and the answer.

Source: UPR Info, https://upr-info.org. Counting: a row is one recommendation by one State; rows with one text,
addressed to one State in one review, are one recommendation made by several States, known by a hash of that text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from uprgraph.sources import exports
from uprgraph.sources.exports import Columns
from uprgraph.sources.known import Known, folded
from uprgraph.sources.problems import problem
from uprgraph.sources.records import Dataset, Outcome, Problem, Reading, Record
from uprgraph.sources.seen import Seen
from uprgraph.sources.tables import Row
from uprgraph.vocabulary import expand
from uprgraph.wording import fold_space

COLUMNS = Columns(
    required=("To", "Text", "From", "Response", "Session"),
    optional=("Action", "Issue", "Cycle"),
    set_aside=("To-Rgrp", "To-Org", "From-Rgrp", "From-Org"),
)
"""Set aside are the regional group and organisations of both States, as of the time of the export."""

UNKNOWN_STATE = "(Unknown)"
"""What an export writes for a recommending State that UPR Info could not tell."""

UNREAD = "upr-info"
"""The key that records have as their dataset: that of the export is known only at its end, from its sessions."""

_ACTIONS = {str(number): expand(f"code:action-category/{number}") for number in range(1, 6)}
_CYCLE = re.compile(r"(?:cycle )?([1-9])(?:st|nd|rd|th)?(?: cycle)?", re.IGNORECASE)
_WORDS = {"supported": "Accepted", "noted": "Noted"}
_HASH_LENGTH = 12


def read(path: Path, known: Known, encoding: str | None = None) -> Reading:
    """Yield the rows of an export (CSV or XLSX) as records, one per recommendation and recommending State.

    A row whose State under review, text or session is not known is left out, as is one that repeats another;
    other values that are not known are left out alone. Each is a problem, as is a recommender that UPR Info does not
    know. Raises as `exports.read` does.
    """
    seen = Seen()
    for row in exports.read(path, COLUMNS, encoding):
        if isinstance(row, Problem):
            yield row
        elif first := seen.first(row.line, *row.values.values()):
            yield problem(path, row.line, "", row["Text"], reason=f"the same as row {first}", outcome="row left out")
        else:
            reader = _RowReader(row, known)
            record = reader.record()
            yield from reader.problems
            if record is not None:
                yield record


class _RowReader:
    """Reads one row, and gathers what is wrong with it."""

    def __init__(self, row: Row, known: Known) -> None:
        self._row = row
        self._known = known
        self.problems: list[Problem] = []

    def record(self) -> Record | None:
        row = self._row
        state = self._state("To", "row left out")
        words = fold_space(row["Text"])
        response = self._known.responses["upr-info"].get(folded(row["Response"]))
        session = self._session()
        if not words:
            self._report("Text", "is empty", "row left out")
        if response is None:
            self._report("Response", "not a response that is known", "value left out")
        if state is None or not words or session is None:
            return None
        return Record(
            dataset=UNREAD,
            part=str(row.line),
            state=state,
            text=words,
            session=session,
            row=row.line,
            recommenders=self._recommenders(state),
            response=response,
            source_response=None if response is None else row["Response"],
            action=self._action(),
            issues=self._issues(),
        )

    def _report(self, column: str, reason: str, outcome: Outcome, value: str | None = None) -> None:
        value = self._row[column] if value is None else value
        self.problems.append(problem(self._row.path, self._row.line, column, value, reason=reason, outcome=outcome))

    def _state(self, column: str, outcome: Outcome) -> str | None:
        state = self._known.states.get(self._row[column])
        if state is None:
            self._report(column, self._known.states.reason(self._row[column]), outcome)
        return state

    def _recommenders(self, addressee: str) -> tuple[str, ...]:
        if self._row["From"] == UNKNOWN_STATE:
            self._report("From", "UPR Info does not know the recommending State", "kept")
            return ()
        state = self._state("From", "value left out")
        if state == addressee:
            self._report("From", "a State does not recommend to itself", "value left out")
            return ()
        return (state,) if state else ()

    def _session(self) -> int | None:
        value = self._row["Session"]
        session = int(value) if value.isdecimal() and len(value) < len("1000") else None
        cycle = self._known.cycles.get(session) if session is not None else None
        if cycle is None:
            self._report("Session", "not the number of a session that is known", "row left out")
            return None
        return session if self._is_in(cycle) else None

    def _is_in(self, cycle: int) -> bool:
        """Tell whether the row, which is of a session of this cycle, says so too, if it names a cycle at all."""
        if value := self._row["Cycle"]:
            number = _CYCLE.fullmatch(value)
            if number is None:
                self._report("Cycle", "not the number of a cycle", "value left out")
            elif int(number[1]) != cycle:
                reason = f"contradicts the session: {self._row['Session']} is in cycle {cycle}"
                self._report("Cycle", reason, "row left out")
                return False
        return True

    def _action(self) -> str | None:
        action = _ACTIONS.get(self._row["Action"])
        if action is None and self._row["Action"]:
            self._report("Action", "not a category of action, 1 to 5", "value left out")
        return action

    def _issues(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for label in filter(None, map(fold_space, self._row["Issue"].split(","))):
            issue = self._known.issues.get(folded(label))
            if issue is None:
                self._report("Issue", "not an issue that is known", "value left out", label)
            else:
                found[issue] = None
        return tuple(found)


def describe(sessions: Collection[int]) -> Dataset:
    """Return the description of an export by the sessions that its records are of; there must be one at least."""
    first, last = min(sessions), max(sessions)
    span = f"session {first}" if first == last else f"sessions {first} to {last}"
    return Dataset(
        key=f"upr-info-s{first:02}-{last:02}",
        title=f"Export of the UPR Info database, {span}",
        publisher=expand("organisation:UPR-Info"),
    )


def text_key(words: str, response: str = "", action: str = "") -> str:
    """Return the part of a recommendation's IRI that stands for its text, white space folded.

    `response` and `action`, concepts of ours, count where one text in one review has more than one of either.
    """
    hashed = words
    if response or action:
        answer = response.rpartition("/")[2]
        hashed = f"{words}\n{_WORDS.get(answer, answer)}\n{action.rpartition('/')[2]}"
    return sha256(hashed.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]
