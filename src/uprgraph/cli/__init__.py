"""The command line: one module per command, imported when the command is used."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from uprgraph import __version__
from uprgraph.cli.lazy import LazyGroup
from uprgraph.cli.output import reopen_closed_streams, stop_writing
from uprgraph.errors import UprGraphError

_COMMANDS = {
    "query": ("uprgraph.cli.query:query", "Ask a question by name, or list all questions."),
    "sparql": ("uprgraph.cli.sparql:sparql", "Ask in SPARQL."),
    "show": ("uprgraph.cli.show:show", "Show all that is known of one thing, with its quotes."),
    "search": ("uprgraph.cli.search:search", "Find recommendations, findings and opinions by their words."),
    "validate": ("uprgraph.cli.validate:validate", "Say what is wrong with data, where, and how to mend it."),
    "import": ("uprgraph.cli.import_:import_", "Import the datasets that people have, and link them."),
    "extract": ("uprgraph.cli.extract:extract", "Draft a dossier from a submission: text, DOCX or PDF."),
    "review": ("uprgraph.cli.review:review", "Go through what is doubtful in a drafted dossier."),
    "diff": ("uprgraph.cli.diff:diff", "Compare two dossiers as statements."),
    "link": ("uprgraph.cli.link:link", "Show and export the links between datasets."),
    "load": ("uprgraph.cli.load:load", "Load graphs into a triplestore."),
    "serve": ("uprgraph.cli.serve:serve", "Serve the graph as a site: pages, linked data, SPARQL."),
    "doctor": ("uprgraph.cli.doctor:doctor", "Say what a SPARQL server is, what works there, and what to mend."),
    "format": ("uprgraph.cli.format:format_", "Put Turtle files into their one form."),
    "build": ("uprgraph.cli.build:build", "Write the release bundle."),
    "completion": ("uprgraph.cli.completion:completion", "Print the script for shell completion."),
}
_INTERRUPTED = 130
_NAME = "uprgraph"
_COMPLETE = "_UPRGRAPH_COMPLETE"
"""The variable of the environment in which a shell says that it asks for completion."""


@click.group(cls=LazyGroup, commands_table=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Ask the Universal Periodic Review as linked data, and see the words that each answer rests on.

    Results go to standard output, all else to standard error. Exit code: 0 good, 1 problems found (invalid data, a
    failed check), 2 wrong use or unreadable input.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; a user's mistake becomes one message on standard error, without a traceback."""
    reopen_closed_streams()
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except UprGraphError as error:
        code = _complain(error.message, error.hint, error.exit_code)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = error.exit_code
    except click.UsageError as error:
        hint = f"see {error.ctx.command_path} --help" if error.ctx else None
        code = _complain(error.format_message(), hint, error.exit_code)
    except click.ClickException as error:
        code = _complain(error.format_message(), None, error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        code = _complain("interrupted", None, _INTERRUPTED)
    except BrokenPipeError:  # the reader, such as head, has had enough
        stop_writing(sys.stdout)
        code = 0
    except OSError as error:
        if error.filename is not None:  # not of a stream, and so a defect
            raise
        stop_writing(sys.stdout)
        code = _complain(f"cannot write the output: {error.strerror}", None, UprGraphError.exit_code)
    sys.exit(code if isinstance(code, int) else 0)


def _run(arguments: Sequence[str]) -> object:
    """Run a command and return what it returns; in place of click's own main, which hides a broken pipe from ours."""
    if instruction := os.environ.get(_COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(cli, {}, _NAME, _COMPLETE, instruction)
    with cli.make_context(_NAME, list(arguments)) as context:
        return cli.invoke(context)


def _complain(message: str, hint: str | None, code: int) -> int:
    if _COMPLETE in os.environ:  # the shell asks, in the middle of the line that is being typed
        return code
    try:
        click.echo(f"error: {message}", err=True)
        if hint:
            click.echo(hint, err=True)
    except OSError:  # there is no place left to say that there is no place
        stop_writing(sys.stderr)
    return code
