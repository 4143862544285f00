"""`uprgraph query`: the questions, each a command of its own with its parameters as options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from uprgraph.catalog import catalogue
from uprgraph.catalog.binding import bind
from uprgraph.catalog.parameters import Parameter
from uprgraph.catalog.question import Question
from uprgraph.cli import output as writing
from uprgraph.cli import target
from uprgraph.cli.values import completed
from uprgraph.engines.terms import Term
from uprgraph.errors import UsageError
from uprgraph.graph import Graph
from uprgraph.results.formats import EXTENSIONS, FORMATS
from uprgraph.results.values import compact

_FOUND = 1


class QuestionGroup(click.Group):
    """The questions of the catalogue as commands; only that which is asked is read."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click has it
        """Return the names of all questions."""
        return catalogue.shipped().names()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments. Raises UsageError, with where options belong, for one before the name of a question."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            hint = "options stand after the name of a question: uprgraph query NAME [OPTIONS]"
            raise UsageError(error.format_message(), hint) from error

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002
        """Return the command that asks a question. Raises UnknownValueError if there is no such question."""
        return _command(catalogue.shipped().question(cmd_name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write nothing: the catalogue itself is the list."""


@click.group(cls=QuestionGroup, invoke_without_command=True, subcommand_metavar="[NAME [OPTIONS]]")
@click.pass_context
def query(context: click.Context) -> None:
    """Ask a question by its NAME; without one, list all questions.

    Each question has options of its own: uprgraph query NAME --help. Values are labels, alternative labels, codes or
    IRIs; an option can be given several times.
    """
    if context.invoked_subcommand is None:
        writing.send(_listing(writing.width()).encode(), None)


def _listing(width: int) -> str:
    lines: list[str] = []
    questions = catalogue.shipped().questions()
    widest = max(len(question.name) for question in questions)
    for area, heading in catalogue.AREAS.items():
        formatter = click.HelpFormatter(width=width, max_width=width)
        with formatter.section(heading):
            rows = [(question.name.ljust(widest), question.summary) for question in questions if question.area == area]
            formatter.write_dl(rows, col_max=widest + 2)
        lines.append(formatter.getvalue())
    return "\n".join(lines) + "\nHelp on one question: uprgraph query NAME --help\n"


def _command(question: Question) -> click.Command:
    @click.command(
        question.name,
        params=[_option(each) for each in question.parameters],
        help=_help(question),
        short_help=question.summary,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    @click.option("--show", is_flag=True, help="Print the SPARQL with the values bound, and do not ask.")
    @writing.format_option(FORMATS, "table on a terminal, csv elsewhere")
    @writing.output_option
    @target.store_option
    @target.endpoint_option
    @target.timeout_option
    @target.credentials_options
    def command(
        *,
        show: bool,
        form: str | None,
        output: Path | None,
        store: Path | None,
        endpoint: str | None,
        timeout: float | None,
        login: target.Login,
        **given: tuple[str, ...],
    ) -> int:
        if show and form is not None:
            raise UsageError("--show prints SPARQL, and --format is for answers", "leave out one of them")
        chosen = None if show else writing.chosen_format(form, output, EXTENSIONS, writing.rows_format())
        graph = target.open_target(store, endpoint, timeout, login)
        _, terms = graph.bound(question.name, {name: values for name, values in given.items() if values})
        if chosen is None:
            writing.send(bind(question, terms).encode(), output)
            return 0
        return _ask(graph, question, terms, chosen, output)

    return command


def _ask(graph: Graph, question: Question, terms: Mapping[str, Sequence[Term]], form: str, output: Path | None) -> int:
    results = graph.answer(question, terms)
    writing.emit(results, form, output)
    if not results:
        click.echo(_nothing(question, terms), err=True)
    return _FOUND if question.is_check and results else 0


def _help(question: Question) -> str:
    columns = "\n".join(f"  {name}: {text}" for name, text in question.columns.items())
    exit_code = "\n\nExit code: 0 if there are no rows, 1 if there are." if question.is_check else ""
    return f"{question.summary}\n\n{question.description}{exit_code}\n\n\b\nColumns:\n{columns}"


def _option(parameter: Parameter) -> click.Option:
    if parameter.defaults:
        when = f" Default: {', '.join(parameter.defaults)}." + (' "any" leaves it open.' if parameter.optional else "")
    else:
        when = " Default: any." if parameter.optional else " Required."
    text = parameter.description or parameter.expected
    return click.Option(
        [parameter.name, parameter.flag],
        multiple=True,
        metavar=parameter.kind.upper(),
        help=text[0].upper() + text[1:] + "." + when,
        shell_complete=partial(completed, parameter),
    )


def _nothing(question: Question, terms: Mapping[str, Sequence[Term]]) -> str:
    values = [f"{each.option} {', '.join(_asked(each, terms)) or 'any'}" for each in question.parameters]
    found = "no problems found" if question.is_check else "no rows"
    return f"{found} ({'; '.join(values)})" if values else found


def _asked(parameter: Parameter, terms: Mapping[str, Sequence[Term]]) -> list[str]:
    given = terms.get(parameter.name)
    return list(parameter.defaults) if given is None else list(map(compact, given))
