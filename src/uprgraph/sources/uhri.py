"""Exports of the Universal Human Rights Index: recommendations of reviews, treaty bodies and special procedures.

Source: https://uhri.ohchr.org, OHCHR. Counting: a record is one recommendation to one State; an annotation may hold
several, and may be addressed to several States.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from uprgraph.errors import ResourceError
from uprgraph.sources import uhri_fields, uhri_values
from uprgraph.sources.known import Known, folded
from uprgraph.sources.problems import problem
from uprgraph.sources.records import Dataset, Kind, Outcome, Problem, Reading, Record
from uprgraph.sources.reports.splitting import Part, keys, split
from uprgraph.sources.seen import Seen
from uprgraph.sources.uhri_fields import Annotation
from uprgraph.vocabulary import expand

SOURCE = "uhri"
UNKNOWN = "no concept is called so"
_MOST_TYPES = 100


def describe(path: Path) -> Dataset:
    """Return the description of an export as a dataset, known by what the file holds: two exports are two datasets.

    Raises ResourceError if the file cannot be read.
    """
    hashed = sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                hashed.update(chunk)
    except OSError as error:
        raise ResourceError(f"cannot read {path}: {error.strerror or error}") from error
    return Dataset(
        key=f"{SOURCE}-{hashed.hexdigest()[:12]}",
        title="Export of the Universal Human Rights Index",
        publisher=expand("organisation:OHCHR"),
    )


def read(path: Path, known: Known, encoding: str | None = None) -> Reading:
    """Yield the recommendations of an export, JSON or XLSX, and what in it cannot be taken over or is doubted.

    Annotations that are no recommendations are left out, and counted in one problem for each type at the end. Raises
    what `describe` and `uhri_fields.read` raise.
    """
    dataset = describe(path).key
    seen = Seen()
    left: Counter[str] = Counter()
    for found in uhri_fields.read(path, encoding):
        if isinstance(found, Problem):
            yield found
            continue
        kind = found.one("Type")
        if not known.types.get(folded(kind), False):
            left[kind if kind in left or len(left) < _MOST_TYPES else "(other)"] += 1
            continue
        name = found.one("OHCHR Annotation Id")
        if uhri_values.annotation_id(name) is None:
            yield found.problem("OHCHR Annotation Id", name, "not the number of an annotation", "row left out")
        elif first := seen.first(found.row or found.number, name):
            reason = f"its number is that of {'row' if found.row else 'record'} {first}"
            yield found.problem("OHCHR Annotation Id", name, reason, "row left out")
        else:
            reader = _AnnotationReader(dataset, found, known)
            records = list(reader.records())
            yield from reader.problems
            yield from records
    yield from _left_out(path, known, left)


def _left_out(path: Path, known: Known, left: Counter[str]) -> Iterator[Problem]:
    for kind, number in sorted(left.items()):
        reason = "which is not of recommendations" if folded(kind) in known.types else "which is not known"
        counted = f"{number:,} annotation{'s' if number > 1 else ''} of this type, {reason}"
        yield problem(path, None, "Type", kind, counted, "row left out")


class _AnnotationReader:
    """Reads the recommendations of one annotation, and gathers what is wrong with it."""

    def __init__(self, dataset: str, annotation: Annotation, known: Known) -> None:
        self._dataset = dataset
        self._annotation = annotation
        self._known = known
        self.problems: list[Problem] = []

    def records(self) -> Iterator[Record]:
        body = self._annotation.one("Recommending Body")
        kind = self._known.kind(body)
        states = self._states("Countries Concerned")
        if not self._annotation.one("Text"):
            self._report("Text", "", "is empty", "row left out")
        elif kind is None:
            self._report("Recommending Body", body, "not a body that is known", "row left out")
        elif not states:
            self._report("Countries Concerned", "", "no State that is known is concerned", "row left out")
        else:
            found = self._of_review(states) if kind == "review" else self._of_body(kind, body, states)
            yield from self._with_concepts(list(found))

    def _report(self, column: str, value: str, reason: str, outcome: Outcome = "value left out") -> None:
        self.problems.append(self._annotation.problem(column, value, reason, outcome))

    def _states(self, column: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for name in self._annotation.all(column):
            state = self._known.states.get(name)
            if state is None:
                self._report(column, name, self._known.states.reason(name))
            else:
                found[state] = None
        return tuple(found)

    def _with_concepts(self, records: list[Record]) -> Iterator[Record]:
        """Yield the records with themes, persons and goals, which are those of the annotation."""
        if not records:
            return
        themes = self._concepts("Themes", lambda label: self._known.themes.get(folded(label)))
        affected = self._concepts("Affected Persons", lambda label: self._known.affected.get(folded(label)))
        goals = self._concepts("Sdgs", uhri_values.goal, "not the number of a goal, 1 to 17, or of a target of it")
        for record in records:
            yield replace(record, themes=themes, affected=affected, goals=goals)

    def _of_review(self, states: tuple[str, ...]) -> Iterator[Record]:
        session = self._session()
        if len(states) > 1:
            self._report("Countries Concerned", ", ".join(states), "a review is of one State", "row left out")
        if session is None or len(states) > 1:
            return
        paragraph, text = uhri_values.paragraph(self._annotation.one("Text"))
        parts = split(text, self._known.states)
        name = self._annotation.one("OHCHR Annotation Id")
        response, source_response = self._response()
        recommenders = self._recommenders(parts, states[0])
        for part, key, made_by in zip(parts, keys([name] * len(parts)), recommenders, strict=True):
            if not part.text:
                self._report(
                    "Text", self._annotation.one("Text"), "no words before the recommending States", "row left out"
                )
                continue
            yield Record(
                dataset=self._dataset,
                part=key,
                state=states[0],
                text=part.text,
                session=session,
                row=self._annotation.row,
                recommenders=made_by,
                response=response,
                source_response=source_response,
                paragraph=paragraph,
            )

    def _of_body(self, kind: Kind, body: str, states: tuple[str, ...]) -> Iterator[Record]:
        made_by = self._known.bodies.get(folded(body)) if kind == "treaty-body" else None
        if kind == "treaty-body" and made_by is None:
            self._report("Recommending Body", body, "not a treaty body that is known")
        name = self._annotation.one("OHCHR Annotation Id")
        document = self._optional("Document Symbol", uhri_values.symbol, "not the symbol of a document")
        day = self._optional(
            "Document Publication Date", uhri_values.day, "not a day, nor a spreadsheet's number of one"
        )
        for state in states:
            yield Record(
                dataset=self._dataset,
                part=name if len(states) == 1 else f"{name}-{state.rpartition('/')[2]}",
                state=state,
                text=self._annotation.one("Text"),
                kind=kind,
                row=self._annotation.row,
                recommenders=(made_by,) if made_by else (),
                document=document,
                date=day,
                body=body,
            )

    def _session(self) -> int | None:
        value = self._annotation.one("UPR Session")
        session = uhri_values.session(value)
        if session not in self._known.cycles:
            self._report("UPR Session", value, "not the number of a session that is known", "row left out")
            return None
        return session

    def _response(self) -> tuple[str | None, str | None]:
        value = self._annotation.one("UPR Position")
        response = self._known.responses.get(SOURCE, {}).get(folded(value))
        if response is None:
            self._report("UPR Position", value, "not a position that is known")
        return response, value or None

    def _recommenders(self, parts: list[Part], addressee: str) -> list[tuple[str, ...]]:
        """Return who makes each part: the States in its brackets or, if no part has any, those that are listed."""
        listed = self._states("UPR Recommending States")
        named = {state for part in parts for state in part.states}
        if listed and named and named != set(listed):
            words = ", ".join(self._annotation.all("UPR Recommending States"))
            self._report("UPR Recommending States", words, "the text names other States, which are taken", "kept")
        if not listed and not named:
            self._report("UPR Recommending States", "", "no recommending State is known", "kept")
        for part in parts:
            for name in part.unknown:
                self._report("Text", name, self._known.states.reason(name))
        if addressee in named or (not named and addressee in listed):
            self._report("UPR Recommending States", addressee, "a State does not recommend to itself")
        made_by = [part.states for part in parts] if named else [listed] * len(parts)
        return [tuple(state for state in states if state != addressee) for states in made_by]

    def _concepts(self, column: str, concept: Callable[[str], str | None], reason: str = UNKNOWN) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for label in self._annotation.all(column):
            iri = concept(label)
            if iri is None:
                self._report(column, label, reason)
            else:
                found[iri] = None
        return tuple(found)

    def _optional(self, column: str, read: Callable[[str], str | None], reason: str) -> str | None:
        value = self._annotation.one(column)
        found = read(value)
        if found is None and value:
            self._report(column, value, reason)
        return found
