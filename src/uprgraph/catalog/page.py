"""The catalogue of questions as a page of Markdown, for people who choose one. Source: the headers of the questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uprgraph.catalog.catalogue import AREAS
from uprgraph.catalog.parameters import Parameter
from uprgraph.catalog.question import Question

_INTRODUCTION = """\
# Questions

This page is made from the headers of the files in `queries/` by `scripts/make_query_page.py`.

`uprgraph query NAME` asks a question, with its parameters as options; `uprgraph query NAME --show` prints the SPARQL.
Each file is plain SPARQL 1.1 and complete, to be run as it stands where the graph is; tested are pyoxigraph and
rdflib. A parameter is one line `VALUES ?name { ... }` there: put a term between the braces, or `UNDEF` to leave it
open.

What a row is differs, and each question says it. Two things are counted, never mixed: a *recommendation* is one text
addressed to one State in one review, by one or more States; a *row* of UPR Info is one recommendation by one State. A
question about a right also finds what concerns anything narrower. Columns that name a thing hold its IRI; kinds, types
and statuses are given by their English names.

A `quote` is the words on which a row rests, and `quotedFrom` the document they stand in, which is often not the opinion
or report that the row is about: `source` is where that one can be read itself. Where a row rests on several passages,
their words are joined by " | ", in no fixed order."""


def page(questions: Iterable[Question]) -> str:
    """Return the page, ending with one newline: a list of all questions by area, then one section for each.

    Questions keep the order in which they are given, within their area.
    """
    listed = list(questions)
    areas = [(heading, [each for each in listed if each.area == area]) for area, heading in AREAS.items()]
    parts = [_INTRODUCTION]
    for heading, members in areas:
        if members:
            parts += [f"## {heading}", _contents(members)]
    for _, members in areas:
        parts += [_section(each) for each in members]
    return "\n\n".join(parts) + "\n"


def _contents(questions: Sequence[Question]) -> str:
    return _table(("name", "question"), [(f"[{each.name}](#{each.name})", each.summary) for each in questions])


def _section(question: Question) -> str:
    where = f"queries/{question.area}/{question.name}.rq"
    parts = [
        f"### {question.name}",
        f"**{question.summary}** {question.description}",
        f"```sh\n{_command(question)}\n```",
    ]
    if question.parameters:
        parts.append(_table(("parameter", "value", "if not given"), [_parameter(each) for each in question.parameters]))
    parts += [
        _table(("column", "holds"), [(f"`{name}`", meaning) for name, meaning in question.columns.items()]),
        f"[{where}](../{where}) · {', '.join(question.tags)}",
    ]
    return "\n\n".join(parts)


def _command(question: Question) -> str:
    options = [f"{each.flag} {' '.join(each.defaults)}" for each in question.parameters if each.defaults]
    return " ".join(["uprgraph query", question.name, *options])


def _parameter(parameter: Parameter) -> tuple[str, str, str]:
    value = f"{parameter.description}: {parameter.expected}" if parameter.description else parameter.expected
    return f"`{parameter.flag}`", value, ", ".join(f"`{each}`" for each in parameter.defaults) or "any"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
