"""From what users type to RDF terms, by asking the engine that will be asked the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from uprgraph.catalog.binding import bind
from uprgraph.catalog.catalogue import system
from uprgraph.catalog.names import Name, key, labels, matches, suggestions
from uprgraph.catalog.parameters import ANYTHING, Parameter
from uprgraph.catalog.question import Question
from uprgraph.engines.base import Engine
from uprgraph.engines.terms import XSD, Iri, Literal, Term, shown
from uprgraph.errors import UnknownValueError, UsageError
from uprgraph.resources import BASE
from uprgraph.vocabulary import expand, is_prefixed, shorten

ANY = "any"
"""What a user types to leave an optional parameter open although it has a default."""
Given = str | int | date
"""One value as a user gives it."""

_IRI = re.compile(r"<.*>|(?:https?|urn):.*", re.DOTALL | re.IGNORECASE)
_RELATIVE = re.compile(r"(?:id|code|graph)/\S+")
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Resolver:
    """Resolves values against one engine, and remembers the names that it has read."""

    def __init__(self, engine: Engine, default_graphs: Sequence[str] = ()) -> None:
        self._engine = engine
        self._default_graphs = default_graphs
        self.known: dict[str | None, list[Name]] = {}
        """The names that have been read, by the IRI of their scheme or class; under None those of everything."""

    def terms(self, question: Question, given: Mapping[str, Iterable[Given]]) -> dict[str, list[Term]]:
        """Return the terms to bind for the parameters that are given.

        A parameter that is not given keeps the row of the question's file, which holds its default or leaves it open.
        Raises UsageError for a parameter that the question does not have or that is missing, and UnknownValueError
        for a value that names nothing, or more than one thing.
        """
        values: dict[str, list[Given]] = {}
        for name, each in given.items():
            parameter = question.parameter(name)
            if parameter is None:
                having = ", ".join(each.option for each in question.parameters) or "none"
                raise UsageError(f"{question.name} has no parameter {shown(name)}", f"its parameters: {having}")
            values.setdefault(parameter.name, []).extend(each)
        terms = {}
        for parameter in question.parameters:
            if values.get(parameter.name):
                terms[parameter.name] = self._for_parameter(parameter, values[parameter.name])
            elif not parameter.defaults and not parameter.optional:
                raise UsageError(f"{question.name} needs the parameter {parameter.option}: {parameter.expected}")
        return terms

    def _for_parameter(self, parameter: Parameter, values: Sequence[Given]) -> list[Term]:
        if parameter.optional and [str(value).strip().lower() for value in values] == [ANY]:
            return []
        return list(dict.fromkeys(self.term(parameter, value) for value in values))

    def term(self, parameter: Parameter, value: Given) -> Term:
        """Return the term that one value means for a parameter."""
        text = str(value).strip()
        if parameter.kind == "integer":
            if _WHOLE_NUMBER.fullmatch(text) is None:
                raise UsageError(f"{parameter.option}: {shown(text)} is not a whole number")
            return Literal(str(int(text)), f"{XSD}integer")
        if parameter.kind == "date":
            return Literal(_day(parameter, text), f"{XSD}date")
        if parameter.kind == "string":
            return Literal(text)
        return self._thing(parameter, text)

    def anything(self, text: str) -> Iri:
        """Return the IRI of anything in the graph that a text names. Raises UnknownValueError as `terms` does."""
        return self._thing(ANYTHING, text.strip())

    def names(self, parameter: Parameter) -> list[Name]:
        """Return the names of everything that a parameter may be, as far as it has names or keys."""
        source = parameter.scheme_iri or parameter.class_iri
        if source not in self.known:
            if parameter.scheme_iri:
                text = bind(system("names-of-concepts"), {"scheme": [Iri(parameter.scheme_iri)]})
            elif parameter.class_iri:
                text = bind(system("names-of-things"), {"class": [Iri(parameter.class_iri)]})
            else:
                text = system("names-of-everything").sparql
            self.known[source] = self._read_names(text)
        return self.known[source]

    def _read_names(self, text: str) -> list[Name]:
        names: dict[Name, None] = {}
        for thing, kind, name in self._engine.select(text, self._default_graphs).rows:
            if isinstance(thing, Iri):
                end = key(thing.value)
                if end is not None:
                    names[Name(thing.value, "key", end)] = None
                if isinstance(name, Literal):
                    names[Name(thing.value, str(kind), name.value, name.language)] = None
        return list(names)

    def _thing(self, parameter: Parameter, text: str) -> Iri:
        if _IRI.fullmatch(text) or _RELATIVE.fullmatch(text) or is_prefixed(text):
            return self._known(parameter, text)
        names = self.names(parameter)
        found = matches(names, text)
        where = f"{parameter.option}: " if parameter.option else ""
        if len(found) == 1:
            return Iri(found[0])
        if found:
            named = labels(names)
            candidates = [f"{shorten(each)} ({named[each]})" for each in found]
            raise UnknownValueError(
                f"{where}{shown(text)} names {len(found)} things", hint="give one of: " + ", ".join(candidates)
            )
        close = suggestions(names, text)
        hint = None if close else f"it must be {parameter.expected}: a label, a code or an IRI"
        raise UnknownValueError(f"{where}{shown(text)} is unknown", close, hint)

    def _known(self, parameter: Parameter, text: str) -> Iri:
        full = BASE + text if _RELATIVE.fullmatch(text) else text.removeprefix("<").removesuffix(">")
        iri = Iri(expand(text) if is_prefixed(text) else full)
        iri.n3()
        if parameter.scheme_iri:
            query = bind(system("is-in-scheme"), {"thing": [iri], "scheme": [Iri(parameter.scheme_iri)]})
        elif parameter.class_iri:
            query = bind(system("is-of-class"), {"thing": [iri], "class": [Iri(parameter.class_iri)]})
        else:
            query = bind(system("is-known"), {"thing": [iri]})
        if not self._engine.ask(query, self._default_graphs):
            where = f"{parameter.option}: " if parameter.option else ""
            message = f"{where}{shown(text)} is not {parameter.expected}"
            raise UnknownValueError(message, hint="the graph does not have this IRI, or not as such")
        return iri


def _day(parameter: Parameter, text: str) -> str:
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            pass
    raise UsageError(f"{parameter.option}: {shown(text)} is not a day, such as 2016-10-06")
