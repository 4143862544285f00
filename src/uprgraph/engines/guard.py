"""What a query may contain before an engine inside this process runs it.

Local engines fetch what SERVICE names, rdflib reads the files and URLs that FROM names, and deep nesting or very long
chains of operators overflow the stack of pyoxigraph's parser, which ends the process. So a small tokenizer, which
knows strings, IRIs and comments from the rest, looks at each query first. It is no parser: what it lets through may
still be wrong, and the engine says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from uprgraph.engines import glance
from uprgraph.errors import QueryError

MAX_LENGTH = 1_000_000
"""Characters of a query."""
MAX_DEPTH = 100
"""Brackets of any kind within each other. pyoxigraph was seen to crash from 3,000 on."""
MAX_OPERATORS = 1_000
"""Operators and clauses in one query. pyoxigraph was seen to crash from 3,000 on."""

MAX_IRI_LENGTH = 2_048
"""Characters of one IRI in a query."""

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

_FORMS: dict[str, Form] = {"SELECT": "SELECT", "ASK": "ASK", "CONSTRUCT": "CONSTRUCT", "DESCRIBE": "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_CLAUSES = {"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "LATERAL"}
_OPERATORS = {"||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "!", "|", "^"}
_PAIRS = {"}": "{", ")": "(", "]": "["}


_LOOKED_AT = frozenset({"word", "iri", "symbol"})


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _name_characters(punctuation: str, *, digits: bool = True) -> str:
    """Return a class of characters: letters, all beyond ASCII, digits if wanted, and some punctuation.

    Beyond ASCII this is wider than the grammar. What SPARQL does not allow in names there it allows nowhere outside
    strings, IRIs and comments, so that an engine refuses the query as a whole. Written as what is left out, since `re`
    takes 50 ms to compile the ranges.
    """
    allowed = _LETTERS + punctuation + ("0123456789" if digits else "")
    return f"[^{''.join(re.escape(chr(code)) for code in range(128) if chr(code) not in allowed)}]"


_FIRST = _name_characters("", digits=False)
_ANY, _WITH_DOT = _name_characters("_-"), _name_characters("_-.")
_LOCAL_FIRST, _LOCAL, _LOCAL_WITH_DOT = _name_characters("_:"), _name_characters("_-:"), _name_characters("_-.:")
_VARIABLE = _name_characters("_")
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-]"
_TOKEN = rf"""
    (?P<space>[ \t\r\n]+ | \#[^\r\n]*)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\" | \'\'\'(?:[^'\\]|\\.|'(?!\'\'))*\'\'\'
             | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
  | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
  | (?P<variable>[?$]{_VARIABLE}+)
  | (?P<name>(?:{_FIRST}(?:{_WITH_DOT}{{0,100}}{_ANY})?)?:
             (?:(?:{_LOCAL_FIRST}|{_ESCAPED})(?:(?:{_LOCAL_WITH_DOT}|{_ESCAPED})*(?:{_LOCAL}|{_ESCAPED}))?)?
             | _:{_VARIABLE}(?:{_WITH_DOT}*{_ANY})?)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<symbol>\|\||&&|!=|<=|>=|\^\^|[{{}}()\[\].,;=<>+\-*/!|^?])
    """
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})?|\\U([0-9A-Fa-f]{8})")
_MEANINGFUL = frozenset(map(ord, "\"'\\<>{}\r\n"))
_SPACE_IN_IRI = re.compile(r"\\u00[01][0-9A-Fa-f]|\\u0020|\\U000000[01][0-9A-Fa-f]|\\U00000020")


class Token(NamedTuple):
    """One token: its kind (string, iri, variable, name, tag, number, word, symbol), its text, and where it starts."""

    kind: str
    text: str
    start: int


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, both counted from 1, of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


@cache
def _token() -> re.Pattern[str]:
    """Return what tells tokens apart, compiled when it is needed: most queries are let through at a glance."""
    return re.compile(_TOKEN, re.VERBOSE | re.DOTALL)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, without white space and comments. Raises QueryError where none can be read."""
    end = 0
    for match in _token().finditer(text):
        start = match.start()
        if start != end:
            break
        end = match.end()
        if match.lastgroup != "space":
            yield Token(match.lastgroup or "", match[0], start)
    if end < len(text):
        raise _refusal(text, end, _unreadable(text[end]))


def check(text: str, *, allow_dataset: bool = True) -> Form:
    """Return the form of a query, or raise QueryError if an engine in this process must not run it.

    `allow_dataset` says whether FROM and FROM NAMED are allowed: yes where the engine takes them as names of graphs
    that it holds, no where it would fetch them. A query that is let through may still be wrong.
    """
    return _look(text, allow_dataset)[0]


def check_brackets(text: str) -> None:
    """Raise QueryError if a query that an engine has refused has tokens or brackets that are wrong."""
    _read(text, allow_dataset=True)


def names_dataset(text: str) -> bool:
    """Say whether a query names its own dataset, with FROM or FROM NAMED. Raises what `check` raises."""
    return _look(text, True)[1]


