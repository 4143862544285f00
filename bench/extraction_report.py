"""What is printed of a comparison: a line for each measure, and for those who write rules, what was missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from bench import extraction_likeness as likeness
from bench.extraction_attributes import ATTRIBUTES
from bench.extraction_coverage import Coverage
from bench.extraction_scoring import KINDS, Comparison, Matched, Score, codes
from uprgraph.extraction.statements import Draft

ALL = 1.0
EXACT = ("submission", "membership", "opinions", "counts", "statistics", "benchmarks", "elections", "audits", "plans")
TARGETS = dict.fromkeys(EXACT, ALL) | {"recommendations": 0.95, "findings": 0.85}
"""What precision and recall of a kind must reach on the seed."""
EXACT_ATTRIBUTES = {
    ("submission", "year"),
    ("membership", "since"),
    ("opinions", "number"),
    ("opinions", "issued"),
    ("opinions", "url"),
}
TOPICS_TARGET = 0.85
_LONG = 220


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a measure, its values, and whether it reaches its target, None where it has none."""

    text: str
    good: bool | None = None


def lines(comparison: Comparison, covered: Coverage | None) -> Iterator[Line]:
    """Yield the lines of the table of one document."""
    for kind, matched in comparison.kinds.items():
        if matched.score.wanted or matched.score.found:
            yield _kind(kind, matched.score)
            for name in ATTRIBUTES.get(kind, ()):
                yield _attribute(kind, name, comparison.attribute(kind, name))
    for name in ("rights", "principles"):
        for title, end_to_end in (("of matched statements", False), ("end to end", True)):
            score = comparison.topics(name, end_to_end=end_to_end)
            target = TOPICS_TARGET if name == "rights" else None
            text = f"{name + ' ' + title:<34}{_rates(score)}"
            yield _line(text, target, None if target is None else score.f1 >= target)
    yield Line(f"{'statements of forbidden texts':<34}{len(comparison.forbidden):>5}", not comparison.forbidden)
    if covered:
        yield from _coverage(covered)


def types(comparison: Comparison) -> str:
    """Return which types of findings were taken for which others."""
    wrong = [
        f"{wanted} as {found} {count}x" for (wanted, found), count in comparison.types().items() if wanted != found
    ]
    return ", ".join(wrong) or "none"


def _kind(kind: str, score: Score) -> Line:
    target = TARGETS.get(kind)
    good = None if target is None else min(score.precision, score.recall) >= target
    return _line(f"{kind:<34}{_rates(score)}", target, good)


def _attribute(kind: str, name: str, score: Score) -> Line:
    exact = (kind, name) in EXACT_ATTRIBUTES
    text = f"    {name:<30}{score.right:>5} of {score.wanted}"
    return _line(text, ALL if exact else None, score.right == score.wanted if exact else None)


def _rates(score: Score) -> str:
    counts = f"({score.right} right, {score.found} found, {score.wanted} wanted)"
    return f"P {score.precision:5.3f}  R {score.recall:5.3f}  F1 {score.f1:5.3f}  {counts}"


def _line(text: str, target: float | None, good: bool | None) -> Line:
    return Line(text if target is None else f"{text:<96} target {target:.2f}", good)


def _coverage(covered: Coverage) -> Iterator[Line]:
    for name in ("statements", "context", "structure", "joints", "not_understood"):
        share = getattr(covered, name) / covered.total if covered.total else 0.0
        yield Line(f"{'characters, ' + name.replace('_', ' '):<34}{share:7.1%}")
    text = f"{'characters accounted for':<34}{covered.accounted:7.1%}  ({len(covered.lost)} runs lost)"
    yield _line(text, ALL, not covered.lost)


def misses(comparison: Comparison, covered: Coverage | None, draft: Draft) -> Iterator[str]:
    """Yield, readably, all that was missed, that should not be there, and that differs, kind by kind."""
    for kind in KINDS:
        matched = comparison.kinds.get(kind.name)
        if matched:
            yield from _misses(kind.name, matched, comparison)
    for text, statement in comparison.forbidden:
        yield f"FORBIDDEN  {_short(statement)}\n           is made of: {text}"
    for run in covered.lost if covered else ():
        yield f"LOST       {run[:_LONG]}"
    for words in draft.not_understood:
        yield f"UNREAD     {words.text[:_LONG]}"


def _misses(kind: str, matched: Matched, comparison: Comparison) -> Iterator[str]:
    for missed in matched.missed:
        yield f"MISSED     {kind}: {_short(missed)}"
        nearest = max(matched.extra, key=lambda each: _nearness(missed, each), default=None)
        if nearest is not None and _nearness(missed, nearest) >= likeness.ENOUGH / 2:
            yield f"           nearest ({_nearness(missed, nearest):.2f}): {_short(nearest)}"
    for extra in matched.extra:
        yield f"EXTRA      {kind}: {_short(extra)}  <{_rule(extra)}>"
    for pair in matched.pairs:
        differences = list(_differences(kind, pair, comparison))
        if differences:
            yield f"DIFFERS    {kind}: {_short(pair[0])}  <{_rule(pair[1])}>"
            yield from (f"           {each}" for each in differences)


def _differences(kind: str, pair: tuple[Any, Any], comparison: Comparison) -> Iterator[str]:
    wanted, found = pair
    for name in ATTRIBUTES.get(kind, ()):
        if not comparison.agrees(pair, kind, name):
            ours, theirs = (getattr(each, _FIELDS.get(name, name)) for each in pair)
            yield f"{name}: {_short(ours)} expected, {_short(theirs)} found"
    for name in ("rights", "principles") if kind in ("findings", "recommendations") else ():
        lacking, more = (
            sorted(codes(wanted, name) - codes(found, name)),
            sorted(codes(found, name) - codes(wanted, name)),
        )
        if lacking or more:
            words = {topic.code: topic.matched for topic in getattr(found, name)}
            extra = ", ".join(f'{code} ("{words[code]}")' for code in more)
            yield f"{name}: lacks {', '.join(lacking) or 'none'}; has besides {extra or 'none'}"
    text = getattr(wanted, "text", None)
    if text is not None and likeness.words(text) != likeness.words(found.text):
        yield f"text ({likeness.overlap(text, found.text):.2f}): {found.text}"


_FIELDS = {"fallback": "fallback_for"}


def _nearness(one: Any, other: Any) -> float:
    return likeness.overlap(_words(one), _words(other))


def _words(statement: Any) -> str:
    return str(getattr(statement, "text", "") or getattr(statement, "title", "") or _short(statement))


def _rule(statement: Any) -> str:
    return str(statement.basis.rule)


def _short(value: Any) -> str:
    """Return a statement in a line: its fields that say something, without evidence."""
    if isinstance(value, tuple):
        return "[" + "; ".join(_short(each) for each in value) + "]"
    if not is_dataclass(value):
        return str(value) if value != "" else "nothing"
    hidden = {"basis", "rights", "principles", "membership", "reporting"}
    shown = [(each.name, getattr(value, each.name)) for each in fields(value) if each.name not in hidden]
    return " | ".join(f"{name} {_short(each)}" for name, each in shown if each not in ("", None, (), False))
