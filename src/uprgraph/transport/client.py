"""Sending requests: tried again where that is safe, ended in time, and with answers of bounded size.

A request goes to the given URL and no other: redirects are answers like others, not followed, since that would give
the credentials to another server and take its answer for this one's. Proxies are those of the environment
(`HTTPS_PROXY`, `NO_PROXY` and so on), certificates those of `certifi` or of `REQUESTS_CA_BUNDLE`.
"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import sleep as _pause
from typing import IO
from urllib.parse import urljoin, urlsplit

import requests
from requests.utils import get_environ_proxies, select_proxy
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ReadTimeoutError

from uprgraph.errors import EndpointError, UsageError
from uprgraph.transport import address
from uprgraph.transport.authorization import Authorization
from uprgraph.transport.credentials import Credentials
from uprgraph.transport.deadline import Deadline, WatchedAdapter
from uprgraph.version import __version__

USER_AGENT = f"uprgraph/{__version__} (+https://w3id.org/uprgraph/)"
CONNECT_SECONDS = 10.0
TRIES = 4
"""How often a request is sent before its trouble is reported."""
MAX_BYTES = 256 * 1024 * 1024
"""The largest answer that is taken, in bytes once decompressed, where the caller names no other."""
LONGEST_WAIT = 300.0
"""How many seconds a server may ask to wait where there is no deadline."""
_CHALLENGES = 3
"""How often a server may ask for credentials in another way, before it has its refusal taken for final."""
_RETRIED = {429, 502, 503, 504}
_CHUNK = 64 * 1024
_ENCODINGS = "gzip, deflate"
"""Not those that `requests` adds where more libraries are installed, whose bombs are larger."""
_IN_MEMORY = 8 * 1024 * 1024
_RUNNING = "check the URL, and that the server is running"
_HINTS = {
    401: "give a user name and password, see docs/triplestores.md",
    403: "these credentials may not do this here",
    404: "check the path of the URL",
    413: "the server takes no request of this size",
    429: "it has had too many requests; try again later",
    502: "a server behind it is not running; try again later",
    503: "it is overloaded or starting; try again later",
    504: "a server behind it is too slow; ask for less, or try again later",
}

_USER_IN_URL = re.compile(r"//[^/\s]*@")
"""A proxy's URL may hold a password."""
_WRONG = "it does not accept this user name and password, or this token"
_PROXIES = "check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY"
_REDIRECTS = {301, 302, 303, 307, 308}
_TROUBLES: tuple[tuple[tuple[type[BaseException], ...], str, str], ...] = (
    (
        (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader),
        "cannot be asked: {reason}",
        "check the URL and the credentials",
    ),
    (
        (requests.exceptions.SSLError,),
        "shows no certificate that is trusted here: {reason}",
        "check the URL; REQUESTS_CA_BUNDLE names a file of certificates to trust",
    ),
    (
        (requests.exceptions.ProxyError,),
        "cannot be reached through the proxy: {reason}",
        _PROXIES,
    ),
    ((NewConnectionError,), "cannot be reached: {reason}", _RUNNING),
    ((ConnectTimeoutError,), "cannot be reached: no answer within {connect} seconds", _RUNNING),
    ((ReadTimeoutError, TimeoutError), "did not answer within {silence} seconds", "ask for less, or allow more time"),
)
"""What trouble in sending is called, and what to do about it; the first that fits counts. All else: it broke."""

