"""All questions: the files `queries/<area>/<name>.rq`, found by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from uprgraph import resources
from uprgraph.catalog.question import Question, read
from uprgraph.errors import InvalidDataError, UnknownValueError
from uprgraph.wording import nearest

AREAS = {
    "odihr": "What ODIHR found and recommended",
    "upr": "What States recommended in reviews",
    "links": "Rights, States and their links",
    "evidence": "The words that statements rest on",
    "checks": "Checks: no rows is good",
}
"""The folders of questions, in the order in which they are listed, with their headings."""

_SYSTEM = "system"


class Catalogue:
    """The questions in a folder. Names are known from the file names; a file is read when its question is asked for.

    Raises InvalidDataError if questions stand in a folder that is no area, or if two have one name.
    """

    def __init__(self, folder: Path) -> None:
        self._paths: dict[str, Path] = {}
        self._questions: dict[str, Question] = {}
        by_place: dict[Path, list[Path]] = {}
        for path in sorted(folder.rglob("*.rq")):
            by_place.setdefault(path.parent, []).append(path)
        for place in by_place:
            if place.parent != folder or place.name not in {*AREAS, _SYSTEM}:
                hint = f"the areas are: {', '.join(AREAS)}; a new one needs a heading in AREAS of catalog/catalogue.py"
                raise InvalidDataError("questions stand in a folder that is no area", place, hint=hint)
        for area in AREAS:
            for path in by_place.get(folder / area, []):
                if path.stem in self._paths:
                    raise InvalidDataError(f"there is another question of this name: {self._paths[path.stem]}", path)
                self._paths[path.stem] = path

    def names(self) -> list[str]:
        """Return the names of all questions, by area and then by name."""
        return list(self._paths)

    def question(self, name: str) -> Question:
        """Return the question called `name`. Raises UnknownValueError with the nearest names if there is none."""
        if name not in self._paths:
            close = nearest(name, self._paths, 3)
            hint = None if close else "uprgraph query lists all questions"
            raise UnknownValueError(f'there is no question "{name}"', close, hint)
        if name not in self._questions:
            self._questions[name] = read(self._paths[name])
        return self._questions[name]

    def questions(self) -> list[Question]:
        """Return all questions, by area and then by name."""
        return [self.question(name) for name in self._paths]


@cache
def shipped() -> Catalogue:
    """Return the questions that come with the package."""
    return Catalogue(resources.queries())


@cache
def system(name: str) -> Question:
    """Return one of the package's own queries, queries/system/<name>.rq."""
    return read(resources.queries() / _SYSTEM / f"{name}.rq")
