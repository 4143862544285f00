"""A group of commands whose modules are imported when a command is used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from uprgraph.errors import UnknownValueError
from uprgraph.wording import nearest


class LazyGroup(click.Group):
    """A group with a table of commands: their names, where they are as `module:attribute`, and what they do."""

    def __init__(self, *args: Any, commands_table: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = commands_table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click has it
        """Return the names of all commands, in the order of the table."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002
        """Import a command. Raises UnknownValueError, with the nearest names, if there is none of this name."""
        if cmd_name not in self._table:
            close = nearest(cmd_name, self._table)
            hint = None if close else f"the commands are: {', '.join(self._table)}"
            raise UnknownValueError(f'there is no command "{cmd_name}"', close, hint)
        module, attribute = self._table[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands for --help without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in self._table.items()])
