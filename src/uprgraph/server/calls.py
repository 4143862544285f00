"""What a request asks of a question: its parameters, and which rows of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from uprgraph.catalog.parameters import Parameter
from uprgraph.engines.terms import shown
from uprgraph.errors import UnknownValueError, UsageError
from uprgraph.server.answers import FORMAT
from uprgraph.wording import nearest

MAX_VALUES: Final = 100
"""Values that a parameter may have in one call."""
MAX_OFFSET: Final = 1_000_000_000
LIMIT, OFFSET = "limit", "offset"


@dataclass(frozen=True, slots=True)
class Call:
    """What a request asks of a question; `given` holds the values as they are typed."""

    given: Mapping[str, Sequence[str]]
    form: str | None
    limit: int
    offset: int

    def moved(self, offset: int) -> str:
        """Return the query string of the same call from another row on."""
        pairs = [(name, value) for name, values in self.given.items() for value in values]
        pairs += [(FORMAT, self.form)] if self.form else []
        return urlencode([*pairs, (LIMIT, str(self.limit)), (OFFSET, str(offset))])


def read(
    parameters: Sequence[Parameter],
    query: QueryParams,
    most: int,
    usual: int | None = None,
    furthest: int = MAX_OFFSET,
) -> Call:
    """Return the call that a query string makes, of at most `most` rows; `usual` are given where it does not say.

    Raises UnknownValueError for a parameter that there is not, UsageError for one that is missing or no number.
    """
    names = {form: each.name for each in parameters for form in (each.name, each.option, each.flag.removeprefix("--"))}
    given: dict[str, list[str]] = {}
    for name, value in query.multi_items():
        if name in names:
            given.setdefault(names[name], []).append(value)
        elif name not in {FORMAT, LIMIT, OFFSET}:
            known = [*dict.fromkeys(names.values()), FORMAT, LIMIT, OFFSET]
            close = nearest(name, known, 3)
            hint = None if close else f"the parameters are: {', '.join(known)}"
            raise UnknownValueError(f"there is no parameter {shown(name)}", close, hint)
    for name, values in given.items():
        if len(values) > MAX_VALUES:
            raise UsageError(f"{name} has {len(values)} values; at most {MAX_VALUES} are allowed")
    for each in parameters:
        if each.name not in given and not each.defaults and not each.optional:
            raise UsageError(f"the parameter {each.name} is missing: {each.expected}")
    return Call(
        given=given,
        form=_once(query, FORMAT),
        limit=_number(query, LIMIT, 1, most, usual or most),
        offset=_number(query, OFFSET, 0, furthest, 0),
    )


def turning(call: Call, here: str, total: int) -> list[tuple[str, str]]:
    """Return the addresses of the first, last, previous and next rows of an answer at `here`, if these are not all."""
    if call.offset == 0 and total <= call.limit:
        return []
    found = {"first": 0, "last": max(0, total - 1) // call.limit * call.limit}
    if call.offset > 0:
        found["prev"] = max(0, call.offset - call.limit)
    if call.offset + call.limit < total:
        found["next"] = call.offset + call.limit
    return [(f"{here}?{call.moved(offset)}", relation) for relation, offset in found.items()]


def _once(query: QueryParams, name: str) -> str | None:
    values = query.getlist(name)
    if len(values) > 1:
        raise UsageError(f"{name} is given more than once")
    return values[0] if values else None


def _number(query: QueryParams, name: str, least: int, most: int, usual: int) -> int:
    text = _once(query, name)
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise UsageError(f"{name} is {shown(text)}, and must be a whole number from {least} to {most}")
    return int(text)
