"""What all parts of a dossier share: the graph, the document, its passages, and how a drafted thing is marked."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cached_property

from rdflib import RDF, Graph, URIRef

from uprgraph.extraction.document import Document
from uprgraph.extraction.drafting import known
from uprgraph.extraction.drafting.naming import slug, symbol_key
from uprgraph.extraction.drafting.passages import Passages, worded
from uprgraph.extraction.drafting.triples import Value, add, code, day_or_year, english, is_date, node, term
from uprgraph.extraction.statements import Basis, Submission

ODIHR = "organisation:ODIHR"


class Drafter:
    """A dossier in the making. Its parts add to `graph`, and name in `documents` what statements may be stated in."""

    def __init__(self, document: Document, submission: Submission) -> None:
        self.graph = Graph(bind_namespaces="none")
        self.document = document
        self.submission = submission
        self.reference = known.Reference(submission.state, submission.session)
        self.reference.check_session()
        self.passages = Passages(self.graph, document, self.iri)
        self.documents: dict[str, list[URIRef]] = {}
        """The documents of each place (see extraction.statements); several where a place is of several."""
        self._used: Counter[str] = Counter()

    @property
    def is_summary(self) -> bool:
        """Whether the document is a summary of OHCHR, which reports what ODIHR said."""
        return bool(self.submission.symbol)

    @property
    def key(self) -> str:
        """The key of the dossier: KAZ-34, or that of the symbol of a summary."""
        if self.is_summary:
            return symbol_key(self.submission.symbol)
        return f"{self.submission.state}-{self.submission.session}"

    @cached_property
    def iri(self) -> URIRef:
        """The IRI of the document itself."""
        return node(f"id/document/{self.key}" if self.is_summary else f"id/submission/odihr-{self.key}")

    @property
    def state(self) -> URIRef:
        """The State under review."""
        return term(f"state:{self.submission.state}")

    @property
    def state_name(self) -> str:
        """The English name of the State under review."""
        return self.reference.state_name

    @property
    def review(self) -> URIRef:
        """The review that the document is for."""
        return term(f"review:{self.submission.state}-{self.submission.session}")

    @property
    def year(self) -> str:
        """The year of the review, as the document or else the calendar gives it; empty if neither does."""
        return self.submission.year[:4] or self.reference.year

    def date(self, given: str) -> Value | None:
        """Return a day or year as a term, the year of the review where none is given, None if that is not known."""
        chosen = given if is_date(given) else self.year
        return day_or_year(chosen) if is_date(chosen) else None

    def thing(self, iri: URIRef, kind: str, basis: Basis, properties: dict[str, Value | None]) -> bool:
        """Add a drafted thing with what it rests on; say whether it is new. One that is there gets more evidence."""
        new = (iri, RDF.type, None) not in self.graph
        for passage in self.passages.of(basis):
            self.graph.add((iri, term("upr:evidence"), passage))
        if new:
            marks: dict[str, Value | None] = {
                "rdf:type": term(kind),
                "upr:reviewStatus": code("review-status", "draft"),
                "upr:madeByRule": basis.rule,
                "upr:confidence": decimal(basis.confidence),
                "skos:editorialNote": english(basis.doubt) if basis.doubt else None,
            }
            add(self.graph, iri, marks | properties)
        return new

    def note(self, iri: URIRef, text: str) -> None:
        """Add a note for the curator."""
        add(self.graph, iri, {"skos:editorialNote": english(text)})

    def text(self, text: str, basis: Basis) -> Value:
        """Return the words of a statement, with " … " where the source interrupts them."""
        return english(worded(text, basis.words[0], self.document.source))

    def places(self, place: str) -> list[URIRef]:
        """Return the documents that a place stands for: the document itself for one that was not recognised."""
        return self.documents.get(place) or [self.iri]

    def organisation(self, name: str, basis: Basis, kind: str = "upr:Organisation") -> URIRef:
        """Return an organisation by its name, describing it as one of the State where it is not known."""
        found = known.organisation(name)
        if found:
            return URIRef(found)
        iri = term(f"organisation:{self.submission.state}-{slug(name, self.state_name)}")
        if (iri, RDF.type, None) not in self.graph:
            add(
                self.graph,
                iri,
                {"rdf:type": term(kind), "rdfs:label": english(name), "upr:concernsState": self.state},
            )
        for passage in self.passages.of(basis):
            self.graph.add((iri, term("upr:evidence"), passage))
        return iri

    def unused(self, path: str) -> URIRef:
        """Return the IRI of a path, with a number behind it where it was given before."""
        self._used[path] += 1
        number = self._used[path]
        return node(path if number == 1 else f"{path}-{number}")


def decimal(number: float) -> Decimal:
    """Return a number as xsd:decimal has it, with at least one digit behind the point."""
    return Decimal(str(float(number)))