@lru_cache(maxsize=4)
def _look(text: str, allow_dataset: bool, /) -> tuple[Form, bool]:
    """Look at a query once, however often it is asked about: return its form, and whether it names its own dataset."""
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query has {len(text):,} characters; at most {MAX_LENGTH:,} are allowed")
    word = glance.form(text, MAX_DEPTH, MAX_OPERATORS)
    return _read(text, allow_dataset) if word is None else (_FORMS[word], False)


def _read(text: str, allow_dataset: bool) -> tuple[Form, bool]:
    """Read a query token by token, see `_look`."""
    _check_codepoints(text)
    form: Form | None = None
    has_from = False
    open_brackets: list[Token] = []
    operators = 0
    previous = Token("word", "", 0)
    for token in tokens(text):
        kind = token.kind
        word = token.text.upper() if kind == "word" else ""
        if form is None and not (word in {"PREFIX", "BASE"} or kind == "iri" or previous.text.upper() == "PREFIX"):
            form = _form(text, token, word)
        has_from = has_from or word == "FROM"
        if kind in _LOOKED_AT:
            _refuse_calls(text, token, previous, allow_dataset)
            if kind == "symbol":
                _follow_brackets(text, token, open_brackets)
            operators += _weight(token, word)
            if operators > MAX_OPERATORS:
                raise _refusal(text, token.start, f"the query has more than {MAX_OPERATORS:,} operators and clauses")
        previous = token
    if form is None:
        raise QueryError("the query is empty", hint="it must start with SELECT, ASK, CONSTRUCT or DESCRIBE")
    if open_brackets:
        raise _refusal(text, open_brackets[-1].start, f"this {open_brackets[-1].text} is not closed")
    return form, has_from


def _refuse_calls(text: str, token: Token, previous: Token, allow_dataset: bool) -> None:
    """Refuse what makes an engine call out.

    pyoxigraph reads keywords without a boundary: `SERVICESILENT<...>`, `trueSERVICE<...>` and `SERVICEex:name {` are
    calls. No built-in word contains "service"; a prefix may, and then no opening brace may follow the name.
    """
    glued = previous.kind == "name" and token.text == "{" and "SERVICE" in previous.text.upper().partition(":")[0]
    if glued or (token.kind == "word" and "SERVICE" in token.text.upper()):
        place = previous if glued else token
        raise _refusal(text, place.start, "SERVICE is not allowed here", "ask that endpoint itself, with --endpoint")
    if token.kind == "word" and token.text.upper() == "FROM" and not allow_dataset:
        raise _refusal(text, token.start, "FROM is not allowed here", "name the graph with GRAPH <...> instead")
    if token.kind == "iri" and _SPACE_IN_IRI.search(token.text):
        raise _refusal(text, token.start, "an IRI may not hold white space or control characters")


def _weight(token: Token, word: str) -> int:
    """Return how many operators and clauses a token is.

    What looks like an IRI may be a comparison, as in `?a<?b&&?c>?d`, and is then no longer than an IRI may sensibly be.
    """
    if token.kind == "iri":
        return token.text.count("&&") + (MAX_OPERATORS + 1 if len(token.text) > MAX_IRI_LENGTH else 0)
    return int(word in _CLAUSES or (token.kind == "symbol" and token.text in _OPERATORS))


def form_of(word: str) -> Form | None:
    """Return the form of query that a word starts, or None."""
    return _FORMS.get(word.upper())


def _form(text: str, token: Token, word: str) -> Form:
    form = form_of(word)
    if form is not None:
        return form
    if word in _UPDATES:
        raise _refusal(text, token.start, f"{word} changes data, and only queries are allowed here")
    expected = "expected PREFIX, BASE, SELECT, ASK, CONSTRUCT or DESCRIBE"
    raise _refusal(text, token.start, f"{expected}, found {token.text[:40]}")


def _follow_brackets(text: str, token: Token, open_brackets: list[Token]) -> None:
    if token.text in _PAIRS.values():
        open_brackets.append(token)
        if len(open_brackets) > MAX_DEPTH:
            raise _refusal(text, token.start, f"brackets are nested more than {MAX_DEPTH} deep")
    elif token.text in _PAIRS:
        if not open_brackets:
            raise _refusal(text, token.start, f"this {token.text} closes nothing")
        opened = open_brackets.pop()
        if opened.text != _PAIRS[token.text]:
            raise _refusal(text, opened.start, f"this {opened.text} is not closed before the next {token.text}")


def _check_codepoints(text: str) -> None:
    r"""Refuse escapes such as \u0022 that some processors decode before they look for strings and comments.

    rdflib also takes eight digits after a small u, so that both readings are looked at.
    """
    for match in _CODEPOINT.finditer(text):
        readings = [match[1] or match[3]] + ([match[1] + match[2]] if match[2] else [])
        for reading in readings:
            codepoint = int(reading, 16)
            if codepoint in _MEANINGFUL:
                message = f"the escape {match[0]} is not allowed, because processors read it differently"
                raise _refusal(text, match.start(), message, "write the character itself, or a short escape")


def _unreadable(character: str) -> str:
    if character in "\"'":
        return "this string does not end"
    if character == "\\":
        return "a backslash may stand only in strings, IRIs and local names"
    return f"unexpected character {character!r}"


def _refusal(text: str, offset: int, message: str, hint: str | None = None) -> QueryError:
    line, column = position(text, offset)
    return QueryError(message, line, column, hint)
