"""`uprgraph completion`: the script that makes a shell complete commands, options and values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_SHELLS = {
    "bash": 'eval "$(uprgraph completion bash)"    in ~/.bashrc',
    "zsh": 'eval "$(uprgraph completion zsh)"     in ~/.zshrc',
    "fish": "uprgraph completion fish | source     in ~/.config/fish/config.fish",
}


@click.command("completion", help="Print the script for a SHELL. To use it:\n\n\b\n" + "\n".join(_SHELLS.values()))
@click.argument("shell", type=click.Choice(list(_SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script for a shell."""
    maker = get_completion_class(shell)
    if maker is None:
        raise click.UsageError(f"there is no completion for {shell}", context)
    root = context.find_root()
    click.echo(maker(root.command, {}, "uprgraph", "_UPRGRAPH_COMPLETE").source())
