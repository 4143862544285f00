"""The parameters of a question, as its header declares them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from uprgraph.errors import InvalidDataError
from uprgraph.resources import BASE
from uprgraph.vocabulary import expand
from uprgraph.wording import fold_space

Kind = Literal["concept", "state", "thing", "integer", "date", "string"]

_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_SLUG = re.compile(r"[a-z][a-z0-9-]*")
_STATE = "upr:State"
RESERVED = frozenset({"format", "output", "show", "store", "endpoint", "timeout", "help", "name"})
"""Names that the command line uses for itself."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question.

    `kind` says what a value may be: a concept of the codelist `scheme`, a State, a thing of the class `of_class` (any
    thing where that is None), or a literal. `defaults` are written as a user would type them and used where no value
    is given. An `optional` parameter may stay open, which "any" says where there is a default.
    """

    name: str
    kind: Kind
    scheme: str | None = None
    of_class: str | None = None
    defaults: tuple[str, ...] = ()
    optional: bool = False
    description: str | None = None

    @property
    def option(self) -> str:
        """The name as the command line and Python write it, apart from hyphens: findingType is finding_type."""
        return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", self.name).lower()

    @property
    def flag(self) -> str:
        """The option of the command line: findingType is --finding-type."""
        return "--" + self.option.replace("_", "-")

    @property
    def expected(self) -> str:
        """What a value may be, in words."""
        words = {
            "concept": f"an entry of the codelist {self.scheme}",
            "state": "a State",
            "thing": f"a thing of the class {self.of_class}" if self.of_class else "anything in the graph",
            "integer": "a whole number",
            "date": "a day, such as 2016-10-06",
            "string": "text",
        }
        return words[self.kind]

    @property
    def scheme_iri(self) -> str | None:
        """The IRI of the codelist."""
        return f"{BASE}code/{self.scheme}" if self.scheme else None

    @property
    def class_iri(self) -> str | None:
        """The IRI of the class."""
        return expand(_STATE) if self.kind == "state" else expand(self.of_class) if self.of_class else None


ANYTHING = Parameter("", "thing")
"""What stands for a value that may be anything in the graph, and is no parameter of a question."""


def parse(name: object, declaration: object) -> Parameter:
    """Return the parameter that a header declares as `name: {type: ...}`. Raises InvalidDataError."""
    if not isinstance(name, str) or _NAME.fullmatch(name) is None or name in RESERVED:
        hint = "use letters and digits, as in findingType"
        raise InvalidDataError(f"{name!r} cannot be the name of a parameter", hint=hint)
    if not isinstance(declaration, Mapping):
        raise InvalidDataError(f"the parameter {name} must be declared like {{type: state, optional: true}}")
    unknown = declaration.keys() - {"type", "scheme", "class", "default", "optional", "description"}
    if unknown:
        raise InvalidDataError(f"the parameter {name} has the unknown key {', '.join(map(str, sorted(unknown)))}")
    kind = _KINDS.get(str(declaration.get("type")))
    if kind is None:
        raise InvalidDataError(f"the type of the parameter {name} must be one of: {', '.join(_KINDS)}")
    scheme, of_class = declaration.get("scheme"), declaration.get("class")
    if (scheme is not None) != (kind == "concept") or (scheme is not None and not _SLUG.fullmatch(str(scheme))):
        raise InvalidDataError(f"the parameter {name} needs a scheme, such as right, if and only if it is a concept")
    if of_class is not None and kind != "thing":
        raise InvalidDataError(f"the parameter {name} has a class, which only a thing may have")
    optional = declaration.get("optional", False)
    if not isinstance(optional, bool):
        raise InvalidDataError(f"optional of the parameter {name} must be true or false")
    description = declaration.get("description")
    parameter = Parameter(
        name=name,
        kind=kind,
        scheme=None if scheme is None else str(scheme),
        of_class=None if of_class is None else str(of_class),
        defaults=_defaults(name, declaration.get("default")),
        optional=optional,
        description=None if description is None else fold_space(str(description)),
    )
    if parameter.of_class:
        expand(parameter.of_class)
    return parameter


def _defaults(name: str, declared: object) -> tuple[str, ...]:
    if declared is None:
        return ()
    values = declared if isinstance(declared, list) else [declared]
    for value in values:
        if isinstance(value, bool) or not isinstance(value, str | int | date):
            raise InvalidDataError(f"the default {value!r} of the parameter {name} must be text, a number or a day")
    return tuple(str(value) for value in values)
