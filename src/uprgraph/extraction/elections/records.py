"""Missions to elections as they come to be known while a document is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from uprgraph.extraction.bounded import LONGEST
from uprgraph.extraction.document import Footnote, Words
from uprgraph.extraction.elections.votes import Named, Vote, missions_named, votes
from uprgraph.extraction.urls import address


@dataclass(slots=True)
class Record:
    """A mission as far as it is known: `mission` is empty until the text names its kind."""

    vote: Vote
    mission: str
    rule: str
    section: str
    words: list[Words]
    url: str = ""
    has_report: bool = False
    footnote: str = ""


@dataclass(slots=True)
class Records:
    """All missions found, and of the section that is being read the elections and the missions spoken of last."""

    found: list[Record] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    latest: list[Record] = field(default_factory=list)
    section: str = ""

    def begin_section(self, heading: str) -> None:
        """Begin a section; what it is about stands in its heading."""
        self.section, self.votes, self.latest = heading, votes(heading[:LONGEST]), []

    def of_elections(self, here: Sequence[Vote], named: Sequence[Named], words: Words, rule: str) -> None:
        """Record the missions that a sentence names together with elections."""
        self.votes = list(here)
        self.latest = [self._record(vote, _mission_to(vote, named), words, rule) for vote in here]
        for other in named:
            if not any(each.mission == other.mission for each in self.latest):
                nearest = min(here, key=lambda vote: abs(vote.start - other.start))
                self.latest.append(self._record(nearest, other.mission, words, rule))

    def of_elections_before(self, named: Sequence[Named], words: Words, rule: str) -> None:
        """Record the missions that a sentence names to the elections named before.

        Without a rule that presents a mission only those are meant that are known.
        """
        latest = [record for each in named for record in self._later(each.mission, words, rule)]
        self.latest = latest or self.latest

    def of_note(self, note: Footnote, marked: str) -> None:
        """Take from a footnote the report on an election, its address, and the kind of mission if it was not known.

        `marked` are the words before the mark of the note.
        """
        text = note.words.text[:LONGEST]
        if not self.latest or "report" not in (text + marked).lower():
            return
        kinds = [each.mission for each in missions_named(text)]
        for each in self._of_note(text, kinds):
            each.mission = each.mission or next(iter(kinds), "")
            each.has_report = True
            each.words.append(note.words)
            if not each.url:
                each.url, each.footnote = address(text), note.number

    def _of_note(self, text: str, kinds: Sequence[str]) -> Sequence[Record]:
        """Return the missions of a note's kinds to the elections that it names, or else the one spoken of last."""
        dates = [(each.date, each.kind) for each in votes(text)]
        of_dates = [each for each in self.found if (each.vote.date, each.vote.kind) in dates]
        fitting = [each for each in of_dates or self.latest if not kinds or each.mission in ("", *kinds)]
        return fitting if of_dates else fitting[-1:]

    def _later(self, mission: str, words: Words, rule: str) -> Iterator[Record]:
        for vote in self.votes:
            if rule or self._known(vote, mission):
                yield self._record(vote, mission, words, rule)

    def _known(self, vote: Vote, mission: str) -> Record | None:
        """Return the mission to an election, of its kind or of a kind that is not yet known, None if there is none."""
        same = [each for each in self.found if (each.vote.date, each.vote.kind) == (vote.date, vote.kind)]
        exact = [each for each in same if each.mission == mission or not mission]
        return next(iter([*exact, *(each for each in same if not each.mission)]), None)

    def _record(self, vote: Vote, mission: str, words: Words, rule: str) -> Record:
        known = self._known(vote, mission)
        if known:
            if not known.mission and mission:
                known.mission = mission
                known.words.append(words)
            return known
        self.found.append(Record(vote, mission, rule or f"missions/{mission}", self.section, [words]))
        return self.found[-1]


def _mission_to(vote: Vote, named: Sequence[Named]) -> str:
    """Return the mission to an election: the one that stands before it, else the first of the sentence."""
    before = [each for each in named if each.start < vote.start]
    return before[-1].mission if before else next((each.mission for each in named), "")
