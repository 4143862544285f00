"""Drafts made by hand, of a document made by hand."""

from __future__ import annotations

from uprgraph.extraction.document import Document, Words
from uprgraph.extraction.statements import (
    Adoption,
    Audit,
    Basis,
    ConcernClaim,
    Count,
    Draft,
    Figure,
    Finding,
    LegalText,
    Membership,
    Mission,
    Opinion,
    Plan,
    Recommendation,
    Submission,
    Topic,
)

from ..by_hand import document

LINES = (
    "State: Slovenia, 34th session, 2019",
    "# Background",
    "Slovenia is a participating State since 1992.",
    "# Legislation",
    "Joint Opinion on the Draft Law on Courts of Slovenia (JUD-SLO/348/2019 [TN]; CDL-AD(2019)001), 14 May 2019",
    "The Opinion noted that the law,^1^ which is vague, restricts the freedom of religion. It was not adopted.",
    "ODIHR recommended to define worship or, at a minimum, to publish a guide to it.",
    "# Elections",
    "ODIHR observed the 20 March 2016 early parliamentary elections. The report has 9 priority recommendations:",
    "- to reform the law;",
    "Women hold 27 per cent of the seats, below the OSCE average of 29.6 per cent.",
    "In 2018 the party Green List was audited and planned for 2019-2020. Nobody knows.",
)


def made_by_hand() -> tuple[Document, Draft]:
    """Return a document and the draft of it that a curator would make by hand."""
    read = document(*LINES, footnotes={"1": "https://www.legislationline.example/348"})

    def words(text: str) -> Words:
        for paragraph in (*read.paragraphs, *read.footnotes.values()):
            start = paragraph.words.text.find(text)
            if start >= 0:
                return paragraph.words.cut(start, start + len(text))
        raise AssertionError(text)

    def basis(*texts: str, rule: str = "tests/by-hand", confidence: float = 0.9, doubt: str = "") -> Basis:
        return Basis(rule, tuple(words(text) for text in texts), confidence, doubt)

    number = "JUD-SLO/348/2019 [TN]"
    title = "Joint Opinion on the Draft Law on Courts of Slovenia"
    right = Topic("freedom-of-religion-or-belief", "freedom of religion", 0.95)
    concern = "the law, which is vague, restricts the freedom of religion"
    report = "election-report/2016-03-20"
    draft = Draft(
        submission=Submission(
            "SVN",
            34,
            basis("State: Slovenia, 34th session, 2019"),
            "2019",
            Membership("participating-state", "1992", basis("Slovenia is a participating State since 1992.")),
        ),
        opinions=(
            Opinion(
                number,
                title,
                "joint-opinion",
                basis(LINES[4], "https://www.legislationline.example/348"),
                issued="2019-05-14",
                url="https://www.legislationline.example/348",
                joint=("Venice Commission",),
                other_numbers=("CDL-AD(2019)001",),
                reviewed=(LegalText("Draft Law on Courts of Slovenia", "draft-law"),),
            ),
        ),
        adoptions=(Adoption(number, "not-adopted", "", "It was not adopted.", basis("It was not adopted.")),),
        concern_claims=(ConcernClaim(number, "remains", "2019", "is vague", basis("is vague")),),
        findings=(
            Finding(
                number,
                "concern",
                concern,
                basis(f"The Opinion noted that {concern}.", rule="findings/concern", doubt="Vague or not?"),
                (right,),
                (Topic("legal-certainty", "vague", 0.8),),
            ),
            Finding("submission", "observation", "Slovenia is", basis("Slovenia is a participating State since 1992.")),
        ),
        recommendations=(
            Recommendation(number, 1, "to define worship", basis("to define worship"), rights=(right,)),
            Recommendation(
                number,
                2,
                "to publish a guide to it",
                basis("to publish a guide to it", "ODIHR recommended", confidence=0.7),
                fallback_for=1,
            ),
            Recommendation(report, 1, "to reform the law", basis("to reform the law"), priority=True),
        ),
        counts=(
            Count(
                report,
                "priority-recommendations",
                9,
                "exactly",
                "9 priority recommendations",
                basis("The report has 9 priority recommendations:"),
                1,
            ),
        ),
        figures=(
            Figure(27.0, "27 per cent of the seats", basis(LINES[10]), "per-cent", "women-in-parliament"),
            Figure(
                29.6,
                "the OSCE average of 29.6 per cent",
                basis("the OSCE average of 29.6 per cent"),
                "per-cent",
                "women-in-parliament",
                "average",
                set_by="OSCE",
            ),
        ),
        missions=(
            Mission(
                "2016-03-20",
                "early-parliamentary",
                "election-observation-mission",
                basis("ODIHR observed the 20 March 2016 early parliamentary elections."),
                has_report=True,
            ),
        ),
        audits=(Audit("Green List", "2018", basis("In 2018 the party Green List was audited"), confidential=True),),
        plans=(Plan("Green List", basis("planned for 2019-2020"), start="2019", end="2020"),),
        context=(basis("ODIHR observed"),),
        not_understood=(words("Nobody knows."),),
    )
    return read, draft
