"""The addresses of servers: what may be one, and what stands in it that nobody should see."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from uprgraph.errors import UsageError
from uprgraph.transport.credentials import Credentials

_URL_CHARACTERS = "/?:@!$&'()*+,;=%"
"""What stands for itself in a path and a query, besides letters, digits and -._~; others are sent as %XX."""


def without_credentials(url: str, name: str = "endpoint") -> tuple[str, Credentials | None]:
    """Return the URL as it is sent and shown, and the user name and password that stand in it, if any.

    `name` is what messages call it. Raises UsageError, without the password, if it is no URL of http or https.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"the {name}'s URL is not valid: {error}") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise UsageError(f"the {name}'s URL starts with http:// or https:// and names a host")
    if not host.isprintable() or " " in host:
        raise UsageError(f"the {name}'s URL has a host that is none")
    place = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    path, query = (quote(part, safe=_URL_CHARACTERS) for part in (parts.path, parts.query))
    address = urlunsplit((parts.scheme, place, path, query, ""))
    if not parts.username:
        return address, None
    return address, Credentials(unquote(parts.username), unquote(parts.password or ""))


def is_private(url: str) -> bool:
    """Say whether nobody between here and the server can listen: it is this machine, or asked by https."""
    return urlsplit(url).scheme == "https" or is_loopback(url)


def is_loopback(url: str) -> bool:
    """Say whether the URL names this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
