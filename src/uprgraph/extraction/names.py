"""Names of organisations: runs of words with capital letters, with the small words that join them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_TOKEN = re.compile(r"[^\W\d_][\w\u2019'.-]*|[,;()“”\"]|\S")
_SMALL = {"of", "for", "the", "de", "do", "da", "in"}
_ONE_BODY = re.compile(
    r"^(?:Ministry|Committee|Commission|Office|Agency|Department|Council|Centre|Center|Institute|Service|Inspectorate)\b"
)
_OPENING = re.compile(
    r"^(?:[A-Z]?\w*(?:ing|ed)|In|On|At|Upon|After|Following|Since|As|The|These|Those|This|That|Each|With|By|It|Its|"
    r"During|From|For|To|Between|Later|Subsequently|Also|Both|All|When|While|Although|However|Moreover|Of|Over|Three|"
    r"Two|Four|Five|January|February|March|April|May|June|July|August|September|October|November|December)$"
)
_NO_ORGANISATION = {"ODIHR", "OSCE", "OSCE/ODIHR", "EU", "UN", "UPR"}


def names(text: str) -> list[str]:
    """Return the names in a text in their order, each once, without a leading article.

    What a comma or "and" joins are two names, except in the name of a ministry or the like.
    """
    found: list[str] = []
    run: list[str] = []
    tokens = [*_TOKEN.findall(text), ".", "."]
    for word, behind in pairwise(tokens):
        if _begins(word) if not run else _continues(word, run[0], behind):
            run.append(word)
        else:
            _close(run, found)
            run = []
    return list(dict.fromkeys(found))


def _begins(word: str) -> bool:
    return word[0].isupper() and word not in _NO_ORGANISATION and not _OPENING.match(word)


def _continues(word: str, first: str, behind: str) -> bool:
    """Tell whether a word continues the name that begins with `first`; `behind` is the word that follows it."""
    if word[0].isupper():
        return word not in _NO_ORGANISATION
    return word in _SMALL or (word == "and" and behind[0].isupper() and _ONE_BODY.match(first) is not None)


def _close(run: Sequence[str], found: list[str]) -> None:
    words = list(run)
    while words and not words[-1][0].isupper():
        words.pop()
    if words:
        found.append(" ".join(words).rstrip(".,"))
