"""The gallery of questions, and each question with its form, its answer, and what can be done with that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from uprgraph.catalog import catalogue
from uprgraph.catalog.parameters import Parameter
from uprgraph.catalog.question import Question
from uprgraph.catalog.resolve import ANY
from uprgraph.engines.terms import Term
from uprgraph.errors import UnknownValueError, UsageError
from uprgraph.results.formats import FORMATS
from uprgraph.results.values import compact
from uprgraph.server.jobs.pages import Choice
from uprgraph.server.jobs.tables import Mistake, Table
from uprgraph.server.pages.charts import DESIGNS, chart
from uprgraph.server.pages.citing import cited
from uprgraph.server.pages.links import query
from uprgraph.server.pages.rendering import Pages
from uprgraph.server.pages.tables import grid, pages_of

ROWS = 100
"""Rows of an answer on one page."""
FEW = 40
"""Entries of a codelist that are few enough for a pick list; of more, names are typed and completed."""
_OWN = frozenset({"sort", "page"})
DOWNLOADS = {
    "csv": "CSV",
    "tsv": "TSV",
    "json": "JSON",
    "xlsx": "Excel",
    "md": "Markdown",
    "html": "HTML",
    "ttl": "Turtle",
}
"""The formats in which an answer can be taken away: all of results.formats but that of terminals."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: its parameter, what is in it, what may be chosen, and what is wrong with it."""

    parameter: Parameter
    label: str
    value: str
    choices: Sequence[Choice]
    mistake: Mistake | None

    @property
    def is_pick_list(self) -> bool:
        """Whether the value is picked from a list, and not typed."""
        return 0 < len(self.choices) <= FEW

    @property
    def identifier(self) -> str:
        """The id of its element."""
        return f"field-{self.parameter.name}"


async def gallery(pages: Pages, request: Request) -> Response:
    """Return all questions by area."""
    questions = catalogue.shipped().questions()
    areas = [(heading, [each for each in questions if each.area == area]) for area, heading in catalogue.AREAS.items()]
    return pages.page(request, "questions.html", areas=areas, charted=DESIGNS)


async def question(pages: Pages, request: Request) -> Response:
    """Return a question: with its defaults, or with the values of the address."""
    asked = catalogue.shipped().question(request.path_params["name"])
    given = _given(asked, request)
    sort, number = request.query_params.get("sort", ""), _page_number(request)
    found: Table = await pages.run(
        request,
        "tables.table",
        name=asked.name,
        given=given,
        sort=sort,
        first=(number - 1) * ROWS,
        count=ROWS,
        drawn=DESIGNS[asked.name].drawn if asked.name in DESIGNS else None,
    )
    lists: Mapping[str, Sequence[Choice]] = await pages.run(request, "pages.pick_lists", parameters=asked.parameters)
    arguments = {name: list(values) for name, values in given.items()}
    sparql = "" if found.mistakes else await pages.run(request, "tables.bound", name=asked.name, given=given)

    def link(page: int = 0, **more: str) -> str:
        path = pages.root(request) + f"/questions/{asked.name}"
        return query(path, **arguments, sort=more.get("sort", sort), page=page or None)

    return pages.page(
        request,
        "question.html",
        status=422 if found.mistakes else 200,
        labels=found.labels,
        question=asked,
        fields=_fields(asked, given, found, lists),
        table=found,
        grid=grid(found.results, asked.columns, sort),
        link=link,
        parts=pages_of(found.total, found.first, ROWS, link),
        chart=chart(asked.name, found.drawn, found.total, found.labels),
        chart_at=query(pages.root(request) + f"/questions/{asked.name}/chart.json", **arguments),
        sparql=sparql,
        downloads=_downloads(pages, request, asked, arguments),
        citation=cited(),
    )


