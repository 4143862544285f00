"""User names, passwords and tokens, and where they are found.

A password never stands in a message, a log, a pickle or the `repr` of an object.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from uprgraph.errors import ResourceError, UsageError

USER = "UPRGRAPH_USER"
PASSWORD = "UPRGRAPH_PASSWORD"  # noqa: S105 - the name of a variable
TOKEN = "UPRGRAPH_TOKEN"  # noqa: S105 - the name of a variable
_NETRC = "NETRC"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_TOKEN = re.compile(r"[\x21-\x7e]*")


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and password, for Basic or Digest, or a token, for Bearer.

    `found`: they were not given for this endpoint, but come from the environment or a netrc file. Raises UsageError
    for characters that cannot be sent, such as line breaks.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    found: bool = False

    def __post_init__(self) -> None:
        for name, text in (("user name", self.user), ("password", self.password)):
            if _CONTROL.search(text):
                raise UsageError(f"the {name} holds a line break or another control character")
        if ":" in self.user:
            raise UsageError("the user name holds a colon, which HTTP does not allow")
        if not _TOKEN.fullmatch(self.token):
            raise UsageError("the token holds a space, a line break or another character that no token has")

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials are not pickled, so that they are written nowhere")


def find(url: str, environment: Mapping[str, str] = os.environ) -> Credentials | None:
    """Return the credentials of the environment, else those that a netrc file has for the URL's host, else None.

    Raises ResourceError for a netrc file that cannot be read, or that others can read.
    """
    if token := environment.get(TOKEN):
        return Credentials(token=token, found=True)
    if user := environment.get(USER):
        return Credentials(user, environment.get(PASSWORD, ""), found=True)
    return of_netrc(url, environment)


def of_netrc(url: str, environment: Mapping[str, str] = os.environ) -> Credentials | None:
    """Return what the file that NETRC names, or ~/.netrc, has for the host of the URL, else None. Raises as `find`."""
    from netrc import NetrcParseError, netrc

    named = environment.get(_NETRC)
    try:
        path = Path(named or "~/.netrc").expanduser()
    except RuntimeError:  # there is no home
        return None
    try:
        entry = netrc(path).authenticators(urlsplit(url).hostname or "")
    except FileNotFoundError:
        return None
    except NetrcParseError:  # its message may hold a password that was written with a space
        raise ResourceError(f"{path} is not in the form of a netrc file") from None
    except UnicodeDecodeError:
        raise ResourceError(f"{path} is not UTF-8 text") from None
    except OSError as error:
        raise ResourceError(f"cannot read {path}: {error.strerror}") from error
    if entry is None:
        return None
    if not named and os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ResourceError(f"{path} holds a password, and others can read it", f"chmod 600 {path}")
    return Credentials(entry[0] or "", entry[2] or "", found=True)
