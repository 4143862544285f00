"""What can be found: one text with what it is filtered by."""

from __future__ import annotations

from dataclasses import dataclass

RECOMMENDATION = "recommendation"
"""What stands for recommendations of every kind when hits are filtered by kind."""

CLASSES = {
    "upr:ReviewRecommendation": "review-recommendation",
    "upr:TreatyBodyRecommendation": "treaty-body-recommendation",
    "upr:SpecialProcedureRecommendation": "special-procedure-recommendation",
    "upr:Recommendation": "document-recommendation",
    "upr:Finding": "finding",
    "upr:LegalOpinion": "opinion",
}
"""The kinds of documents by their classes; a thing of several classes is of the kind that stands first."""

KINDS = tuple(CLASSES.values())
"""Every kind of document."""


@dataclass(frozen=True, slots=True)
class Document:
    """A recommendation, a finding or an opinion as the index holds it. All but `session` are texts or IRIs.

    `text` is its words; of an opinion, those of its findings. `title` is what it is called, or what it is about where
    a source gives the facts of a recommendation without its words. `about` are the rights, issues and themes that
    are stated of it, `recommenders` who makes it.
    """

    item: str
    kind: str
    text: str = ""
    title: str = ""
    states: tuple[str, ...] = ()
    session: int | None = None
    response: str | None = None
    response_label: str | None = None
    source: str | None = None
    recommenders: tuple[str, ...] = ()
    about: tuple[str, ...] = ()

    @property
    def is_without_words(self) -> bool:
        """Whether it is a recommendation of which only the facts are known."""
        return not self.text and self.kind.endswith(RECOMMENDATION)
