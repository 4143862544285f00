"""Comparing what people type with the names of things."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from uprgraph.resources import BASE
from uprgraph.vocabulary import Label, best_label, shorten
from uprgraph.wording import nearest

_MAX_SUGGESTIONS = 4
_PREFERRED = {"label": 0, "code": 1}
"""Which of two names that read alike is suggested."""
_MIN_PART = 3


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a thing, given by its IRI. `kind` is label, alternative, code or key (the end of the IRI)."""

    thing: str
    kind: str
    text: str
    language: str | None = None


def search_key(text: str) -> str:
    """Return a text without what people vary when they type it: case, diacritics, white space and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text)
    folded = unicodedata.normalize("NFKD", decomposed.casefold())
    return "".join(character for character in folded if character.isalnum())


def key(iri: str) -> str | None:
    """Return the part of one of our IRIs that tells it from others of its kind: KAZ for .../id/state/KAZ."""
    parts = iri.removeprefix(BASE).split("/", 2) if iri.startswith(BASE) else []
    return parts[2] if len(parts) == 3 and parts[0] in {"id", "code"} else None  # noqa: PLR2004


def matches(names: Sequence[Name], text: str) -> list[str]:
    """Return the IRIs of the things that a text names, in order; more than one if it is ambiguous.

    A label, a code or the end of an IRI wins over an alternative label.
    """
    wanted = search_key(text)
    if not wanted:
        return []
    hits = [name for name in names if search_key(name.text) == wanted]
    first = [name for name in hits if name.kind != "alternative"]
    return sorted({name.thing for name in first or hits})


def labels(names: Iterable[Name]) -> dict[str, str]:
    """Return for each thing the name to show: its English label, or any label, or its shortened IRI."""
    found: dict[str, list[Label]] = {}
    for name in names:
        of_thing = found.setdefault(name.thing, [])
        if name.kind == "label":
            of_thing.append(Label(name.text, name.language))
    return {thing: best_label(each) or shorten(thing) for thing, each in found.items()}


def suggestions(names: Sequence[Name], text: str) -> list[str]:
    """Return what may have been meant, nearest first: codes that are near, or the labels of things with a near name.

    A code that is a label with hyphens is given as the label.
    """
    wanted = search_key(text)
    if not wanted:
        return []
    known: dict[str, Name] = {}
    for name in sorted(names, key=lambda name: _PREFERRED.get(name.kind, len(_PREFERRED))):
        known.setdefault(search_key(name.text), name)
    near = nearest(wanted, known, _MAX_SUGGESTIONS)
    holding = sorted((each for each in known if wanted in each), key=lambda each: (len(each), each))
    found = [known[each] for each in near + (holding if len(wanted) >= _MIN_PART else [])]
    shown = labels(names)
    best = (name.text if name.kind == "code" else shown[name.thing] for name in found)
    return list(dict.fromkeys(best))[:_MAX_SUGGESTIONS]
