"""Where things can be read: IRIs of ours on this site, web addresses where they are, and nothing else as a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from uprgraph.engines.terms import XSD, Iri, Literal, Term
from uprgraph.resources import BASE
from uprgraph.results.marked import pieces
from uprgraph.results.values import compact, is_number

_OWN_PAGES = {"id/state/": "/states/", "id/opinion/": "/opinions/", "code/right/": "/rights/"}
"""What things of a kind have their own page for; statements within an opinion have the page of things."""
_LONG = 60
"""Characters of a text that need a wide column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value for reading: its parts with whether each stands out, and the address it leads to, if it does.

    `style` is number, day, long, address or nothing; `outside` says that the address is not on this site.
    """

    parts: tuple[tuple[str, bool], ...]
    href: str | None = None
    outside: bool = False
    language: str | None = None
    style: str = ""


def path_of(iri: str) -> str | None:
    """Return the path on this site where one of our IRIs can be read, None if it is not one of ours."""
    if not iri.startswith(BASE):
        return None
    rest = iri.removeprefix(BASE)
    for start, page in _OWN_PAGES.items():
        key = rest.removeprefix(start)
        if rest.startswith(start) and key and "/" not in key:
            return page + quote(key)
    if rest.startswith(("id/", "code/")):
        return f"/page/{quote(rest)}"
    path, hash_, fragment = rest.partition("#")
    return f"/{quote(path)}{hash_}{quote(fragment)}"


def address(iri: str, root: str = "") -> tuple[str | None, bool]:
    """Return where an IRI leads, and whether that is outside of this site; only http and https lead anywhere."""
    path = path_of(iri)
    if path is not None:
        return root + path, False
    return (iri, True) if iri.lower().startswith(("http://", "https://")) else (None, False)


def cell(term: Term | None, labels: Mapping[str, str], root: str = "") -> Cell:
    """Return a term for reading: a thing by its name and as a link, a text in its language."""
    if isinstance(term, Iri):
        href, outside = address(term.value, root)
        text = labels.get(term.value) or compact(term)
        style = "long" if len(text) > _LONG else "address" if outside else ""
        return Cell(((text, False),), href, outside, style=style)
    text = compact(term)
    parts = tuple(each for each in pieces(term, text) if each[0])
    if not isinstance(term, Literal):
        return Cell(parts)
    if term.datatype == f"{XSD}anyURI":
        href, outside = address(term.value, root)
        return Cell(parts, href, outside, style="address")
    style = "number" if is_number(term) else "day" if term.datatype == f"{XSD}date" else ""
    return Cell(parts, None, False, term.language, style or ("long" if len(text) > _LONG else ""))


def query(path: str, **values: object) -> str:
    """Return a path with a query string of the values that are there; a list gives its name several times."""
    pairs = [
        (name, str(each))
        for name, value in values.items()
        for each in (value if isinstance(value, list | tuple) else [value])
        if each not in (None, "")
    ]
    return f"{path}?{urlencode(pairs)}" if pairs else path
