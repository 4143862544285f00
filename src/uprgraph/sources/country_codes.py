"""The list of countries of datasets/country-codes (ISO 3166, M49, UNTERM names), as statements about States.

Source: https://github.com/datasets/country-codes, ODC-PDDL. What it lacks or has otherwise than the United Nations do
is in data/reference/tables/state-names.csv.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Triple

from uprgraph.errors import InvalidDataError
from uprgraph.sources import tables
from uprgraph.sources.statements import ALT_LABEL, LABEL, RDF_TYPE, term, text, typed
from uprgraph.wording import fold_space

LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish", "ru": "Russian", "zh": "Chinese", "ar": "Arabic"}
"""The languages of the United Nations, and what country-codes.csv calls them in its column names."""

_OFFICIAL = {code: f"official_name_{'cn' if code == 'zh' else code}" for code in LANGUAGES}
_ISO3, _ISO2, _M49, _WIKIDATA = "ISO3166-1-Alpha-3", "ISO3166-1-Alpha-2", "M49", "wikidata_id"
_CLDR = "CLDR display name"
_COLUMNS = (
    *(_ISO3, _ISO2, _M49, _WIKIDATA, _CLDR, *_OFFICIAL.values()),
    *(f"UNTERM {name} {length}" for name in LANGUAGES.values() for length in ("Short", "Formal")),
)
_FOOTNOTE = re.compile(r"\s*\*+$")
_ARTICLE_AFTER = re.compile(r"\s*\((?:the|le|la|les|l'|el|los|las)\)$")
_ARTICLE_BEFORE = re.compile(r"^(?:the |le |la |les |l'|el |los |las )")
_FORM_OF_STATE = re.compile(r"\s*\([^)]*\)$")
_WIKIDATA_PAGE = "https://www.wikidata.org/wiki/"


@dataclass(slots=True)
class State:
    """A State: ISO and M49 codes, Wikidata item or empty, a label per language, other names as (language, name)."""

    iso3: str
    iso2: str
    m49: str
    wikidata: str
    labels: dict[str, str] = field(default_factory=dict)
    names: set[tuple[str, str]] = field(default_factory=set)

    def all_names(self) -> Iterator[str]:
        """Yield the labels and the other names, in every language."""
        yield from self.labels.values()
        yield from (name for _, name in sorted(self.names))

    def statements(self) -> Iterator[Triple]:
        """Yield what states.ttl says of the State."""
        subject = term(f"state:{self.iso3}")
        yield Triple(subject, RDF_TYPE, term("upr:State"))
        for name, value in (("upr:iso2", self.iso2), ("upr:iso3", self.iso3), ("upr:m49", self.m49)):
            yield Triple(subject, term(name), typed(value, "xsd:string"))
        for language, label in self.labels.items():
            yield Triple(subject, LABEL, text(label, language))
        for language, name in sorted(self.names):
            if self.labels[language] != name:
                yield Triple(subject, ALT_LABEL, text(name, language))


def read(codes: Path, names: Path, wanted: set[str]) -> list[State]:
    """Return the States whose ISO alpha-3 codes are `wanted`, in the order of their codes, with every name.

    `codes` is country-codes.csv, `names` the table state-names.csv. Raises InvalidDataError if a wanted State is
    missing, if it lacks a code or a label in one of `LANGUAGES`, or if a name is given to a State that is not wanted.
    """
    states = {}
    for row in tables.read(codes, _COLUMNS, others=True):
        if row[_ISO3] in wanted:
            states[row[_ISO3]] = _state(row)
    if missing := wanted - states.keys():
        raise InvalidDataError("there is no row for " + ", ".join(sorted(missing)), codes)
    _add_names(states, names)
    for state in states.values():
        if lacking := LANGUAGES.keys() - state.labels.keys():
            problem = f"{state.iso3} has no name in {', '.join(sorted(lacking))}"
            raise InvalidDataError(problem, codes, hint=f"add a row with the use label to {names}")
    return [states[iso3] for iso3 in sorted(states)]


def _state(row: tables.Row) -> State:
    m49 = row.required(_M49)
    if not m49.isdecimal():
        raise row.error(_M49, f'is "{m49}", not a number')
    state = State(row[_ISO3], row.required(_ISO2), m49.zfill(3), row[_WIKIDATA].removeprefix(_WIKIDATA_PAGE))
    for language, called in LANGUAGES.items():
        short = _clean(row[f"UNTERM {called} Short"])
        official = _clean(row[_OFFICIAL[language]])
        formal = _ARTICLE_BEFORE.sub("", _clean(row[f"UNTERM {called} Formal"]))
        if label := short or official:
            state.labels[language] = label
            candidates = {official, formal, _FORM_OF_STATE.sub("", label), row[_CLDR] if language == "en" else ""}
            state.names |= {(language, _straight(name)) for name in candidates if name and "_" not in name}
    return state


def _straight(name: str) -> str:
    return name.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _clean(name: str) -> str:
    """Return a name of the list without footnote marks, the article in brackets, and white space too many."""
    return _ARTICLE_AFTER.sub("", _FOOTNOTE.sub("", fold_space(_straight(name))))


def _add_names(states: dict[str, State], names: Path) -> None:
    labels: dict[tuple[str, str], str] = defaultdict(str)
    for row in tables.read(names, ("state", "language", "use", "name", "note")):
        state, language, use, name = (row.required(column) for column in ("state", "language", "use", "name"))
        if state not in states:
            raise row.error("state", f'is "{state}", which is not among the States', "use the ISO alpha-3 code")
        if language not in LANGUAGES:
            raise row.error("language", f'is "{language}"', "use one of " + ", ".join(LANGUAGES))
        if use == "also":
            states[state].names.add((language, name))
        elif use == "label" and not labels[state, language]:
            labels[state, language] = states[state].labels[language] = name
        else:
            raise row.error("use", f'is "{use}"', "use also, or label once for each State and language")
