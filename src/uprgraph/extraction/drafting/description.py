"""What source.toml says of a source and its dossier."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, Graph

from uprgraph.extraction.document import Document
from uprgraph.extraction.drafting.dossier import Dossier
from uprgraph.extraction.drafting.triples import term
from uprgraph.resources import BASE

COUNTED = (
    *("Submission", "StakeholderSummary", "LegalOpinion", "LegalText", "AdoptionStatus", "ConcernStatus", "Election"),
    *("ElectionObservation", "ElectionReport", "GenderAudit", "GenderAuditReport", "ActionPlan", "Finding"),
    *("Recommendation", "StatedCount", "Statistic", "Benchmark"),
)
"""The kinds of things in a dossier, in the order in which they are counted."""

_PUBLISHER = "OSCE Office for Democratic Institutions and Human Rights (ODIHR)"
_OF_SUMMARY = "Office of the United Nations High Commissioner for Human Rights (OHCHR)"


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that was read: its name, the SHA-256 of its bytes, and where in the source its pages begin, if known."""

    name: str
    sha256: str
    pages: tuple[int, ...] = ()

    @classmethod
    def of(cls, path: Path, document: Document) -> Origin:
        """Return the origin of a document that was read from a file; only a PDF has pages of its own."""
        pages = _pages(document.source) if path.suffix.lower() == ".pdf" else ()
        return cls(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), pages)


def _pages(source: str) -> tuple[int, ...]:
    """Return the offset at which each page begins: the first, and then those behind a form feed."""
    return (0, *(place + 1 for place, letter in enumerate(source) if letter == "\f"))


def counts(graph: Graph) -> dict[str, int]:
    """Return how many things of each kind there are, those that there are."""
    numbers = {kind: sum(1 for _ in graph.subjects(RDF.type, term(f"upr:{kind}"))) for kind in COUNTED}
    return {kind: number for kind, number in numbers.items() if number}


def toml(dossier: Dossier, origin: Origin | None = None) -> str:
    """Return the text of source.toml."""
    whose = _OF_SUMMARY if dossier.is_summary else _PUBLISHER
    graph = f"{BASE}graph/{dossier.key if dossier.is_summary else f'odihr-{dossier.key}'}"
    lines = [
        "# What source.txt is and what dossier.ttl holds of it, as `uprgraph extract` drafted it.",
        f"document = {quoted(dossier.iri)}",
        f"graph = {quoted(graph)}",
        f"publisher = {quoted(whose)}",
        'language = "en"',
        "# Where it is published, if it is: the draft does not know.",
        'url = ""',
        'licence = "Text of the publisher, reproduced with acknowledgement of the source; see LICENSE-data."',
        f"sha256 = {quoted(hashlib.sha256(dossier.source.encode()).hexdigest())}",
    ]
    if origin:
        lines += [
            "# The file from which source.txt was taken, and the offsets in source.txt at which its pages begin.",
            f"file = {quoted(origin.name)}",
            f"file_sha256 = {quoted(origin.sha256)}",
        ]
        lines += [f"pages = {json.dumps(list(origin.pages))}"] if origin.pages else []
    lines += [
        "",
        "# What stands in the text and states nothing.",
        *_list("structure", dict.fromkeys(dossier.account.structure)),
    ]
    missed = dict.fromkeys(words for _, words in dossier.account.not_understood)
    lines += [
        "",
        "# What was not understood: make statements of it, or move it to structure.",
        *_list("not_understood", missed),
    ]
    lines += ["", "[counts]", *(f"{kind} = {number}" for kind, number in counts(dossier.graph).items())]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return a text as TOML writes it; JSON writes it the same way but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(name: str, texts: Iterable[str]) -> list[str]:
    return [f"{name} = [", *(f"  {quoted(text)}," for text in texts), "]"]