async def chart_of(pages: Pages, request: Request) -> Response:
    """Return the chart of an answer as a specification for Vega-Lite."""
    asked = catalogue.shipped().question(request.path_params["name"])
    if asked.name not in DESIGNS:
        raise UnknownValueError(f"the question {asked.name} has no chart", hint="its answer is a table")
    found: Table = await pages.run(
        request, "tables.table", name=asked.name, given=_given(asked, request), count=0, drawn=DESIGNS[asked.name].drawn
    )
    drawn = chart(asked.name, found.drawn, found.total, found.labels)
    return JSONResponse(drawn.spec if drawn else {}, 422 if found.mistakes else 200)


async def sparql_of(pages: Pages, request: Request) -> Response:
    """Return the SPARQL of a question with the values of the address bound."""
    asked = catalogue.shipped().question(request.path_params["name"])
    text = await pages.run(request, "tables.bound", name=asked.name, given=_given(asked, request))
    return PlainTextResponse(text, media_type="application/sparql-query")


async def suggest(pages: Pages, request: Request) -> Response:
    """Return what somebody who types into a field may mean, as JSON."""
    asked = catalogue.shipped().question(request.query_params.get("question", ""))
    parameter = asked.parameter(request.query_params.get("parameter", ""))
    if parameter is None:
        raise UnknownValueError(f"{asked.name} has no such parameter")
    typed = request.query_params.get("q", "")[:100]
    found: list[Choice] = await pages.run(request, "pages.suggest", parameter=parameter, text=typed)
    return JSONResponse([{"value": _typed(parameter, each), "label": each.label} for each in found])


def _typed(parameter: Parameter, choice: Choice) -> str:
    """Return what stands in the field for a choice: what it is called, or for a thing what tells it from others."""
    return choice.key if parameter.kind == "thing" else choice.label


def _given(asked: Question, request: Request) -> dict[str, list[str]]:
    """Return the values of the address by parameter; a field left empty leaves an optional parameter open."""
    given: dict[str, list[str]] = {}
    for name, text in request.query_params.multi_items():
        if name in _OWN:
            continue
        parameter = asked.parameter(name)
        value = text.strip()
        if parameter is not None and not value:
            if not parameter.optional or not parameter.defaults:
                continue
            value = ANY
        given.setdefault(parameter.name if parameter else name, []).append(value)
    return given


def _page_number(request: Request) -> int:
    text = request.query_params.get("page", "1") or "1"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= 1_000_000:  # noqa: PLR2004
        raise UsageError(f"there is no page {text[:20]!r}", "pages are numbered from 1")
    return int(text)


def _fields(
    asked: Question, given: Mapping[str, Sequence[str]], found: Table, lists: Mapping[str, Sequence[Choice]]
) -> list[Field]:
    fields = []
    for parameter in asked.parameters:
        choices = lists.get(parameter.name, ())
        mistake = found.mistakes.get(parameter.name)
        terms = () if mistake else found.asked.get(parameter.name, ())
        typed = [each for each in given.get(parameter.name, ()) if each != ANY]
        name = parameter.option.replace("_", " ")
        value = ", ".join([_shown(each, choices) for each in terms] or typed)
        fields.append(Field(parameter, name[0].upper() + name[1:], value, choices, mistake))
    return fields


def _shown(term: Term, choices: Sequence[Choice]) -> str:
    """Return what stands in a field for a term: the key of a pick list, or what people call a thing."""
    chosen = next((each for each in choices if each.iri == str(term)), None)
    if chosen is None:
        return compact(term)
    return chosen.key if len(choices) <= FEW else chosen.label


def _downloads(
    pages: Pages, request: Request, asked: Question, arguments: Mapping[str, Any]
) -> list[tuple[str, str, str]]:
    """Return the formats, each with what it is and where the answer is in it."""
    path = f"{pages.root(request)}/api/{asked.name}"
    return [(label, FORMATS[name], query(path, **arguments, format=name)) for name, label in DOWNLOADS.items()]
