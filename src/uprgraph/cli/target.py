"""The options that say which graph is asked, and who asks."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from uprgraph.errors import ResourceError, UsageError
from uprgraph.graph import Graph, open_graph
from uprgraph.transport import address
from uprgraph.transport.credentials import PASSWORD, USER, Credentials, of_netrc

Command = Callable[..., Any]
_LONGEST_SECRET = 65_536
_HOW = f"give --user NAME, and the password in {PASSWORD}, in a file (--password-file FILE), in ~/.netrc or when asked"


class EndpointUrl(click.types.StringParamType):
    """The URL of a server, which holds no user name and password, since others can see the list of processes."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Return the URL. Raises UsageError if it is none of http or https, or holds a user name or password."""
        option = param.opts[0] if param is not None else "the URL"
        if "://" not in str(value):
            hint = "a folder goes to --store DIR" if option == "--endpoint" else None
            raise UsageError(f"{option} needs a URL that starts with http:// or https://", hint)
        url, inside = address.without_credentials(str(value))
        if inside is not None:
            raise UsageError(f"{option} holds a user name or password, which others can see while this runs", _HOW)
        return url


store_option = click.option(
    "--store",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Ask a store on disk, made by import or by Oxigraph, not what is shipped.",
)
"""The decorator that adds --store."""

endpoint_option = click.option("--endpoint", type=EndpointUrl(), metavar="URL", help="Ask a SPARQL endpoint.")
"""The decorator that adds --endpoint."""

timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="How long an endpoint may take for one answer, tries included; 60 by default.",
)
"""The decorator that adds --timeout, in seconds."""


def notice(line: str) -> None:
    """Say on standard error what an endpoint makes us do, such as to wait."""
    click.echo(line, err=True)


@dataclass(frozen=True, slots=True)
class Login:
    """What the options say of who asks an endpoint."""

    user: str | None = None
    password_file: Path | None = None
    token_file: Path | None = None


def credentials_options(command: Command) -> Command:
    """Add --user, --password-file and --token-file, which a command is given as `login`; see `credentials`."""

    @click.option(
        "--user",
        metavar="NAME",
        help=f"Who asks the endpoint. The password is that of {PASSWORD}, or asked for.",
    )
    @click.option(
        "--password-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Read the password from a file.",
    )
    @click.option(
        "--token-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Read a token from a file, in place of a user name and password.",
    )
    @functools.wraps(command)
    def with_login(
        *args: Any, user: str | None, password_file: Path | None, token_file: Path | None, **options: Any
    ) -> Any:
        return command(*args, login=Login(user, password_file, token_file), **options)

    return with_login


def credentials(endpoint: str | None, login: Login) -> Credentials | None:
    """Return the credentials that the options give for an endpoint, or None if they give none.

    What the environment or netrc have for whoever asks is found when an endpoint asks. A password for --user is that
    of the file, of the environment, of netrc, or is asked for on a terminal. Raises UsageError for options that do not
    go together or a password that is not there, ResourceError for files that cannot be read.
    """
    if login == Login():
        return None
    if endpoint is None:
        raise UsageError("--user, --password-file and --token-file are for an endpoint", "give --endpoint URL as well")
    if login.token_file is not None:
        if login.user is not None or login.password_file is not None:
            raise UsageError("--token-file stands in place of a user name and password", "give one or the other")
        return Credentials(token=_secret(login.token_file))
    user = login.user or os.environ.get(USER)
    if not user:
        raise UsageError("a password needs a user name", f"give --user NAME, or set {USER}")
    if login.password_file is not None:
        return Credentials(user, _secret(login.password_file))
    return Credentials(user, _password(endpoint, user))


def _password(endpoint: str, user: str) -> str:
    given = os.environ.get(PASSWORD)
    if given is not None:
        return given
    known = of_netrc(endpoint)
    if known is not None and known.user == user:
        return known.password
    if sys.stdin.isatty() and sys.stderr.isatty():
        password: str = click.prompt(f"Password of {user}", hide_input=True, err=True)
        return password
    raise UsageError(f"there is no password for {user}", f"set {PASSWORD}, or give --password-file FILE")


def _secret(path: Path) -> str:
    """Return the one line of a file, without its end."""
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST_SECRET).decode()
    except UnicodeDecodeError:
        raise ResourceError(f"{path} is not UTF-8 text") from None
    except OSError as error:
        raise ResourceError(f"cannot read {path}: {error.strerror}") from error
    secret = text.removeprefix("\ufeff").removesuffix("\n").removesuffix("\r")
    if not secret or "\n" in secret:
        raise ResourceError(f"{path} must hold one line, with nothing but the password or token")
    return secret


def checked(store: Path | None, endpoint: str | None, timeout: float | None, login: Login | None) -> Credentials | None:
    """Return the credentials for an endpoint, if any. Raises UsageError for options that do not go together."""
    if store is not None and endpoint is not None:
        raise UsageError("--store and --endpoint name two different graphs", "give one of them")
    if timeout is not None and endpoint is None:
        raise UsageError("--timeout says how long an endpoint may take", "leave it out, or give --endpoint URL")
    return credentials(endpoint, login or Login())


def open_target(
    store: Path | None, endpoint: str | None, timeout: float | None = None, login: Login | None = None
) -> Graph:
    """Open the graph that the options name. Raises UsageError if they do not go together."""
    known = checked(store, endpoint, timeout, login)
    return open_graph(store if endpoint is None else endpoint, timeout, known, notice)
