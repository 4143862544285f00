"""One question: a SPARQL file whose header, in lines that start with `#+`, says what it asks and what a row means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

import yaml

from uprgraph.catalog.parameters import Parameter, parse
from uprgraph.errors import InvalidDataError, UprGraphError
from uprgraph.files import read_text
from uprgraph.wording import fold_space

Type = Literal["text", "iri", "integer", "number", "boolean", "date", "moment"]
"""What a column holds, where it is not empty; a moment is a day, or a year where no more is known."""

_KEYS = frozenset({"summary", "description", "tags", "params", "columns", "types", "prepared"})
_TYPES: dict[str, Type] = {each: each for each in get_args(Type)}
_MARK = "#+"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be asked by name.

    `sparql` is the whole file, header included; it runs as it stands. `columns` says what each column holds, and
    `types` of which type that is, for columns that do not hold text. Where a question is `prepared`, its answer without
    arguments is made together with a store that imports make, since it reads most of a large one.
    """

    name: str
    area: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, str]
    sparql: str
    path: Path
    types: Mapping[str, Type] = field(default_factory=dict)
    prepared: bool = False

    @property
    def is_check(self) -> bool:
        """Whether rows are problems, so that none is good."""
        return self.area == "checks"

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter called `name`, with underscores or hyphens where the header has capitals, or None."""
        wanted = name.replace("-", "_")
        return next((each for each in self.parameters if wanted in (each.name, each.option)), None)


def read(path: Path) -> Question:
    """Return the question in a file `<area>/<name>.rq`. Raises InvalidDataError if its header is not as it must be."""
    text = read_text(path).replace("\r\n", "\n")
    header = _header(path, text)
    unknown, missing = header.keys() - _KEYS, {"summary", "description", "columns"} - header.keys()
    if unknown or missing:
        what = [f"unknown key {each}" for each in sorted(map(str, unknown))] + [
            f"no {each}" for each in sorted(missing)
        ]
        raise InvalidDataError(
            f"the header has {' and '.join(what)}", path, hint=f"keys are: {', '.join(sorted(_KEYS))}"
        )
    tags, params = header.get("tags", []), header.get("params", {})
    if not isinstance(tags, list) or not isinstance(params, Mapping):
        raise InvalidDataError("tags must be a list, and params a mapping", path)
    try:
        parameters = tuple(parse(name, declaration) for name, declaration in params.items())
    except UprGraphError as error:
        raise InvalidDataError(error.message, path, hint=error.hint) from error
    return Question(
        name=path.stem,
        area=path.parent.name,
        summary=_sentence(path, header, "summary"),
        description=_sentence(path, header, "description"),
        tags=tuple(map(str, tags)),
        parameters=parameters,
        columns=_columns(path, header["columns"]),
        sparql=text,
        path=path,
        types=_types(path, header.get("types", {}), header["columns"]),
        prepared=_truth(path, header, "prepared"),
    )


def _header(path: Path, text: str) -> Mapping[object, object]:
    lines = []
    for line in text.splitlines():
        if not line.startswith(_MARK):
            break
        lines.append(line.removeprefix(_MARK).removeprefix(" "))
    if any(line.startswith(_MARK) for line in text.splitlines()[len(lines) :]):
        raise InvalidDataError("a line of the header stands outside it; the header is the first lines", path)
    try:
        header = yaml.load("\n".join(lines), Loader=_LOADER)  # noqa: S506 - both are safe loaders
    except yaml.YAMLError as error:
        raise InvalidDataError(f"the header is not YAML: {fold_space(str(error))}", path) from error
    if not isinstance(header, Mapping):
        raise InvalidDataError("the header, lines that start with #+, is missing", path)
    return header


def _sentence(path: Path, header: Mapping[object, object], key: str) -> str:
    value = header[key]
    if not isinstance(value, str) or not value.strip():
        raise InvalidDataError(f"{key} must be text", path)
    return fold_space(value)


def _truth(path: Path, header: Mapping[object, object], key: str) -> bool:
    value = header.get(key, False)
    if not isinstance(value, bool):
        raise InvalidDataError(f"{key} must be true or false", path)
    return value


def _columns(path: Path, columns: object) -> Mapping[str, str]:
    if not isinstance(columns, Mapping) or not columns or not all(isinstance(each, str) for each in columns.values()):
        raise InvalidDataError("columns must say of each column what it holds", path)
    return {str(name): fold_space(text) for name, text in columns.items()}


def _types(path: Path, types: object, columns: object) -> Mapping[str, Type]:
    """Return the type of each column that the header lists under a type."""
    if not isinstance(types, Mapping) or not all(isinstance(each, list) for each in types.values()):
        raise InvalidDataError("types must say of each type which columns are of it, like {iri: [state]}", path)
    found: dict[str, Type] = {}
    for name, listed in types.items():
        kind = _TYPES.get(str(name))
        if kind is None:
            raise InvalidDataError(f"there is no type {name}", path, hint=f"types are: {', '.join(_TYPES)}")
        for column in map(str, listed):
            if column in found or not isinstance(columns, Mapping) or column not in columns:
                raise InvalidDataError(f"the type of {column} stands twice, or there is no such column", path)
            found[column] = kind
    return found
