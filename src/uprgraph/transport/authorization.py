"""How credentials are sent: as Basic, Digest or Bearer.

Credentials that were given for one endpoint are sent to it at once where nobody can listen; those found in the
environment or in a netrc file, and all of them over plain HTTP, only when the server asks, and in the scheme that it
asks for.
"""

from __future__ import annotations

import re

from requests import PreparedRequest
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.utils import parse_dict_header

from uprgraph.transport.credentials import Credentials, find


class Authorization(AuthBase):
    """Puts credentials on requests to one server, as far as they may be sent by now. It learns what the server asks.

    Where none are given, they are looked for when the server asks. Raises ResourceError then, as `find` does.
    """

    def __init__(self, url: str, credentials: Credentials | None, *, at_once: bool) -> None:
        self._url, self._credentials = url, credentials
        self._method: AuthBase | None = None
        if credentials and at_once and not credentials.found:
            self._method = _Bearer(credentials.token) if credentials.token else _basic(credentials)
        self._unasked = self._method is not None

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Return the request with the credentials on it, or as it is."""
        return self._method(request) if self._method else request

    def learn(self, challenges: str) -> bool:
        """Take in the header WWW-Authenticate of a 401; return whether trying again is worth it."""
        unasked, self._unasked = self._unasked, False
        credentials = self._credentials = self._credentials or find(self._url)
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
        self._user = credentials.user
        self.init_per_thread_state()
        self._thread_local.chal = parse_dict_header(challenge)  # type: ignore[attr-defined, no-untyped-call]

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        header = self.build_digest_header(request.method or "", request.url or "")  # type: ignore[no-untyped-call]
        if header is None:  # an algorithm that requests does not know, and the server will refuse
            return request
        user = self._user
        quoted = user.replace("\\", "\\\\").replace('"', '\\"')
        header = header.replace(f'username="{user}"', f'username="{quoted}"', 1)
        request.headers["Authorization"] = header.encode()  # as bytes, since a str would be sent as Latin-1
        return request


def _basic(credentials: Credentials) -> HTTPBasicAuth:
    return HTTPBasicAuth(credentials.user.encode(), credentials.password.encode())
