"""User names, passwords and tokens: where they are found, and how they are sent.

A password never stands in a message, a log or the `repr` of an object. Credentials that were given for one endpoint
are sent to it at once where nobody can listen; those found in the environment or in a netrc file, and all of them
over plain HTTP, only when the server asks, and in the scheme that it asks for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from requests import PreparedRequest
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.utils import get_netrc_auth, parse_dict_header

USER = "UPRGRAPH_USER"
PASSWORD = "UPRGRAPH_PASSWORD"  # noqa: S105 - the name of a variable
TOKEN = "UPRGRAPH_TOKEN"  # noqa: S105 - the name of a variable


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and password, for Basic or Digest, or a token, for Bearer.

    `found`: they were not given for this endpoint, but come from the environment or a netrc file.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    found: bool = False


def find(url: str, environment: Mapping[str, str] = os.environ) -> Credentials | None:
    """Return the credentials of the environment, else those that a netrc file has for the URL's host, else None."""
    if token := environment.get(TOKEN):
        return Credentials(token=token, found=True)
    if user := environment.get(USER):
        return Credentials(user, environment.get(PASSWORD, ""), found=True)
    if entry := get_netrc_auth(url):
        return Credentials(entry[0] or "", entry[1] or "", found=True)
    return None


class Authorization(AuthBase):
    """Puts credentials on requests, as far as they may be sent by now. It learns from what a server asks for."""

    def __init__(self, credentials: Credentials | None, *, at_once: bool) -> None:
        self._credentials = credentials
        self._method: AuthBase | None = None
        if credentials and at_once and not credentials.found:
            self._method = _Bearer(credentials.token) if credentials.token else _basic(credentials)
        self._unasked = self._method is not None

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Return the request with the credentials on it, or as it is."""
        return self._method(request) if self._method else request

    def learn(self, challenges: str) -> bool:
        """Take in the header WWW-Authenticate of a 401; return whether trying again is worth it."""
        credentials, unasked, self._unasked = self._credentials, self._unasked, False
        if credentials is None:
            return False
        if unasked and not challenges:  # Virtuoso says that it wants Digest only to those who come without Basic
            self._method = None
            return True
        if credentials.token:
            return self._changed(_Bearer(credentials.token), isinstance(self._method, _Bearer))
        digest = re.search(r"(?i)\bdigest\s+(.*)", challenges)
        if digest:
            known, fresh = isinstance(self._method, _Digest), "stale=true" in digest[1].lower().replace('"', "")
            return self._changed(_Digest(credentials, digest[1]), known and not fresh)
        return self._changed(_basic(credentials), isinstance(self._method, HTTPBasicAuth))

    def _changed(self, method: AuthBase, tried: bool) -> bool:
        self._method = method
        return not tried


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class _Digest(HTTPDigestAuth):
    """Digest without the second try of `requests`, which would send a body that was streamed as an empty one."""

    def __init__(self, credentials: Credentials, challenge: str) -> None:
        super().__init__(credentials.user, credentials.password)
        self.init_per_thread_state()
        self._thread_local.chal = parse_dict_header(challenge)  # type: ignore[attr-defined, no-untyped-call]

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        header = self.build_digest_header(request.method or "", request.url or "")  # type: ignore[no-untyped-call]
        if header is not None:  # None: an algorithm that requests does not know, and the server will refuse
            request.headers["Authorization"] = header
        return request


def _basic(credentials: Credentials) -> HTTPBasicAuth:
    return HTTPBasicAuth(credentials.user.encode(), credentials.password.encode())
