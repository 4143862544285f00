"""A dossier on disk that is being reviewed: read as a whole, and written as a whole after each decision."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from rdflib import Graph, URIRef

from uprgraph import files
from uprgraph.errors import ResourceError
from uprgraph.evidence import SourceText, Span, spans
from uprgraph.extraction.drafting.description import counts, quoted
from uprgraph.extraction.drafting.writing import FACTS, SOURCE, TURTLE
from uprgraph.extraction.reviewing import deciding, log
from uprgraph.extraction.reviewing.items import Item, item, items
from uprgraph.turtle import canonical, parse

_MISSED = re.compile(r"^not_understood = \[\n", re.MULTILINE)
_COUNTS = re.compile(r"^\[counts\]\n.*\Z", re.MULTILINE | re.DOTALL)


class Review:
    """The review of the dossier in a folder by one curator. Raises ResourceError if the folder holds no dossier."""

    def __init__(self, folder: Path, curator: str) -> None:
        self.folder = folder
        self.curator = curator
        for name in (TURTLE, SOURCE):
            if not (folder / name).is_file():
                raise ResourceError(f"{folder} holds no {name}", "give a folder that uprgraph extract has made")
        self.graph: Graph = parse(files.read_text(folder / TURTLE), folder / TURTLE)
        self.source = SourceText(files.read_text(folder / SOURCE))

    def items(self) -> list[Item]:
        """Return what was drafted, the least certain first."""
        return items(self.graph)

    def again(self, of: Item) -> Item:
        """Return an item as it is now."""
        return item(self.graph, URIRef(of.iri))

    def accept(self, of: Item) -> None:
        """Let it stand: accepted, or changed where it was changed before."""
        self._mark(of, "accepted" if of.status == "draft" else of.status, "accept")

    def change_topics(self, of: Item, scheme: str, notations: Iterable[str]) -> None:
        """Let it concern these rights or principles."""
        deciding.set_topics(self.graph, URIRef(of.iri), scheme, notations)
        self._mark(of, "changed", "change")

    def change_type(self, of: Item, notation: str) -> None:
        """Give it another type."""
        deciding.set_type(self.graph, URIRef(of.iri), of.kind, notation)
        self._mark(of, "changed", "change")

    def drop(self, of: Item) -> int:
        """Remove it, and what cannot be without it; return how many drafted things are gone."""
        drafted = {each.iri: each for each in self.items()}
        before = list(spans(self.graph).values())
        gone = [drafted[str(iri)] for iri in deciding.drop(self.graph, URIRef(of.iri)) if str(iri) in drafted]
        self._write([self._entry(each, "drop") for each in gone], self._freed(before))
        return len(gone)

    def _mark(self, of: Item, status: str, decision: str) -> None:
        deciding.mark(self.graph, URIRef(of.iri), status, self.curator, self._now)
        self._write([self._entry(of, decision)], [])

    def _freed(self, before: list[Span]) -> list[str]:
        """Return the words on which something rested before, and nothing now."""
        kept = list(spans(self.graph).values())
        rested = {place for span in before for place in range(span.start, span.end)}
        rested -= {place for span in kept for place in range(span.start, span.end)}
        runs: list[Span] = []
        for place in sorted(rested):
            if runs and place == runs[-1].end:
                runs[-1] = Span(runs[-1].start, place + 1)
            else:
                runs.append(Span(place, place + 1))
        return [words for span in runs if (words := self.source.at(span)) and any(map(str.isalnum, words))]

    @property
    def _now(self) -> datetime:
        return datetime.now(UTC)

    def _entry(self, of: Item, decision: str) -> log.Entry:
        now = self.again(of) if decision != "drop" else of
        chosen = {
            scheme: "; ".join(each.notation for each in now.topics if each.scheme == scheme)
            for scheme in ("right", "principle")
        }
        return log.Entry(
            when=self._now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            who=self.curator,
            decision=decision,
            statement=of.name,
            kind=of.kind,
            rights=chosen["right"],
            principles=chosen["principle"],
            type=now.type,
            text=of.text,
            quote=" | ".join(self.source.at(span) for span in of.places),
            rule=of.rule,
            confidence=f"{of.confidence:g}",
        )

    def _write(self, entries: list[log.Entry], missed: list[str]) -> None:
        """Write the log first: what is dropped must stand there when it is gone from the dossier."""
        log.append(self.folder / log.NAME, entries)
        files.write(self.folder / TURTLE, canonical(self.graph))
        facts = self.folder / FACTS
        if facts.is_file():
            files.write(facts, self._facts(files.read_text(facts), missed))

    def _facts(self, text: str, missed: list[str]) -> str:
        """Return source.toml with the counts as they are, and words on which nothing rests any more not understood."""
        numbers = "".join(f"{kind} = {number}\n" for kind, number in counts(self.graph).items())
        lines = "".join(f"  {quoted(words)},\n" for words in missed)
        text = _MISSED.sub(lambda match: match[0] + lines, text, count=1)
        return _COUNTS.sub(lambda _: f"[counts]\n{numbers}", text, count=1)
