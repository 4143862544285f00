"""Where labels stand in words: as they are, inflected, in another order, with gaps, or in a list with a common part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from uprgraph.extraction.topics.labels import Label, labels
from uprgraph.extraction.topics.words import Role, Token, is_number_of, plain, stem, table

PREFERRED = 1.0
ALTERNATIVE = 0.95
INFLECTED = 0.9
LOOSE = 0.8
"""In another order, with gaps, or with a part that is shared with other words of a list."""

_MOST_STOPS = 4
"""Stop words in a row."""
_MOST_FILLING = 2
_LISTED = 12
"""Words between the head of a list ("freedom") and the word that it goes with."""
_BESIDE = 4
"""Words between the two parts of a label that stand apart in a list without such a head."""


@dataclass(frozen=True, slots=True)
class Match:
    """A concept found: its scheme and code, the places of the words (numbers of tokens), and how sure that is."""

    scheme: str
    code: str
    places: tuple[int, ...]
    confidence: float


def matches(words: Sequence[Token], scheme: str) -> Iterator[Match]:
    """Yield each place where a label of a scheme stands in words, also those that stand in another match."""
    known = labels(scheme)
    present = {word.stem for word in words}
    for at, word in enumerate(words):
        for label in known.by_first.get(word.stem, ()):
            if not label.needed <= present:
                continue
            found = _single(words, at, label) if len(label.stems) == 1 else _ordered(words, at, label)
            if found is not None:
                yield Match(scheme, label.code, *found)
        for label in known.by_any.get(word.stem, ()):
            if label.needed <= present and word.stem != label.stems[0] and (places := _turned(words, at, label)):
                yield Match(scheme, label.code, places, LOOSE)


def _single(words: Sequence[Token], at: int, label: Label) -> tuple[tuple[int, ...], float] | None:
    """Match a label of one word: as it is written or in the other number, since its other forms mean other things."""
    written = words[at].written
    if label.capitals:
        return ((at,), ALTERNATIVE) if written.removesuffix("s") == label.text.removesuffix("s") else None
    word = next(word for word in label.words if stem(word) == label.stems[0])
    if not is_number_of(written, word):
        return None
    return (at,), _as_written(label) if plain(written) == word else INFLECTED


def _ordered(words: Sequence[Token], at: int, label: Label) -> tuple[tuple[int, ...], float] | None:
    places = [at]
    loose = False
    for wanted in label.stems[1:]:
        step = _next(words, places[-1], wanted)
        if step is None and not loose:
            step = _listed(words, places[-1], wanted)
            loose = step is not None
        if step is None:
            return None
        loose = loose or any(words[place].role is Role.FILLING for place in range(places[-1] + 1, step))
        places.append(step)
    if loose:
        return tuple(places), LOOSE
    written = tuple(plain(word.written) for word in words[places[0] : places[-1] + 1])
    bare = _without_first_stops(label)
    return tuple(places), _as_written(label) if written == bare else INFLECTED


def _next(words: Sequence[Token], after: int, wanted: str) -> int | None:
    """Return the place of the next word of a label, over stop words and words that add no meaning."""
    stops = filling = 0
    for place in range(after + 1, len(words)):
        word = words[place]
        if word.parts:
            return None
        if word.stem == wanted:
            return place
        stops += word.role is Role.STOP
        filling += word.role is Role.FILLING
        joins = word.role is Role.JOINING and filling == 0 and word.before.strip() == ""
        if stops > _MOST_STOPS or filling > _MOST_FILLING:
            return None
        if word.role not in {Role.STOP, Role.FILLING} and not (joins and _is_next(words, place, wanted)):
            return None
    return None


def _is_next(words: Sequence[Token], place: int, wanted: str) -> bool:
    """Tell whether a word stands right after a place, stop words aside: "thought and conscience"."""
    for word in words[place + 1 : place + 3]:
        if word.stem == wanted:
            return True
        if word.role is not Role.STOP:
            return False
    return False


def _listed(words: Sequence[Token], after: int, wanted: str) -> int | None:
    """Return the place of the next word of a label where words of a list stand in between.

    "freedom of expression, association and assembly", "judicial independence and impartiality", "racial and religious
    discrimination".
    """
    most = _LISTED if words[after].stem in _heads() else _BESIDE
    joined = False
    """Whether only stop words stand between the last "and" or comma and the word."""
    for place in range(after + 1, min(after + 2 + most, len(words))):
        word = words[place]
        if word.parts or word.role is Role.BOUNDARY:
            return None
        joined = joined or word.role is Role.JOINING or "," in word.before or "/" in word.before
        if word.stem == wanted:
            return place if joined or _opens_list(words, after, place) else None
        joined = (joined and word.role in {Role.STOP, Role.FILLING}) or word.role is Role.JOINING
    return None


def _opens_list(words: Sequence[Token], after: int, place: int) -> bool:
    """Tell whether what stands between is joined to the first word: "racial [and religious] discrimination"."""
    return words[after + 1].role is Role.JOINING and place - after <= _BESIDE


def _turned(words: Sequence[Token], at: int, label: Label) -> tuple[int, ...] | None:
    """Match all words of a label in another order, with nothing but stop words in between that show it."""
    wanted = list(label.stems)
    wanted.remove(words[at].stem)
    places = [at]
    turning = True
    for place in range(at + 1, min(at + 2 + len(label.stems) * _MOST_STOPS, len(words))):
        word = words[place]
        if word.parts or "," in word.before:
            return None
        if word.stem in wanted:
            if not turning:
                return None
            wanted.remove(word.stem)
            places.append(place)
            if not wanted:
                return tuple(places)
            turning = True
        elif word.role is Role.STOP:
            previous = words[place - 1]
            turning = plain(word.written) in _turning() or previous.possessive or (turning and place - 1 not in places)
        elif word.role is not Role.FILLING:
            return None
    return None


def _as_written(label: Label) -> float:
    return PREFERRED if label.preferred else ALTERNATIVE


def _without_first_stops(label: Label) -> tuple[str, ...]:
    return label.words[next(at for at, word in enumerate(label.words) if stem(word) == label.stems[0]) :]


@cache
def _heads() -> frozenset[str]:
    return frozenset(map(stem, table()["heads"]))


@cache
def _turning() -> frozenset[str]:
    return frozenset(table()["turning"])
