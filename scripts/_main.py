"""What all scripts share: how they are called, what they say of a mistake, and that they write into this checkout."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from uprgraph import resources
from uprgraph.errors import UprGraphError

_CHECKOUT = Path(__file__).resolve().parent.parent


def run(main: Callable[..., str], usage: str, arguments: Sequence[str]) -> None:
    """Call `main` with the arguments, print on standard error what it says it did, and exit with 0.

    Exits with 2 and the usage if `main` takes other arguments, and with 2 and a message for a user's mistake.
    """
    if set(arguments) & {"-h", "--help"}:
        print(usage)
        sys.exit(0)
    try:
        inspect.signature(main).bind(*arguments)
    except TypeError:
        _fail(usage)
    try:
        _require_checkout()
        done = main(*arguments)
    except (UprGraphError, OSError) as error:
        _fail(f"error: {error}")
    print(done, file=sys.stderr)
    sys.exit(0)


def _require_checkout() -> None:
    if resources.root() != _CHECKOUT:
        hint = "run the script with .venv/bin/python, which any make target sets up"
        raise UprGraphError(f"uprgraph is installed in {resources.root()}, not from {_CHECKOUT}", hint)


def _fail(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(UprGraphError.exit_code)
