"""Figures: statistics that a submission states, and the benchmarks with which it compares them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from uprgraph.extraction.bounded import bounded_sentences
from uprgraph.extraction.document import Document, Kind, Paragraph, Words
from uprgraph.extraction.figures import figure_words
from uprgraph.extraction.figures.figure_words import Run, Spot
from uprgraph.extraction.figures.numbers import Number, number, qualifier, shares
from uprgraph.extraction.phrasing import first, phrases
from uprgraph.extraction.statements import Basis, Figure

_PER_CENT = "per-cent"
_GAP = " \N{HORIZONTAL ELLIPSIS} "
_OF_WHAT = re.compile(r"\s+(?:of|for)\s+(?!which\b)(?:(?!and\b|but\b)[^\s,;.()]+\s*){1,12}")
_RECOMMENDED_ITEM = re.compile(r"(?:[A-Z]\.\s+)?(?:to|that)\s", re.IGNORECASE)
_ROUNDED = 0.5
_NEAR = 60
"""Characters before and behind a number that say whether it measures anything."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """A number that is stated of something: its value and unit, where it stands, and the rule that found it."""

    value: float
    unit: str
    spot: Spot
    rule: str


@dataclass(frozen=True, slots=True)
class _Benchmark:
    """A benchmark: its number, its kind, whose it is, and the words that state it."""

    stated: _Stated
    kind: str
    by: str
    run: Run


def figures(document: Document) -> tuple[Figure, ...]:
    """Return the statistics and benchmarks of a document, those in footnotes too, in reading order."""
    found: list[Figure] = []
    for paragraph in document.paragraphs:
        if paragraph.kind is Kind.HEADING or _is_recommended(paragraph):
            continue
        found.extend(_in_words(paragraph.words, paragraph, ""))
        for note in document.notes_of(paragraph):
            found.extend(_in_words(note.words, paragraph, note.number))
    return tuple(found)


def _is_recommended(paragraph: Paragraph) -> bool:
    return paragraph.kind is Kind.ITEM and _RECOMMENDED_ITEM.match(paragraph.words.text) is not None


def _in_words(words: Words, paragraph: Paragraph, footnote: str) -> Iterator[Figure]:
    for _, sentence in bounded_sentences(words):
        yield from _in_sentence(sentence, paragraph, footnote)


def _in_sentence(words: Words, paragraph: Paragraph, footnote: str) -> Iterator[Figure]:
    text = words.text
    benchmarks = _benchmarks(text)
    runs = [each.run for each in benchmarks]
    stated = [each for each in _stated(text) if not any(a <= each.spot.start < b for a, b in runs)]
    indicators = []
    bounds = figure_words.bounds(text, runs) if stated else []
    for around, group in groupby(stated, lambda each: figure_words.clause(text, each.spot, bounds)):
        measured = [each for each in group if not _measures_nothing(text, around, each.spot)]
        if not measured:
            continue
        spots = [each.spot for each in measured]
        opening = figure_words.with_comparison(text, spots[0], runs)
        parts = [opening] if opening and len(spots) == 1 else figure_words.shared(text, around, spots)
        for each, part in zip(measured, parts, strict=True):
            figure = _figure(words, each, part, paragraph, footnote)
            indicators.append(figure.indicator)
            yield figure
    for benchmark in benchmarks:
        yield _of_benchmark(words, benchmark, next(filter(None, indicators), ""), paragraph, footnote)


def _stated(text: str) -> list[_Stated]:
    found = [_Stated(each.value, _PER_CENT, Spot(each.start, each.end), "shares") for each in _once(text, shares(text))]
    for phrase in phrases("statistics"):
        for match in phrase.pattern.finditer(text):
            value, start, end = number(match["n"]), *match.span("n")
            if value is not None and not any(start < each.spot.end and each.spot.start < end for each in found):
                found.append(_Stated(value, "", Spot(start, end), phrase.name))
    return sorted(found, key=lambda each: each.spot.start)


def _once(text: str, stated: Sequence[Number]) -> Iterator[Number]:
    """Yield the shares without those that only say the one before them again: "38 of 150 members (25.3 per cent)"."""
    last: Number | None = None
    for share in stated:
        again = last and text[: share.start].endswith("(") and abs(share.value - last.value) <= _ROUNDED
        if not again:
            yield share
            last = share


def _measures_nothing(text: str, around: Run, spot: Spot) -> bool:
    """Tell whether a number is a limit, or of what should be, rather than of what is."""
    for phrase in phrases("no-figures"):
        pattern = phrase.pattern.pattern
        if pattern.startswith("^"):
            where = text[spot.end : spot.end + _NEAR]
        elif pattern.endswith("$"):
            where = text[max(0, spot.start - _NEAR) : spot.start]
        else:
            where = text[slice(*around)] if phrase.means == "clause" else text[: spot.start]
        if phrase.pattern.search(where):
            return True
    return False


def _benchmarks(text: str) -> list[_Benchmark]:
    found: list[_Benchmark] = []
    for phrase in phrases("benchmarks"):
        for match in phrase.pattern.finditer(text):
            value = number(match["n"])
            if value is None or any(match.start() < each.run[1] and each.run[0] < match.end() for each in found):
                continue
            of_what = _OF_WHAT.match(text, match.end())
            end = of_what.end() if of_what else match.end()
            stated = _Stated(value, _PER_CENT, Spot(*match.span("n")), phrase.name)
            run = (match.start(), match.start() + len(text[match.start() : end].rstrip()))
            found.append(_Benchmark(stated, phrase.means, match["by"].strip(), run))
    return sorted(found, key=lambda each: each.run)


def _figure(words: Words, stated: _Stated, part: Sequence[Run], paragraph: Paragraph, footnote: str) -> Figure:
    pieces = tuple(words.cut(*run) for run in part)
    text = _GAP.join(piece.text for piece in pieces)
    bound = qualifier(words.text, stated.spot.start, stated.spot.end)
    measured = first("indicators", text)
    return Figure(
        value=stated.value,
        text=text,
        basis=Basis(
            rule=stated.rule,
            words=pieces,
            confidence=0.5 if bound.doubt else 0.9,
            doubt=bound.doubt,
            section=paragraph.section,
            footnote=footnote,
        ),
        unit=stated.unit,
        indicator=measured[0].means if measured and stated.unit else "",
        qualifier=bound.code,
        paragraph=paragraph.number,
    )


def _of_benchmark(words: Words, benchmark: _Benchmark, indicator: str, paragraph: Paragraph, footnote: str) -> Figure:
    """Return a benchmark; it is of the same indicator as the statistic of its sentence."""
    piece = words.cut(*benchmark.run)
    bound = qualifier(words.text, benchmark.stated.spot.start, benchmark.stated.spot.end)
    measured = first("indicators", piece.text)
    return Figure(
        value=benchmark.stated.value,
        text=piece.text,
        basis=Basis(benchmark.stated.rule, (piece,), 0.9, section=paragraph.section, footnote=footnote),
        unit=benchmark.stated.unit,
        indicator=measured[0].means if measured else indicator,
        kind=benchmark.kind,
        qualifier=bound.code,
        set_by=benchmark.by,
        paragraph=paragraph.number,
    )
