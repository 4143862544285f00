"""What a SPARQL server is, which features work, whether our graphs are there and intact, and what to do about it.

```python
from uprgraph.stores.doctor import examine

for finding in examine("http://localhost:3030/ds/query"):
    print(finding.check, finding.status, finding.found, finding.advice)
```
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from uprgraph.engines.remote import DEFAULT_TIMEOUT
from uprgraph.errors import EndpointError, QueryError
from uprgraph.stores import access, features, holdings
from uprgraph.stores.kinds import Kind, detect, endpoints, kind
from uprgraph.stores.patient import Found, OutOfTimeError, Patient, Status
from uprgraph.transport.address import without_credentials
from uprgraph.transport.client import Call, Client
from uprgraph.transport.credentials import Credentials

_CHECKS: tuple[tuple[str, Callable[[Patient], Found]], ...] = (
    ("ASK", features.ask),
    ("CONSTRUCT", features.construct),
    ("named graphs", features.named_graphs),
    ("default graph", features.default_graph),
    ("graphs in the request", features.requested_graphs),
    ("property paths", features.paths),
    ("aggregates", features.aggregates),
    ("open parameters", features.undef),
    ("limit of rows", features.row_limit),
    ("full-text search", features.full_text),
    ("update", access.update),
    ("writing by anybody", access.anonymous_writing),
    ("graph store", access.graph_store),
    ("our graphs", holdings.missing),
    ("their content", holdings.intact),
    ("other graphs", holdings.others),
    ("version of the data", holdings.version),
    ("a question", holdings.question),
)
"""All checks after the first two, in order: the graph store is tried before graphs are read by it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was checked, how it is, what was found, and what to do about it."""

    check: str
    status: Status
    found: str
    advice: str = ""


def examine(
    endpoint: str,
    store: str | None = None,
    *,
    update: str | None = None,
    graph_store: str | None = None,
    credentials: Credentials | None = None,
    seconds: float = DEFAULT_TIMEOUT,
    notice: Callable[[str], None] | None = None,
) -> Iterator[Finding]:
    """Yield what is found of the server behind a query URL. Nothing is written there.

    `store` says what kind it is, else that is found out; `update` and `graph_store` are its other URLs, which follow
    from the kind else. `seconds` is how long it may take for one answer; all take no more than about PATIENCE times as
    long. `notice` is told in a line when it is busy. Raises EndpointError or QueryError if it cannot be reached or is
    no SPARQL server, UsageError for what is no URL, UnknownValueError for an unknown kind.
    """
    url, inside = without_credentials(endpoint)
    credentials = credentials or inside
    with Client(url, credentials, seconds=seconds, silence=seconds, notice=notice) as client:
        known = kind(store) if store is not None else detect(client, url)
        says = client.send(Call("GET", url, {"Accept": "*/*"})).headers.get("Server", "").strip()
    patient = Patient(known, endpoints(known, url, update, graph_store), credentials, seconds, notice)
    answered = features.query(patient)
    yield _finding("server", _server(known, says, found_out=store is None))
    yield _finding("query", answered)
    for name, check in _CHECKS:
        yield _finding(name, _checked(check, patient))


def _finding(check: str, found: Found) -> Finding:
    return Finding(check, found.status, found.found, found.advice)


def _checked(check: Callable[[Patient], Found], patient: Patient) -> Found:
    try:
        return check(patient)
    except OutOfTimeError as error:
        return Found("unknown", error.message, "allow more time: --timeout SECONDS")
    except (EndpointError, QueryError) as error:
        return Found("problem", error.message, error.hint or "the server may say more in its log")


def _server(known: Kind, says: str, *, found_out: bool) -> Found:
    said = f"; it calls itself {says}" if says else ""
    found = f"{known.name}{said}" if found_out else f"{known.name}, as you say{said}"
    if known.verified:
        return Found("good", f"{found}; tried with {', '.join(known.verified)}")
    advice = "this kind is known from its documentation only: go by what is found below"
    return Found("note", found, advice)