Body = bytes | Callable[[], Iterable[bytes]] | None
"""What is sent: bytes, or a function that gives the chunks of a stream, anew for each try."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `idempotent`: sending it twice does no more than sending it once."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Body = None
    idempotent: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `file` holds its bytes, decompressed, from the beginning; it needs no closing.

    `with_credentials`: the request had credentials on it.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    file: IO[bytes]
    with_credentials: bool = False

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in lower case, or an empty string."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def ok(self) -> bool:
        """Whether the server did what was asked."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    def excerpt(self, length: int = 300) -> str:
        """Return the beginning of the text, in one line; an empty string for a page of HTML."""
        self.file.seek(0)
        said = _one_line(self.file.read(2_000).decode("utf-8", "replace"))[:length]
        self.file.seek(0)
        return "" if "<html" in said.lower() or self.media_type == "text/html" else said


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Find no redirect, which `requests` would prepare even where it does not follow it, reading the whole body."""


class Client:
    """Sends requests to one server, with one set of credentials.

    `seconds` is how long an answer may take in all, tries included, None for ever; `silence` how long the server may
    say nothing at all. Credentials that are not given are looked for in the environment and in netrc. `notice` is
    told in a line when it waits before another try. Every method raises EndpointError for trouble with the server.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials | None = None,
        *,
        seconds: float | None = None,
        silence: float = 60.0,
        max_bytes: int = MAX_BYTES,
        notice: Callable[[str], None] | None = None,
    ) -> None:
        self._seconds, self._silence, self._max_bytes, self._notice = seconds, silence, max_bytes, notice
        self._authorization = Authorization(url, credentials, at_once=not _is_heard(url) and address.is_private(url))
        self._session = _Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, WatchedAdapter(silence))

    def send(self, call: Call) -> Reply:
        """Send a request and return the answer, whatever its status."""
        deadline = Deadline(self._seconds)
        attempt = 1
        while True:
            try:
                reply = self._authorized(call, deadline)
            except _BrokenError as broken:
                if not call.idempotent or attempt == TRIES:
                    raise EndpointError(
                        broken.message, hint="try again; the server may say more in its log"
                    ) from broken
                self._wait(call.url, None, attempt, deadline)
            else:
                if reply.status not in _RETRIED or not call.idempotent or attempt == TRIES:
                    return reply
                self._wait(call.url, reply, attempt, deadline)
            attempt += 1

    def _authorized(self, call: Call, deadline: Deadline) -> Reply:
        """Send it, and again with the credentials that the server asks for."""
        reply = self._once(call, deadline)
        for _ in range(_CHALLENGES):
            challenges = reply.headers.get("WWW-Authenticate", "")
            if reply.status != HTTPStatus.UNAUTHORIZED or not self._authorization.learn(challenges):
                break
            reply = self._once(call, deadline)
        return reply

    def _once(self, call: Call, deadline: Deadline) -> Reply:
        body = iter(call.body()) if callable(call.body) else call.body
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": _ENCODINGS, **call.headers}
        try:
            with (
                deadline,
                self._session.request(
                    call.method,
                    call.url,
                    data=body,
                    headers=headers,
                    auth=self._authorization,
                    timeout=(self._connect_seconds(deadline), self._silence),
                    allow_redirects=False,
                    stream=True,
                ) as response,
            ):
                file = self._read(response, call.url)
        except (requests.RequestException, OSError) as error:
            raise self._trouble(call.url, error, deadline) from error
        if deadline.passed:  # a socket that is shut down can look like the end of an answer without a length
            raise self._late(call.url)
        with_credentials = "Authorization" in response.request.headers
        return Reply(call.url, response.status_code, response.headers, file, with_credentials)

    @staticmethod
    def _connect_seconds(deadline: Deadline) -> float:
        left = deadline.left()
        return CONNECT_SECONDS if left is None else max(min(CONNECT_SECONDS, left), 0.001)

    def _read(self, response: requests.Response, url: str) -> IO[bytes]:
        file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller reads it
        size = 0
        for chunk in response.iter_content(_CHUNK):
            size += len(chunk)
            if size > self._max_bytes:
                raise EndpointError(
                    f"{url} sends more than {self._max_bytes:,} bytes, and no more is taken", hint="ask for less"
                )
            file.write(chunk)
        file.seek(0)
        return file

    def _wait(self, url: str, reply: Reply | None, attempt: int, deadline: Deadline) -> None:
        asked = _retry_after(reply) if reply else None
        pause = 0.5 * 2 ** (attempt - 1) * random.uniform(0.5, 1.0) if asked is None else asked  # noqa: S311
        left = deadline.left()
        if pause > (LONGEST_WAIT if left is None else left):
            status = reply.status if reply else None
            what = f"answers with HTTP status {status}" if status else "breaks the connection"
            asks = f" and asks to wait {asked:.0f} seconds" if asked is not None else ""
            raise EndpointError(f"{url} {what}{asks}", status, "try again then, or allow more time")
        if self._notice and pause >= 1:
            why = f"{url} is busy" if reply else f"the connection to {url} broke"
            self._notice(f"{why}; trying again in {pause:.0f} seconds")
        _pause(pause)

    def _late(self, url: str) -> EndpointError:
        return EndpointError(
            f"{url} did not answer within {self._seconds:g} seconds", hint="ask for less, or allow more time"
        )

    def _trouble(self, url: str, error: Exception, deadline: Deadline) -> EndpointError | _BrokenError:
        kinds = tuple(type(each) for each in _causes(error))
        if deadline.passed:
            return self._late(url)
        for expected, said, hint in _TROUBLES:
            if any(issubclass(kind, expected) for kind in kinds):
                wanted = {"silence": f"{self._silence:g}", "connect": f"{CONNECT_SECONDS:g}", "reason": _reason(error)}
                return EndpointError(f"{url} {said.format(**wanted)}", hint=hint)
        return _BrokenError(f"the connection to {url} broke: {_reason(error)}")

    def close(self) -> None:
        """Close the connections that are kept open for more requests."""
        self._session.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _BrokenError(Exception):
    """The connection ended before the answer did: worth another try."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def refused(reply: Reply) -> EndpointError:
    """Return the error for an answer whose status says that the server did not do what was asked."""
    location = reply.headers.get("Location")
    if reply.status in _REDIRECTS and location is not None:
        try:
            place, _ = address.without_credentials(urljoin(reply.url, location))
        except (UsageError, ValueError):
            return EndpointError(f"{reply.url} redirects to what is no URL of http or https", reply.status)
        return EndpointError(f"{reply.url} redirects to {place}", reply.status, "give that URL")
    said = reply.excerpt()
    message = f"{reply.url} answers with HTTP status {reply.status}" + (f": {said}" if said else "")
    wrong = reply.status == HTTPStatus.UNAUTHORIZED and reply.with_credentials
    return EndpointError(message, reply.status, _WRONG if wrong else _HINTS.get(reply.status))


def _is_heard(url: str) -> bool:
    """Say whether a proxy reads what is sent to a URL. Raises UsageError if the environment names one that is none."""
    proxy = select_proxy(url, get_environ_proxies(url))
    if proxy is None:
        return False
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise UsageError("the proxy that the environment names is no URL of http or https", _PROXIES)
    return not url.startswith("https:")


def _retry_after(reply: Reply) -> float | None:
    """Return how many seconds the server asks to wait, or None if it says nothing that can be understood."""
    text = reply.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Go through an error and those that it wraps: as its cause, its reason or its arguments."""
    seen: list[BaseException] = []
    found: list[object] = [error]
    while found:
        each = found.pop(0)
        if isinstance(each, BaseException) and each not in seen:
            seen.append(each)
            found += [getattr(each, "reason", None), each.__cause__, *each.args]
    return iter(seen)


def _reason(error: BaseException) -> str:
    """Return the plainest words for an error: those of the operating system, else those of the innermost cause."""
    causes = list(_causes(error))
    system = next((each.strerror for each in causes if isinstance(each, OSError) and each.strerror), None)
    said = _one_line(system or str(causes[-1])) or type(causes[-1]).__name__
    return _USER_IN_URL.sub("//", said)


def _one_line(text: str) -> str:
    """Return a text without line breaks, and without what would steer the terminal that it is shown on."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
