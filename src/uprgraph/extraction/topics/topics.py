"""The rights and principles that a statement concerns, by the labels of the codelists and by cue phrases.

A label is found as it is written, inflected, re-ordered, with gaps, or with a part shared in a list; cue phrases are
rows of phrases/topic-cues.toml. A match inside a longer one of another concept counts for nothing, nor does a concept
where a narrower one is named by the same words, nor what stands in a negative context (phrases/topic-negatives.toml).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from uprgraph.extraction.phrasing import every
from uprgraph.extraction.statements import Topic
from uprgraph.extraction.topics.labels import PRINCIPLE, RIGHT, SCHEMES, labels
from uprgraph.extraction.topics.matching import Match, matches
from uprgraph.extraction.topics.words import Role, Token, stem, table, tokens

FROM_TITLE = 0.7
"""How sure it is that a statement concerns a right that only the title of its opinion names."""

_CLAUSE_END = re.compile(r"[.;:]|,?\s(?:but|however|whereas|although)\b", re.IGNORECASE)
_REACH = 250
"""Characters over which a negative context goes."""
_NAME = 8
"""Words of the name of a body on either side of "Commission" or "Ministry"."""


_PIECE = 2_000
"""Characters that are read at a time: more than a sentence has, and few enough for a text that is hostile."""

_Found = Mapping[str, Mapping[str, Topic]]
"""Topics by scheme and code."""


def topics(text: str, title: str = "") -> tuple[tuple[Topic, ...], tuple[Topic, ...]]:
    """Return the rights and the principles that a text concerns, each in the order of their codes.

    `title` is that of the opinion in which the text stands: a right that it names is one of its statements too, with a
    lower confidence. Principles are only those of the text. `Topic.matched` is verbatim, of the text or of the title.
    """
    stated = _found(text)
    titled = {code: _doubtful(topic) for code, topic in _found(title)[RIGHT].items()}
    return _in_order({**titled, **stated[RIGHT]}), _in_order(stated[PRINCIPLE])


def _in_order(found: Mapping[str, Topic]) -> tuple[Topic, ...]:
    return tuple(found[code] for code in sorted(found))


def _doubtful(topic: Topic) -> Topic:
    return Topic(topic.code, topic.matched, min(topic.confidence, FROM_TITLE))


@lru_cache(maxsize=4_000)
def _found(text: str) -> _Found:
    found: dict[str, dict[str, Topic]] = {scheme: {} for scheme in SCHEMES}
    for piece in _pieces(text):
        for scheme, topic in _named(piece):
            known = found[scheme].setdefault(topic.code, topic)
            if topic.confidence > known.confidence:
                found[scheme][topic.code] = topic
    return found


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > _PIECE:
        space = text.rfind(" ", start, start + _PIECE)
        end = space if space > start else start + _PIECE
        yield text[start:end]
        start = end
    yield text[start:]


def _named(text: str) -> Iterator[tuple[str, Topic]]:
    """Yield the topics of a text with their schemes."""
    words = tokens(text)
    hidden = _hidden(text, words)
    cued = list(_cued(text, words))
    for scheme in SCHEMES:
        candidates = {*matches(words, scheme), *(match for match in cued if match.scheme == scheme)}
        for match in _kept([each for each in candidates if not _is_hidden(each, words, hidden)], words):
            said = text[words[match.places[0]].start : words[match.places[-1]].end]
            yield scheme, Topic(match.code, said, match.confidence)


def _cued(text: str, words: Sequence[Token]) -> Iterator[Match]:
    """Yield what cue phrases mean. Where a phrase has groups, only the words in them are those that name the topic."""
    for phrase, match in every("topic-cues", text):
        spans = [match.span(group) for group in range(1, match.re.groups + 1) if match[group]] or [match.span()]
        places = tuple(
            place
            for place, word in enumerate(words)
            if any(start < word.end and word.start < end for start, end in spans) and word.role is not Role.STOP
        )
        for meaning in phrase.means.split():
            scheme, _, code = meaning.partition("/")
            if places:
                yield Match(scheme, code, places, phrase.confidence)


def _kept(found: Iterable[Match], words: Sequence[Token]) -> list[Match]:
    """Return the matches that count, the surest first."""
    ranked = sorted(found, key=lambda match: (-match.confidence, match.places, match.code))
    at: dict[int, list[Match]] = defaultdict(list)
    for match in ranked:
        for place in match.places:
            at[place].append(match)
    return [
        match
        for match in ranked
        if not any(
            other.code != match.code and (_within(match, other) or _is_narrower_in_same_words(other, match, words))
            for other in at[max(_own(match, words))]
        )
    ]


def _within(match: Match, longer: Match) -> bool:
    return len(match.places) < len(longer.places) and set(match.places) <= set(longer.places)


def _is_narrower_in_same_words(narrower: Match, match: Match, words: Sequence[Token]) -> bool:
    """Tell whether the words of a match, those that lead lists aside, are among those of a narrower concept."""
    if match.code not in labels(match.scheme).above.get(narrower.code, frozenset()):
        return False
    return _own(match, words) <= set(narrower.places)


def _own(match: Match, words: Sequence[Token]) -> set[int]:
    """Return the places of the words that a match does not share with others of a list."""
    return {place for place in match.places if words[place].stem not in _heads()} or set(match.places)


@cache
def _heads() -> frozenset[str]:
    return frozenset(map(stem, table()["heads"]))


def _is_hidden(match: Match, words: Sequence[Token], hidden: Sequence[tuple[int, int]]) -> bool:
    first, last = words[match.places[0]].start, words[match.places[-1]].end
    return any(start <= first and last <= end for start, end in hidden)


def _hidden(text: str, words: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the runs of a text in which nothing is a topic: negative contexts and names of bodies."""
    found = []
    for phrase, match in every("topic-negatives", text):
        if phrase.means == "itself":
            found.append(match.span())
            continue
        ends = _CLAUSE_END.search(text, match.end(), match.end() + _REACH)
        end = ends.start() if ends else min(len(text), match.end() + _REACH)
        found.append((_clause_start(text, match.start()) if phrase.means == "around" else match.start(), end))
    return [*found, *_bodies(words)]


def _clause_start(text: str, before: int) -> int:
    starts = [match.end() for match in _CLAUSE_END.finditer(text, max(0, before - _REACH), before)]
    return starts[-1] if starts else max(0, before - _REACH)


def _bodies(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where names of bodies stand: "Central Election Commission", "Ministry of Health and Social Protection"."""
    bodies = frozenset(table()["bodies"])
    for at, word in enumerate(words):
        if word.written not in bodies:
            continue
        first = last = at
        while first > max(0, at - _NAME) and _goes_on(words[first]) and words[first - 1].written[:1].isupper():
            first -= 1
        for place in range(at + 1, min(at + 1 + _NAME, len(words))):
            connects = words[place].written in {"of", "for", "against", "and", "the"}
            if not _goes_on(words[place]) or not (connects or words[place].written[:1].isupper()):
                break
            last = place if not connects else last
        if at + 1 < len(words) and words[at + 1].written not in {"of", "for", "against"}:
            last = at
        yield words[first].start, words[last].end


def _goes_on(word: Token) -> bool:
    """Tell whether a name may go on over what stands before a word."""
    return not word.before.strip() or word.before.strip() == ","
