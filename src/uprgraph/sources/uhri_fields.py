"""The annotations of an export of the Universal Human Rights Index, from JSON or XLSX, in one form."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from uprgraph.errors import UsageError
from uprgraph.sources import exports, json_records, sheets
from uprgraph.sources.exports import Columns
from uprgraph.sources.json_records import Broken
from uprgraph.sources.problems import LONGEST_VALUE, is_misread, problem
from uprgraph.sources.records import Outcome, Problem
from uprgraph.wording import fold_space

LONGEST_TEXT = 100_000
MOST_VALUES = 300
"""In one list: more than there are States."""

JSON_FIELDS = {
    "AnnotationId": "OHCHR Annotation Id",
    "Symbol": "Document Symbol",
    "Text": "Text",
    "TextPlainRaw": "Plain Text",
    "PublicationDate": "Document Publication Date",
    "AnnotationType": "Type",
    "Countries": "Countries Concerned",
    "AffectedPersons": "Affected Persons",
    "Themes": "Themes",
    "Sdgs": "Sdgs",
    "Body": "Recommending Body",
    "UprSession": "UPR Session",
    "UprRecommendingStates": "UPR Recommending States",
    "UprPosition": "UPR Position",
}
"""The fields of a JSON record, and the columns of a workbook that have the same."""

SET_ASIDE = frozenset({"Regions", "DocumentId"})
_MOST_NAMES = 50
_NOT_READ = "the field is not known, and not read"

COLUMNS = Columns(
    required=("Text", "Countries Concerned", "Recommending Body", "Type", "OHCHR Annotation Id"),
    optional=(
        *("UPR Recommending States", "UPR Position", "UPR Session", "Document Symbol", "Themes", "Affected Persons"),
        *("Sdgs", "Document Publication Date"),
    ),
    set_aside=("Regions Concerned",),
    aliases={
        "Reccomending Body": "Recommending Body",
        "UPR Reccomending States": "UPR Recommending States",
        "SDGs": "Sdgs",
        "OHCHR Annotation ID": "OHCHR Annotation Id",
    },
)

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_UNSOUND = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation: where it stands, and its values by the (well spelt) column names of a workbook."""

    path: Path
    row: int | None
    number: int
    values: Mapping[str, tuple[str, ...]]

    def all(self, column: str) -> tuple[str, ...]:
        """Return the values of a list."""
        return self.values.get(column, ())

    def one(self, column: str) -> str:
        """Return the first value; empty if there is none."""
        return next(iter(self.all(column)), "")

    def problem(self, column: str, value: str, reason: str, outcome: Outcome) -> Problem:
        """Return a problem with a value of it."""
        place = "" if self.row is not None else f"record {self.number}"
        if name := self.one("OHCHR Annotation Id"):
            place = f"{place}, annotation {name[:64]}".removeprefix(", ")
        return problem(self.path, self.row, column, value, reason, outcome, place)


def read(path: Path, encoding: str | None = None) -> Iterator[Annotation | Problem]:
    """Yield the annotations of an export in their order. A file that ends in .json is JSON, one in .xlsx a workbook.

    Raises UsageError for another file, and what `json_records.read` and `exports.read` raise.
    """
    ending = path.suffix.lower()
    if ending == ".json":
        yield from _of_json(path, encoding)
    elif ending in sheets.ENDINGS:
        yield from _of_workbook(path, encoding)
    else:
        raise UsageError(f"{path} is no export of the Universal Human Rights Index", "give a .json or an .xlsx file")


def _of_workbook(path: Path, encoding: str | None) -> Iterator[Annotation | Problem]:
    for number, row in enumerate(exports.read(path, COLUMNS, encoding), 1):
        if isinstance(row, Problem):
            yield row
        else:
            values = {column: tuple(unpacked(value)) for column, value in row.values.items() if column != "Text"}
            yield from _sound(Annotation(path, row.line, number, values | {"Text": _text("", row["Text"])}))


def _of_json(path: Path, encoding: str | None) -> Iterator[Annotation | Problem]:
    told: set[str] = set()
    for number, found in enumerate(json_records.read(path, encoding), 1):
        if isinstance(found, Broken):
            yield problem(path, None, "", found.words, found.reason, "row left out", f"record {number}")
            continue
        for name in found.keys() - JSON_FIELDS.keys() - SET_ASIDE - told:
            told.add(name)
            if len(told) <= _MOST_NAMES:
                yield problem(path, None, name, "", _NOT_READ, "value left out")
        plain, rich = found.pop("TextPlainRaw", None), found.pop("Text", None)
        try:
            values = {JSON_FIELDS[name]: tuple(_strings(found[name])) for name in JSON_FIELDS.keys() & found.keys()}
            text = _text(*("".join(_strings([each])) if not isinstance(each, str) else each for each in (plain, rich)))
        except TypeError as error:
            yield problem(path, None, "", str(error), "a value is no text", "row left out", f"record {number}")
            continue
        yield from _sound(Annotation(path, None, number, values | {"Text": text}))


def _strings(value: object) -> Iterator[str]:
    """Yield the values of a field: a text, which may be a packed list, a number, a list of these, or nothing."""
    if isinstance(value, str):
        yield from unpacked(value)
    elif isinstance(value, list) and not any(isinstance(each, list) for each in value):
        for each in value:
            yield from _strings(each)
    elif value is not None:
        raise TypeError(str(value)[:LONGEST_VALUE])


def unpacked(cell: str) -> list[str]:
    r"""Return the values of a cell: those of a packed list, "- a\n- b", or the whole cell; none if it is empty."""
    if not cell.lstrip().startswith("- "):
        return [cell.strip()] if cell.strip() else []
    found: list[str] = []
    for line in cell.strip().splitlines():
        if line.lstrip().startswith("- ") or not found:
            found.append(line.strip().removeprefix("- ").strip())
        else:
            found[-1] += f" {line.strip()}"
    return [each for each in found if each]


def _text(plain: str, rich: str) -> tuple[str, ...]:
    """Return the text, from the plain one if there is one, else without the mark-up and references of HTML."""
    words = plain if plain.strip() else html.unescape(_TAG.sub(" ", rich))
    return (fold_space(words),)


def _sound(annotation: Annotation) -> Iterator[Annotation | Problem]:
    for column, values in annotation.values.items():
        longest = LONGEST_TEXT if column == "Text" else exports.LONGEST_CELL
        if len(values) > MOST_VALUES or any(len(value) > longest for value in values):
            yield annotation.problem(column, "", "a value is longer than any is", "row left out")
            return
        if any(_UNSOUND.search(value) for value in values):
            shown = ascii(" ".join(values))
            yield annotation.problem(column, shown, "a character that is in no text", "row left out")
            return
    if annotation.row is None and is_misread(annotation.one("Text")):
        reason = "looks as if it had been decoded in an encoding that is not its own"
        yield annotation.problem("Text", annotation.one("Text"), reason, "kept")
    yield annotation
