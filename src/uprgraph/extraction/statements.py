"""What is recognised in a document, before it becomes RDF: statements with the words they rest on.

Codes are notations of ontology/codelists ("urgent-opinion", "concern"). `place` says in which document a statement is
made, as told by the submission: "submission", the number of an opinion, "election-report/2016-03-20",
"audit-report/2017", or "summary". Days are "2016-03-20", "2016-03" or "2016", as far as the source says.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from uprgraph.extraction.document import Words

SUBMISSION = "submission"
SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a statement is made: the words, the rule that made it, how sure that is (0 to 1), and what is doubtful.

    `words` are the words of the statement first, and then others that it rests on, such as a footnote or the sentence
    that introduces a list. `section` is the heading under which it stands, `footnote` the number of the note that it is
    from.
    """

    rule: str
    words: tuple[Words, ...]
    confidence: float = 1.0
    doubt: str = ""
    section: str = ""
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A right or principle that words concern: its code, and those of the words that named it."""

    code: str
    matched: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class LegalText:
    """A text that an opinion reviews: its title in the source's words, and its kind (legal-text-kind)."""

    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """What the State is to the OSCE: `role` is "participating-state" or "partner-for-co-operation"."""

    role: str
    since: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Submission:
    """The document itself: State under review (ISO alpha-3), session, year of the review as far as they are stated."""

    state: str
    session: int
    basis: Basis
    year: str = ""
    membership: Membership | None = None
    symbol: str = ""
    """Of a summary of OHCHR."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A legal opinion; `other_numbers` are those of joint authors, such as "CDL-AD(2017)012"."""

    number: str
    title: str
    type: str
    basis: Basis
    issued: str = ""
    url: str = ""
    joint: tuple[str, ...] = ()
    other_numbers: tuple[str, ...] = ()
    reviewed: tuple[LegalText, ...] = ()


@dataclass(frozen=True, slots=True)
class Adoption:
    """What is claimed of the fate of a text that an opinion reviewed (adoption-status)."""

    opinion: str
    status: str
    as_of: str
    text: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class ConcernClaim:
    """What is claimed of the concerns of an opinion (concern-status), such as that they remain."""

    opinion: str
    status: str
    as_of: str
    text: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding; `type` is "concern", "commendation" or "observation"; `reporting` is "quotation", "summary" or ""."""

    place: str
    type: str
    text: str
    basis: Basis
    rights: tuple[Topic, ...] = ()
    principles: tuple[Topic, ...] = ()
    reporting: str = ""
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation; `position` counts from 1 in its place, `fallback_for` is the position that it falls back from.

    `others` are those who make it too, as the source names them.
    """

    place: str
    position: int
    text: str
    basis: Basis
    priority: bool = False
    fallback_for: int | None = None
    rights: tuple[Topic, ...] = ()
    principles: tuple[Topic, ...] = ()
    others: tuple[str, ...] = ()
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A stated count: of what (count-kind), how many, and how that is qualified (count-qualifier).

    `listed` is how many the document goes on to list; None where it lists none.
    """

    place: str
    count_of: str
    count: int
    qualifier: str
    text: str
    basis: Basis
    listed: int | None = None
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic, or with a `kind` (benchmark-kind) a benchmark. `value` is in the unit; `qualifier` as of a count."""

    value: float
    text: str
    basis: Basis
    unit: str = ""
    indicator: str = ""
    kind: str = ""
    qualifier: str = ""
    set_by: str = ""
    """Who set a target or whose average it is, as the source names it."""
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Mission:
    """An election and the mission to it: kinds of election-kind and mission-kind, and the address of its report."""

    date: str
    kind: str
    mission: str
    basis: Basis
    report_url: str = ""
    has_report: bool = False


@dataclass(frozen=True, slots=True)
class Audit:
    """A gender audit of an organisation; `confidential` where its report is said to be so."""

    organisation: str
    year: str
    basis: Basis
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """An action plan of an organisation."""

    organisation: str
    basis: Basis
    created: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was recognised in a document, and the runs of words that were not understood."""

    submission: Submission
    opinions: tuple[Opinion, ...] = ()
    adoptions: tuple[Adoption, ...] = ()
    concern_claims: tuple[ConcernClaim, ...] = ()
    findings: tuple[Finding, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    counts: tuple[Count, ...] = ()
    figures: tuple[Figure, ...] = ()
    missions: tuple[Mission, ...] = ()
    audits: tuple[Audit, ...] = ()
    plans: tuple[Plan, ...] = ()
    context: tuple[Basis, ...] = ()
    """Words that are understood and state nothing new: the mandate of ODIHR, the purpose of the submission."""
    not_understood: tuple[Words, ...] = field(default=())
