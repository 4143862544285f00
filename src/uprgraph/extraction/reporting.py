"""What is told of a draft: what was found, how much of the source is accounted for, and what to look at."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Graph

from uprgraph.engines.terms import XSD, Literal, Term
from uprgraph.extraction.drafting import mismatches
from uprgraph.extraction.drafting.description import counts
from uprgraph.extraction.drafting.dossier import Dossier
from uprgraph.extraction.reviewing.items import Item, items
from uprgraph.resources import BASE
from uprgraph.results.rows import Results

COLUMNS = ("problem", "line", "statement", "confidence", "rule", "text")
"""The columns of the rows: what is wrong, where in the source, about what, and in which words."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report on a dossier; `title` says of which document."""

    dossier: Dossier
    title: str

    @property
    def understood(self) -> bool:
        """Whether there is nothing that was not understood."""
        return not self.dossier.account.not_understood

    def rows(self) -> Results:
        """Return one row for each passage that was not understood, count that differs, and doubtful statement."""
        return Results(COLUMNS, list(self._rows()), f"What to look at in {self.title}")

    def _rows(self) -> Iterator[tuple[Term | None, ...]]:
        for line, words in self.dossier.account.not_understood:
            yield Literal("not understood"), _integer(line), None, None, None, Literal(words)
        for each in mismatches.found(self.dossier.graph):
            text = f"announces {each.stated} {each.kind.replace('-', ' ')} and lists {each.listed}"
            yield Literal("count differs"), None, Literal(_short(each.count)), None, None, Literal(text)
        for item in _doubtful(self.dossier.graph):
            place = item.places[0].start if item.places else None
            yield (
                Literal("doubtful"),
                None if place is None else _integer(self.dossier.source.count("\n", 0, place) + 1),
                Literal(item.name),
                Literal(f"{item.confidence:g}", f"{XSD}decimal"),
                Literal(item.rule),
                Literal(item.text),
            )

    def to_text(self, width: int) -> str:
        """Return the report for reading, in lines of at most `width` columns as far as words allow."""
        account = self.dossier.account
        lines = [self.title, ""]
        numbers = counts(self.dossier.graph)
        widest = max(map(len, numbers), default=0)
        lines += [f"  {kind.ljust(widest)}  {number:>4}" for kind, number in numbers.items()]
        shares = (
            f"Of {account.total:,} characters, {account.share(account.statements):.1f} % are in statements, "
            f"{account.share(account.structure_size):.1f} % are structure, "
            f"{account.share(account.not_understood_size):.1f} % were not understood."
        )
        lines += ["", textwrap.fill(shares, width)]
        if account.not_understood:
            lines += ["", "Not understood:"]
            lines += [_wrapped(f"line {line}: {words}", width) for line, words in account.not_understood]
        differing = list(mismatches.found(self.dossier.graph))
        if differing:
            lines += ["", "Counts that differ from what is listed:"]
            lines += [
                _wrapped(
                    f"{_short(each.document)} announces {each.stated} {each.kind.replace('-', ' ')} "
                    f"and lists {each.listed}",
                    width,
                )
                for each in differing
            ]
        doubtful = _doubtful(self.dossier.graph)
        if doubtful:
            lines += ["", "Doubtful:"]
            lines += [
                _wrapped(f"{each.confidence:g} {each.name} ({each.rule}): {each.text}", width) for each in doubtful
            ]
        return "\n".join(lines) + "\n"


def _doubtful(graph: Graph) -> list[Item]:
    return [each for each in items(graph) if each.is_doubtful]


def _short(iri: object) -> str:
    return str(iri).removeprefix(f"{BASE}id/")


def _integer(number: int) -> Literal:
    return Literal(str(number), f"{XSD}integer")


def _wrapped(text: str, width: int) -> str:
    return textwrap.fill(
        text, width, initial_indent="  ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
